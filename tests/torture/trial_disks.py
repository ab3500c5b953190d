"""Disks that refuse: full, read-only, vanished, or shared by two; and what may be read at all.

Every attempt is a fork of a process that has imported everything (see ``trial_kills``), so that a
limit on file sizes, another user or a lock belongs to it alone. What it says must be one sentence,
its exit code not 0, and everything that was finished before must still be there.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.promises import Row, record
from trial_kills import (
    NAME,
    OTHER,
    Logbook,
    Stage,
    ended,
    fork,
    prepare,
    small_config,
    strays,
    sums,
)

from latentlab import cli, data
from latentlab.checkpoints import list_checkpoints
from latentlab.errors import LatentlabError
from latentlab.images import png
from latentlab.training import resume
from latentlab.training.run import Places, RunRequest, run

NOBODY = 65_534
# What the attempts put into the stage themselves.
OWN = ("away", "data root", "exports/another.npz", "log", "other runs", "small")
LIMITS = tuple(int(1.5**power) for power in range(1, 35))  # bytes, up to more than any file has
# kB, in turn for the run (its resume file grows to 800, and is there twice while it is saved) with
# its checkpoint (400), and for the checkpoint alone.
ROOMS = (8, 64, 320, 128, 512, 192, 640, 256, 768, 320, 1024, 384, 2048, 512)


@dataclass
class Figures:
    """What came of the attempts; `problems` holds a line for each broken promise."""

    n: int = 0
    refused: int = 0
    finished: int = 0
    problems: list[str] = field(default_factory=list)

    def row(self, promise: str, bar: str = "one sentence, nothing lost") -> Row:
        """Say it as a row of the table."""
        for problem in self.problems:
            print(f"  {promise}: {problem}")
        measured = (
            f"{self.n} attempts: {self.refused} refused in one sentence, {self.finished} finished, "
            f"{len(self.problems)} wrong"
        )
        return Row(promise, bar, measured, not self.problems)


def command(*words: str | Path) -> Callable[[], None]:
    """Return a command of the terminal as it is typed, to be done in a fork."""

    def do() -> None:
        sys.argv = ["latentlab", *map(str, words)]
        cli.main()

    return do


def train_command(stage: Stage, *more: str) -> Callable[[], None]:
    """Return the command that trains what ``trial_kills`` trains."""
    config = stage.config.model_dump()
    flags = []
    for key in ("dataset", "n_images", "image_size", "latent_dim", "epochs", "batch_size"):
        flags += [f"--{key.replace('_', '-')}", str(config[key])]
    flags += ["--hidden", "32", "--projections", "pca", "--index-size", "200", "--timeline-mb", "1"]
    flags += ["--precision", "float32", "--threads", "1", "--device", "cpu", "--name", NAME]
    flags += ["--checkpoints", str(stage.places.checkpoints), "--runs", str(stage.places.runs)]
    return command("train", *flags, *more)


def say(work: Callable[[], object]) -> tuple[int, str]:
    """Do the work in a process of its own; return its exit code and what it said of an error."""
    reading, writing = os.pipe()

    def do() -> None:
        os.dup2(writing, 2)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.environ["COLUMNS"] = "1000"  # a sentence is not broken into lines
        logging.disable()  # what is logged on the way is not what is said in the end
        try:
            work()
        except LatentlabError as error:  # as ``cli.main`` does around every command
            os.write(2, f"{error}\n".encode())
            os._exit(1)
        except SystemExit as left:
            os._exit(int(left.code or 0))

    process = fork(do)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as stream:
        said = stream.read()
    return ended(process), said.strip()


def judge(
    stage: Stage, figures: Figures, what: str, code: int, said: str, *, elsewhere: bool = False
) -> None:
    """Count an attempt; note what is wrong with it. What is made may lie `elsewhere`."""
    figures.n += 1
    is_sentence = said.endswith(".") and "\n" not in said and "Error(" not in said
    if code == 0:
        figures.finished += 1
    elif code == 1 and is_sentence:
        figures.refused += 1
    else:
        figures.problems.append(f"{what}: exit code {code}, {said[-300:]!r}")
    good, refused = list_checkpoints(stage.places.checkpoints)
    found = {checkpoint.name: checkpoint.fingerprint for checkpoint in good}
    if refused or found.get(OTHER) != stage.other:
        figures.problems.append(f"{what}: a finished checkpoint is lost")
    if NAME in found and sums(stage.places.checkpoints / NAME) != stage.whole:
        figures.problems.append(f"{what}: the checkpoint is not whole")
    if code == 0 and NAME not in found and not elsewhere:
        figures.problems.append(f"{what}: said to be finished, and is not")
    left = [each for each in strays(stage) if not each.startswith(OWN)]
    figures.problems += [f"{what}: {each} is left" for each in left]


def full(stage: Stage, figures: Figures, limits: tuple[int, ...]) -> None:
    """Let no file grow beyond a limit, as if the disk were full from there on."""
    checkpoints, other = stage.places.checkpoints, ("--checkpoints", stage.places.checkpoints)
    works = {
        "train": train_command(stage, "--overwrite"),
        "export": command("export", "npz", OTHER, "--to", stage.root / "exports", *other),
    }
    for limit in limits:
        for what, work in works.items():

            def limited(work: Callable[[], None] = work, limit: int = limit) -> None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
                work()

            judge(stage, figures, f"{what} with {limit} bytes a file", *say(limited))
    code, said = say(works["train"])
    judge(stage, figures, "train with room again", code, said)
    if code:
        figures.problems.append(f"cannot be trained with room again in {checkpoints}: {said}")


def small_drive(stage: Stage, figures: Figures, rooms: tuple[int, ...]) -> None:
    """Train and keep the run on a drive of its own that is too small, then make it larger.

    Every second time the run has room elsewhere, so that it is the checkpoint that has none.
    """
    came = dict.fromkeys(("full in the resume file", "full in the checkpoint", "resumed"), 0)
    for number, room in enumerate(rooms):
        with drive(stage.root / "small", room) as place:
            runs = stage.places.runs if number % 2 else place / "runs"
            shutil.rmtree(stage.places.runs, ignore_errors=True)
            own = ("--checkpoints", str(place / "checkpoints"), "--runs", str(runs))
            (place / "checkpoints").mkdir()
            code, said = say(train_command(stage, *own))
            judge(stage, figures, f"train with {room} kB", code, said, elsewhere=True)
            came["full in the resume file"] += "The run could not be saved" in said
            came["full in the checkpoint"] += "could not be written" in said
            good, refused = list_checkpoints(place / "checkpoints")
            if refused or (code == 0) != bool(good):
                figures.problems.append(f"train with {room} kB: leaves a half")
            if code:
                _larger(place)
                begun = (runs / NAME / resume.FILE).exists()
                more = ("--resume",) if begun else ()
                code, said = say(train_command(stage, *own, *more))
                if code or sums(place / "checkpoints" / NAME) != stage.whole:
                    figures.problems.append(f"{room} kB and then more: {code} {said[-300:]}")
                else:
                    came["resumed"] += begun
    figures.problems += [f"not one was {what}" for what, times in came.items() if not times]


@contextmanager
def drive(at: Path, kilobytes: int) -> Iterator[Path]:
    """Mount a drive of so many kilobytes in memory; needs root."""
    at.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", at], check=True)
    try:
        yield at
    finally:
        subprocess.run(["umount", at], check=True)


def _larger(place: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=64m", place], check=True)


def can_mount(scratch: Path) -> bool:
    """Say whether a drive can be mounted here."""
    try:
        with drive(scratch / "probe", 64):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


def read_only(stage: Stage, figures: Figures) -> None:
    """Work where nothing may be written: as another user if we are root, whom nothing stops."""
    others = [stage.root.parent, stage.root, *(p for p in stage.root.rglob("*") if p.is_dir())]
    modes = {folder: folder.stat().st_mode for folder in others}
    other = ("--checkpoints", stage.places.checkpoints)
    works = {
        "train": train_command(stage),
        "train over": train_command(stage, "--overwrite"),
        "export": command("export", "npz", OTHER, "--to", stage.root / "exports", *other),
    }
    for folder in others:
        folder.chmod(0o555)
    try:
        for what, work in works.items():

            def as_nobody(work: Callable[[], None] = work) -> None:
                if os.getuid() == 0:
                    os.setuid(NOBODY)
                work()

            code, said = say(as_nobody)
            if code == 0:
                figures.problems.append(f"{what}: wrote to a read-only folder")
            judge(stage, figures, f"{what} in a read-only folder", code, said)
    finally:
        for folder, mode in modes.items():
            folder.chmod(mode)


class Vandal(Logbook):
    """Take a folder away after some steps of training, or while pictures are read."""

    def __init__(self, log: Path, folder: Path, *, step: int) -> None:
        super().__init__(log)
        self.folder, self.step = folder, step

    def progress(self, what: str, done: int, total: int) -> None:
        """Take it away when the reading begins."""
        if self.step == 0:
            shutil.rmtree(self.folder, ignore_errors=True)

    def after_step(self, trainer: object) -> None:
        """Take it away after the step."""
        if trainer.progress.step == self.step:  # type: ignore[attr-defined]
            shutil.rmtree(self.folder, ignore_errors=True)


def own_images(root: Path, n: int = 60) -> Path:
    """Write a data root with one folder of small pictures in two classes."""
    images = data.load("digits", "train", n_images=n).images
    for number, picture in enumerate(images):
        folder = root / "pets" / ("cats", "dogs")[number % 2]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}.png").write_bytes(png(picture))
    return root


def vanished(stage: Stage, figures: Figures) -> None:
    """Take the data root, the runs or the checkpoints away before and during a training."""
    away = stage.root / "away"
    config = small_config(dataset="folder:pets", n_images=None, image_size=16)
    for what, step in (("before", -1), ("while it is read", 0), ("while it is trained with", 3)):
        root = own_images(stage.root / "data root")
        places = Places(away / "checkpoints", away / "runs", away / what, root)
        vandal = Vandal(stage.root / "log", root, step=step)
        if step < 0:
            shutil.rmtree(root)
        code, said = say(
            partial(run, RunRequest(config, name="pets", places=places, reporter=vandal))
        )
        judge(stage, figures, f"the data root is gone {what}", code, said, elsewhere=True)
        if (code == 0) != (step == 3):  # what has been read is kept, and training goes on
            figures.problems.append(f"the data root is gone {what}: exit code {code}")
        shutil.rmtree(away)
    for name in ("runs", "checkpoints"):
        places = Places(away / "checkpoints", away / "runs")
        vandal = Vandal(stage.root / "log", away / name, step=9)
        os.environ["LATENTLAB_SAVE_SECONDS"] = "0"
        code, said = say(
            partial(run, RunRequest(stage.config, name=NAME, places=places, reporter=vandal))
        )
        judge(stage, figures, f"the {name} are gone", code, said, elsewhere=True)
        whole = (away / "checkpoints" / NAME).is_dir()
        if (code == 0) != whole or (name == "checkpoints" and code):
            figures.problems.append(f"the {name} are gone: exit code {code}, {whole=}")
        shutil.rmtree(away)


def _tell(pipe: int, stage: Stage) -> None:
    os.write(pipe, json.dumps(say(train_command(stage))).encode())


def two(stage: Stage, figures: Figures, times: int) -> None:
    """Start two trainings into one name at once: one is whole, the other says why not."""
    for number in range(times):
        shutil.rmtree(stage.places.checkpoints / NAME, ignore_errors=True)
        shutil.rmtree(stage.places.runs, ignore_errors=True)
        # With runs of their own they do not see each other until they write.
        apart = ("--runs", str(stage.root / "other runs")) if number % 2 else ()
        results: list[tuple[int, str]] = []
        reading, writing = os.pipe()
        first = fork(partial(_tell, writing, stage))
        time.sleep(0.02 * number)
        results.append(say(train_command(stage, *apart)))
        os.close(writing)
        with os.fdopen(reading) as stream:
            results.append(tuple(json.load(stream)))
        ended(first)
        for code, said in results:
            judge(stage, figures, f"one of two trainings ({number})", code, said)
        codes = sorted(code for code, _ in results)
        if codes != [0, 1] or not (stage.places.checkpoints / NAME).is_dir():
            figures.problems.append(f"two trainings ({number}): exit codes {codes}")
        shutil.rmtree(stage.root / "other runs", ignore_errors=True)


def contained(scratch: Path, figures: Figures) -> None:
    """Ask for folders that lead out of the data root: no file elsewhere may be opened."""
    secret = own_images(scratch / "outside", 12) / "pets"
    root = own_images(scratch / "inside")
    (root / "linked").symlink_to(secret, target_is_directory=True)
    (root / "pets" / "more").symlink_to(secret, target_is_directory=True)
    (root / "pets" / "cats" / "secret.png").symlink_to(next(secret.rglob("*.png")))
    (root / "pets" / "dogs" / "hard\nname <b>.png").write_bytes(b"no picture")
    for hostile in (
        "pets", "linked", "..", "../outside/pets", str(secret), "pets/../../outside/pets", "", ".",
        "~", "pets\0", "a" * 300, "\udcff", "C:\\pets", "//server/pets", "pets/cats",
    ):  # fmt: skip
        opened: list[str] = []

        def hear(event: str, values: tuple[object, ...], opened: list[str] = opened) -> None:
            inside = isinstance(values[0], str) and values[0].startswith(str(scratch / "outside"))
            real = os.path.realpath(str(values[0])) if event in ("open", "os.scandir") else ""
            if inside or real.startswith(str(scratch / "outside")):
                opened.append(f"{event} {values[0]}")

        def load(name: str = hostile, opened: list[str] = opened) -> None:
            sys.addaudithook(lambda e, v: hear(e, v) if e in ("open", "os.scandir") else None)
            try:
                data.load(f"folder:{name}", "train", data_dir=scratch / "kept", data_root=root)
            finally:
                if opened:
                    os.write(2, f"opened: {opened}\n".encode())

        code, said = say(load)
        figures.n += 1
        figures.finished += code == 0
        figures.refused += code == 1
        is_right = code == (0 if hostile == "pets" else 1) and "\n" not in said
        if "opened:" in said or not is_right:
            figures.problems.append(f"folder {hostile[:40]!r}: {code} {said[-300:]!r}")


def main() -> int:
    """Try every disk, and record what came of it."""
    rows = []
    place = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=place) as folder:
        scratch = Path(folder)
        stage = prepare(scratch / "root")
        full(stage, found := Figures(), LIMITS)
        rows.append(found.row("full disk (a limit on file sizes)"))
        if can_mount(scratch):
            small_drive(stage, found := Figures(), ROOMS)
            rows.append(found.row("full disk (a small drive), and resumed with room"))
        else:
            print("No drive can be mounted here: a full one is tried by limits on file sizes only.")
        read_only(stage, found := Figures())
        rows.append(found.row("read-only folder"))
        vanished(stage, found := Figures())
        rows.append(found.row("vanished data root, runs or checkpoints"))
        two(stage, found := Figures(), 10)
        rows.append(found.row("two trainings into one name", "one whole, the other one sentence"))
        contained(scratch, found := Figures())
        rows.append(found.row("no path outside the data root", "0 files elsewhere opened"))
    return record("Disks", "python tests/torture disks", rows)


if __name__ == "__main__":
    sys.exit(main())

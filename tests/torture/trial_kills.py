"""Two hundred kill -9 during training, saving and exporting: nothing finished is lost.

A process that has imported torch takes seconds to start, so there is one that never computes
anything, and every attempt is a fork of it: a process of its own, with its own memory and its own
files, that is killed by SIGKILL. Half of the kills are sent from outside after a random time. The
other half are aimed at the save window: an audit hook in the child counts what the interpreter does
to files inside the trial's folder (opening for writing, renaming, removing, making), and the child
sends SIGKILL to itself at the drawn one, before it happens. No line of the program knows of this.

After each kill somebody looks at the list of checkpoints, as the app would, and the same work is
started again.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

# Threads do not survive a fork.
os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}

import numpy as np
from benchmarks.promises import Row, record

from latentlab.checkpoints import list_checkpoints, open_checkpoint
from latentlab.config import RunConfig, make_config
from latentlab.export.npz import npz
from latentlab.export.report import write_files
from latentlab.training import resume
from latentlab.training.loop import Trainer
from latentlab.training.reporting import Silent
from latentlab.training.run import Places, RunRequest, run

KILLS = 200
# What the work imports as it goes: here once, so that no child has to.
LAZY = (
    "sklearn.datasets",
    "skimage.restoration",
    "sklearn.decomposition",
    "sklearn.isotonic",
    "torch._dynamo",
    "torchvision",
)
OTHER, NAME = "another", "killed"
# What an audit hook hears of files; `open` counts when it is for writing.
SAVING = ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree")
STEPS = "steps.log"
# What stays of a run that was killed, or whose checkpoint was already in place.
UNFINISHED = {f"runs/{NAME}{file}" for file in ("", f"/{resume.FILE}", "/lock")}
INTERVAL = 0.02  # seconds between two savings, for kills that come at any time


@dataclass
class Figures:
    """What came of the kills; `problems` holds a line for each broken promise."""

    kinds: Counter[str] = field(default_factory=Counter)
    too_late: int = 0
    repeated: float = 0.0
    swept: int = 0
    unswept: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def n(self) -> int:
        """Count the kills."""
        return sum(self.kinds.values())


@dataclass(frozen=True)
class Stage:
    """A folder to kill in, and what an undisturbed run makes of it."""

    root: Path
    config: RunConfig
    whole: dict[str, str]
    other: str
    exported: dict[str, str]
    paths: frozenset[str]

    @property
    def places(self) -> Places:
        """Where a run reads and writes."""
        return Places(self.root / "checkpoints", self.root / "runs")


def small_config(**changes: object) -> RunConfig:
    """Ask for a network that trains in a fraction of a second."""
    settings: dict[str, object] = {
        "dataset": "digits", "n_images": 256, "image_size": 16, "hidden": (32,), "latent_dim": 2,
        "epochs": 4, "batch_size": 32, "projections": ("pca",), "index_size": 200,
        "timeline_mb": 1.0, "precision": "float32",
    }  # fmt: skip
    return make_config(**{**settings, **changes})


# The work that is killed, each as it would be started.


def train(stage: Stage, *, replace: bool) -> None:
    """Train, from where it was interrupted if it was."""
    request = RunRequest(
        stage.config,
        name=NAME,
        places=stage.places,
        replace=replace,
        resuming=None,
        device="cpu",
        n_threads=1,
        reporter=Logbook(stage.root / STEPS),
    )
    run(request)


def retrain(stage: Stage) -> None:
    """Replace a finished checkpoint by the same one, trained again."""
    train(stage, replace=True)


def train_new(stage: Stage) -> None:
    """Train a checkpoint that is not there yet."""
    if not (stage.places.checkpoints / NAME).exists():  # --resume says that it is finished
        train(stage, replace=False)


def export(stage: Stage) -> None:
    """Export a finished checkpoint."""
    checkpoint = open_checkpoint(stage.places.checkpoints / OTHER)
    files = {"a.npz": npz(checkpoint.index(), checkpoint.manifest.class_names)}
    files["b.png"] = checkpoint.samples()
    write_files(stage.root / "exports", files)


WORK: dict[str, tuple[Callable[[Stage], None], float]] = {
    "training": (train_new, 0.4),
    "replacing": (retrain, 0.3),
    "exporting": (export, 0.1),
    "exporting again": (export, 0.05),
}


class Logbook(Silent):
    """Write down each step and when it ended, so that what a resume repeats can be counted."""

    def __init__(self, path: Path) -> None:
        self._log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def trainer(self, trainer: Trainer) -> Logbook:
        """Look on."""
        return self

    def after_step(self, trainer: Trainer) -> None:
        """Write the step down at once: a killed process flushes nothing."""
        os.write(self._log, f"{trainer.progress.step} {time.monotonic()}\n".encode())

    def after_epoch(self, trainer: Trainer) -> None:
        """Write it down once more: at the end of an epoch the saving comes after the step."""
        Logbook.after_step(self, trainer)


# Killing.


def fork(work: Callable[[], object]) -> int:
    """Do the work in a process of its own; return its number."""
    process = os.fork()
    if process:
        return process
    try:
        work()
        os._exit(0)
    except BaseException as error:
        sys.stderr.write(f"{error!r}\n")
        os._exit(1)


def ended(process: int) -> int:
    """Wait for a process; return its exit code, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def armed(work: Callable[[], object], root: Path, at: int | None) -> Callable[[], object]:
    """Return the work with a kill at the n-th change to files below `root`.

    With None it is counted only, into the file ``changes`` beside the root.
    """
    count = 0
    inside = str(root)

    def hear(event: str, values: tuple[Any, ...]) -> None:
        nonlocal count
        if event not in SAVING or not str(values[0]).startswith(inside):
            return
        is_log = str(values[0]).endswith(STEPS)
        if is_log or (event == "open" and not int(values[2] or 0) & (os.O_WRONLY | os.O_RDWR)):
            return
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def do() -> None:
        sys.addaudithook(hear)
        work()
        if at is None:
            Path(f"{inside}.changes").write_text(str(count))

    return do


def prepare(root: Path) -> Stage:
    """Train once without any disturbance, and note what everything is when it is whole."""
    root.mkdir(parents=True)
    os.environ["LATENTLAB_SAVE_SECONDS"] = "0"
    bare = Stage(root, small_config(), {}, "", {}, frozenset())
    other = small_config(seed=1, epochs=2)

    def undisturbed() -> None:
        run(RunRequest(other, name=OTHER, places=bare.places, device="cpu", n_threads=1))
        train(bare, replace=False)
        export(bare)

    for name in LAZY:
        importlib.import_module(name)
    assert ended(fork(undisturbed)) == 0
    return Stage(
        root,
        bare.config,
        sums(bare.places.checkpoints / NAME),
        open_checkpoint(bare.places.checkpoints / OTHER).fingerprint,
        sums(root / "exports"),
        frozenset(_paths(root)),
    )


def sums(folder: Path) -> dict[str, str]:
    """Return a sum of each file of a folder, without what is read from a clock."""
    found = {}
    for path in sorted(folder.glob("*")):
        content = path.read_bytes()
        if path.name == "checkpoint.json":
            manifest = json.loads(content)
            manifest["run"] |= {"created": "", "seconds": 0}
            del manifest["sha256"], manifest["files"]["history.jsonl"]
            content = json.dumps(manifest).encode()
        elif path.name == "history.jsonl":
            epochs = [json.loads(line) for line in content.splitlines()]
            content = json.dumps([epoch | {"seconds": 0} for epoch in epochs]).encode()
        found[path.name] = hashlib.sha256(content).hexdigest()
    return found


def reset(stage: Stage, kind: str) -> None:
    """Take away what the work is about to make; what it replaces stays."""
    made = {
        "training": ["checkpoints/killed"],
        "exporting": ["exports"],
    }
    for name in ("runs", *made.get(kind, [])):
        shutil.rmtree(stage.root / name, ignore_errors=True)
    (stage.root / STEPS).unlink(missing_ok=True)


def kill_once(
    stage: Stage, kind: str, figures: Figures, *, at: int | None = None, after: float = 0
) -> None:
    """Start the work, kill it, look, start it again, and judge what there is.

    Parameters
    ----------
    stage : Stage
    kind : str
        A key of ``WORK``.
    figures : Figures
    at : int, optional
        Kill before this change to files.
    after : float
        Otherwise, kill after so many seconds.
    """
    work, _ = WORK[kind]
    reset(stage, kind)
    os.environ["LATENTLAB_SAVE_SECONDS"] = "0" if at else str(INTERVAL)
    process = fork(armed(lambda: work(stage), stage.root, at) if at else lambda: work(stage))
    if not at:
        time.sleep(after)
        os.kill(process, signal.SIGKILL)
    where = f"{kind}, killed at change {at}" if at else f"{kind}, killed after {after:.3f} s"
    code = ended(process)
    if code != -signal.SIGKILL:
        figures.too_late += 1
        figures.problems += [f"{where}: failed by itself"] if code else []
        return
    figures.kinds[kind] += 1
    left = strays(stage)
    figures.repeated = max(figures.repeated, _repeated(stage, interval=0 if at else INTERVAL))
    problems = _lost(stage, kind)
    if ended(fork(lambda: work(stage))) != 0:
        problems.append("cannot be started again")
    else:
        problems += _incomplete(stage, kind)
    unswept = strays(stage)
    figures.swept += len(set(left) - set(unswept))
    figures.unswept += len(unswept)
    problems += [f"{name} is not swept" for name in unswept]
    figures.problems += [f"{where}: {problem}" for problem in problems]


def strays(stage: Stage) -> list[str]:
    """List what is there and would not be after an undisturbed run, nor for an unfinished one."""
    return sorted(_paths(stage.root) - stage.paths - UNFINISHED)


def _paths(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*")}


def _repeated(stage: Stage, *, interval: float) -> float:
    """Return how many intervals (or steps, where each is saved) the resume will repeat.

    The step that a saving follows, or during which the kill came, is not counted.
    """
    log = stage.root / STEPS
    steps = log.read_text().split("\n")[:-1] if log.is_file() else []
    times = {int(step): float(when) for step, when in (line.split() for line in steps)}
    if not times or (stage.places.checkpoints / NAME).exists():
        return 0.0
    saved = 0
    path = stage.places.runs / NAME / resume.FILE
    if path.is_file():
        saved = int(resume._unpack(path)[0]["progress"]["step"])
    return repeated(times, saved, interval)


def repeated(times: Mapping[int, float], saved: int, interval: float) -> float:
    """Return the time from a saving to the last step but one after it, in intervals.

    At that step no saving was due, or there would be one: less than an interval had passed.

    Parameters
    ----------
    times : mapping of int to float
        When each step had ended, in seconds.
    saved : int
        The step that was saved; 0 where none was.
    interval : float
        In seconds; 0 where each step is saved, and steps are counted.
    """
    lost = [step for step in sorted(times)[:-1] if step > saved]
    if not lost or not interval:
        return float(len(lost))
    return (times[lost[-1]] - times.get(saved, min(times.values()))) / interval


def _lost(stage: Stage, kind: str) -> list[str]:
    """Look at the list of checkpoints, as the app does; say what is missing of it."""
    good, refused = list_checkpoints(stage.places.checkpoints)
    found = {checkpoint.name: checkpoint.fingerprint for checkpoint in good}
    problems = [f"{one.name} is refused" for one in refused]
    if found.get(OTHER) != stage.other:
        problems.append("another checkpoint is lost")
    if kind != "training" and NAME not in found:
        problems.append("the finished checkpoint is lost")
    if NAME in found and sums(stage.places.checkpoints / NAME) != stage.whole:
        problems.append("a checkpoint is there that is not whole")
    exported = sums(stage.root / "exports")
    if kind == "exporting":  # for the first time: what is there is whole
        exported = {**stage.exported, **exported}
    if any(exported.get(name) != stage.exported[name] for name in stage.exported):
        problems.append("an exported file is missing or not whole")
    return problems


def _incomplete(stage: Stage, kind: str) -> list[str]:
    """Say what is not as an undisturbed run makes it, after the second start."""
    problems = _lost(stage, "replacing")
    # A new one that was killed once it was in place is not trained again: its run stays.
    if (stage.places.runs / NAME).exists() and kind == "replacing":
        problems.append("the unfinished run is still there")
    return problems


def kill_many(n: int, scratch: Path, *, seed: int = 0) -> Figures:
    """Kill `n` times, half of them inside the save window."""
    stage = prepare(scratch / "root")
    changes, seconds = {}, {}
    for kind, (work, _) in WORK.items():
        reset(stage, kind)
        began = time.perf_counter()
        assert ended(fork(armed(partial(work, stage), stage.root, None))) == 0
        seconds[kind] = time.perf_counter() - began
        changes[kind] = int(Path(f"{stage.root}.changes").read_text())
    figures = Figures()
    rng = np.random.default_rng(seed)
    shares = [share for _, share in WORK.values()]
    while figures.n < n:
        kind = str(rng.choice(list(WORK), p=shares))
        if figures.n % 2:
            kill_once(stage, kind, figures, at=int(rng.integers(1, changes[kind] + 1)))
        else:
            kill_once(stage, kind, figures, after=float(rng.uniform(0, seconds[kind])))
    return figures


def main() -> int:
    """Kill two hundred times, and record what came of it."""
    place = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=place) as scratch:
        found = kill_many(KILLS, Path(scratch))
    for problem in found.problems:
        print(f"  {problem}")
    kinds = ", ".join(f"{n} {kind}" for kind, n in found.kinds.items())
    measured = f"{found.n} kills ({kinds}): {len(found.problems)} times something lost or different"
    rows = [
        Row("nothing lost, the result bit-identical", "0 times", measured, not found.problems),
        Row("work repeated after a kill", "less than 1 interval and a step",
            f"{found.repeated:.2f} intervals and a step",
            found.repeated < 1),
        Row("what kills left behind", "swept at the next start",
            f"{found.swept} files and folders swept, {found.unswept} not", not found.unswept),
    ]  # fmt: skip
    note = (
        "Half of the kills come at a random time, half at a drawn change to a file. "
        f"{found.too_late} more came after the end and are not counted."
    )
    return record("Kills", "python tests/torture kills", rows, note)


if __name__ == "__main__":
    sys.exit(main())

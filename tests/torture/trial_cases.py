"""Folders and pictures that once went wrong, through the commands and pages as their owner would.

They lie beside the project, in ``../shared/cases`` or the folder that LATENTLAB_CASES names, and
its README says what is right. Nothing of them is part of the project.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

# Before torch: the pages' network needs one thread.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import trial_images
from benchmarks.promises import Row, record

from latentlab.checkpoints import open_checkpoint, originals
from latentlab.errors import ImageError
from latentlab.images import read

HOME = Path(__file__).resolve().parents[2]
CASES = Path(os.environ.get("LATENTLAB_CASES", HOME.parent / "shared" / "cases"))
SECONDS = 2.0  # for a picture to be read or refused, and for a page to answer
QUICK = ("--epochs", "1", "--projections", "pca")
TRAINED = "Checkpoint: "
GREY = "needs color images, and these are gray"


@dataclass(frozen=True)
class Case:
    """A folder, what is typed, and what the terminal must and may not say (patterns)."""

    folder: str
    said: Sequence[str]
    never: Sequence[str] = ()
    flags: Sequence[str] = ()
    verb: str = "train"
    fails: bool = False
    then: Sequence[Sequence[str]] = field(default=())
    defaults: bool = False


FOLDERS = (
    Case(
        "trainval",
        (
            "in 2 classes: ants, bees",
            "train is 'train', validation is 'val', test is a tenth cut out of train",
            "recognized.*training \\.\\.\\.",
        ),
    ),
    Case("wrapped", ("in 2 classes: cat, dog", "'images' around the others was passed over")),
    Case("kaggle", ("in 2 classes: cat, dog", "stay unlabeled"), never=("label agreement",)),
    Case("nfc", ("in 2 classes: épée, über",)),
    Case("bits12", ("brightest value .* 4,080, so 4,095 was taken for white",)),
    Case("float_nan", ("50 were skipped.*a/0.tif: .*not numbers",), fails=True),
    Case("phone", ("50 were skipped.*IMG_0.HEIC: .*cannot be read",), fails=True),
    Case(
        "cats",
        ("in 2 classes: cat, dog",),
        then=(("query", "folder-cats-vae-z32"), ("viz", "folder-cats-vae-z32")),
    ),
    Case(
        "mvtec",
        ("No test image .* is normal",),
        never=("epoch 1 of 1", "training \\.\\.\\."),
        flags=("--normal-classes", "good"),
        fails=True,
    ),
    *(
        Case(
            "greys",
            (GREY,),
            never=("training \\.\\.\\.",),
            flags=("--task", "colorize", "--model", model),
            fails=True,
            defaults=True,  # a U-Net has no latent to map
        )
        for model in ("unet", "vae")
    ),
    Case("a b", (TRAINED,)),
    Case("фото", (TRAINED,)),
    Case("tiny", ("its 9 nearest training images", "query: "), verb="run"),
    *(Case("case", ("in 4 classes: 01, 1, Cat, cat",), flags=("--seed", s)) for s in "12"),
    Case("photos", (TRAINED,), never=("mean image", "posterior collapse"), defaults=True),
)

# What each picture must be: a pattern of its refusal, or its height and width.
PICTURES: dict[str, str | tuple[int, int]] = {
    "jpeg-scan-bomb.jpg": "3,006 scans .* would take too long",
    "jpeg-lossless-refused-when-small.jpg": (149, 227),
    "tiff-planar16-noise.tif": "a TIFF with RGB in separate planes of 16 bits",
    "tiff-12bit-dark.tif": (512, 512),
    "tiff-rgb12-called-no-tiff.tif": "a TIFF with 12 bits per channel, which cannot be read",
    "tiff-La-refused.tiff": "a TIFF with La in separate planes",
    "bmp-rgb32bf-refused.bmp": "a BMP of an unusual kind",
    "png-large-text-refused.png": (130, 200),
}


def main(names: Sequence[str]) -> int:
    if not (CASES / "make_folders.py").is_file():
        print(f"There are no cases in {CASES}: name their folder in LATENTLAB_CASES.")
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        made = [sys.executable, "-P", str(CASES / "make_folders.py"), str(place / "root")]
        subprocess.run(made, check=True)
        cases = [case for case in FOLDERS if not names or case.folder in names]
        found = [problem for case in cases for problem in folder_problems(case, place)]
    rows = [Row("folders that go wrong", "0", f"{len(found)} of {len(cases)}", not found)]
    if not names or "images" in names:
        wrong = [*read_problems(), *upload_problems()]
        found += wrong
        rows.append(
            Row("pictures that go wrong", "0", f"{len(wrong)} of {len(PICTURES)}", not wrong)
        )
    for problem in found:
        print(f"    {problem}")
    if names:
        return bool(found)
    note = (
        "What is right is in the README beside the cases; most folders are trained on for an epoch."
    )
    return record("Cases", "python tests/torture cases", rows, note)


def folder_problems(case: Case, place: Path) -> list[str]:
    """Type what its owner would about a folder; return what is wrong with the answers."""
    began = time.perf_counter()
    flags = [*case.flags, *(() if case.defaults else QUICK), "--data-root", str(place / "root")]
    seed = case.flags[-1] if "--seed" in case.flags else "0"
    if case.folder == "case":
        flags += ["--name", f"case-{seed}"]
    status, said = terminal(
        place, case.verb, "--dataset", f"folder:{case.folder}", *flags, seed=seed
    )
    problems = []
    if bool(status) != case.fails or "Traceback" in said:
        problems.append(f"it ends with {status}: {said[-400:]}")
    problems += [
        f"{pattern!r} is not said: {said}" for pattern in case.said if not has(pattern, said)
    ]
    problems += [f"{pattern!r} is said" for pattern in case.never if has(pattern, said)]
    for more in case.then:
        status, said = terminal(place, *more)
        if status:
            problems.append(f"{more[0]} ends with {status}: {said[-400:]}")
    if case.folder == "cats" and not problems:
        problems += originals_problems(place)
    print(f"  {case.folder}: {time.perf_counter() - began:.0f} s", flush=True)
    return [f"{case.folder}: {problem}" for problem in problems]


def terminal(place: Path, verb: str, *words: str, seed: str = "0") -> tuple[int, str]:
    """Type a command in an empty folder; return its status and what was said, in one line."""
    work = place / "work"
    work.mkdir(exist_ok=True)
    kept = {k: v for k, v in os.environ.items() if not k.startswith("LATENTLAB_")}
    environment = {
        **kept,
        "PYTHONHASHSEED": seed,
        "LATENTLAB_DATA": str(place / "data"),
        "LATENTLAB_STATE": str(place / "state"),
        "LATENTLAB_CHECKPOINTS": str(place / "checkpoints"),
        "COLUMNS": "80",
    }
    command = [sys.executable, "-P", "-m", "latentlab", verb, *words]
    answer = subprocess.run(
        command, cwd=work, env=environment, capture_output=True, encoding="utf-8", timeout=400
    )
    return answer.returncode, " ".join(f"{answer.stdout} {answer.stderr}".split())


def originals_problems(place: Path) -> list[str]:
    """Look whether the app finds the pictures of a folder whose root was named at the training."""
    os.environ |= {"LATENTLAB_DATA": str(place / "data"), "LATENTLAB_STATE": str(place / "state")}
    found = originals.look_up(open_checkpoint(place / "checkpoints" / "folder-cats-vae-z32"))
    return [] if found.pixels is not None else [f"its pictures are not found again: {found}"]


def read_problems() -> list[str]:
    """Read each picture at its own size and as networks see it."""
    problems = []
    for name, right in PICTURES.items():
        for size in (None, (28, 28), (64, 64)):
            began = time.perf_counter()
            try:
                pixels = read(CASES / "images" / name, size=size)
            except ImageError as error:
                if not isinstance(right, str) or not has(right, str(error)):
                    problems.append(f"{name} is refused at {size}: {error}")
            else:
                if isinstance(right, str) or pixels.shape[:2] != (size or right):
                    problems.append(f"{name} is read at {size} as {pixels.shape}")
                elif not 60 < pixels.mean() < 200:
                    problems.append(f"{name} has a mean level of {pixels.mean():.0f}")
            if time.perf_counter() - began > SECONDS:
                problems.append(f"{name} takes {time.perf_counter() - began:.1f} s at {size}")
    return problems


def upload_problems() -> list[str]:
    """Upload each picture on two pages, and fit it in another way."""
    problems = []
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["LATENTLAB_CHECKPOINTS"] = str(trial_images.tiny_root(Path(scratch)))
        for page in trial_images.PAGES:
            app = trial_images.open_page(page)
            for name, right in PICTURES.items():
                content = (CASES / "images" / name).read_bytes()
                for fit in ("crop", "pad"):
                    began = time.perf_counter()
                    if fit == "crop":
                        app.file_uploader[0].upload(name, content).run()
                    else:
                        app.segmented_control(key=f"{page}-fit").set_value("pad").run()
                    took = time.perf_counter() - began
                    said = [str(element.value) for element in app.error]
                    if app.exception:
                        problems.append(f"{name} on {page}: {app.exception[0].value}")
                    if bool(said) != isinstance(right, str) or (said and not has(right, said[0])):
                        problems.append(f"{name} on {page}, {fit}: {said}")
                    if took > SECONDS:
                        problems.append(f"{name} on {page}, {fit}: {took:.1f} s")
                    if said:
                        break
    return problems


def has(pattern: str | tuple[int, int], text: str) -> bool:
    """Look for a pattern in one line; Markdown's escapes do not count."""
    return re.search(str(pattern), text.replace("\\", "")) is not None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What a class has drawn: PNG files in ``drawings/`` in the state folder, a subfolder a class.

Class mode puts them there when the teacher exports them. They are read as any folder of own images
is, and trained on as handwriting is.
"""

from __future__ import annotations

from pathlib import Path

from latentlab.data import folder
from latentlab.data.image_set import Dataset, ImageSet, Request
from latentlab.data.places import state_dir
from latentlab.errors import DataError

NAME = "drawings"
FEWEST = 200
"""With fewer, an autoencoder learns them by heart."""


def place() -> Path:
    """Say where the drawings lie: bright strokes on a dark ground, as the networks take them."""
    return state_dir() / NAME


def count() -> int:
    """Count the drawings; unreadable ones are counted too."""
    return sum(1 for path in place().rglob("[!.]*.png") if path.is_file())


def problem() -> str | None:
    """Say in a sentence why they cannot be trained on, or return None."""
    n = count()
    if n >= FEWEST:
        return None
    return (
        f"There are {n} drawings, and {FEWEST} or more are needed: let the class draw more, and "
        "export them."
        if n
        else "There are no drawings on this machine: let a class draw, and export its drawings."
    )


def load(request: Request) -> ImageSet:
    """Load one split, 80, 10 and 10 percent, decided for each drawing by its content alone.

    Raises
    ------
    DataError
        If there are too few.
    """
    reason = problem()
    if reason:
        raise DataError(reason)
    return folder.load_folder(place(), request)


def _is_here(request: Request) -> bool:
    return problem() is None


DATASET = Dataset(
    name=NAME,
    title="drawings of the class",
    summary="What a class has drawn in class mode, once the teacher has exported it.",
    channels=None,
    size=28,
    sizes=None,
    class_names=(),
    download=None,
    defaults={
        "body": "dense",
        "hidden": (64, 256, 128),
        "likelihood": "bernoulli",
        "steps": 1140,
        "weight_decay": 0.05,
    },
    load=load,
    is_here=_is_here,
)

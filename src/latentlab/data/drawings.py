"""What a class has drawn, in all the folders of drawings below the data root together.

Class mode saves the drawings of one task as ``<folder>/drawing-001.png`` and so on. Each folder is
a class of this image set. They are read as own images are, and trained on as handwriting is.
"""

from __future__ import annotations

from pathlib import Path

from latentlab.data import folder
from latentlab.data.folder_files import Listing, fingerprint_of
from latentlab.data.image_set import Dataset, ImageSet, Request
from latentlab.errors import DataError

NAME = "drawings"
FEWEST = 200
"""With fewer, an autoencoder overfits."""


def file_name(number: int) -> str:
    """Name a drawing in its folder; the first is number 1.

    Parameters
    ----------
    number : int
        From 1.

    Returns
    -------
    str
        With at least three digits.
    """
    return f"drawing-{number:03d}.png"


def is_drawn(place: Path) -> bool:
    """Say whether a folder holds drawings that class mode has saved.

    Parameters
    ----------
    place : Path
        A folder below the data root.

    Returns
    -------
    bool
        From the first drawing's file; a link counts as no folder.
    """
    return (place / file_name(1)).is_file() and not place.is_symlink()


def count(data_root: Path) -> int:
    """Count the drawings below a data root; unreadable ones are counted too.

    Parameters
    ----------
    data_root : Path
        Where own folders lie; it may be missing.

    Returns
    -------
    int
    """
    return len(_paths(data_root))


def problem(data_root: Path) -> str | None:
    """Say in a sentence why they cannot be trained on, or return None.

    Parameters
    ----------
    data_root : Path

    Returns
    -------
    str or None
        A sentence where there are fewer than `FEWEST`.
    """
    n = count(data_root)
    if n >= FEWEST:
        return None
    if not n:
        return "There are no drawings on this machine: let a class draw, and save its drawings."
    return f"There are {n} drawings, and {FEWEST} or more are needed: let the class draw more."


def load(request: Request) -> ImageSet:
    """Load one split: 80, 10 and 10 percent, decided for each drawing by its content alone.

    Parameters
    ----------
    request : Request

    Returns
    -------
    ImageSet
        A class for each folder of drawings.

    Raises
    ------
    DataError
        If there are fewer than `FEWEST`, or they cannot be read.
    """
    reason = problem(request.data_root)
    if reason:
        raise DataError(reason)
    return folder.load_folder(request.data_root, request, _listing(request.data_root))


def _paths(data_root: Path) -> list[Path]:
    if not data_root.is_dir():
        return []
    return [
        path
        for place in sorted(data_root.iterdir())
        if is_drawn(place)
        for path in sorted(place.glob("drawing-*.png"))
    ]


def _listing(data_root: Path) -> Listing:
    found = [
        (path.relative_to(data_root).as_posix(), path.stat(follow_symlinks=False))
        for path in _paths(data_root)
    ]
    return Listing(tuple(name for name, _ in found), (), fingerprint_of(found))


def _is_here(request: Request) -> bool:
    return problem(request.data_root) is None


DATASET = Dataset(
    name=NAME,
    title="drawings of the class",
    summary="What a class has drawn in class mode, once the teacher has saved it.",
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

"""Reading every picture of a folder once, and putting them in order, with little in memory."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np

from latentlab.data.folder_files import FoundFile, Listing
from latentlab.data.folder_layout import Layout, natural, place_on_circle
from latentlab.data.image_set import SPLITS, Labels, Progress
from latentlab.decoding import white_above
from latentlab.errors import DataError, ImageError
from latentlab.images import Picture, open_picture, printable

_BLOCK = 256  # pictures decoded before they are written
_THREADS = min(4, os.cpu_count() or 1)  # each may hold one large picture
_LINKS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class Scan:
    """What a scan found; all but `order` is what the manifest says.

    Parameters
    ----------
    order : int64 array (n,)
        For every row of the cache, the row of the raw scan.
    labels : int64 array (n,)
        In the order of the cache.
    gray : bool
        Whether no picture has any color.
    class_names : tuple of str
    rows : dict of split to (begin, end)
    skipped : tuple of (path, reason)
    notes : tuple of str
        What was done with the values of the pictures, in sentences.
    """

    order: Labels
    labels: Labels
    gray: bool
    class_names: tuple[str, ...]
    rows: dict[str, tuple[int, int]]
    skipped: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Found:
    path: str
    place: float = 0.0
    picture: Picture | None = None
    problem: str = ""


def scan(
    pictures: Path, listing: Listing, layout: Layout, raw: Path, *, size: int, progress: Progress
) -> Scan:
    """Decode every file into one raw file of uint8 (n, size, size, 3), in the listing's order.

    Parameters
    ----------
    pictures : Path
        The user's folder.
    listing : Listing
    layout : Layout
    raw : Path
        Written; pictures that cannot be read leave no gap.
    size : int
    progress : callable

    Returns
    -------
    Scan

    Raises
    ------
    DataError
        If fewer than three different pictures can be read.
    """
    found = _scan(pictures, listing, layout, raw, size, None, progress)
    white = None if found.brightest is None else white_above(found.brightest)
    if white is not None and found.whites != {white}:
        # Deep pictures guess their white one by one, and a set has one: seen only when all are.
        found = _scan(pictures, listing, layout, raw, size, white, progress)
    n_different = len(set(found.places))
    if n_different < 3:
        n_skipped = len(found.skipped)
        why = ": ".join((printable(found.skipped[0][0]), found.skipped[0][1])) if n_skipped else ""
        raise DataError(
            f"The folder '{printable(pictures.name)}' has {n_different} different images that "
            "can be read, and three or more are needed. "
            + (f"{n_skipped} were skipped, the first being {why}" if n_skipped else "Put in more.")
        )
    found.splits = _without_gaps(found.splits, found.places)
    return _summary(found, white)


def arrange(found: Scan, raw: Path, work: Path, *, size: int, progress: Progress) -> None:
    """Copy the raw scan into ``images.npy`` and ``labels.npy``, in the cache's order.

    Written as a stream rather than through a mapping: on a full disk that is an error to report,
    where a mapping would end the process.
    """
    n, channels = len(found.order), 1 if found.gray else 3
    source = np.memmap(raw, dtype=np.uint8, mode="r", shape=(n, size, size, 3))
    head = {"descr": "|u1", "fortran_order": False, "shape": (n, size, size, channels)}
    with (work / "images.npy").open("wb") as file:
        np.lib.format.write_array_header_1_0(file, head)
        for start in range(0, n, 16 * _BLOCK):
            rows = found.order[start : start + 16 * _BLOCK]
            file.write(np.ascontiguousarray(source[rows, ..., :channels]).tobytes())
            progress("putting images in order", min(start + len(rows), n), n)
    np.save(work / "labels.npy", found.labels, allow_pickle=False)
    del source  # some systems refuse to delete a mapped file


@dataclass
class _Pass:
    """What one reading of all files has found so far."""

    skipped: list[tuple[str, str]]
    classes: list[str] = field(default_factory=list)
    splits: list[str] = field(default_factory=list)
    places: list[float] = field(default_factory=list)
    gray: bool = True
    brightest: float | None = None
    whites: set[float | None] = field(default_factory=set)

    def take(self, picture: Picture) -> None:
        """Note what the whole set must agree on."""
        self.gray = self.gray and bool((picture.pixels == picture.pixels[..., :1]).all())
        if picture.brightest is not None:
            self.brightest = max(picture.brightest, self.brightest or 0.0)
            self.whites.add(picture.white)


def _scan(
    pictures: Path,
    listing: Listing,
    layout: Layout,
    raw: Path,
    size: int,
    white: float | None,
    progress: Progress,
) -> _Pass:
    found = _Pass(list(listing.skipped))
    with raw.open("wb") as file:
        for one in _read_all(pictures, listing.files, size, white, progress):
            split = layout.split_of(one.path, one.place)
            if one.picture is None or split is None:
                found.skipped.append((one.path, one.problem or "lies outside train and test"))
                continue
            found.take(one.picture)
            file.write(one.picture.pixels.tobytes())
            found.classes.append(layout.class_of(one.path))
            found.splits.append(split)
            found.places.append(one.place)
    return found


def _read_all(
    pictures: Path,
    files: Sequence[FoundFile],
    size: int,
    white: float | None,
    progress: Progress,
) -> Iterator[_Found]:
    read_one = partial(_read_one, pictures, size, white)
    with ThreadPoolExecutor(_THREADS, thread_name_prefix="folder") as pool:
        for start in range(0, len(files), _BLOCK):
            for done, picture in enumerate(pool.map(read_one, files[start : start + _BLOCK])):
                yield picture
                if done % 16 == 0:
                    progress("reading images", start + done, len(files))
    progress("reading images", len(files), len(files))


def _read_one(pictures: Path, size: int, white: float | None, found: FoundFile) -> _Found:
    try:
        # A file that became a link since it was listed is not followed either.
        with open(
            pictures / found.path, "rb", opener=lambda path, flags: os.open(path, flags | _LINKS)
        ) as file:
            picture = open_picture(file, size=(size, size), channels=3, white=white)
            file.seek(0)
            place = place_on_circle(hashlib.file_digest(file, "sha256").digest())
            return _Found(found.path, place, picture)
    except ImageError as error:
        return _Found(found.path, problem=str(error))
    except OSError as error:
        return _Found(found.path, problem=f"It cannot be opened ({error.strerror}).")


def _without_gaps(splits: list[str], places: list[float]) -> list[str]:
    """Give a split that got nothing (in a tiny folder) one picture of the fullest, with its twins.

    Needs three different pictures, so that none is emptied by giving.
    """
    for empty in [split for split in SPLITS if split not in splits]:
        owned = list(zip(splits, places, strict=True))
        held = {split: {place for owner, place in owned if owner == split} for split in SPLITS}
        fullest = max(SPLITS, key=lambda split: len(held[split]))
        given = (fullest, min(held[fullest]))
        splits = [empty if one == given else one[0] for one in owned]
    return splits


def _summary(found: _Pass, white: float | None) -> Scan:
    names = sorted(set(found.classes), key=natural)
    label_of = {name: number for number, name in enumerate(names)}
    labels = np.array([label_of[name] for name in found.classes], dtype=np.int64)
    split_numbers = np.array([SPLITS.index(split) for split in found.splits], dtype=np.int64)
    order = np.lexsort((np.array(found.places), split_numbers)).astype(np.int64)
    ends = np.cumsum(np.bincount(split_numbers, minlength=len(SPLITS))).tolist()
    notes: tuple[str, ...] = ()
    if white is not None and white not in (1.0, 65535.0):
        notes = (
            "The brightest value in its files of more than 8 bits is "
            f"{found.brightest:,.6g}, so {white:,.6g} was taken for white.",
        )
    return Scan(
        order=order,
        labels=labels[order],
        gray=found.gray,
        class_names=tuple(printable(name) for name in names),
        rows=dict(zip(SPLITS, zip([0, *ends[:-1]], ends, strict=True), strict=True)),
        skipped=tuple(sorted(found.skipped)),
        notes=notes,
    )

"""Reading every picture of a folder once, and putting them in order, with little in memory."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from latentlab.data.folder_files import FoundFile, Layout, Listing, natural, place_on_circle
from latentlab.data.image_set import SPLITS, Labels, Progress
from latentlab.errors import DataError, ImageError
from latentlab.images import Pixels, printable, read

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
    grey : bool
        Whether no picture has any color.
    class_names : tuple of str
    rows : dict of split to (begin, end)
    skipped : tuple of (path, reason)
    """

    order: Labels
    labels: Labels
    grey: bool
    class_names: tuple[str, ...]
    rows: dict[str, tuple[int, int]]
    skipped: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Picture:
    path: str
    place: float
    pixels: Pixels | None
    problem: str


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
    skipped = list(listing.skipped)
    classes: list[str] = []
    splits: list[str] = []
    places: list[float] = []
    grey = True
    with raw.open("wb") as file:
        for picture in _read_all(pictures, listing.files, size, progress):
            split = layout.split_of(picture.path, picture.place)
            if picture.pixels is None or split is None:
                skipped.append((picture.path, picture.problem or "lies outside train and test"))
                continue
            grey = grey and bool((picture.pixels == picture.pixels[..., :1]).all())
            file.write(picture.pixels.tobytes())
            classes.append(layout.class_of(picture.path))
            splits.append(split)
            places.append(picture.place)
    n_different = len(set(places))
    if n_different < 3:
        raise DataError(
            f"The folder '{printable(pictures.name)}' has {n_different} different pictures that "
            f"can be read ({len(skipped)} files were skipped); put in three or more."
        )
    splits = _without_gaps(splits, places)
    return _summary(classes, splits, places, grey=grey, skipped=skipped)


def arrange(found: Scan, raw: Path, work: Path, *, size: int, progress: Progress) -> None:
    """Copy the raw scan into ``images.npy`` and ``labels.npy``, in the cache's order.

    Written as a stream rather than through a mapping: on a full disk that is an error to report,
    where a mapping would end the process.
    """
    n, channels = len(found.order), 1 if found.grey else 3
    source = np.memmap(raw, dtype=np.uint8, mode="r", shape=(n, size, size, 3))
    head = {"descr": "|u1", "fortran_order": False, "shape": (n, size, size, channels)}
    with (work / "images.npy").open("wb") as file:
        np.lib.format.write_array_header_1_0(file, head)
        for start in range(0, n, 16 * _BLOCK):
            rows = found.order[start : start + 16 * _BLOCK]
            file.write(np.ascontiguousarray(source[rows, ..., :channels]).tobytes())
            progress("putting pictures in order", min(start + len(rows), n), n)
    np.save(work / "labels.npy", found.labels, allow_pickle=False)
    del source  # some systems refuse to delete a mapped file


def _read_all(
    pictures: Path, files: Sequence[FoundFile], size: int, progress: Progress
) -> Iterator[_Picture]:
    read_one = partial(_read_one, pictures, size)
    with ThreadPoolExecutor(_THREADS, thread_name_prefix="folder") as pool:
        for start in range(0, len(files), _BLOCK):
            for done, picture in enumerate(pool.map(read_one, files[start : start + _BLOCK])):
                yield picture
                if done % 16 == 0:
                    progress("reading pictures", start + done, len(files))
    progress("reading pictures", len(files), len(files))


def _read_one(pictures: Path, size: int, found: FoundFile) -> _Picture:
    try:
        # A file that became a link since it was listed is not followed either.
        with open(
            pictures / found.path, "rb", opener=lambda path, flags: os.open(path, flags | _LINKS)
        ) as file:
            pixels = read(file, size=(size, size), channels=3)
            file.seek(0)
            place = place_on_circle(hashlib.file_digest(file, "sha256").digest())
            return _Picture(found.path, place, pixels, "")
    except ImageError as error:
        return _Picture(found.path, 0.0, None, str(error))
    except OSError as error:
        return _Picture(found.path, 0.0, None, f"It cannot be opened ({error.strerror}).")


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


def _summary(
    classes: list[str],
    splits: list[str],
    places: list[float],
    *,
    grey: bool,
    skipped: list[tuple[str, str]],
) -> Scan:
    names = sorted(set(classes), key=natural)
    label_of = {name: number for number, name in enumerate(names)}
    labels = np.array([label_of[name] for name in classes], dtype=np.int64)
    split_numbers = np.array([SPLITS.index(split) for split in splits], dtype=np.int64)
    order = np.lexsort((np.array(places), split_numbers)).astype(np.int64)
    ends = np.cumsum(np.bincount(split_numbers, minlength=len(SPLITS))).tolist()
    return Scan(
        order=order,
        labels=labels[order],
        grey=grey,
        class_names=tuple(printable(name) for name in names),
        rows=dict(zip(SPLITS, zip([0, *ends[:-1]], ends, strict=True), strict=True)),
        skipped=tuple(sorted(skipped)),
    )

"""Reading every picture of a folder once, and putting them in order, with little in memory.

Pictures are read in chunks, many of them by processes on all cores. A chunk puts its pixels into
one large file, each picture at its place in the listing, and then writes a record of what it found.
Where there is a record whose sum is that of the pixels, a later scan of the same listing does not
read the chunk again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from latentlab.data.folder_chunks import Chunk, Record, read_all, read_record
from latentlab.data.folder_files import Listing
from latentlab.data.folder_layout import Layout, natural
from latentlab.data.image_set import SPLITS, Labels, Progress
from latentlab.errors import DataError
from latentlab.image_files import WHOLE_RANGES, white_above
from latentlab.images import printable

# Pictures in a chunk: few enough that progress is told of a small folder too.
_SMALLEST_CHUNK, _LARGEST_CHUNK, _CHUNKS = 16, 2048, 64
_ARRANGED = 4096  # pictures copied at a time


@dataclass(frozen=True)
class Scan:
    """What a scan found; all but `order` is what the manifest says.

    Parameters
    ----------
    order : int64 array (n,)
        For every row of the cache, the row of the raw file.
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


def scan(
    pictures: Path, listing: Listing, layout: Layout, work: Path, *, size: int, progress: Progress
) -> tuple[Scan, Path]:
    """Decode every file into one raw file of uint8 (n, size, size, 3), in the listing's order.

    Parameters
    ----------
    pictures : Path
        The user's folder.
    listing : Listing
    layout : Layout
    work : Path
        A folder for this listing and size alone, with what an interrupted scan left there.
    size : int
    progress : callable

    Returns
    -------
    Scan
    Path
        The raw file; where a picture could not be read, it is empty.

    Raises
    ------
    DataError
        If fewer than three different pictures can be read.
    """
    found, raw = _scan(pictures, listing, layout, work, size, None, progress)
    brightest = _brightest(found)
    white = None if brightest is None else white_above(brightest)
    if white is not None and any(set(one.whites) - {white} for one in found):
        # Deep pictures guess their white one by one, and a set has one: seen only when all are.
        found, raw = _scan(pictures, listing, layout, work, size, white, progress)
    skipped = sorted([*listing.skipped, *(one for record in found for one in record.skipped)])
    n_different = len({place for record in found for place in record.places})
    if n_different < 3:
        why = ": ".join((printable(skipped[0][0]), skipped[0][1])) if skipped else ""
        raise DataError(
            f"The folder '{printable(pictures.name)}' has {n_different} different images that "
            "can be read, and three or more are needed. "
            + (f"{len(skipped)} were skipped, the first being {why}" if why else "Put in more.")
        )
    return _summary(found, tuple(skipped), white), raw


def arrange(found: Scan, raw: Path, work: Path, *, size: int, progress: Progress) -> None:
    """Copy the raw file into ``images.npy`` and ``labels.npy``, in the cache's order.

    Written as a stream rather than through a mapping: on a full disk that is an error to report,
    where a mapping would end the process.

    Parameters
    ----------
    found : Scan
    raw : Path
        uint8 (n_files, size, size, 3), from `scan`.
    work : Path
        The folder that becomes the cache.
    size : int
        Height and width in pixels.
    progress : callable
        Told how many of the images are written.

    Raises
    ------
    OSError
        If the disk refuses.
    """
    n, channels = len(found.order), 1 if found.gray else 3
    source = np.memmap(raw, dtype=np.uint8, mode="r").reshape(-1, size, size, 3)
    head = {"descr": "|u1", "fortran_order": False, "shape": (n, size, size, channels)}
    with (work / "images.npy").open("wb") as file:
        np.lib.format.write_array_header_1_0(file, head)
        for start in range(0, n, _ARRANGED):
            rows = found.order[start : start + _ARRANGED]
            file.write(np.ascontiguousarray(source[rows, ..., :channels]).tobytes())
            progress("putting images in order", min(start + len(rows), n), n)
    np.save(work / "labels.npy", found.labels, allow_pickle=False)
    del source  # some systems refuse to delete a mapped file


def _scan(
    pictures: Path,
    listing: Listing,
    layout: Layout,
    work: Path,
    size: int,
    white: float | None,
    progress: Progress,
) -> tuple[list[Record], Path]:
    n = len(listing.files)
    length = min(_LARGEST_CHUNK, max(_SMALLEST_CHUNK, n // _CHUNKS))
    chunks = [
        Chunk(pictures, layout, listing.files[at : at + length], at, work, size, white)
        for at in range(0, max(n, 1), length)
    ]
    raw = chunks[0].raw
    with raw.open("ab") as file:
        file.truncate(n * chunks[0].n_bytes)
    missing = [chunk for chunk in chunks if read_record(chunk) is None]
    done = n - sum(len(chunk.files) for chunk in missing)
    for chunk in read_all(missing):
        done += len(chunk.files)
        progress("reading images", done, n)
    found = [record for chunk in chunks if (record := read_record(chunk)) is not None]
    if len(found) < len(chunks):
        raise DataError(f"What was written to '{work}' cannot be read; check the disk.")
    progress("reading images", n, n)
    return found, raw


def _brightest(found: Sequence[Record]) -> float | None:
    return max((one.brightest for one in found if one.brightest is not None), default=None)


def _joined(found: Sequence[Record], part: Callable[[Record], list[int]]) -> Labels:
    return np.concatenate([np.array(part(one), np.int64) for one in found])


def _without_gaps(splits: Labels, places: npt.NDArray[np.float64]) -> Labels:
    """Give a split that got nothing (in a tiny folder) one picture of the fullest, with its twins.

    Needs three different pictures, so that none is emptied by giving.
    """
    for empty in [split for split in range(len(SPLITS)) if split not in splits]:
        held = [np.unique(places[splits == split]) for split in range(len(SPLITS))]
        fullest = max(range(len(SPLITS)), key=lambda split: len(held[split]))
        splits = np.where((splits == fullest) & (places == held[fullest][0]), empty, splits)
    return splits


def _summary(
    found: Sequence[Record], skipped: tuple[tuple[str, str], ...], white: float | None
) -> Scan:
    names = sorted({name for one in found for name in one.names}, key=natural)
    label_of = {name: number for number, name in enumerate(names)}
    labels = _joined(found, lambda one: [label_of[one.names[number]] for number in one.classes])
    places = np.concatenate([np.array(one.places, np.float64) for one in found])
    splits = _without_gaps(_joined(found, lambda one: one.splits), places)
    order = np.lexsort((places, splits))
    ends = np.cumsum(np.bincount(splits, minlength=len(SPLITS))).tolist()
    notes: tuple[str, ...] = ()
    if white is not None and white not in WHOLE_RANGES:
        notes = (
            "The brightest value in its files of more than 8 bits is "
            f"{_brightest(found):,.6g}, so {white:,.6g} was taken for white.",
        )
    return Scan(
        order=_joined(found, lambda one: one.rows)[order],
        labels=labels[order],
        gray=all(one.gray for one in found),
        class_names=tuple(printable(name) for name in names),
        rows=dict(zip(SPLITS, zip([0, *ends[:-1]], ends, strict=True), strict=True)),
        skipped=skipped,
        notes=notes,
    )

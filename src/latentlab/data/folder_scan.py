"""Reading every picture of a folder once, and putting them in order, with little in memory.

Pictures are read in chunks, many of them by processes on all cores. A chunk puts its pixels into
one large file, each picture at its place in the listing, and then writes a record of what it found.
Where there is a record whose sum is that of the pixels, a later scan of the same listing does not
read the chunk again.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import signal
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from latentlab.data.folder_files import Listing
from latentlab.data.folder_layout import Layout, natural, place_on_circle
from latentlab.data.image_set import SPLITS, Labels, Progress
from latentlab.decoding import white_above
from latentlab.errors import DataError, ImageError
from latentlab.images import Picture, open_picture, printable

# Pictures in a chunk: few enough that progress is told of a small folder too.
_SMALLEST_CHUNK, _LARGEST_CHUNK, _CHUNKS = 16, 2048, 64
_ARRANGED = 4096  # pictures copied at a time
# Each may hold one large picture.
_THREADS = min(4, os.cpu_count() or 1)
_PROCESSES = min(16, os.cpu_count() or 1)
# So many pictures are worth the second that processes take to start.
_MANY = 4000
_LINKS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_DAMAGE = (OSError, ValueError, KeyError, TypeError)


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


@dataclass(frozen=True)
class _Record:
    """What reading a chunk has found.

    Parameters
    ----------
    rows : list of int
        Of the pictures that could be read: their places in the listing.
    places : list of float
        Of each on the circle.
    splits, classes : list of int
        Of each: a place in `SPLITS`, and in `names`.
    names : list of str
    skipped : list of (path, reason)
    gray : bool
    brightest : float or None
        Of the pictures with more than 8 bits a channel.
    whites : list of float or None
        What was taken for white in each of these.
    total : int
        Over the pixels of the chunk.
    """

    rows: list[int]
    places: list[float]
    splits: list[int]
    classes: list[int]
    names: list[str]
    skipped: list[tuple[str, str]]
    gray: bool
    brightest: float | None
    whites: list[float | None]
    total: int


@dataclass(frozen=True)
class _Chunk:
    """A part of the listing, and all that a process needs to read it."""

    pictures: Path
    layout: Layout
    files: tuple[str, ...]
    first: int
    work: Path
    size: int
    white: float | None

    @property
    def raw(self) -> Path:
        return self.work / f"{self._read_as}.raw"

    @property
    def record(self) -> Path:
        return self.work / f"{self._read_as}-{self.first:09d}.json"

    @property
    def _read_as(self) -> str:
        """Name what was taken for white: what was read with another is of no use."""
        return "pixels" if self.white is None else f"white-{self.white:g}"

    @property
    def n_bytes(self) -> int:
        """How many bytes each picture has."""
        return self.size * self.size * 3


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
) -> tuple[list[_Record], Path]:
    n = len(listing.files)
    length = min(_LARGEST_CHUNK, max(_SMALLEST_CHUNK, n // _CHUNKS))
    chunks = [
        _Chunk(pictures, layout, listing.files[at : at + length], at, work, size, white)
        for at in range(0, max(n, 1), length)
    ]
    raw = chunks[0].raw
    with raw.open("ab") as file:
        file.truncate(n * chunks[0].n_bytes)
    missing = [chunk for chunk in chunks if _read_record(chunk) is None]
    done = n - sum(len(chunk.files) for chunk in missing)
    for chunk in _read_all(missing):
        done += len(chunk.files)
        progress("reading images", done, n)
    found = [record for chunk in chunks if (record := _read_record(chunk)) is not None]
    if len(found) < len(chunks):
        raise DataError(f"What was written to '{work}' cannot be read; check the disk.")
    progress("reading images", n, n)
    return found, raw


def _read_all(chunks: Sequence[_Chunk]) -> Iterator[_Chunk]:
    """Read chunks on all cores; yield each when it is done, in any order."""
    left = {chunk.first: chunk for chunk in chunks}
    if sum(len(chunk.files) for chunk in chunks) >= _MANY and _PROCESSES > 1:
        context = multiprocessing.get_context("spawn")  # a fork would copy torch's threads
        try:
            with ProcessPoolExecutor(_PROCESSES, context, _begin_process) as pool:
                for chunk in _finished(pool, chunks):
                    del left[chunk.first]
                    yield chunk
        except BrokenProcessPool:
            pass  # where no process can be started, as in a script without a main guard
    with ThreadPoolExecutor(_THREADS, thread_name_prefix="folder") as pool:
        yield from _finished(pool, list(left.values()))


def _finished(pool: Executor, chunks: Sequence[_Chunk]) -> Iterator[_Chunk]:
    jobs = {pool.submit(_read, chunk): chunk for chunk in chunks}
    try:
        for job in as_completed(jobs):
            job.result()
            yield jobs[job]
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin_process() -> None:
    """Leave Ctrl-C to the parent, and end when it does, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def _read(chunk: _Chunk) -> None:
    """Read the pictures of a chunk; write their pixels, then the record."""
    rows, places, splits, classes, skipped = [], [], [], [], []
    names: dict[str, int] = {}
    pixels = bytearray(len(chunk.files) * chunk.n_bytes)
    gray, brightest, whites = True, None, set[float | None]()
    for at, path in enumerate(chunk.files):
        place, picture, problem = _read_one(chunk, path)
        split = chunk.layout.split_of(path, place)
        if picture is None or split is None:
            skipped.append((path, problem or "lies outside train and test"))
            continue
        rows.append(chunk.first + at)
        places.append(place)
        splits.append(SPLITS.index(split))
        classes.append(names.setdefault(chunk.layout.class_of(path), len(names)))
        gray = gray and bool((picture.pixels == picture.pixels[..., :1]).all())
        if picture.brightest is not None:
            brightest = max(picture.brightest, brightest or 0.0)
            whites.add(picture.white)
        pixels[at * chunk.n_bytes : (at + 1) * chunk.n_bytes] = picture.pixels.tobytes()
    with chunk.raw.open("r+b") as file:
        file.seek(chunk.first * chunk.n_bytes)
        file.write(pixels)
    total = zlib.crc32(pixels)
    record = _Record(
        *(rows, places, splits, classes, list(names), skipped),
        *(gray, brightest, list(whites), total),
    )
    beside = chunk.record.with_suffix(".new")
    beside.write_text(json.dumps(vars(record)), encoding="ascii")
    beside.replace(chunk.record)


def _read_record(chunk: _Chunk) -> _Record | None:
    """Return what is known of a chunk; None where its pixels are not the ones that were written."""
    try:
        record = _Record(**json.loads(chunk.record.read_bytes()))
        with chunk.raw.open("rb") as file:
            file.seek(chunk.first * chunk.n_bytes)
            pixels = file.read(len(chunk.files) * chunk.n_bytes)
    except _DAMAGE:
        return None
    if zlib.crc32(pixels) != record.total:
        return None
    return replace(record, skipped=[(path, why) for path, why in record.skipped])


def _read_one(chunk: _Chunk, path: str) -> tuple[float, Picture | None, str]:
    """Return a picture and its place on the circle, or what is wrong with it."""
    try:
        # A file that became a link since it was listed is not followed either.
        with open(
            f"{chunk.pictures}/{path}",
            "rb",
            opener=lambda path, flags: os.open(path, flags | _LINKS),
        ) as file:
            size = (chunk.size, chunk.size)
            picture = open_picture(file, size=size, channels=3, white=chunk.white)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").digest()
            return place_on_circle(digest), picture, ""
    except ImageError as error:
        return 0.0, None, str(error)
    except OSError as error:
        return 0.0, None, f"It cannot be opened ({error.strerror})."


def _brightest(found: Sequence[_Record]) -> float | None:
    return max((one.brightest for one in found if one.brightest is not None), default=None)


def _joined(found: Sequence[_Record], part: Callable[[_Record], list[int]]) -> Labels:
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
    found: Sequence[_Record], skipped: tuple[tuple[str, str], ...], white: float | None
) -> Scan:
    names = sorted({name for one in found for name in one.names}, key=natural)
    label_of = {name: number for number, name in enumerate(names)}
    labels = _joined(found, lambda one: [label_of[one.names[number]] for number in one.classes])
    places = np.concatenate([np.array(one.places, np.float64) for one in found])
    splits = _without_gaps(_joined(found, lambda one: one.splits), places)
    order = np.lexsort((places, splits))
    ends = np.cumsum(np.bincount(splits, minlength=len(SPLITS))).tolist()
    notes: tuple[str, ...] = ()
    if white is not None and white not in (1.0, 65535.0):
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

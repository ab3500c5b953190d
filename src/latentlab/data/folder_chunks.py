"""A part of a folder's pictures: read by a process of its own, written, and known again later."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import signal
import threading
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path

from latentlab.data.folder_layout import Layout, place_on_circle
from latentlab.data.image_set import SPLITS
from latentlab.errors import ImageError
from latentlab.images import Picture, open_picture

# Each may hold one large picture.
_THREADS = min(4, os.cpu_count() or 1)
_PROCESSES = min(16, os.cpu_count() or 1)
# So many pictures are worth the second that processes take to start.
_MANY = 4000
_LINKS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_DAMAGE = (OSError, ValueError, KeyError, TypeError)


@dataclass(frozen=True)
class Record:
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
class Chunk:
    """A part of the listing, and all that a process needs to read it.

    Attributes
    ----------
    pictures : Path
        The user's folder.
    layout : Layout
    files : tuple of str
        Paths relative to it.
    first : int
        Number of the first of them in the whole listing.
    work : Path
        Where pixels and records are written.
    size : int
        Height and width in pixels.
    white : float or None
        What means white in pictures with more than 8 bits a channel; None to guess it for each.
    """

    pictures: Path
    layout: Layout
    files: tuple[str, ...]
    first: int
    work: Path
    size: int
    white: float | None

    @property
    def raw(self) -> Path:
        """The file of all pixels."""
        return self.work / f"{self._read_as}.raw"

    @property
    def record(self) -> Path:
        """The file that says what was found."""
        return self.work / f"{self._read_as}-{self.first:09d}.json"

    @property
    def _read_as(self) -> str:
        """Name what was taken for white: what was read with another is of no use."""
        return "pixels" if self.white is None else f"white-{self.white:g}"

    @property
    def n_bytes(self) -> int:
        """How many bytes each picture has."""
        return self.size * self.size * 3


def read_all(chunks: Sequence[Chunk]) -> Iterator[Chunk]:
    """Read chunks on all cores; yield each when it is done, in any order.

    Parameters
    ----------
    chunks : sequence of Chunk
        All of one listing.

    Yields
    ------
    Chunk
        Its pixels are in ``raw`` and its record is written.
    """
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


def _finished(pool: Executor, chunks: Sequence[Chunk]) -> Iterator[Chunk]:
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


def _read(chunk: Chunk) -> None:
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
    record = Record(
        *(rows, places, splits, classes, list(names), skipped),
        *(gray, brightest, list(whites), total),
    )
    beside = chunk.record.with_suffix(".new")
    beside.write_text(json.dumps(vars(record)), encoding="ascii")
    beside.replace(chunk.record)


def read_record(chunk: Chunk) -> Record | None:
    """Return what is known of a chunk; None where its pixels are not the ones that were written.

    Parameters
    ----------
    chunk : Chunk

    Returns
    -------
    Record or None
        None also where it is missing or damaged.
    """
    try:
        record = Record(**json.loads(chunk.record.read_bytes()))
        with chunk.raw.open("rb") as file:
            file.seek(chunk.first * chunk.n_bytes)
            pixels = file.read(len(chunk.files) * chunk.n_bytes)
    except _DAMAGE:
        return None
    if zlib.crc32(pixels) != record.total:
        return None
    return replace(record, skipped=[(path, why) for path, why in record.skipped])


def _read_one(chunk: Chunk, path: str) -> tuple[float, Picture | None, str]:
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

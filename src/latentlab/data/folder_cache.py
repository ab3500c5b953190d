"""A user's folder as one array on disk: read once, mapped ever after.

A cache is a folder of its own under the data directory, made beside and renamed when complete. What
was read of the pictures so far lies in another (see ``folder_scan.py``), so that a scan that was
interrupted goes on where it was.

``images.npy``
    uint8 (n, size, size, c): train, validation and test one after the other, each in the order of
    its pictures' digests, so that the first so many are a fair sample.
``labels.npy``
    int64 (n,).
``manifest.json``
    Format, class names, where each split begins and ends, the sum over its images, how the folder
    was understood, and what was skipped and why.
``skipped.txt``
    The same list for a person.
"""

from __future__ import annotations

import glob
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from filelock import FileLock

from latentlab.data.folder_files import Listing
from latentlab.data.folder_layout import Layout, sentences
from latentlab.data.folder_scan import Scan, arrange, scan
from latentlab.data.image_set import SPLITS, Labels, Progress, pixel_sum
from latentlab.errors import DataError
from latentlab.images import Pixels, printable
from latentlab.scratch import CANNOT_LOCK, LOCK, beside

FORMAT = 2
PART = ".part"
_DAMAGE = (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError)


@dataclass(frozen=True)
class Cache:
    """An opened cache: mapped images, labels, and the rows and the sum of each split.

    Attributes
    ----------
    images : uint8 (n, size, size, 1 or 3)
        Mapped, not in memory.
    labels : int64 (n,)
        Rows of `class_names`.
    class_names : tuple of str
    rows : dict of split to (begin, end)
        Which images are of it; the end is the first that is not.
    skipped : tuple of (path, reason)
    notes : tuple of str
        How the folder was understood, in sentences.
    sums : dict of split to str
        Over all its pixels; see `image_set.pixel_sum`.
    """

    images: Pixels
    labels: Labels
    class_names: tuple[str, ...]
    rows: dict[str, tuple[int, int]]
    skipped: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    sums: dict[str, str]


def open_cache(folder: Path) -> Cache | None:
    """Open a cache; None when there is none or it is not whole (it is then made anew).

    Parameters
    ----------
    folder : Path

    Returns
    -------
    Cache or None
        Its images uint8 (n, h, w, c) are mapped, not in memory.
    """
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        images = np.load(folder / "images.npy", mmap_mode="r", allow_pickle=False)
        labels = np.load(folder / "labels.npy", allow_pickle=False)
        rows = {split: (int(a), int(b)) for split, (a, b) in manifest["rows"].items()}
        skipped = tuple((str(path), str(why)) for path, why in manifest["skipped"])
        names = tuple(str(name) for name in manifest["class_names"])
        notes = tuple(str(note) for note in manifest["notes"])
        sums = {split: str(manifest["sums"][split]) for split in SPLITS}
    except _DAMAGE:
        return None
    whole = manifest["format"] == FORMAT and len(images) == len(labels) and set(rows) == set(SPLITS)
    return Cache(images, labels, names, rows, skipped, notes, sums) if whole else None


def build_cache(
    pictures: Path, listing: Listing, layout: Layout, target: Path, *, size: int, progress: Progress
) -> None:
    """Read every picture of a folder and write the cache.

    Only the pictures being decoded are in memory. An interrupted run, even one that was killed, is
    taken up again by the next one.

    Parameters
    ----------
    pictures : Path
        The user's folder.
    listing : Listing
    layout : Layout
    target : Path
        The cache to be; its parent is created.
    size : int
        Height and width in pixels; the middle square of each picture is taken.
    progress : callable

    Raises
    ------
    DataError
        If fewer than three different pictures can be read, or the cache cannot be written.
    """
    where, scratch = target.parent, target.with_name(f"{target.name}{PART}")
    try:
        where.mkdir(parents=True, exist_ok=True)
        _check_room(where, n_bytes=2 * len(listing.files) * size * size * 3)
        scratch.mkdir(exist_ok=True)
        with _alone(scratch / LOCK):
            if open_cache(target) is None:  # otherwise another process was faster
                found, raw = scan(pictures, listing, layout, scratch, size=size, progress=progress)
                with beside(target) as work:
                    arrange(found, raw, work, size=size, progress=progress)
                    _write_manifest(found, layout, work)
                    shutil.rmtree(target, ignore_errors=True)
                    work.rename(target)
        shutil.rmtree(scratch, ignore_errors=True)
    except OSError as error:
        shutil.rmtree(scratch, ignore_errors=True)  # which may be what has filled the disk
        why = error.strerror or str(error)
        raise DataError(
            f"'{where}' cannot be written ({why}); choose another --data-dir."
        ) from error


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Wait for whoever reads the same pictures; where nothing can be locked, nobody is seen."""
    lock = FileLock(path)
    with suppress(*CANNOT_LOCK):
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def drop_siblings(target: Path, prefix: str) -> None:
    """Remove caches of the same folder and size, whole or begun, that its files have outgrown.

    Parameters
    ----------
    target : Path
        The cache that stays.
    prefix : str
        What the names of all caches of this folder and size begin with.
    """
    for old in target.parent.glob(f"{glob.escape(prefix)}*"):
        if old != target:
            shutil.rmtree(old, ignore_errors=True)


def _write_manifest(found: Scan, layout: Layout, work: Path) -> None:
    images = np.load(work / "images.npy", mmap_mode="r", allow_pickle=False)
    manifest = {
        "format": FORMAT,
        "class_names": found.class_names,
        "rows": found.rows,
        "skipped": found.skipped,
        "notes": [*sentences(layout, found.rows, found.class_names), *found.notes],
        "sums": {split: pixel_sum(images[begin:end]) for split, (begin, end) in found.rows.items()},
    }
    del images  # some systems refuse to rename a folder that holds a mapped file
    lines = [f"{printable(path, 1000)}: {why}\n" for path, why in found.skipped]
    (work / "skipped.txt").write_text("".join(lines), encoding="utf-8")
    (work / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def _check_room(where: Path, *, n_bytes: int) -> None:
    free = shutil.disk_usage(where).free
    if n_bytes > free:
        raise DataError(
            f"The images need {n_bytes / 1e9:.1f} GB in '{where}', where {free / 1e9:.1f} GB are "
            "free; free some or choose another --data-dir."
        )

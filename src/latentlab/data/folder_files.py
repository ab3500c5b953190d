"""Which files of a user's folder should be pictures, and whether any has changed."""

from __future__ import annotations

import hashlib
import math
import os
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from latentlab.data.image_set import Progress
from latentlab.errors import DataError
from latentlab.image_files import SUFFIXES

SLOW_LOOK = 3.0  # seconds; a few files never take so long, however busy the machine
# Of each folder: who looks at it now; until when the last look is good enough, and what it found.
_LOOKING: dict[Path, threading.Lock] = {}
_LAST_LOOK: dict[Path, tuple[float, str]] = {}


@dataclass(frozen=True)
class Listing:
    """All files of a folder in a fixed order, and those left out with the reason.

    Attributes
    ----------
    files : tuple of str
        Paths relative to the folder, with slashes.
    skipped : tuple of (path, reason)
    fingerprint : str
        Changes when a file is added, removed, renamed or written: see `fingerprint_of`.
    """

    files: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]
    fingerprint: str


def list_files(folder: Path, progress: Progress) -> Listing:
    """List what should be pictures, without following links or opening anything.

    Hidden files are passed over in silence; everything else that is left out is listed.

    Parameters
    ----------
    folder : Path
    progress : callable
        Told how many files were found.

    Returns
    -------
    Listing
        Sorted by path.

    Raises
    ------
    DataError
        If the folder cannot be opened.
    """
    files: list[str] = []
    skipped: list[tuple[str, str]] = []

    def kept() -> Iterator[tuple[str, os.stat_result]]:
        for path, stat in _walk(folder, skipped):
            files.append(path)
            yield path, stat

    fingerprint = fingerprint_of(_counted(kept(), progress))
    return Listing(tuple(files), tuple(sorted(skipped)), fingerprint)


def fingerprint(folder: Path, progress: Progress) -> str:
    """Return the fingerprint of a folder's listing, with nothing of the listing in memory.

    Who asks while another thread looks is told what that one finds. A million files take ten
    seconds: what took more than `SLOW_LOOK` is not done again for ten times as long.

    Parameters
    ----------
    folder : Path
    progress : callable
        Told how many files were found.

    Returns
    -------
    str
        As `fingerprint_of` gives it.

    Raises
    ------
    DataError
        If the folder cannot be opened.
    """
    asked = time.monotonic()
    with _LOOKING.setdefault(folder, threading.Lock()):
        good_until, found = _LAST_LOOK.get(folder, (-math.inf, ""))
        if good_until <= asked:
            began = time.monotonic()
            found = _look(folder, progress)
            took = time.monotonic() - began
            good_for = 10 * took if took > SLOW_LOOK else 0
            _LAST_LOOK[folder] = (began + took + good_for, found)
        return found


def _look(folder: Path, progress: Progress) -> str:
    return fingerprint_of(_counted(_walk(folder, []), progress))


def fingerprint_of(files: Iterable[tuple[str, os.stat_result]]) -> str:
    """Sum up paths, sizes and times of files, sorted by path.

    Where the system keeps it, the time of a file's last change is part of it: a copy can bring its
    own time of writing, and the same size, but not that.

    Parameters
    ----------
    files : iterable of (path, stat)
        Paths relative to the folder.

    Returns
    -------
    str
        SHA-256 in hexadecimal.
    """
    total = hashlib.sha256()
    for path, stat in files:
        line = f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\0{stat.st_ctime_ns}\n"
        total.update(line.encode("utf-8", "surrogateescape"))
    return total.hexdigest()


def _counted(
    files: Iterable[tuple[str, os.stat_result]], progress: Progress
) -> Iterator[tuple[str, os.stat_result]]:
    for n, file in enumerate(files, start=1):
        yield file
        if n % 1000 == 0:
            progress("looking for images", n, 0)


def _walk(folder: Path, skipped: list[tuple[str, str]]) -> Iterator[tuple[str, os.stat_result]]:
    """Yield what should be pictures, sorted by path."""
    levels = [_entries(folder, "", skipped)]
    while levels:
        path, entry = next(levels[-1], ("", None))
        if entry is None:
            levels.pop()
        elif entry.is_symlink():
            skipped.append((path, "is a link; links are not followed"))
        elif entry.is_dir(follow_symlinks=False):
            levels.append(_entries(folder, path + "/", skipped))
        elif not entry.is_file(follow_symlinks=False):
            skipped.append((path, "is not a plain file"))
        elif not entry.name.lower().endswith(SUFFIXES):
            skipped.append((path, "is not named like an image"))
        else:
            yield path, entry.stat(follow_symlinks=False)


def _entries(
    folder: Path, below: str, skipped: list[tuple[str, str]]
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    try:
        entries = [one for one in os.scandir(folder / below) if not one.name.startswith(".")]
    except OSError as error:
        if not below:
            raise DataError(
                f"The folder '{folder}' cannot be opened ({error.strerror}); make it readable "
                "or choose another."
            ) from None
        skipped.append((below, f"cannot be opened ({error.strerror})"))
        return iter(())
    # With its slash a folder comes where its files do in a list of all paths.
    entries.sort(key=lambda one: one.name + "/" * one.is_dir(follow_symlinks=False))
    return ((below + one.name, one) for one in entries)

"""A hidden folder to write into, beside its place, so that what is written is whole or not there.

A process that was killed leaves its folder behind. The next one that writes in the same place, or
looks there, sweeps it away. It must not take one that is still being written to: a folder in use is
locked by its process, and the system lets go of that lock when the process ends, however it ends.
"""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = ".writing-"
# Where a folder cannot be locked (Windows, some network drives), only an old one is swept.
STALE_SECONDS = 24 * 3600


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """Make a folder to write into; what has not been renamed by the end is removed.

    Parameters
    ----------
    target : Path
        What is about to be written; its parent is made where missing.

    Yields
    ------
    Path
        An empty folder on the same drive.

    Raises
    ------
    OSError
        If the disk refuses.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    sweep(target.parent)
    folder, lock = _locked(target)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def sweep(parent: Path) -> None:
    """Remove what killed processes left; silently, for the folder may be read-only.

    Parameters
    ----------
    parent : Path
        The folder to look in; it may be missing.
    """
    for left in parent.glob(f"{PREFIX}*"):
        with suppress(OSError):
            if left.is_dir() and not left.is_symlink():
                _remove_abandoned(left)


def _locked(target: Path) -> tuple[Path, int | None]:
    while True:
        folder = target.parent / f"{PREFIX}{target.name[:40]}-{uuid.uuid4().hex[:8]}"
        folder.mkdir()
        lock = None
        try:
            lock = _lock(folder)
        except BlockingIOError:
            continue  # a sweep came between the two, and is about to remove it
        except (OSError, ImportError):
            pass
        if folder.is_dir():  # otherwise a sweep has removed it
            return folder, lock
        if lock is not None:
            os.close(lock)


def _remove_abandoned(folder: Path) -> None:
    lock = None
    try:
        lock = _lock(folder)
    except BlockingIOError:
        return
    except (OSError, ImportError):
        if time.time() - folder.stat().st_mtime <= STALE_SECONDS:
            return
    # The lock is held until it is gone: a writer that has just made it then takes another one.
    shutil.rmtree(folder, ignore_errors=True)
    if lock is not None:
        os.close(lock)


def _lock(folder: Path) -> int:
    """Lock a folder for as long as the descriptor returned is open."""
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor

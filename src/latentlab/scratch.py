"""A hidden folder to write into, beside its place, so that what is written is whole or not there.

A process that was killed leaves its folder behind. The next one that writes in the same place, or
looks there, sweeps it away. It must not take one that is still being written to: beside each folder
lies a file that its process holds locked, and the system lets go of that lock when the process
ends, however it ends.
"""

from __future__ import annotations

import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

PREFIX = ".writing-"
LOCK = ".lock"
# Where nothing can be locked (some network drives), only an old folder is swept.
STALE_SECONDS = 24 * 3600
CANNOT_LOCK = (OSError, NotImplementedError)


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
    folder = target.parent / f"{PREFIX}{target.name[:40]}-{uuid.uuid4().hex[:8]}"
    lock = _lock_of(folder)
    with suppress(*CANNOT_LOCK):
        lock.acquire()  # before there is a folder, so that one that nobody holds is abandoned
    try:
        folder.mkdir()
        yield folder
    finally:
        _remove(folder, lock)


def sweep(parent: Path) -> None:
    """Remove what killed processes left; silently, for the folder may be read-only.

    Parameters
    ----------
    parent : Path
        The folder to look in; it may be missing.
    """
    names = {path.name.removesuffix(LOCK) for path in parent.glob(f"{PREFIX}*")}
    for folder in (parent / name for name in names):
        with suppress(OSError):
            if not folder.is_symlink():
                _remove_abandoned(folder)


def _lock_of(folder: Path) -> BaseFileLock:
    return FileLock(folder.with_name(folder.name + LOCK))


def _remove_abandoned(folder: Path) -> None:
    lock = _lock_of(folder)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return
    except CANNOT_LOCK:
        if time.time() - folder.stat().st_mtime <= STALE_SECONDS:
            return
    _remove(folder, lock)


def _remove(folder: Path, lock: BaseFileLock) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):  # while it is held; Windows does so itself when it is let go
        Path(lock.lock_file).unlink()
    lock.release()

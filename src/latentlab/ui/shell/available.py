"""Which checkpoints can be shown and which folders cannot: listed always, read after a change."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from latentlab import checkpoints as folders
from latentlab.checkpoints import Checkpoint, Refused
from latentlab.ui.shell.shared import SharedCache

Signature = tuple[tuple[str, int, int, int], ...]
Listed = tuple[tuple[Checkpoint, ...], tuple[Refused, ...]]

# The picker shows all of them at once.
MAX_SHOWN = 512
# A folder that was refused may be in the middle of being copied here, and images that have changed
# may be put back: they are looked at again.
RETRY_SECONDS = 5
_LISTS = SharedCache[Listed](4)
_PROVEN = SharedCache[Checkpoint](MAX_SHOWN)
_FITTING = SharedCache[None](MAX_SHOWN)
_LOOKED = threading.local()  # in one thread, that of one visitor's page


def root() -> Path:
    """Return the folder that holds the checkpoints."""
    return folders.checkpoints_root()


def checkpoints() -> Listed:
    """Return the checkpoints that can be shown, by name, and the folders that cannot.

    The folder is looked at every time (some microseconds for each checkpoint) and read only after
    a change.
    """
    return getattr(_LOOKED, "found", None) or _look()


@contextmanager
def looked_at_once() -> Iterator[None]:
    """Look at the folder once for all that is asked of it meanwhile; ``app.py`` wraps each run."""
    before = getattr(_LOOKED, "found", None)
    _LOOKED.found = before or _look()
    try:
        yield
    finally:
        _LOOKED.found = before


def _look() -> Listed:
    folder = root()
    key = (str(folder), _network_check() is None, _signature(folder))
    found = _LISTS.get(key, lambda: _listed(folder))
    if not found[1]:
        return found
    return _LISTS.get((*key, time.monotonic() // RETRY_SECONDS), lambda: _listed(folder))


def forget() -> None:
    """Forget everything, as if the server had just started."""
    for each in (_LISTS, _PROVEN, _FITTING):
        each.clear()


def _listed(folder: Path) -> Listed:
    folders.recover(folder)
    found = [folders.examine(path, _proven) for path in folders.folders(folder)]
    good = tuple(each for each in found if isinstance(each, Checkpoint))
    return good, tuple(each for each in found if isinstance(each, Refused))


def _proven(path: Path) -> Checkpoint:
    """Prove a checkpoint once; its network too, as soon as torch is there."""
    key = (path, *_changed(path))
    checkpoint = _PROVEN.get(key, lambda: folders.proven(path))
    check = _network_check()
    if check is not None:
        _FITTING.get(checkpoint.fingerprint, lambda: check(checkpoint))
    return checkpoint


def _network_check() -> Callable[[Checkpoint], None] | None:
    """Return what proves that weights fit a network, if torch has been loaded."""
    return getattr(sys.modules.get("latentlab.codec"), "check_network", None)


def _signature(folder: Path) -> Signature:
    """Describe what is in the folder, so that a new or changed checkpoint is noticed."""
    return tuple((p.name, *_changed(p)) for p in folders.folders(folder))


def _changed(folder: Path) -> tuple[int, int, int]:
    try:
        # For every checkpoint at every run of every page: a Path takes twice as long.
        stat = os.stat(f"{folder}{os.sep}{folders.MANIFEST}")  # noqa: PTH116
    except OSError:
        return (0, 0, 0)  # not a checkpoint, or gone since it was listed
    return (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size)

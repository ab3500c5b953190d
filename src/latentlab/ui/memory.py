"""Memory that an answer needed for a moment goes back to the system."""

from __future__ import annotations

import ctypes
import sys

# glibc's malloc has up to eight heaps per core, and keeps what is freed at the end of each, more of
# it the larger the blocks are. Less would be given back with smaller figures, but every page that
# is asked of the system again costs time (docs/decisions/0008-large-blocks.md).
# Blocks of this size and more come from the system and go back to it one by one.
LARGE = 16 << 20
KEPT = 4 << 20  # at the end of a heap
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # as in glibc's malloc.h


def give_back() -> bool:
    """Let freed memory go back to the system soon; only glibc needs to be told.

    Returns
    -------
    bool
        Whether there was something to tell, and it was heard.
    """
    if sys.platform != "linux":
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:  # musl
        return False
    return bool(mallopt(M_MMAP_THRESHOLD, LARGE) and mallopt(M_TRIM_THRESHOLD, KEPT))

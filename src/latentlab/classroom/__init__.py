"""A class that takes part by phone: what it is asked, and what it answers, in memory only.

``room.py`` knows neither the web server nor Streamlit; ``server/classroom`` lets phones in, and
``ui/classroom`` shows the teacher what they say. One app holds one class at a time.
"""

from __future__ import annotations

import threading

from latentlab.classroom.room import Room

__all__ = ["Room", "current", "end", "start"]

_lock = threading.Lock()
_present: list[Room] = []


def start() -> Room:
    """Start a class, or return the one that is running."""
    with _lock:
        if not _present:
            _present.append(Room())
        return _present[0]


def current() -> Room | None:
    """Return the class that is running, if one is."""
    with _lock:
        return _present[0] if _present else None


def end() -> None:
    """End the class: every phone is told, and all that it knew is gone."""
    with _lock:
        ended = _present.pop() if _present else None
    if ended is not None:
        ended.end()

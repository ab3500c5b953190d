"""Values that are made once and shared by all visitors."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Generic, TypeVar, cast

Value = TypeVar("Value")
_MISSING = object()


class SharedCache(Generic[Value]):
    """Values by their keys; of too many, the one used least recently goes.

    Who asks for a value that somebody else is making waits for it. Streamlit's own cache does the
    same, but hashes what it is asked with, and a page asks dozens of times: that was a tenth of all
    work of a server with a class at it.

    Parameters
    ----------
    most : int
        How many values to keep.

    Examples
    --------
    >>> cache = SharedCache[int](2)
    >>> cache.get("four", lambda: 2 + 2), cache.get("four", lambda: 5)
    (4, 4)
    """

    def __init__(self, most: int) -> None:
        self._place = lru_cache(maxsize=most)(lambda _key: _Place())

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value of a key, made if it is not there; an error is raised and not kept."""
        place = self._place(key)
        if place.value is _MISSING:
            with place.lock:
                if place.value is _MISSING:
                    place.value = make()
        return cast(Value, place.value)

    def clear(self) -> None:
        """Forget all values."""
        self._place.cache_clear()


class _Place:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.value: object = _MISSING

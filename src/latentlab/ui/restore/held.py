"""The photographs that visitors have restored: bytes, one a visitor, all within one bound."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from threading import Lock
from weakref import WeakSet

from latentlab.images import Pixels

MOST_OF_ALL = 384 * 10**6  # bytes: four photographs of the largest size, before and after
GONE = (
    "This photograph was dropped to make room for those that other visitors restored later. "
    "Restore it again."
)


class Held:
    """A photograph and what a network makes of it.

    It counts as long as somebody refers to it, so a session that ends takes its own along.

    Attributes
    ----------
    fingerprint : str
        Of the network.
    degraded, restored : uint8 (h, w, c)
        Empty once it had to make room.
    steps : iterator of float
        Restores a part and says which share is done.
    remark : str
        What is said below it.
    done : float
    """

    def __init__(
        self,
        fingerprint: str,
        degraded: Pixels,
        restored: Pixels,
        steps: Iterator[float],
        remark: str = "",
    ) -> None:
        self.fingerprint, self.remark, self.done = fingerprint, remark, 0.0
        self.degraded, self.restored, self.steps = degraded, restored, steps
        self._looked = 0

    @property
    def is_gone(self) -> bool:
        """Whether it had to make room."""
        return self.restored.size == 0

    @property
    def n_bytes(self) -> int:
        """How much it holds."""
        return self.degraded.nbytes + self.restored.nbytes

    def look(self) -> None:
        """Note that its visitor sees it now: those not seen for longest make room first."""
        self._looked = next(_LOOKS)

    def let_go(self) -> None:
        """Give the memory back; what still works on it has its own reference, until its end."""
        self.steps = iter(())  # it refers to both pictures
        self.degraded, self.restored = self.degraded[:0].copy(), self.restored[:0].copy()


_LOOKS = count(1)
_ALL: WeakSet[Held] = WeakSet()
_LOCK = Lock()


def make_room(n_bytes: int) -> None:
    """Let go of what was seen longest ago until so many bytes fit beside the rest."""
    with _LOCK:
        held = sorted(_ALL, key=lambda one: one._looked)
        used = sum(one.n_bytes for one in held)
        for one in held:
            if used + n_bytes <= MOST_OF_ALL:
                break
            used -= one.n_bytes
            one.let_go()


def hold(photograph: Held) -> None:
    """Count a photograph, and make room for it."""
    photograph.look()
    make_room(photograph.n_bytes)
    with _LOCK:
        _ALL.add(photograph)

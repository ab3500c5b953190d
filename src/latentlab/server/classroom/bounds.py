"""How much one phone may ask, so that a broken or a naughty one delays nobody else."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

# Answers of one phone: so many at once, and so many a second. What comes faster is not even read,
# so that the phone has to wait and the server holds no more than one message of it.
BURST, PER_SECOND = 30.0, 15.0
# A wrong code is answered late, and only so many at a time: guessing all codes takes hours.
WRONG_SECONDS, MOST_WRONG = 1.0, 40
HELLO_SECONDS = 10.0


class Allowance:
    """A phone's share: spent by each message, regained with time.

    Parameters
    ----------
    burst : float
        Messages at once.
    per_second : float
        Messages regained each second.
    clock : callable
        Seconds, never going back.
    """

    def __init__(
        self,
        burst: float = BURST,
        per_second: float = PER_SECOND,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._burst, self._per_second, self._clock = burst, per_second, clock
        self._left, self._since = burst, clock()

    def spend(self) -> float:
        """Spend one message; return the seconds to wait before the next is read.

        Returns
        -------
        float
            0 where it may be read at once.
        """
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._since) * self._per_second) - 1
        self._since = now
        return max(0.0, -self._left / self._per_second)


class WrongCodes:
    """Lets those who say a wrong code wait."""

    def __init__(self) -> None:
        self._waiting = 0

    async def wait(self) -> None:
        """Wait, unless too many wait already: they are sent away at once, unanswered."""
        if self._waiting >= MOST_WRONG:
            return
        self._waiting += 1
        try:
            await asyncio.sleep(WRONG_SECONDS)
        finally:
            self._waiting -= 1

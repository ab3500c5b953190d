"""A log without end fills a disk: the same message is written a few times a minute, then counted.

A server that cannot accept a connection says so as often as its loop turns: 650 MB in 40 seconds.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator

PER_MINUTE = 20
SECONDS = 60.0
MOST_KINDS = 1000


class RateLimit(logging.Filter):
    """Let each kind of message pass a few times a minute, and say how many were left out.

    Parameters
    ----------
    most : int
        Of one kind (place in the code) in each minute.
    clock : callable
        Seconds, never going back.
    """

    def __init__(self, most: int = PER_MINUTE, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.most = most
        self.clock = clock
        self.lock = threading.Lock()
        # Of each kind: when its minute began, and how many came since.
        self.seen: dict[tuple[str, int, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether a record is written; several handlers ask about the same one."""
        decided: bool | None = getattr(record, "latentlab_passes", None)
        if decided is None:
            decided = self._decide(record)
            record.latentlab_passes = decided
        return decided

    def _decide(self, record: logging.LogRecord) -> bool:
        kind = (record.name, record.lineno, str(record.msg)[:80])
        now = self.clock()
        with self.lock:
            began, n = self.seen.get(kind, (now, 0))
            left_out = 0
            if now - began >= SECONDS:
                began, n, left_out = now, 0, max(0, n - self.most)
            if len(self.seen) >= MOST_KINDS:
                self.seen.clear()
            self.seen[kind] = (began, n + 1)
        if left_out:
            record.msg = f"{record.getMessage()} ({left_out} more were left out)"
            record.args = ()
        return n < self.most


def limit_rate() -> None:
    """Put one limit on all that is written to the log from now on, by whichever handler."""
    limit = RateLimit()
    for handler in set(_handlers()):
        if not any(isinstance(each, RateLimit) for each in handler.filters):
            handler.addFilter(limit)


def _handlers() -> Iterator[logging.Handler]:
    yield from logging.root.handlers
    if logging.lastResort is not None:
        yield logging.lastResort
    for logger in list(logging.root.manager.loggerDict.values()):
        if isinstance(logger, logging.Logger):
            yield from logger.handlers

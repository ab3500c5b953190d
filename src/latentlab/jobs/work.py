"""A job as the worker sees it: what is asked, whom to tell, what is commanded meanwhile."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from latentlab.jobs.folder import Job, State, Status, write_status

SECONDS_BETWEEN_WORDS = 0.1

Order = dict[str, Any]


@dataclass
class Work:
    """One job under way.

    Attributes
    ----------
    folder : Path
        The job's own.
    orders : SimpleQueue of dict
        What the app sends while it runs: ``{"order": word}``.
    status : Status
        What was said last.
    """

    folder: Path
    orders: SimpleQueue[Order]
    status: Status
    _said: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def request(self) -> dict[str, Any]:
        """What was asked."""
        return Job(self.folder).request()

    def tell(self, *, state: State | None = None, **changes: Any) -> None:
        """Say how far it is: some fields of `Status`, the others stay.

        A change of state or of what is done is written at once, mere progress ten times a second at
        most. A disk that refuses costs only the word.

        Parameters
        ----------
        state : str, optional
            See `Status`.
        **changes
            Other fields of it.
        """
        with self._lock:
            before = self.status
            self.status = Status(**{**asdict(before), **changes, "state": state or before.state})
            if self.status == before:
                return
            now = time.monotonic()
            is_news = (before.state, before.what) != (self.status.state, self.status.what)
            if is_news or now - self._said >= SECONDS_BETWEEN_WORDS:
                self._said = now
                with suppress(OSError):
                    write_status(self.folder, self.status)

    def next_order(self, seconds: float) -> str | None:
        """Return the next command, or None if none comes in so many seconds."""
        try:
            return str(self.orders.get(timeout=seconds).get("order"))
        except Empty:
            return None

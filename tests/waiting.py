"""Waiting for a state, not for a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from latentlab.jobs import training
from latentlab.jobs.folder import Status

Found = TypeVar("Found")


def until(condition: Callable[[], Found | None], seconds: float = 100.0) -> Found:
    """Wait until a condition is met, and return what it gives."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "It did not come to that."
        time.sleep(0.02)
    return found


def reaches(found: training.Training, state: str, step: int = 0) -> Status:
    def there() -> Status | None:
        status = found.status()
        assert status.is_live or status.state == state, status
        return status if status.state == state and status.step >= step else None

    return until(there)

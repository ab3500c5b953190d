"""How a run tells somebody how it goes, and how long each stage took."""

from __future__ import annotations

import datetime
import os
import time
from collections.abc import Sequence
from typing import Protocol

from latentlab.errors import TrainingError
from latentlab.training.loop import Trainer
from latentlab.training.watching import Watcher


class Reporter(Protocol):
    """Someone who is told how the run goes: a terminal, a log, a test."""

    def stage(self, text: str) -> None:
        """Begin a stage ("training", "mapping with umap").

        Parameters
        ----------
        text : str
            What is done, without a full stop.
        """

    def progress(self, what: str, done: int, total: int) -> None:
        """Say how far a download or a scan is.

        Parameters
        ----------
        what : str
        done, total : int
            `total` is 0 where it is not known.
        """

    def note(self, text: str) -> None:
        """Say a sentence that a person should read."""

    def trainer(self, trainer: Trainer) -> Watcher | None:
        """Meet the trainer before it starts; a returned watcher is told of every step."""


class Silent:
    """Tell nobody."""

    def stage(self, text: str) -> None:
        """Say nothing."""

    def progress(self, what: str, done: int, total: int) -> None:
        """Say nothing."""

    def note(self, text: str) -> None:
        """Say nothing."""

    def trainer(self, trainer: Trainer) -> Watcher | None:
        """Watch nothing."""


def fixed_time() -> datetime.datetime | None:
    """Return the time that SOURCE_DATE_EPOCH fixes, if it is set.

    A checkpoint then holds this time and no durations, so that the same run gives the same files to
    the last byte.

    Returns
    -------
    datetime or None
        In UTC.

    Raises
    ------
    TrainingError
        If the variable is not a number of seconds since 1970.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is None:
        return None
    try:
        return datetime.datetime.fromtimestamp(int(given), datetime.UTC)
    except (ValueError, OverflowError, OSError):
        raise TrainingError(
            f"SOURCE_DATE_EPOCH is {given!r}; use whole seconds since 1970, or leave it out."
        ) from None


class Clock:
    """Seconds spent in each stage, told to the reporter as it begins."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        self._marks: list[tuple[str, float]] = []

    def stage(self, text: str) -> None:
        """Begin a stage and tell."""
        self._marks.append((text, time.perf_counter()))
        self._reporter.stage(text)

    def progress(self, what: str, done: int, total: int) -> None:
        """Tell how far a long stage is."""
        self._reporter.progress(what, done, total)

    def seconds(self) -> dict[str, float]:
        """Return the seconds of every stage so far.

        Returns
        -------
        dict of str to float
            By the stage's text, in order; the last one lasts until now.
        """
        ends: Sequence[float] = [*(mark for _, mark in self._marks[1:]), time.perf_counter()]
        return {text: end - begin for (text, begin), end in zip(self._marks, ends, strict=True)}

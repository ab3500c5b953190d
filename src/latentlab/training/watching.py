"""Looking on while a network trains, and a hand on the switch: progress, watchers, control."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from latentlab.training.loop import Trainer

# How often a paused training looks whether it was interrupted.
LOOK_SECONDS = 0.2


@dataclass
class Progress:
    """How far a run is; everything a resume must know besides the tensors.

    Attributes
    ----------
    step : int
        Steps finished.
    history : list of dict
        One object per finished epoch.
    sums : dict of str to float
        Loss terms added up over the current epoch.
    n_sums : int
        How many values each sum holds.
    seconds : float
        Spent in this run so far, resumed parts included.
    best_step : int
        Step after which the validation loss was lowest, at the end of an epoch.
    best_loss : float or None
        What it was then; None before the first epoch has ended.
    """

    step: int = 0
    history: list[dict[str, float]] = field(default_factory=list)
    sums: dict[str, float] = field(default_factory=dict)
    n_sums: int = 0
    seconds: float = 0.0
    best_step: int = 0
    best_loss: float | None = None


class Watcher(Protocol):
    """Something that looks on while the network trains."""

    def after_step(self, trainer: Trainer) -> None:
        """See the state after each step; called often, so it must be cheap.

        Parameters
        ----------
        trainer : Trainer
            To look at, not to change.
        """

    def after_epoch(self, trainer: Trainer) -> None:
        """See the state after each epoch; ``trainer.progress.history[-1]`` is the new entry."""


class Control:
    """Pause a training, let it go on by an epoch, or end it and keep what it has learned.

    Any thread may call; the training looks between its steps. A training of several processes
    takes no control.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._paused = False
        self._pause_after_epoch = False
        self._finishing = False

    @property
    def finishing(self) -> bool:
        """Whether training is to end with what it has."""
        return self._finishing

    @property
    def paused(self) -> bool:
        """Whether training waits."""
        return self._paused

    @property
    def one_epoch(self) -> bool:
        """Whether training waits at the end of this epoch."""
        return self._pause_after_epoch

    def pause(self) -> None:
        """Wait before the next step."""
        self._set(paused=True, after_epoch=False)

    def resume(self) -> None:
        """Go on."""
        self._set(paused=False, after_epoch=False)

    def step_epoch(self) -> None:
        """Go on to the end of the epoch and wait there."""
        self._set(paused=False, after_epoch=True)

    def finish(self) -> None:
        """End after the step under way, at least one, and keep the network."""
        with self._changed:
            self._finishing = True
            self._changed.notify_all()

    def wait(self, trainer: Trainer) -> float:
        """Wait while paused, unless the training is about to end.

        Parameters
        ----------
        trainer : Trainer

        Returns
        -------
        float
            Seconds waited.
        """
        began = time.perf_counter()
        with self._changed:
            while self._paused and not (self._finishing or trainer.stopping):
                self._changed.wait(LOOK_SECONDS)
        return time.perf_counter() - began

    def epoch_ended(self) -> None:
        """Pause where only this epoch was asked for."""
        with self._changed:
            if self._pause_after_epoch:
                self._paused, self._pause_after_epoch = True, False

    def _set(self, *, paused: bool, after_epoch: bool) -> None:
        with self._changed:
            self._paused, self._pause_after_epoch = paused, after_epoch
            self._changed.notify_all()

"""How a training shows itself: live bars on a terminal, plain lines elsewhere."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Column

from latentlab.wording import words

if TYPE_CHECKING:
    from latentlab.training.loop import Trainer
    from latentlab.training.watching import Watcher

INTERRUPTED = 130
"""The exit code after Ctrl-C."""

REFRESH_SECONDS = 0.2
LINE_SECONDS = 5.0
# Columns of a terminal that has room for the bar, and for the loss terms beside it.
WITH_BAR = 72
WITH_TERMS = 112


def describe(entry: dict[str, float]) -> str:
    """Say the loss terms of an epoch in a few words, in nats per image.

    Parameters
    ----------
    entry : dict of str to float
        Of the history.

    Returns
    -------
    str
        "elbo 151.3, kl 6.2, validation 152.8", say.
    """
    terms = ("elbo", "kl") if "elbo" in entry else ("loss",)
    parts = [f"{term} {entry[term]:.1f}" for term in terms if term in entry]
    name = "validation_elbo" if "validation_elbo" in entry else "validation_loss"
    return ", ".join([*parts, f"validation {entry[name]:.1f}"])


def plan(trainer: Trainer) -> str:
    """Say how much training is ahead, and how long it takes on this machine."""
    left, size = trainer.n_steps - trainer.progress.step, trainer.batches.batch_size
    sooner = ", or less when the validation loss stops falling" * trainer.config.early_stopping
    counted = words.counted(left, "step"), words.counted(size, "image")
    return (
        f"{' of '.join(counted)} ({words.counted(trainer.n_epochs, 'epoch')}): about "
        f"{trainer.seconds_to_go():.0f} s on this machine{sooner}."
    )


class Terminal:
    """Tell how a run goes, and let Ctrl-C end it cleanly.

    The first Ctrl-C lets the current epoch finish and keeps the run resumable; the second stops at
    once, losing at most one saving interval. After the last epoch Ctrl-C is again what it was
    before.

    Parameters
    ----------
    console : Console
        Bars are drawn when it is a terminal, lines otherwise.
    """

    def __init__(self, console: Console) -> None:
        self.console = console
        self._live = console.is_terminal
        self._bars = Progress(
            *_columns(console.width),
            console=console,
            transient=True,
            disable=not self._live,
        )
        self._other: tuple[str, TaskID] | None = None
        self._stage_began = time.monotonic()
        self._before: Callable[[int, FrameType | None], Any] | int | None = None

    def __enter__(self) -> Terminal:
        self._bars.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._bars.stop()
        self.release()

    def stage(self, text: str) -> None:
        """Begin a stage."""
        self._stage_began = time.monotonic()
        self.console.print(f"{text} ...", highlight=False)

    def progress(self, what: str, done: int, total: int) -> None:
        """Move the bar of a download or a scan."""
        if self._other is None or self._other[0] != what:
            self._other = (what, self._bars.add_task(what, total=total or None, terms=""))
        self._bars.update(self._other[1], completed=done, total=total or None)

    def trainer(self, trainer: Trainer) -> Watcher:
        """Watch the training and catch Ctrl-C while it runs."""
        if not trainer.finished:  # a resumed one may be past its last epoch
            self._catch(trainer)
            self.note(plan(trainer))
        return _TrainingWatcher(self, self._bars, trainer)

    def release(self) -> None:
        """Let Ctrl-C do again what it did before the training."""
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
            self._before = None

    def _catch(self, trainer: Trainer) -> None:
        """Let the first Ctrl-C end the epoch, and the second end the program."""

        def stop(number: int, frame: FrameType | None) -> Any:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            trainer.stopping = True
            self.note("Stopping after this epoch; Ctrl-C again stops at once.")

        self._before = signal.signal(signal.SIGINT, stop)

    def note(self, text: str) -> None:
        """Print a line above the bars."""
        self.console.print(text, highlight=False)

    @property
    def live(self) -> bool:
        """Whether bars are drawn."""
        return self._live


def _columns(width: int) -> list[ProgressColumn]:
    """Choose what fits: the counts and the time are never cut, the bar goes first."""
    name = TextColumn("{task.description}", markup=False)
    figures = [
        MofNCompleteColumn(table_column=Column(no_wrap=True)),
        TimeElapsedColumn(table_column=Column(no_wrap=True)),
        TimeRemainingColumn(table_column=Column(no_wrap=True)),
    ]
    bar = [BarColumn(bar_width=24)] if width >= WITH_BAR else []
    terms = TextColumn("{task.fields[terms]}", markup=False, table_column=Column(no_wrap=True))
    return [name, *bar, *figures, *([terms] if width >= WITH_TERMS else [])]


class _TrainingWatcher:
    def __init__(self, terminal: Terminal, bars: Progress, trainer: Trainer) -> None:
        self._terminal = terminal
        self._bars = bars
        self._task = bars.add_task(
            "training", total=trainer.n_steps, completed=trainer.progress.step, terms=""
        )
        self._shown = 0.0
        self._said = time.monotonic()

    def after_step(self, trainer: Trainer) -> None:
        now = time.monotonic()
        if now - self._shown >= REFRESH_SECONDS:
            self._shown = now
            self._bars.update(self._task, completed=trainer.progress.step)

    def after_epoch(self, trainer: Trainer) -> None:
        entry = trainer.progress.history[-1]
        terms = describe(entry)
        self._bars.update(self._task, completed=trainer.progress.step, terms=terms)
        now = time.monotonic()
        done = trainer.finished
        if done:
            self._terminal.release()
        if done or (not self._terminal.live and now - self._said >= LINE_SECONDS):
            self._said = now
            left = "" if done else f", {trainer.seconds_to_go():.0f} s to go"
            self._terminal.note(
                f"epoch {int(entry['epoch'])} of {trainer.n_epochs}: {terms} nats per image, "
                f"{trainer.progress.seconds:.0f} s{left}"
            )
            if done and trainer.best:
                kept = trainer.progress.best_step // trainer.batches.per_epoch
                self._terminal.note(f"Kept: epoch {kept}, with the lowest validation loss.")

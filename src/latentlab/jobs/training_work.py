"""The training job in its worker: the one training loop, an audience, a hand on the switch."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from latentlab.config import checkpoint_name
from latentlab.errors import LatentlabError
from latentlab.jobs import JobError, estimates
from latentlab.jobs.estimates import Pace
from latentlab.jobs.recipe import Recipe, recipe_from
from latentlab.jobs.stage_files import StageWriter
from latentlab.jobs.work import Work

if TYPE_CHECKING:
    from latentlab.training.loop import Trainer
    from latentlab.training.stage_watcher import Opening, Stage
    from latentlab.training.watching import Control

SECONDS_BETWEEN_LOOKS = 0.1
_has_stepped = threading.Event()
# What the terminal's sentences advise, and what the page can do instead.
_ADVICE = (
    (r":? (use the same settings, or )?start again with --name .*", ": start a new training."),
    (r", or --precision float32", ""),
    (
        r"train for longer \(--steps\), with smaller batches \(--batch-size\)",
        "train for more epochs",
    ),
    (r"--beta", "beta"),
    (r"Make room or .*", "Make room, then resume the training."),
)


def train(work: Work, checkpoints: Path, runs: Path) -> None:
    """Do a training job; go on where it was saved, if it was.

    Parameters
    ----------
    work : Work
    checkpoints, runs : Path
        Where the finished checkpoint and the resume file go.

    Raises
    ------
    JobError
        If the training fails: one sentence for the screen.
    """
    from latentlab.training.resume import is_interrupted
    from latentlab.training.run import Places, RunRequest, run
    from latentlab.training.watching import Control

    recipe, control = recipe_from(work.request), Control()
    config = recipe.config()
    name = checkpoint_name(config)
    reporter = _Reporter(work, control)
    threading.Thread(target=reporter.obey, daemon=True).start()
    request = RunRequest(
        config,
        name=name,
        places=Places(checkpoints, runs),
        resuming=is_interrupted(runs / name),
        reporter=reporter,
        control=control,
        audience=_Audience(work, reporter),
    )
    if not (checkpoints / name).exists():  # else it was killed between its last two breaths
        try:
            result = run(request)
        except LatentlabError as error:
            raise JobError(for_screen(str(error))) from None
        if result.warning:
            reporter.note(for_screen(result.warning))
        _note_pace(work.folder.parent, recipe, reporter)
    work.tell(state="done", what="done", seconds_left=None)


def measure_pace(folder: Path, recipe: Recipe, is_wanted: Callable[[], bool]) -> None:
    """Measure how long such a training takes; what it imports and prepares is warm afterwards.

    Parameters
    ----------
    folder : Path
        Of all trainings.
    recipe : Recipe
    is_wanted : callable
        Whether to leave off, because there is a job.
    """
    from latentlab.training.defaults import settle
    from latentlab.training.preparation import Places, choose_device, load_splits, make_trainer
    from latentlab.training.reporting import Silent

    config = recipe.config()
    if is_wanted():
        return
    sets = load_splits(config, Places(), Silent())
    if is_wanted():
        return
    trainer = make_trainer(settle(config, sets["train"]), sets, choose_device(None))
    # A training that was really made knows better than a few steps.
    is_known = estimates.pace(folder, config) is not None
    if is_wanted() or (is_known and _has_stepped.is_set()):
        return
    seconds = trainer.seconds_to_go()  # torch loads and compiles much with the first step only
    _has_stepped.set()
    if not is_known:
        estimates.note(folder, config, Pace(seconds / trainer.n_epochs, trainer.n_epochs))


def for_screen(sentence: str) -> str:
    """Say what the page can do where a sentence was made for the terminal.

    Parameters
    ----------
    sentence : str
        Of an error.

    Returns
    -------
    str
        Unchanged where it names no option.

    Examples
    --------
    >>> for_screen("The run had no images: start again with --name a --overwrite.")
    'The run had no images: start a new training.'
    """
    for pattern, advice in _ADVICE:
        sentence = re.sub(pattern, advice, sentence)
    return sentence


class _Reporter:
    """Report the run as the job's status, and obey what the page commands."""

    def __init__(self, work: Work, control: Control) -> None:
        self._work, self._control = work, control
        self.met: Trainer | None = None
        self.trained: float | None = None  # when training ended
        self._is_training = False

    def stage(self, text: str) -> None:
        self._is_training = False
        if self.met is not None and self.trained is None:
            self.trained = time.monotonic()
        self._work.tell(state="running" if self.met else None, what=text, seconds_left=None)

    def progress(self, what: str, done: int, total: int) -> None:
        self._work.tell(what=what, step=done, n_steps=total)

    def note(self, text: str) -> None:
        self._work.tell(note=f"{self._work.status.note} {text}".strip())

    def trainer(self, trainer: Trainer) -> _Reporter:
        self.met, self._is_training = trainer, True
        self.after_step(trainer)
        return self

    def after_step(self, trainer: Trainer) -> None:
        progress, per_epoch = trainer.progress, trainer.batches.per_epoch
        epoch = min(progress.step // per_epoch + 1, trainer.n_epochs)
        self._work.tell(
            state="paused" if self._control.paused else "running",
            step=progress.step,
            n_steps=trainer.n_steps,
            what=f"epoch {epoch} of {trainer.n_epochs}",
            seconds_left=trainer.seconds_to_go() if progress.step else None,
        )

    def after_epoch(self, trainer: Trainer) -> None:
        pass

    def obey(self) -> None:
        """Hand the page's words on for ever, and say whether training waits."""
        control = self._control
        words = {
            "pause": control.pause,
            "resume": control.resume,
            "step": control.step_epoch,
            "stop": control.finish,
        }
        while True:
            word = self._work.next_order(SECONDS_BETWEEN_LOOKS)
            if word in words:
                words[word]()
            if self._is_training:
                self._work.tell(state="paused" if control.paused else "running")


class _Audience:
    """Write the stages where everybody can see them."""

    def __init__(self, work: Work, reporter: _Reporter) -> None:
        self._work, self._teller = work, reporter
        self._writer = StageWriter(work.folder)

    def opened(self, opening: Opening) -> None:
        self._writing(lambda: self._writer.open(opening))

    def stage(self, stage: Stage) -> None:
        met = self._teller.met
        history = met.progress.history if met else []
        self._writing(lambda: self._writer.write(stage, history))
        self._work.tell(latest=self._writer.latest)

    def _writing(self, write: Callable[[], None]) -> None:
        try:
            write()
        except OSError as error:
            raise JobError(
                f"The stages could not be written to {self._work.folder}: {error.strerror}. Make "
                "room, then resume the training."
            ) from None


def _note_pace(folder: Path, recipe: Recipe, reporter: _Reporter) -> None:
    trainer, now = reporter.met, time.monotonic()
    if trainer is None or not trainer.progress.history:
        return
    seconds = trainer.progress.seconds / len(trainer.progress.history)
    rest = now - reporter.trained if reporter.trained else 0.0
    estimates.note(folder, recipe.config(), Pace(seconds, trainer.n_epochs, round(rest, 3)))

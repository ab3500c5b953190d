"""A training as the Training page has it: warm, start, watch, steer, keep.

Everyone may watch: what is shown is read from the training's folder. Who may start, steer and keep
is the page's to decide.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from latentlab.checkpoints import check_checkpoint_name
from latentlab.config import checkpoint_name
from latentlab.errors import LatentlabError
from latentlab.jobs import JobError, estimates, manager, stage_files
from latentlab.jobs import folder as folders
from latentlab.jobs.folder import Job, Status
from latentlab.jobs.kind import Kind, Request
from latentlab.jobs.recipe import LATENT_DIMS, Recipe, image_sets, problems, recipe_from
from latentlab.jobs.stage_files import StageFile
from latentlab.jobs.work import Work
from latentlab.scratch import beside

__all__ = [
    "LATENT_DIMS",
    "Recipe",
    "StageFile",
    "Status",
    "Training",
    "all_trainings",
    "can_steer",
    "command",
    "current",
    "discard",
    "estimate",
    "image_sets",
    "keep",
    "problems",
    "resume",
    "start",
    "warm",
]

Command = Literal["pause", "resume", "step", "stop"]
OWN = "my-"

_NAME = "training"
_CHECKPOINT, _RUN, _KEPT = "checkpoint", "run", "kept"


@dataclass(frozen=True)
class Training:
    """One training, running or ended; what is asked of it is read from its folder.

    Attributes
    ----------
    job : Job
    """

    job: Job

    @property
    def id(self) -> str:
        """A name that no other training has."""
        return self.job.id

    @property
    def recipe(self) -> Recipe:
        """What was asked for."""
        return recipe_from(self.job.request())

    @property
    def name(self) -> str:
        """What its checkpoint is called unless another name is given."""
        return OWN + checkpoint_name(self.recipe.config())

    def status(self) -> Status:
        """Return how far it is; ``latest`` is the number of the newest stage."""
        return self.job.status()

    def opening(self) -> bytes | None:
        """Return the message about what is the same at every stage; None before there is one.

        Returns
        -------
        bytes or None
            As ``export.message`` packs it.
        """
        try:
            return (self.job.folder / stage_files.OPENING).read_bytes()
        except OSError:
            return None

    def stages(self, since: int = -1) -> list[StageFile]:
        """Return the stages with a higher number, oldest first; a slow browser takes the last."""
        return stage_files.listed(self.job.folder, since)

    @property
    def checkpoint(self) -> Path | None:
        """The finished checkpoint in the training's own folder, or None."""
        folder = self.job.folder / _CHECKPOINT
        found = sorted(path for path in folder.glob("[!.]*")) if folder.is_dir() else []
        return found[0] if found else None

    @property
    def kept(self) -> str | None:
        """The name under which it was kept last, or None."""
        try:
            return (self.job.folder / _KEPT).read_text(encoding="utf-8")
        except OSError:
            return None

    @property
    def can_resume(self) -> bool:
        """Whether it ended early, so that `resume` goes on where it was saved last."""
        return self.status().state in ("interrupted", "failed", "cancelled")


def warm(runs: Path, recipe: Recipe | None = None) -> None:
    """Have a process ready that has imported torch, and tried a few steps of a likely recipe.

    Parameters
    ----------
    runs : Path
        The folder ``runs`` beside the checkpoints.
    recipe : Recipe, optional
    """
    manager.warm(runs, _NAME)
    if recipe is not None:
        manager.prepare(runs, _NAME, asdict(recipe))


def estimate(runs: Path, recipe: Recipe) -> float | None:
    """Return how many seconds a training takes on this machine, as measured.

    None while it is not known: a waiting process then measures it, so ask again. None also for an
    impossible recipe.

    Parameters
    ----------
    runs : Path
        Folder of unfinished runs.
    recipe : Recipe

    Returns
    -------
    float or None
        Wall-clock time; None where nothing alike was measured.
    """
    try:
        config = recipe.config()
    except LatentlabError:
        return None
    measured = estimates.pace(manager.place(runs, _NAME), config)
    if measured is None:
        manager.prepare(runs, _NAME, asdict(recipe))
        return None
    return measured.seconds(recipe.epochs)


def start(runs: Path, recipe: Recipe) -> Training:
    """Start a training.

    Raises
    ------
    JobError
        If the recipe is impossible, somebody else is training, or the disk refuses.
    """
    wrong = problems(recipe)
    if wrong:
        raise JobError(next(iter(wrong.values())))
    return Training(manager.start(runs, _NAME, asdict(recipe)))


def current(runs: Path) -> Training | None:
    """Return the training that is running, or the last one."""
    job = manager.current(runs, _NAME)
    return Training(job) if job else None


def all_trainings(runs: Path) -> list[Training]:
    """Return the trainings whose folders are there, the newest first."""
    return [Training(job) for job in folders.jobs(manager.place(runs, _NAME))]


def can_steer(training: Training) -> bool:
    """Say whether this app has started a training, so that it can command and end it."""
    return manager.is_own(training.job)


def command(training: Training, word: Command) -> None:
    """Pause, go on, train to the end of the epoch, or end with what was learned.

    Raises
    ------
    JobError
        If it has ended, or another app has started it.
    """
    manager.order(training.job, word)


def resume(training: Training) -> None:
    """Go on with a training that ended early, from where it was saved last.

    Raises
    ------
    JobError
        If it is not such a training, or somebody is training.
    """
    if not training.can_resume:
        raise JobError("Only a training that ended early can be resumed.")
    manager.start_again(training.job)


def keep(training: Training, name: str, root: Path) -> Path:
    """Copy a finished training's checkpoint to the others, as ``my-<name>``.

    Parameters
    ----------
    training : Training
    name : str
        With or without ``my-``; empty for the training's own.
    root : Path
        The folder of checkpoints.

    Returns
    -------
    Path

    Raises
    ------
    LatentlabError
        If it is not finished, the name is taken or impossible, or the disk refuses. The training
        stays as it is.
    """
    source = training.checkpoint
    if source is None or training.status().state != "done":
        raise JobError("Only a finished training can be kept: stop it, or wait for its end.")
    name = check_checkpoint_name(OWN + (name.strip() or training.name).removeprefix(OWN))
    target = root / name
    taken = JobError(f"There is already a checkpoint called '{name}'; choose another name.")
    if target.exists():
        raise taken
    try:
        with beside(target) as scratch:
            shutil.copytree(source, scratch, dirs_exist_ok=True)
            scratch.rename(target)
    except OSError as error:
        if target.exists():
            raise taken from None  # somebody else was quicker
        raise JobError(
            f"The checkpoint could not be kept in {root}: {error.strerror or error}. The training "
            "is still there: make room and keep it again."
        ) from None
    with suppress(OSError):
        (training.job.folder / _KEPT).write_text(name, encoding="utf-8")
    return target


def discard(training: Training) -> None:
    """End a training if it runs, and remove everything of it that was not kept.

    Raises
    ------
    JobError
        If another app has started it, or its folder cannot be removed.
    """
    manager.discard(training.job)


def _work(work: Work) -> None:
    from latentlab.jobs.training_work import train

    train(work, work.folder / _CHECKPOINT, work.folder / _RUN)


def _warm() -> None:
    from latentlab.training import run  # noqa: F401 - torch and what a run needs


def _prepare(folder: Path, request: Request, is_wanted: Callable[[], bool]) -> None:
    from latentlab.jobs.training_work import measure_pace

    measure_pace(folder, recipe_from(request), is_wanted)


KIND = Kind(
    "Somebody else is training: watch it, or wait for its end.",
    _work,
    warm=_warm,
    prepare=_prepare,
    n_kept=3,
)

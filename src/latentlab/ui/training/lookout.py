"""How all trainings are, looked up once for all visitors who ask at about the same moment."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from latentlab.jobs import training
from latentlab.jobs.recipe import Recipe
from latentlab.jobs.training import Status, Training
from latentlab.ui.shell.shared import SharedCache

MOST = 4  # trainings
LOOKS_PER_SECOND = 10

_SEEN = SharedCache["tuple[Seen, ...]"](4)


@dataclass(frozen=True)
class Seen:
    """One training, as it was a moment ago.

    Attributes
    ----------
    training : Training
    status : Status
    recipe : Recipe
    name : str
        What its checkpoint is called unless another name is given.
    kept : str or None
        The name under which it was kept.
    """

    training: Training
    status: Status
    recipe: Recipe
    name: str
    kept: str | None


def look(runs: Path) -> tuple[Seen, ...]:
    """Return the newest trainings, at most a tenth of a second old.

    Parameters
    ----------
    runs : Path
        The folder of trainings.
    """
    key = (runs, int(time.monotonic() * LOOKS_PER_SECOND))
    return _SEEN.get(key, lambda: tuple(map(_seen, training.all_trainings(runs)[:MOST])))


def look_again() -> None:
    """Forget what was seen: something has just been done."""
    _SEEN.clear()


def _seen(one: Training) -> Seen:
    return Seen(one, one.status(), one.recipe, one.name, one.kept)

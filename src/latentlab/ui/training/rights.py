"""Who may train: whoever sits at the machine, and a class that was allowed to."""

from __future__ import annotations

import os

from latentlab.jobs import training
from latentlab.jobs.training import Training
from latentlab.ui.shell import state

CLASS_VARIABLE = "LATENTLAB_CLASS_MAY_TRAIN"
"""Set by ``latentlab app --class-may-train``."""
_STARTED = "latentlab:training-started"  # by this visitor
NOT_HERE = (
    "Training can be started on the machine that runs this app. The app can be started with "
    "--class-may-train, which allows it for everybody."
)


def may_train() -> bool:
    """Say whether this visitor may start a training."""
    return state.is_at_the_machine() or os.environ.get(CLASS_VARIABLE) == "1"


def may_steer(one: Training, *, is_live: bool) -> bool:
    """Say whether this visitor may pause, stop and keep a training: who started it may."""
    own = state.is_at_the_machine() or state.holds(_STARTED, one.id)
    return may_train() and own and (training.can_steer(one) or not is_live)


def note_started(one: Training) -> None:
    """Remember that this visitor has started a training."""
    state.remember(_STARTED, one.id)

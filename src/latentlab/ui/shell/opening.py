"""Which network the app opens with."""

from __future__ import annotations

import os
from collections.abc import Sequence

from latentlab.checkpoints import Checkpoint
from latentlab.tasks import RECONSTRUCT

# The checkpoint that the app opens with, and the environment variable that names another.
FIRST = "digits-vae-z2"
FIRST_VARIABLE = "LATENTLAB_CHECKPOINT"


def in_order_of_opening(good: Sequence[Checkpoint]) -> list[Checkpoint]:
    """Put first what the app opens with: what was asked for, else ours, else one that reconstructs.

    A folder that happens to come first by its name is no reason to become the front page.

    Parameters
    ----------
    good : sequence of Checkpoint
        By name.
    """
    first = os.environ.get(FIRST_VARIABLE) or FIRST

    def place(checkpoint: Checkpoint) -> tuple[bool, bool, bool]:
        restores = checkpoint.manifest.config.task != RECONSTRUCT
        return checkpoint.name != first, checkpoint.name != FIRST, restores

    return sorted(good, key=place)

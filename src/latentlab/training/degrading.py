"""Degrading batches while a network learns to undo it, the same for the same seed and step."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from latentlab.config import RunConfig
from latentlab.tasks import TASKS, Task


class Degrader:
    """A task's degradation for batches of tensors; without a state, so that a run can be resumed.

    Parameters
    ----------
    task : Task
    seed : int
        Of the whole run.
    """

    def __init__(self, task: Task, seed: int) -> None:
        self.task = task
        self.seed = seed

    def __call__(self, images: Tensor, step: int) -> Tensor:
        """Degrade a batch, each image with a strength of its own.

        Parameters
        ----------
        images : Tensor (n, channels, height, width)
            Values in [0, 1]; not changed.
        step : int
            Number of the step; a negative one for images that are only measured on.

        Returns
        -------
        Tensor
            Same shape, type and device.
        """
        generator = np.random.default_rng([self.seed, abs(step), int(step < 0), 2])
        clean = images.permute(0, 2, 3, 1).float().cpu().numpy()
        strengths = self.task.draw_strengths(len(clean), generator)
        degraded = self.task.degrade(clean, strengths, int(generator.integers(2**31)))
        nchw = np.ascontiguousarray(degraded.images.transpose(0, 3, 1, 2))
        return torch.from_numpy(nchw).to(images.device, images.dtype)


def make_degrader(config: RunConfig) -> Degrader | None:
    """Return the degradation a run config asks for; None where the image itself is learned."""
    return Degrader(TASKS[config.task], config.seed) if config.task in TASKS else None

"""Stages of training: what the probe images' latents and the decoder looked like on the way.

Room is limited (``timeline_mb``): half is for latents, half for decoder weights. Each half keeps
as many of the log-spaced stages as fit, so a small decoder has all of them and a large one few.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import torch

from latentlab.checkpoints import Timeline
from latentlab.images import Pixels
from latentlab.training.batches import to_tensor

if TYPE_CHECKING:
    from latentlab.models.autoencoder import Autoencoder
    from latentlab.training.loop import Trainer

N_STAGES = 20
N_PROBE = 2000
BYTES_PER_VALUE = 2  # float16

Integers = npt.NDArray[np.int32]


def stages(n_steps: int, n_stages: int = N_STAGES) -> Integers:
    """Return log-spaced steps from 0 to the last, at most ``n_stages``, without repeats.

    Examples
    --------
    >>> stages(100, 5).tolist()
    [0, 1, 5, 22, 100]
    """
    if n_stages < 2:
        return np.array([n_steps][:n_stages], np.int32)
    spaced = np.rint(np.geomspace(1, max(n_steps, 1), n_stages - 1)).astype(np.int32)
    return np.unique(np.concatenate([np.zeros(1, np.int32), spaced]))


class TimelineRecorder:
    """Keep the stages while the network trains.

    Parameters
    ----------
    probe : uint8 (n_probe, height, width, channels)
        The images whose latents are followed.
    trainer : Trainer
        About to start.
    megabytes : float
        Room for all stages together.
    """

    def __init__(self, probe: Pixels, trainer: Trainer, megabytes: float) -> None:
        module = trainer.module
        half = megabytes * 2**20 / 2 / BYTES_PER_VALUE
        if not module.latent_dim:
            half = 0  # no latent to follow, and no decoder to draw it
        decoder = getattr(module, "decoder", module)
        n_decoder = sum(tensor.numel() for tensor in decoder.state_dict().values())
        n_latents = max(1, len(probe) * module.latent_dim)
        self.probe = probe
        self.latent_steps = _fitting(trainer.n_steps, int(half // n_latents))
        self.weight_steps = _fitting(trainer.n_steps, int(half // n_decoder))
        self.latents: list[npt.NDArray[np.float32]] = []
        self.weights: list[dict[str, npt.NDArray[np.float32]]] = []
        self.after_step(trainer)

    def after_step(self, trainer: Trainer) -> None:
        """Keep this step if it is a stage."""
        step = trainer.progress.step
        if len(self.latents) < len(self.latent_steps) and (
            self.latent_steps[len(self.latents)] == step
        ):
            self.latents.append(_encode(trainer.module, self.probe, trainer.device))
        if len(self.weights) < len(self.weight_steps) and (
            self.weight_steps[len(self.weights)] == step
        ):
            self.weights.append(
                {
                    name: _half(tensor.detach().float().cpu().numpy())
                    for name, tensor in trainer.module.decoder.state_dict().items()
                }
            )

    def after_epoch(self, trainer: Trainer) -> None:
        """Do nothing: stages are counted in steps."""

    def timeline(self) -> Timeline:
        """Return what was kept."""
        n_probe, latent_dim = len(self.probe), 0
        if self.latents:
            latent_dim = self.latents[0].shape[1]
        return Timeline(
            steps=self.latent_steps[: len(self.latents)],
            latents=np.array(self.latents, np.float32).reshape(
                len(self.latents), n_probe, latent_dim
            ),
            weight_steps=self.weight_steps[: len(self.weights)],
            weights=self.weights,
        )

    def restore(self, timeline: Timeline) -> None:
        """Continue from what an interrupted run had kept."""
        self.latents = list(timeline.latents)
        self.weights = list(timeline.weights)


def _fitting(n_steps: int, n_fitting: int) -> Integers:
    """Return the stages that fit: all of them, or fewer; one alone would show no change."""
    n_stages = min(N_STAGES, n_fitting)
    return stages(n_steps, n_stages) if n_stages >= 2 else np.zeros(0, np.int32)


def _encode(module: Autoencoder, pixels: Pixels, device: torch.device) -> npt.NDArray[np.float32]:
    was_training = module.training
    module.eval()
    with torch.inference_mode():
        latents, _ = module.encode(to_tensor(pixels, device, torch.float32))
    module.train(was_training)
    return _half(latents.float().cpu().numpy())


def _half(array: npt.NDArray[Any]) -> npt.NDArray[np.float32]:
    """Round to what float16 can hold; a latent that ran away is kept at its largest value."""
    limit = float(np.finfo(np.float16).max)
    half: npt.NDArray[np.float16] = np.clip(array, -limit, limit).astype(np.float16)
    return half.astype(np.float32)

"""Stages of training: what the probe images' latents and the decoder looked like on the way.

Most changes in the first epoch, so most stages lie there. Room is limited (``timeline_mb``): where
it is too short for decoder weights at every stage, they are kept at some of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import torch

from latentlab.checkpoints import Packed, Timeline, pack
from latentlab.images import Pixels
from latentlab.training.batches import to_tensor

if TYPE_CHECKING:
    from latentlab.models.autoencoder import Autoencoder
    from latentlab.training.loop import Trainer

N_STAGES = 24
# The share of them in the first epoch.
EARLY = 0.6
N_PROBE = 2000
BYTES_PER_LATENT = 2  # float16

Integers = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]


def stages(n_steps: int, per_epoch: int, n_stages: int = N_STAGES) -> Integers:
    """Return steps from 0 to the last, log-spaced, most of them in the first epoch.

    Parameters
    ----------
    n_steps : int
        In the whole run.
    per_epoch : int
        In an epoch.
    n_stages : int
        How many; fewer where there are fewer steps.

    Returns
    -------
    int32 (n,)
        Rising, without repeats.

    Examples
    --------
    >>> stages(100, 10, 8).tolist()
    [0, 1, 2, 4, 10, 11, 33, 100]
    """
    if n_stages < 2 or n_steps < 1:
        return np.array([n_steps][:n_stages], np.int32)
    within = min(per_epoch, n_steps)
    if within == n_steps:
        early = _log_spaced(1, n_steps, n_stages - 1)
    else:
        early = _log_spaced(1, within, max(1, round(EARLY * n_stages) - 1))
    late = _log_spaced(within + 1, n_steps, n_stages - 1 - len(early))
    return np.array([0, *early, *late], np.int32)


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
        self.probe = probe
        room = int(megabytes * 2**20)
        steps, with_weights = np.zeros(0, np.int32), np.zeros(0, np.int32)
        if trainer.module.latent_dim:  # else there is no latent to follow, and no decoder
            latents = len(probe) * trainer.module.latent_dim * BYTES_PER_LATENT
            weights = sum(packed.nbytes for packed in packed_decoder(trainer.module).values())
            steps = _fitting(trainer, room // max(1, latents))
            with_weights = _some(steps, (room - len(steps) * latents) // weights)
        self._wanted = set(steps.tolist())
        self._with_weights = set(with_weights.tolist())
        self.steps: list[int] = []
        self.latents: list[Floats] = []
        self.weight_steps: list[int] = []
        self.weights: list[dict[str, Packed]] = []
        self.after_step(trainer)

    def after_step(self, trainer: Trainer) -> None:
        """Keep this step if it is a stage."""
        step = trainer.progress.step
        if step in self._wanted and step not in self.steps:
            self._keep(trainer, step)

    def after_epoch(self, trainer: Trainer) -> None:
        """Do nothing: stages are counted in steps."""

    def finish(self, trainer: Trainer) -> None:
        """Let the timeline end with the weights that are kept, wherever training has stopped.

        Parameters
        ----------
        trainer : Trainer
            With the weights that are kept.
        """
        last = trainer.kept_step
        n, n_weights = (
            sum(step <= last for step in steps) for steps in (self.steps, self.weight_steps)
        )
        del (
            self.steps[n:],
            self.latents[n:],
            self.weight_steps[n_weights:],
            self.weights[n_weights:],
        )
        if self._wanted and (not self.steps or self.steps[-1] != last):
            if self._with_weights:
                self._with_weights.add(last)
            self._keep(trainer, last)

    def timeline(self) -> Timeline:
        """Return what was kept.

        Returns
        -------
        Timeline
            Empty for a network without a latent.
        """
        n, latent_dim = len(self.latents), self.latents[0].shape[1] if self.latents else 0
        return Timeline(
            steps=np.array(self.steps, np.int32),
            latents=np.array(self.latents, np.float32).reshape(n, len(self.probe), latent_dim),
            weight_steps=np.array(self.weight_steps, np.int32),
            weights=list(self.weights),
        )

    def restore(self, timeline: Timeline) -> None:
        """Continue from what an interrupted run had kept.

        Parameters
        ----------
        timeline : Timeline
            As `timeline` gave it.
        """
        self.steps, self.latents = timeline.steps.tolist(), list(timeline.latents)
        self.weight_steps, self.weights = timeline.weight_steps.tolist(), list(timeline.weights)

    def _keep(self, trainer: Trainer, step: int) -> None:
        self.steps.append(step)
        self.latents.append(encode(trainer.module, self.probe, trainer.device))
        if step in self._with_weights:
            self.weight_steps.append(step)
            self.weights.append(packed_decoder(trainer.module))


def packed_decoder(module: Autoencoder) -> dict[str, Packed]:
    """Return the decoder's weights by name, a byte each where there are many.

    Parameters
    ----------
    module : Autoencoder

    Returns
    -------
    dict of str to Packed
        By torch's names.
    """
    state = module.decoder.state_dict()
    return {name: pack(tensor.detach().float().cpu().numpy()) for name, tensor in state.items()}


def encode(module: Autoencoder, pixels: Pixels, device: torch.device) -> Floats:
    """Encode images as far as float16 holds.

    A latent that ran away is kept at the largest value.

    Parameters
    ----------
    module : Autoencoder
    pixels : uint8 (n, height, width, channels)
    device : torch.device
        Where the network is.

    Returns
    -------
    float32 (n, latent_dim)
        Within the range of float16; of a VAE the means.
    """
    was_training = module.training
    module.eval()
    with torch.inference_mode():
        latents, _ = module.encode(to_tensor(pixels, device, torch.float32))
    module.train(was_training)
    return _half(latents.float().cpu().numpy())


def _log_spaced(first: int, last: int, n: int) -> list[int]:
    """Return n different whole numbers from first to last, as log-spaced as they can be."""
    if n < 1 or last < first:
        return []
    if last - first + 1 <= n:
        return list(range(first, last + 1))
    chosen = [first] if n > 1 else []
    while len(chosen) < n - 1:
        left = n - len(chosen)
        ratio = (last / chosen[-1]) ** (1 / left)
        chosen.append(max(chosen[-1] + 1, round(chosen[-1] * ratio)))
    return [*chosen, last]


def _fitting(trainer: Trainer, n_fitting: int) -> Integers:
    """Return the stages that fit: all of them, or fewer; one alone would show no change."""
    n_stages = min(N_STAGES, n_fitting)
    if n_stages < 2:
        return np.zeros(0, np.int32)
    return stages(trainer.n_steps, trainer.batches.per_epoch, n_stages)


def _some(steps: Integers, n: int) -> Integers:
    """Return n of the stages, the first and the last among them; none where fewer than two fit."""
    if n < 2 or not len(steps):
        return np.zeros(0, np.int32)
    rows = np.unique(np.rint(np.linspace(0, len(steps) - 1, min(n, len(steps)))).astype(int))
    some: Integers = steps[rows]
    return some


def _half(array: npt.NDArray[Any]) -> Floats:
    limit = float(np.finfo(np.float16).max)
    half: npt.NDArray[np.float16] = np.clip(array, -limit, limit).astype(np.float16)
    return half.astype(np.float32)

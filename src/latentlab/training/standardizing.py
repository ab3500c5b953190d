"""Where the latents of a VAE lie, brought to where its prior lies: the KL term's own optimum.

Each latent dimension may be shifted and scaled freely as long as the decoder undoes it: the
pictures stay the same, the KL term does not. A Gaussian decoder with its small variance pays for
pixels in thousands of nats, so that training hardly feels the twenty that a wrong scale costs:
latents of the generated shapes ended with a standard deviation of 3, samples from the prior lay in
the hole between them, and all were green smears.

The mean over images of KL(q(z|x) || N(0, 1)) for one dimension, as a function of a shift b and a
factor c, is half of c^2 E[(m - b)^2 + s^2] - 2 ln c, up to a constant. It is least where the
mixture of all q(z|x), the aggregate posterior, has mean 0 and variance 1: b = E[m] and
c^2 = 1 / (Var[m] + E[s^2]).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import torch
from torch import nn

from latentlab.checkpoints import Packed, Timeline, pack
from latentlab.images import Pixels
from latentlab.models.autoencoder import Autoencoder
from latentlab.training.batches import to_tensor
from latentlab.training.terms import EVALUATION_BATCH

# Training images that mean and variance are taken from.
N_IMAGES = 10_000


@dataclass(frozen=True)
class Standardized:
    """New coordinates of a latent space: ``(latent - shift) * factor``.

    Attributes
    ----------
    shift, factor : Tensor (latent_dim,)
    """

    shift: torch.Tensor
    factor: torch.Tensor

    def timeline(self, timeline: Timeline) -> Timeline:
        """Return stages of the training in the new coordinates; they decode to the same images.

        Parameters
        ----------
        timeline : Timeline
            Recorded before.

        Returns
        -------
        Timeline
            Latents are float32; the first layer of each decoder is packed anew.
        """
        moved = (timeline.latents - self.shift.numpy()) * self.factor.numpy()
        weights = [self._decoder(stage) for stage in timeline.weights]
        return replace(timeline, latents=np.asarray(moved, np.float32), weights=weights)

    def _decoder(self, stage: dict[str, Packed]) -> dict[str, Packed]:
        weight, bias = (
            torch.from_numpy(stage[f"0.{name}"].unpack()) for name in ("weight", "bias")
        )
        bias, weight = bias + weight @ self.shift, weight / self.factor
        return stage | {"0.weight": pack(weight.numpy()), "0.bias": pack(bias.numpy())}


def standardize(module: Autoencoder, pixels: Pixels) -> Standardized:
    """Shift and scale the latents of a VAE, in its first and last layers beside the latent.

    Parameters
    ----------
    module : Autoencoder
        A variational one on the CPU, in float32; changed in place.
    pixels : uint8 (n, height, width, channels)
        Training images; the first 10,000 are encoded.

    Returns
    -------
    Standardized
        What was done, for latents that were kept.
    """
    found = []
    with torch.inference_mode():
        for start in range(0, min(len(pixels), N_IMAGES), EVALUATION_BATCH):
            batch = np.asarray(pixels[start : start + EVALUATION_BATCH])
            found.append(module.encode(to_tensor(batch, torch.device("cpu"), torch.float32)))
    means = torch.cat([mean for mean, _ in found])
    variances = torch.cat([cast("torch.Tensor", log_variance).exp() for _, log_variance in found])
    shift = means.mean(0)
    factor = (means.var(0, correction=0) + variances.mean(0)).rsqrt()
    last, first = cast("nn.Linear", module.encoder[-1]), cast("nn.Linear", module.decoder[0])
    n = module.latent_dim
    with torch.no_grad():
        last.weight[:n].mul_(factor[:, None])
        last.bias[:n].sub_(shift).mul_(factor)
        last.bias[n:].add_(2 * factor.log())  # the log-variance
        first.bias.add_(first.weight @ shift)
        first.weight.div_(factor)
    return Standardized(shift, factor)

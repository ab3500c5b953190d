"""The mean loss terms of a network over images: what validation and test figures are made of."""

from __future__ import annotations

import numpy as np
import torch

from latentlab.images import Pixels
from latentlab.models.autoencoder import Autoencoder
from latentlab.training.batches import to_tensor
from latentlab.training.degrading import Degrader

EVALUATION_BATCH = 1000


def mean_terms(
    module: Autoencoder,
    images: Pixels,
    device: torch.device,
    *,
    seed: int,
    degrader: Degrader | None = None,
) -> dict[str, float]:
    """Return the mean of each loss term over images, in nats per image.

    Parameters
    ----------
    module : Autoencoder
        Put into training mode again if it was.
    images : uint8 (n, height, width, channels)
    device : torch.device
    seed : int
        Of the one noise sample drawn for each image.
    degrader : Degrader, optional
        What the network has to undo; each image is degraded in one fixed way.

    Returns
    -------
    dict of str to float
    """
    was_training = module.training
    module.eval()
    generator = torch.Generator().manual_seed(seed)
    sums: dict[str, float] = {}
    with torch.inference_mode():
        for start in range(0, len(images), EVALUATION_BATCH):
            batch = to_tensor(
                np.asarray(images[start : start + EVALUATION_BATCH]), device, torch.float32
            )
            noise = torch.randn(len(batch), module.latent_dim, generator=generator).to(device)
            degraded = degrader(batch, -1 - start) if degrader else batch
            for name, term in module.loss(degraded, noise, batch).items():
                sums[name] = sums.get(name, 0.0) + float(term.sum())
    module.train(was_training)
    return {name: total / len(images) for name, total in sums.items()}

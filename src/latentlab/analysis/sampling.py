"""Latents drawn at random, what they decode to, and whether a training image is near."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latentlab.analysis import Codec, Latents
from latentlab.analysis.support import Nearness, Support, training_rows
from latentlab.checkpoints import LatentIndex
from latentlab.images import Images


@dataclass(frozen=True)
class Samples:
    """What a network decodes from random latents.

    Attributes
    ----------
    latents : float32 (n, z)
    images : float32 (n, h, w, c), 0 to 1
    nearness : list of Nearness
    """

    latents: Latents
    images: Images
    nearness: list[Nearness]

    @property
    def n_far(self) -> int:
        """How many have no training image near."""
        return sum(each.is_far for each in self.nearness)


def draw(
    codec: Codec, index: LatentIndex, support: Support, *, n: int, seed: int, prior: bool
) -> Samples:
    """Decode random latents.

    Parameters
    ----------
    codec : Codec
    index : LatentIndex
    support : Support
        Of the same checkpoint.
    n : int
    seed : int
        Same seed, same latents.
    prior : bool
        Whether they are drawn from the standard normal, the prior of a VAE. Else from the Gaussian
        that has the mean and the covariance of the training latents: an autoencoder has no prior.

    Returns
    -------
    Samples
        `n` of them.
    """
    generator = np.random.default_rng(seed)
    drawn = generator.standard_normal((n, codec.latent_dim))
    latents = np.asarray(drawn if prior else _like(index, drawn), np.float32)
    return Samples(latents, codec.decode(latents), support.of_latents(latents))


def spread(codec: Codec, mean: Latents, std: Latents, *, n: int, seed: int) -> Images:
    """Decode latents drawn around one image, from the posterior that a VAE's encoder gives.

    Parameters
    ----------
    codec : Codec
    mean, std : float32 (z,)
        Of the posterior.
    n, seed : int

    Returns
    -------
    float32 (n, h, w, c), 0 to 1
    """
    noise = np.random.default_rng(seed).standard_normal((n, len(mean)))
    return codec.decode(np.asarray(mean + std * noise, np.float32))


def _like(index: LatentIndex, drawn: NDArray[np.float64]) -> NDArray[np.float64]:
    training = index.latents[training_rows(index)].astype(np.float64)
    values, vectors = np.linalg.eigh(np.atleast_2d(np.cov(training.T)))
    return np.asarray(training.mean(0) + drawn * np.sqrt(np.maximum(values, 0)) @ vectors.T)

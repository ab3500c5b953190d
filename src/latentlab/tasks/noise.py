"""Noise: Gaussian, salt and pepper, speckle."""

from __future__ import annotations

import numpy as np

from latentlab.images import Images
from latentlab.tasks.task import Degraded, Floats


def add_noise(
    images: Images, strengths: Floats, generator: np.random.Generator, kind: str
) -> Degraded:
    """Add noise and cut to [0, 1], as a camera does.

    Gaussian noise has the strength as standard deviation; salt and pepper makes that share of the
    pixels black or white; speckle is Gaussian noise in proportion to the brightness.

    Parameters
    ----------
    images : float32 (n, h, w, c), 0 to 1
    strengths : float32 (n,), 0 to 1
    generator : Generator
        Draws the noise: of each value, or for salt and pepper of each pixel with all its channels.
    kind : {"gaussian", "salt and pepper", "speckle"}

    Returns
    -------
    Degraded
        Without masks.
    """
    amount = strengths.reshape(-1, 1, 1, 1)
    if kind == "salt and pepper":
        drawn = generator.random((*images.shape[:3], 1), np.float32)
        noisy = np.where(drawn < amount / 2, np.float32(0), images)
        return Degraded(np.where(drawn > 1 - amount / 2, np.float32(1), noisy))
    noise = generator.standard_normal(images.shape, np.float32)
    noise *= amount
    if kind == "speckle":
        noise *= images
    noise += images
    return Degraded(np.clip(noise, 0, 1, out=noise))

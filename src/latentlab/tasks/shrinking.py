"""Making pictures smaller, for the network that enlarges them."""

from __future__ import annotations

import numpy as np

from latentlab.images import Images
from latentlab.tasks.task import Degraded, Floats


def shrink(
    images: Images, strengths: Floats, generator: np.random.Generator, kind: str
) -> Degraded:
    """Halve so many times by averaging blocks, and show each average as one large pixel.

    Parameters
    ----------
    images : float32 (n, h, w, c), 0 to 1
    strengths : float32 (n,)
        Number of halvings, 0 or more; rounded.
    generator : Generator
        Not used: nothing is random here.
    kind : str
        Not used: there is one kind.

    Returns
    -------
    Degraded
        Of the size that the images had; without masks.
    """
    result = np.array(images, np.float32)
    halvings = np.rint(strengths).astype(int)
    for times in np.unique(halvings[halvings > 0]):
        chosen = halvings == times
        result[chosen] = _blocks(images[chosen], 2 ** int(times))
    return Degraded(result)


def as_factor(strength: float) -> str:
    """Write a number of halvings as what they do to each side: ``×2``."""
    return f"×{2 ** round(strength)}"


def _blocks(images: Images, side: int) -> Images:
    n, height, width, channels = images.shape
    padded = np.pad(images, ((0, 0), (0, -height % side), (0, -width % side), (0, 0)), "edge")
    rows, columns = padded.shape[1] // side, padded.shape[2] // side
    means = padded.reshape(n, rows, side, columns, side, channels).mean(axis=(2, 4))
    enlarged = means.repeat(side, axis=1).repeat(side, axis=2)
    return np.asarray(enlarged[:, :height, :width], np.float32)

"""What the browser needs to measure the kernel density of very many latents.

Explore measures it on whatever plane is shown (``web/latent/plane_density.ts``). To weight a sample
instead, each latent by as many as lie nearest to it, would send less, but is no better than the
plain sample from eight latent dimensions on: the nearest is then more than a bandwidth away
(``docs/decisions/0019-density-of-all-images.md``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latentlab.analysis import Latents

REACH = 6.0  # standard deviations that a byte covers on either side of the mean
_N_TYPICAL = 250
_BLOCK = 16_384
_ALIVE = 0.01  # of the largest variance: dimensions that hardly move are no dimensions


@dataclass(frozen=True)
class Rounded:
    """Latents in a byte a dimension: ``low + step * steps``.

    Attributes
    ----------
    steps : uint8 (n, z)
    low, step : float32 (z,)
        In latent units.
    """

    steps: NDArray[np.uint8]
    low: NDArray[np.float32]
    step: NDArray[np.float32]


def rounded(latents: Latents) -> Rounded:
    """Round latents to 1/21 of the standard deviation of each dimension.

    Where a kernel is as wide as Scott's of 20,000 latents (0.19 standard deviations in two
    dimensions, more in others), this widens it by less than 1 %.

    Parameters
    ----------
    latents : float32 (n, z)
        What lies more than `REACH` standard deviations from the mean is moved there.

    Returns
    -------
    Rounded
    """
    deviation = latents.std(axis=0, dtype=np.float64)
    low = (latents.mean(axis=0, dtype=np.float64) - REACH * deviation).astype(np.float32)
    step = np.maximum(2 * REACH * deviation / 255, 1e-30).astype(np.float32)
    steps = np.empty(latents.shape, np.uint8)
    for start in range(0, len(latents), _BLOCK):
        block = slice(start, start + _BLOCK)
        steps[block] = np.clip(np.rint((latents[block] - low) / step), 0, 255)
    return Rounded(steps, low, step)


def scott_bandwidth(latents: Latents) -> float:
    """Choose the width of a kernel by Scott's rule (1992), equal in all directions.

    Parameters
    ----------
    latents : float32 (n, z)

    Returns
    -------
    float
        Standard deviation of the kernel, in latent units: n^(-1/(d + 4)) times the root mean
        variance of the d dimensions that have at least 1 % of the largest variance.
    """
    variances = latents.var(axis=0, dtype=np.float64)
    alive = variances[variances >= _ALIVE * variances.max()]
    spread = float(np.sqrt(alive.mean()))
    return float(len(latents) ** (-1 / (len(alive) + 4)) * (spread or 1))


def typical_density(latents: Latents, n_sample: int, bandwidth: float) -> float:
    """Measure what a typical latent has around it: the median sum of kernels, without its own.

    Parameters
    ----------
    latents : float32 (n, z)
    n_sample : int
        The first rows are a random sample of all; the median is over 250 of them.
    bandwidth : float
        In latent units.

    Returns
    -------
    float
        Above 0.
    """
    rows = latents[: n_sample : max(1, n_sample // _N_TYPICAL)]
    center, scale = rows.mean(axis=0), np.float32(-0.5 / bandwidth**2)
    places = rows - center  # the closer to 0, the less rounding in the products
    norms = scale * np.einsum("ij,ij->i", places, places)
    # -|p - x|^2 / 2 h^2 of all pairs is one product: to a million images this takes a second.
    left = np.column_stack([-2 * scale * places, np.ones_like(norms), norms])
    sums = np.zeros(len(rows))
    for start in range(0, len(latents), _BLOCK):
        x = latents[start : start + _BLOCK] - center
        right = np.vstack([x.T, scale * np.einsum("ij,ij->i", x, x), np.ones(len(x), np.float32)])
        kernels = left @ right
        np.maximum(kernels, -80, out=kernels)  # denormal numbers would take several times as long
        np.exp(kernels, out=kernels)
        sums += kernels @ np.ones(len(x), np.float32)
    # A lonely latent has no company; half a neighbor keeps the density finite.
    return max(float(np.median(sums)) - 1, 0.5 / len(latents))

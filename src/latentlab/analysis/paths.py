"""Paths from one latent to another.

A straight path between two samples of a VAE passes nearer to the origin than any sample does: in
many dimensions almost all of a Gaussian lies in a thin shell of radius sqrt(z) (the Gaussian
annulus), and the middle of a chord lies below it, where the decoder saw little. A spherical path
keeps the length. In two dimensions there is no such shell and no reason to prefer it; for a plain
autoencoder there is no prior and no reason either.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latentlab.analysis import AnalysisError, Latents, as_latents

MOST_OVERSHOOT = 0.5

_PARALLEL = 1e-4  # radians: below this an arc is a line


def positions(n: int, overshoot: float = 0.0) -> NDArray[np.float32]:
    """Return where the frames of a path are: 0 is A, 1 is B.

    Parameters
    ----------
    n : int
        Frames, 2 to 1,000.
    overshoot : float
        How far to go on at both ends, 0 to 0.5 of the way from A to B.

    Returns
    -------
    ndarray of float32, shape (n,)
        Evenly from -overshoot to 1 + overshoot.
    """
    if not 2 <= n <= 1000:
        raise AnalysisError(f"A path of {n} frames cannot be made; choose 2 to 1000.")
    if not 0 <= overshoot <= MOST_OVERSHOOT:
        raise AnalysisError(f"An overshoot of {overshoot} is out of range; choose 0 to 0.5.")
    return np.linspace(-overshoot, 1 + overshoot, n, dtype=np.float32)


def straight(a: ArrayLike, b: ArrayLike, n: int, *, overshoot: float = 0.0) -> Latents:
    """Go from A to B in a straight line with equal steps.

    Parameters
    ----------
    a, b : array_like, shape (z,)
        The ends.
    n : int
        Frames, 2 to 1,000.
    overshoot : float
        0 to 0.5, see `positions`.

    Returns
    -------
    ndarray of float32, shape (n, z)
    """
    start, end = _ends(a, b)
    t = positions(n, overshoot).astype(np.float64)[:, None]
    return ((1 - t) * start + t * end).astype(np.float32)


def spherical(a: ArrayLike, b: ArrayLike, n: int, *, overshoot: float = 0.0) -> Latents:
    """Go from A to B along an arc around the origin with equal angles (slerp).

    The length goes from |A| to |B| by equal factors, so that it stays positive beyond the ends.
    Where there is no arc (an end at the origin, or both in line with it) the path is straight.

    Parameters
    ----------
    a, b : array_like, shape (z,)
        The ends.
    n : int
        Frames, 2 to 1,000.
    overshoot : float
        0 to 0.5, see `positions`.

    Returns
    -------
    ndarray of float32, shape (n, z)

    References
    ----------
    Shoemake 1985, "Animating rotation with quaternion curves"; for latents White 2016, "Sampling
    generative networks".
    """
    start, end = _ends(a, b)
    lengths = np.linalg.norm(start), np.linalg.norm(end)
    if min(lengths) == 0:
        return straight(a, b, n, overshoot=overshoot)
    u, v = start / lengths[0], end / lengths[1]
    angle = 2 * np.arctan2(np.linalg.norm(u - v), np.linalg.norm(u + v))  # exact near 0 and pi
    if not _PARALLEL < angle < np.pi - _PARALLEL:
        return straight(a, b, n, overshoot=overshoot)
    t = positions(n, overshoot).astype(np.float64)[:, None]
    directions = (np.sin((1 - t) * angle) * u + np.sin(t * angle) * v) / np.sin(angle)
    path = lengths[0] ** (1 - t) * lengths[1] ** t * directions
    return np.asarray(path, dtype=np.float32)


PATHS: dict[str, Callable[..., Latents]] = {"straight": straight, "spherical": spherical}


def _ends(a: ArrayLike, b: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    start, end = as_latents(a, name="numbers of A"), as_latents(b, name="numbers of B")
    if start.shape != end.shape or len(start) != 1:
        raise AnalysisError(
            f"A path needs two latents of one size, not {start.shape} and {end.shape}."
        )
    return start[0].astype(np.float64), end[0].astype(np.float64)

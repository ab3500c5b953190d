"""Planes that the browser makes itself, and how far latents are from one."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latentlab.analysis import AnalysisError, as_latents
from latentlab.analysis.planes import Plane


def dimensions(i: int, j: int, through: ArrayLike) -> Plane:
    """Return the plane along two latent dimensions through a latent.

    Place (x, y) is the latent with its numbers i and j replaced by x and y.

    Parameters
    ----------
    i, j : int
        Different dimensions, counted from 0.
    through : array_like, shape (z,)
        Gives all other numbers.
    """
    origin = as_latents(through, name="numbers of the latent")[0].copy()
    if i == j or not (0 <= i < origin.size and 0 <= j < origin.size):
        raise AnalysisError(
            f"Dimensions {i} and {j} span no plane in a space of {origin.size}; choose two "
            f"different ones from 0 to {origin.size - 1}."
        )
    origin[[i, j]] = 0.0
    axes = np.zeros((2, origin.size), dtype=np.float32)
    axes[0, i] = axes[1, j] = 1.0
    return Plane(origin, axes)


def off_plane(plane: Plane, latents: ArrayLike) -> NDArray[np.float32]:
    """Measure how far latents are from a plane: float32, shape (n,), at least 0."""
    given = as_latents(latents)
    return np.asarray(np.linalg.norm(given - plane.lift(plane.project(given)), axis=1), np.float32)

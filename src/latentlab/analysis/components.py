"""Principal components of latents: the directions in which they differ most, always with one sign.

The map, the plane through an image and the start of UMAP's layout all ask for them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latentlab.analysis import Latents, as_latents


@dataclass(frozen=True)
class Components:
    """The principal components of some latents.

    Attributes
    ----------
    mean : ndarray of float32, shape (z,)
        Where the latents are on average.
    axes : ndarray of float32, shape (z, z)
        Orthonormal rows, most variance first. The largest entry of each is positive, so that the
        same latents give the same picture and not its mirror image.
    variance_ratio : ndarray of float32, shape (z,)
        Share of the variance along each axis, adding up to 1 (all 0 for latents that are equal).
    """

    mean: NDArray[np.float32]
    axes: NDArray[np.float32]
    variance_ratio: NDArray[np.float32]

    def coordinates(self, latents: Latents, n_components: int = 2) -> NDArray[np.float32]:
        """Express latents (n, z) in the first components: float32, shape (n, n_components).

        Where the latents have fewer dimensions than that, the remaining coordinates are 0.

        Parameters
        ----------
        latents : float32 (n, z)
        n_components : int

        Returns
        -------
        float32 (n, n_components)
        """
        found = (latents - self.mean) @ self.axes[:n_components].T
        missing = n_components - found.shape[1]
        return np.ascontiguousarray(np.pad(found, ((0, 0), (0, max(missing, 0)))), np.float32)


def principal_components(latents: ArrayLike) -> Components:
    """Find the principal components of latents.

    Parameters
    ----------
    latents : array_like, shape (n, z)
        Finite numbers.

    Returns
    -------
    Components
        As many as the latents have dimensions.

    Raises
    ------
    AnalysisError
        If there are no latents or a number is not finite.
    """
    given = as_latents(latents).astype(np.float64)
    mean = given.mean(axis=0)
    centered = given - mean
    values, vectors = np.linalg.eigh(centered.T @ centered)
    variances, axes = np.maximum(values[::-1], 0.0), vectors.T[::-1]
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=1)[:, None], axis=1)
    total = variances.sum()
    return Components(
        mean=mean.astype(np.float32),
        axes=np.ascontiguousarray(axes * np.sign(largest), dtype=np.float32),
        variance_ratio=(variances / total if total > 0 else variances).astype(np.float32),
    )

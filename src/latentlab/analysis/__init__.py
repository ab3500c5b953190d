"""Questions one can ask of latents: neighbors, projections, planes, quality.

Nothing here knows a network. What needs one asks a `Codec`: arrays in, arrays out. ``codec.py``
satisfies that protocol without importing it; tests satisfy it with a linear fake.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from latentlab.errors import LatentlabError
from latentlab.images import Images

Latents = NDArray[np.float32]
"""Latents, shape (n, z)."""

Coordinates = NDArray[np.float32]
"""Places on a two-dimensional map, shape (n, 2)."""


class AnalysisError(LatentlabError):
    """A question these latents cannot answer."""


class Codec(Protocol):
    """A trained network as functions on arrays."""

    @property
    def image_shape(self) -> tuple[int, int, int]:
        """Height, width and channels of one image."""
        ...

    @property
    def latent_dim(self) -> int:
        """Size z of one latent."""
        ...

    def encode(self, images: Images, /) -> Latents:
        """Turn images (n, h, w, c) in [0, 1] into latents (n, z).

        Parameters
        ----------
        images : float32 (n, h, w, c)
            Values in [0, 1].

        Returns
        -------
        float32 (n, z)
            The posterior mean, for a VAE.
        """
        ...

    def decode(self, latents: Latents, /) -> Images:
        """Turn latents (n, z) into images (n, h, w, c) in [0, 1].

        Parameters
        ----------
        latents : float32 (n, z)

        Returns
        -------
        float32 (n, h, w, c)
            Values in [0, 1].
        """
        ...


def as_latents(values: object, *, name: str = "latents") -> Latents:
    """Check numbers from outside and hand them back as finite float32 latents.

    Parameters
    ----------
    values : array_like
        One latent (z,) or several (n, z).
    name : str
        What a message should call them.

    Returns
    -------
    ndarray of float32, shape (n, z)
        C-contiguous; a single latent becomes one row.

    Raises
    ------
    AnalysisError
        If there are no numbers, more than two axes, or a number that is not finite.
    """
    given = np.atleast_2d(np.asarray(values))
    if given.ndim != 2 or given.size == 0:
        raise AnalysisError(
            f"The {name} have the shape {given.shape}; give at least one row of numbers."
        )
    latents = np.ascontiguousarray(given, dtype=np.float32)
    if not np.isfinite(latents).all():
        row = int(np.flatnonzero(~np.isfinite(latents).all(axis=1))[0])
        raise AnalysisError(
            f"Row {row} of the {name} holds a number that is not finite; give finite numbers only."
        )
    return latents

"""How many of very many images lie at each place of a map, of which only a sample is drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latentlab.analysis import Coordinates, Latents

N_CELLS = 128  # along each axis
_BLOCK = 65_536


@dataclass(frozen=True)
class Crowd:
    """Images counted in the cells of a grid over a map.

    Attributes
    ----------
    counts : int64 (n_cells, n_cells)
        The first axis is the map's second one.
    x, y : float64 (n_cells,)
        Middles of the cells.
    """

    counts: NDArray[np.int64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]


def crowd(latents: Latents, sample: Latents, coordinates: Coordinates) -> Crowd:
    """Count all latents on a map that is a linear picture of latent space.

    Parameters
    ----------
    latents : float32 (n, z)
        May be mapped: a part is read at a time.
    sample : float32 (m, z)
        Latents whose places are known, more of them than z.
    coordinates : float32 (m, 2)
        These places; those of all follow from them.

    Returns
    -------
    Crowd
    """
    places, *_ = np.linalg.lstsq(_with_ones(sample), coordinates, rcond=None)
    low, high = coordinates.min(axis=0), coordinates.max(axis=0)
    margin = np.maximum(0.1 * (high - low), 1e-6)
    edges = np.linspace(low - margin, high + margin, N_CELLS + 1).T
    counts = np.zeros((N_CELLS, N_CELLS), np.int64)
    for start in range(0, len(latents), _BLOCK):
        x, y = (_with_ones(latents[start : start + _BLOCK]) @ places).T
        counts += np.histogram2d(y, x, bins=(edges[1], edges[0]))[0].astype(np.int64)
    x, y = ((one[1:] + one[:-1]) / 2 for one in edges)
    return Crowd(counts, x, y)


def _with_ones(latents: Latents) -> NDArray[np.float64]:
    return np.column_stack([latents, np.ones(len(latents))]).astype(np.float64)

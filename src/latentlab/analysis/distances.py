"""How far apart two images are: in their pixels, in latent space and on the map.

The three have different units, so each stands beside the share of random pairs that are nearer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latentlab.analysis import AnalysisError
from latentlab.analysis.neighbors import percentile

N_PAIRS = 2000
_BLOCK = 250

Points = NDArray[np.generic]


@dataclass(frozen=True)
class Distance:
    """One distance between two images.

    Attributes
    ----------
    value : float
        Euclidean, in the units of its space.
    percentile : float
        Share of random pairs of the index that are nearer, 0 to 100.
    """

    value: float
    percentile: float


def compare(
    one: int,
    other: int,
    spaces: Mapping[str, Points],
    references: Mapping[str, NDArray[np.float32]],
) -> dict[str, Distance]:
    """Measure how far apart two images are in several spaces.

    Parameters
    ----------
    one, other : int
        Rows.
    spaces : mapping of str to ndarray, shape (n, ...)
        One point per row: latents, places on a map, uint8 pixels (measured in [0, 1]).
    references : mapping of str to ndarray of float32
        Of each space, as `pair_distances` gives them.

    Returns
    -------
    dict of str to Distance
        In the order of `spaces`.

    Raises
    ------
    AnalysisError
        If a row is not there.
    """
    found = {}
    for name, points in spaces.items():
        for row in (one, other):
            if not 0 <= row < len(points):
                raise AnalysisError(f"There is no row {row} among {len(points)} images.")
        value = float(_lengths(points, np.array([one]), np.array([other]))[0])
        found[name] = Distance(value, percentile(value, references[name]))
    return found


def pair_distances(points: Points, *, seed: int = 0, n_pairs: int = N_PAIRS) -> NDArray[np.float32]:
    """Measure the distances between random pairs of different points.

    Parameters
    ----------
    points : ndarray, shape (n, ...)
        uint8 pixels are measured in [0, 1].
    seed : int
        Same seed and same n, same pairs: the ranks of several spaces then speak of the same pairs.
    n_pairs : int

    Returns
    -------
    ndarray of float32, shape (n_pairs,)

    Raises
    ------
    AnalysisError
        If there are fewer than two points.
    """
    n = len(points)
    if n < 2:
        raise AnalysisError("Distances need at least two images.")
    generator = np.random.default_rng(seed)
    one = generator.integers(n, size=n_pairs)
    return _lengths(points, one, (one + generator.integers(1, n, size=n_pairs)) % n)


def _lengths(
    points: Points, one: NDArray[np.int64], other: NDArray[np.int64]
) -> NDArray[np.float32]:
    scale = np.float32(1 / 255 if points.dtype == np.uint8 else 1.0)
    lengths = np.empty(len(one), dtype=np.float32)
    for start in range(0, len(one), _BLOCK):  # images are large: a few at a time
        part = slice(start, start + _BLOCK)
        offsets = points[one[part]].astype(np.float32) - points[other[part]].astype(np.float32)
        lengths[part] = np.linalg.norm(offsets.reshape(len(offsets), -1), axis=1) * scale
    return lengths

"""An approximate inverse of a projection: a small regression from map to latent.

UMAP and t-SNE have no decoder. What one can do is to guess: learn from the points themselves which
latent usually lies at a place. The guess is a normalized sum of Gaussians around some of the
points, fitted by ridge regression: a smooth surface through a cloud that is none. How far it is
off is stored with it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latentlab.analysis import AnalysisError, Coordinates, Latents, as_latents
from latentlab.analysis.neighbors import ExactIndex
from latentlab.checkpoints import MapInverse

N_CENTERS = 200
N_FITTED = 5000  # more points do not make it better, only slower
WIDTH_FACTOR = 1.5  # widths of a Gaussian in distances between neighboring centers
RIDGE = 1e-3
HELD_OUT = 0.1


def fit_inverse(coordinates: ArrayLike, latents: ArrayLike, *, seed: int = 0) -> MapInverse:
    """Learn which latent usually lies at a place of a map.

    Parameters
    ----------
    coordinates : array_like, shape (n, 2)
        Places on the map.
    latents : array_like, shape (n, z)
        What lies there.
    seed : int
        Of the centers, and of the tenth of the points by which the guess is judged.

    Returns
    -------
    MapInverse

    Raises
    ------
    AnalysisError
        If the two do not fit or there are fewer than 20 points.
    """
    places, wanted = as_latents(coordinates, name="map coordinates"), as_latents(latents)
    n = len(places)
    if len(wanted) != n or n < 20:
        raise AnalysisError(
            f"No inverse can be fitted to {n} places and {len(wanted)} latents; "
            "give at least 20 of each."
        )
    order = np.random.default_rng(seed).permutation(n)[:N_FITTED]
    n_held_out = round(HELD_OUT * len(order))
    held_out, used = order[:n_held_out], order[n_held_out:]
    centers = places[used[:N_CENTERS]]
    gaps = ExactIndex(centers).self_neighbors(min(2, len(centers) - 1)).distances[:, -1]
    width = max(float(WIDTH_FACTOR * np.median(gaps)), 1e-6)
    basis = _basis(places[used], centers, width)
    gram = basis.T @ basis + RIDGE * len(used) / len(centers) * np.eye(len(centers))
    middle = wanted[used].mean(axis=0)
    weights = middle + np.linalg.solve(gram, basis.T @ (wanted[used] - middle))
    found = _basis(places[held_out], centers, width) @ weights
    spread = ((wanted[held_out] - middle) ** 2).sum()
    missed = ((wanted[held_out] - found) ** 2).sum()
    return MapInverse(
        centers=np.ascontiguousarray(centers, dtype=np.float32),
        weights=np.ascontiguousarray(weights, dtype=np.float32),
        width=width,
        explained=float(1.0 - missed / max(float(spread), 1e-30)),
    )


def guess(inverse: MapInverse, places: ArrayLike) -> Latents:
    """Guess the latents at places of a map.

    Parameters
    ----------
    inverse : MapInverse
    places : array_like, shape (2,) or (q, 2)
        Anywhere; far outside the map the guess is that of its nearest part.

    Returns
    -------
    ndarray of float32, shape (q, z)
    """
    given = as_latents(places, name="places")
    return np.asarray(
        _basis(given, inverse.centers, inverse.width) @ inverse.weights, dtype=np.float32
    )


def estimates(
    spot: ArrayLike, latents: Latents, coordinates: Coordinates, inverse: MapInverse | None
) -> dict[str, Latents]:
    """Estimate the latent at a place of a map that has no inverse, in two or three ways.

    Parameters
    ----------
    spot : array_like, shape (2,)
        The place.
    latents : ndarray of float32, shape (n, z)
        What was drawn.
    coordinates : ndarray of float32, shape (n, 2)
        Where.
    inverse : MapInverse or None
        If the checkpoint carries one.

    Returns
    -------
    dict of str to ndarray of float32, shape (z,)
        ``nearest``: the latent of the nearest point of the map. ``weighted``: the mean of the
        latents of the 15 nearest points of the map, nearer ones counting more, exactly as `place`
        weighs the other way round. ``regression``: what `guess` says.
    """
    drawn = ExactIndex(coordinates)
    row = int(drawn.nearest(spot, 1).rows[0, 0])
    found = {"nearest": latents[row], "weighted": _weighted(spot, latents, drawn)}
    if inverse is not None:
        found["regression"] = guess(inverse, spot)[0]
    return found


def disagreement(latents: Latents) -> float:
    """Return the largest distance between any two of a few latents (n, z).

    Parameters
    ----------
    latents : float32 (n, z)

    Returns
    -------
    float
        Euclidean, in units of the latent space.
    """
    offsets = latents[:, None] - latents[None]
    return float(np.linalg.norm(offsets, axis=2).max())


def _weighted(spot: ArrayLike, latents: Latents, drawn: ExactIndex) -> Latents:
    found = drawn.nearest(spot, min(15, drawn.n))
    squares = found.distances[0].astype(np.float64) ** 2
    weights = 1.0 / (squares + 1e-6 * squares.mean() + np.finfo(np.float32).tiny)
    return np.asarray(weights @ latents[found.rows[0]] / weights.sum(), dtype=np.float32)


def _basis(places: Coordinates, centers: Coordinates, width: float) -> NDArray[np.float64]:
    """Weigh the centers by nearness, adding up to 1 (n, c); never 0 / 0, however far."""
    offsets = places[:, None].astype(np.float64) - centers[None]
    exponents = -(offsets**2).sum(axis=2) / (2 * width**2)
    weights = np.exp(exponents - exponents.max(axis=1, keepdims=True))
    total: NDArray[np.float64] = weights / weights.sum(axis=1, keepdims=True)
    return total

"""Two-dimensional maps of latents, made once while training, and how a new latent is placed on one.

A map is stored beside the latents and never fitted on a page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latentlab.analysis import AnalysisError, Coordinates, Latents, as_latents, umap_learn
from latentlab.analysis.components import principal_components
from latentlab.analysis.neighbors import ExactIndex, Neighbors
from latentlab.errors import unknown_name

Setting = float | str | None
Compute = Callable[..., Coordinates]

_FEWEST = 4  # below this there is no neighborhood to keep


@dataclass(frozen=True)
class Projection:
    """One way of drawing latents in two dimensions.

    Attributes
    ----------
    title : str
        As shown on screen.
    summary : str
        One sentence for a student: what the picture keeps and what it does not.
    compute : callable
        ``compute(latents, *, seed, neighbors, **settings)``, float32 (n, 2).
    settings : tuple of str
        The settings it understands.
    has_inverse : bool
        Whether every place on the map is a latent.
    """

    title: str
    summary: str
    compute: Compute
    settings: tuple[str, ...] = ()
    has_inverse: bool = False


class Placement(NamedTuple):
    """Where new latents lie on a map.

    Attributes
    ----------
    xy : ndarray of float32, shape (q, 2)
        Places.
    spread : ndarray of float32, shape (q,)
        How far apart on the map the neighbors lie that chose the place (weighted root mean square
        distance to it, in map units): large where the place means little.
    """

    xy: Coordinates
    spread: NDArray[np.float32]


def project(
    name: str,
    latents: ArrayLike,
    *,
    seed: int = 0,
    neighbors: Neighbors | None = None,
    **settings: Setting,
) -> Coordinates:
    """Draw latents in two dimensions.

    Parameters
    ----------
    name : str
        A key of `PROJECTIONS`.
    latents : array_like, shape (n, z)
        Finite numbers; not changed.
    seed : int
        Same latents, same seed, same picture.
    neighbors : Neighbors, optional
        The nearest other rows of every row under the same metric, as `umap_learn.search` gives
        them. Several maps of the same latents then search once. Searched for if too few or none.
    **settings
        Of this projection, see `Projection.settings`. UMAP: ``n_neighbors`` (15, counting the
        point itself), ``min_dist`` (0.1), ``n_epochs`` (500, beyond 10,000 points 200; densMAP 200
        more), ``metric`` ("euclidean", or another of `umap_learn.METRICS`), ``densmap`` (False).
        t-SNE: ``perplexity`` (30, less for fewer than 91 points).

    Returns
    -------
    ndarray of float32, shape (n, 2)

    Raises
    ------
    AnalysisError
        For an unknown name or setting, and for latents that cannot be drawn this way.
    """
    if name not in PROJECTIONS:
        raise AnalysisError(unknown_name("projection", name, PROJECTIONS))
    projection = PROJECTIONS[name]
    for setting in settings:
        if setting not in projection.settings:
            kind = f"setting of {projection.title}"
            raise AnalysisError(unknown_name(kind, setting, projection.settings))
    given = as_latents(latents)
    return projection.compute(given, seed=seed, neighbors=neighbors, **settings)


def place(
    latent: ArrayLike,
    latents: ArrayLike | ExactIndex,
    coordinates: Coordinates,
    k: int = 15,
) -> Placement:
    """Place new latents on a finished map, between their nearest neighbors in latent space.

    The place is the mean of the k neighbors' places with the weights 1 / (d^2 + e), d the distance
    in latent space (Shepard 1968). e is 1e-6 of the mean squared distance of those neighbors, so
    that a latent that is on the map already falls on its own point.

    Parameters
    ----------
    latent : array_like, shape (z,) or (q, z)
        New latents.
    latents : array_like, shape (n, z), or ExactIndex
        The latents that were drawn.
    coordinates : ndarray of float32, shape (n, 2)
        Their places.
    k : int
        How many neighbors decide; all of them where there are fewer.

    Returns
    -------
    Placement
        ``xy`` (q, 2) and ``spread`` (q,).

    Raises
    ------
    AnalysisError
        If latents and map do not fit one another.
    """
    index = latents if isinstance(latents, ExactIndex) else ExactIndex(latents)
    if len(coordinates) != index.n:
        raise AnalysisError(
            f"The map has {len(coordinates)} places for {index.n} latents; give the map of them."
        )
    found = index.nearest(latent, min(k, index.n))
    squares = found.distances.astype(np.float64) ** 2
    softening = 1e-6 * squares.mean(axis=1, keepdims=True) + np.finfo(np.float32).tiny
    weights = 1.0 / (squares + softening)
    weights /= weights.sum(axis=1, keepdims=True)
    around = coordinates[found.rows].astype(np.float64)  # (q, k, 2)
    xy = np.einsum("qk,qkc->qc", weights, around)
    offsets = ((around - xy[:, None]) ** 2).sum(axis=2)
    spread = np.sqrt((weights * offsets).sum(axis=1))
    return Placement(xy.astype(np.float32), spread.astype(np.float32))


def align(moving: Coordinates, fixed: Coordinates) -> Coordinates:
    """Turn, mirror, scale and shift a map onto another of the same points (orthogonal Procrustes).

    Parameters
    ----------
    moving, fixed : ndarray of float32, shape (n, 2)
        Row i is the same point in both.

    Returns
    -------
    ndarray of float32, shape (n, 2)
        `moving` as near to `fixed` as it gets, in the sense of least squares.

    Raises
    ------
    AnalysisError
        If the points differ in number.
    """
    if moving.shape != fixed.shape:
        raise AnalysisError(
            f"Maps of {len(moving)} and {len(fixed)} points cannot be aligned; "
            "give two maps of the same points."
        )
    source = moving.astype(np.float64) - moving.mean(axis=0, dtype=np.float64)
    center = fixed.mean(axis=0, dtype=np.float64)
    left, stretches, right = np.linalg.svd(source.T @ (fixed - center))
    size = (source**2).sum()
    scale = stretches.sum() / size if size > 0 else 1.0
    return np.ascontiguousarray(scale * source @ (left @ right) + center, dtype=np.float32)


def _native(latents: Latents, *, seed: int, neighbors: Neighbors | None) -> Coordinates:
    if latents.shape[1] != 2:
        raise AnalysisError(
            f"Latents of {latents.shape[1]} dimensions have no map of their own; choose pca or "
            "umap."
        )
    return latents.copy()


def _pca(latents: Latents, *, seed: int, neighbors: Neighbors | None) -> Coordinates:
    return principal_components(latents).coordinates(latents)


def _umap(
    latents: Latents,
    *,
    seed: int,
    neighbors: Neighbors | None,
    n_neighbors: int = 15,
    min_dist: float = 0.1,
    n_epochs: int | None = None,
    metric: str = "euclidean",
    densmap: bool = False,
) -> Coordinates:
    if len(latents) < _FEWEST:
        return _pca(latents, seed=seed, neighbors=None)
    _check_range("n_neighbors", n_neighbors, 2, 200)
    _check_range("min_dist", min_dist, 0.0, 0.99)
    if n_epochs is not None:
        _check_range("n_epochs", n_epochs, 1, 10_000)
    n_others = min(n_neighbors, len(latents) - 1) - 1
    if neighbors is None or neighbors.rows.shape[1] < n_others:
        neighbors = umap_learn.search(latents, n_neighbors, metric)
    return umap_learn.lay_out(
        latents,
        Neighbors(neighbors.rows[:, :n_others], neighbors.distances[:, :n_others]),
        _spread_out(_pca(latents, seed=seed, neighbors=None), seed),
        seed=seed,
        min_dist=min_dist,
        densmap=densmap,
        n_epochs=n_epochs,
    )


def _tsne(
    latents: Latents, *, seed: int, neighbors: Neighbors | None, perplexity: float = 30.0
) -> Coordinates:
    if len(latents) < _FEWEST:
        return _pca(latents, seed=seed, neighbors=None)
    _check_range("perplexity", perplexity, 1, 200)

    from sklearn.manifold import TSNE

    drawn = _pca(latents, seed=seed, neighbors=None)
    start = drawn * np.float32(1e-4 / max(float(drawn[:, 0].std()), 1e-30))
    model = TSNE(
        perplexity=min(perplexity, (len(latents) - 1) / 3), init=start, random_state=seed, n_jobs=1
    )
    return np.ascontiguousarray(model.fit_transform(latents), dtype=np.float32)


def _check_range(setting: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise AnalysisError(f"{setting}={value} is out of range; choose {low} to {high}.")


def _spread_out(coordinates: Coordinates, seed: int) -> Coordinates:
    """Fit coordinates into a square of side 10, as umap-learn does, and part equal ones."""
    low, high = coordinates.min(axis=0), coordinates.max(axis=0)
    square = 10 * (coordinates - low) / np.where(high > low, high - low, 1)
    noise = np.random.default_rng(seed).normal(scale=1e-3, size=square.shape)
    return np.ascontiguousarray(square + noise, dtype=np.float32)


# Pages offer them in this order: the one that tells most comes first.
PROJECTIONS: dict[str, Projection] = {
    "native": Projection(
        "Latent space",
        "The two latent dimensions without a projection, for networks that have two.",
        _native,
        has_inverse=True,
    ),
    "umap": Projection(
        "UMAP",
        "Tries to keep nearest neighbors together. The sizes of clusters and the distances "
        "between them mean little.",
        _umap,
        ("n_neighbors", "min_dist", "n_epochs", "metric", "densmap"),
    ),
    "tsne": Projection(
        "t-SNE",
        "Tries to keep nearest neighbors together. The sizes of clusters and the distances "
        "between them mean little.",
        _tsne,
        ("perplexity",),
    ),
    "pca": Projection(
        "PCA",
        "A linear projection onto the first two principal components. Points far "
        "apart on it are far apart in latent space too; points close together need not be close.",
        _pca,
        has_inverse=True,
    ),
}

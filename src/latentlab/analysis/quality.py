"""How far neighbors and maps can be trusted, each with the value that chance would give.

Every figure has a null beside it: what is expected with labels or places shuffled. Without it
0.3 looks bad among ten classes (where chance gives 0.1) and 0.6 good among two.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latentlab.analysis import AnalysisError, Coordinates, Latents, as_latents
from latentlab.analysis.neighbors import ExactIndex

N_SAMPLE = 2000
N_DRAWS = 2000
N_MAP_NEIGHBORS = 15

Labels = NDArray[np.integer]


@dataclass(frozen=True)
class NeighborAgreement:
    """How many of a point's neighbors in latent space are neighbors on the map.

    Attributes
    ----------
    per_point : ndarray of float32, shape (n,)
        Share for each point, 0 to 1; one minus this is the point's projection error.
    mean : float
        The mean share.
    shuffled : float
        The mean share that is expected of a random layout: k of the n - 1 others.
    """

    per_point: NDArray[np.float32]
    mean: float
    shuffled: float

    @property
    def projection_error(self) -> NDArray[np.float32]:
        """Share of each point's neighbors that the map tore away, 0 to 1, shape (n,)."""
        return np.subtract(np.float32(1), self.per_point)


def label_agreement(rows: NDArray[np.integer], labels: Labels, query_labels: Labels) -> float:
    """Count how many neighbors have the label of the one who asked.

    Parameters
    ----------
    rows : ndarray of int, shape (q, k)
        Neighbors of each query, as rows of the index.
    labels : ndarray of int, shape (n,)
        Labels of the index.
    query_labels : ndarray of int, shape (q,)
        Labels of the queries.

    Returns
    -------
    float
        Share, 0 to 1.
    """
    return float(agreements(rows, labels, query_labels).mean())


def agreements(
    rows: NDArray[np.integer], labels: Labels, query_labels: Labels
) -> NDArray[np.float64]:
    """Return the share of each query's neighbors that have its label; see `label_agreement`.

    Parameters
    ----------
    rows : int (q, k)
        Of each query's neighbors.
    labels : int (n,)
        Of the searched images.
    query_labels : int (q,)

    Returns
    -------
    ndarray of float64, shape (q,)
        0 to 1.
    """
    same = np.asarray(labels)[rows] == np.asarray(query_labels)[:, None]
    return np.asarray(same.mean(axis=1, dtype=np.float64))


def expected_agreement(labels: Labels, query_labels: Labels) -> float:
    """Return the label agreement that is expected where the labels of the index are shuffled.

    Parameters
    ----------
    labels : ndarray of int, shape (n,)
        Labels of the index.
    query_labels : ndarray of int, shape (q,)
        Labels of the queries, which are not in the index.

    Returns
    -------
    float
        Share, 0 to 1: the mean share of the queries' labels among those of the index.
    """
    names, counts = np.unique(labels, return_counts=True)
    shares = dict(zip(names.tolist(), (counts / counts.sum()).tolist(), strict=True))
    return float(np.mean([shares.get(label, 0.0) for label in np.asarray(query_labels).tolist()]))


@lru_cache(maxsize=256)
def most_frequent_by_chance(counts: tuple[int, ...], k: int) -> float:
    """Return how many of k images share their most frequent label, if the labels are shuffled.

    Parameters
    ----------
    counts : tuple of int, (c,)
        How many images have each label.
    k : int
        Images drawn without putting any back; at most as many as there are.

    Returns
    -------
    float
        Mean of 2,000 seeded draws, 1 to k. The label is chosen after the draw, so it is more than
        k times the largest share.
    """
    drawn = np.random.default_rng(0).multivariate_hypergeometric(counts, k, N_DRAWS, "count")
    return float(drawn.max(axis=1).mean())


def trustworthiness(
    latents: ArrayLike,
    coordinates: ArrayLike,
    *,
    seed: int = 0,
    k: int = N_MAP_NEIGHBORS,
    n_sample: int = N_SAMPLE,
) -> float:
    """Measure whether neighbors on the map are near in latent space too.

    Intruders (neighbors on the map that are not among the k nearest in latent space) are punished
    by how far down the latent ranking they are. Ranks need every pair, so for more than `n_sample`
    points it is measured among a sample drawn by `seed`: say so beside the figure.

    Parameters
    ----------
    latents : array_like, shape (n, z)
        The points.
    coordinates : array_like, shape (n, 2)
        Their places on the map.
    seed : int
        Of the sample.
    k : int
        Neighbors looked at; at most a third of the points, and lowered to that.
    n_sample : int
        At most so many points.

    Returns
    -------
    float
        0 to 1; 1 when nobody is an intruder, about 0.5 for a random layout.

    Raises
    ------
    AnalysisError
        If there are fewer than 4 points or the two do not fit.

    References
    ----------
    Venna and Kaski 2001, "Neighborhood preservation in nonlinear projection methods".
    """
    points, places = _both(latents, coordinates)
    rows = _sample(len(points), n_sample, np.random.default_rng(seed))
    points, places = points[rows], places[rows]
    n, k = len(points), min(k, len(points) // 3)
    ranks = _ranks(points)
    on_map = ExactIndex(places).self_neighbors(k).rows
    intrusion = np.maximum(ranks[np.arange(n)[:, None], on_map] - k, 0).sum(dtype=np.float64)
    return float(1.0 - 2.0 * intrusion / (n * k * (2 * n - 3 * k - 1)))


def neighbor_agreement(
    latents: ArrayLike, coordinates: ArrayLike, *, k: int = N_MAP_NEIGHBORS
) -> NeighborAgreement:
    """Count how many of each point's k neighbors in latent space are neighbors on the map.

    Parameters
    ----------
    latents : array_like, shape (n, z)
        The points.
    coordinates : array_like, shape (n, 2)
        Their places on the map.
    k : int
        Neighbors looked at; at most a third of the points, and lowered to that.

    Returns
    -------
    NeighborAgreement

    Raises
    ------
    AnalysisError
        If there are fewer than 4 points or the two do not fit.
    """
    points, places = _both(latents, coordinates)
    k = min(k, len(points) // 3)
    wanted = ExactIndex(points).self_neighbors(k).rows
    share = _shared(wanted, ExactIndex(places).self_neighbors(k).rows)
    return NeighborAgreement(share, float(share.mean()), k / (len(points) - 1))


def _shared(wanted: NDArray[np.int64], found: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the share of each row's wanted entries that are among the found ones."""
    n = len(wanted)
    offset = np.arange(n)[:, None] * n  # makes a row's entries differ from any other row's
    hits = np.isin(wanted + offset, found + offset)
    share: NDArray[np.float32] = hits.mean(axis=1, dtype=np.float32)
    return share


def _ranks(points: Latents) -> NDArray[np.int32]:
    """Rank all others from each point, nearest is 1; oneself is 0."""
    n = len(points)
    order = ExactIndex(points).self_neighbors(n - 1).rows
    ranks = np.zeros((n, n), dtype=np.int32)
    np.put_along_axis(ranks, order, np.arange(1, n, dtype=np.int32)[None], axis=1)
    return ranks


def _sample(n: int, n_sample: int, generator: np.random.Generator) -> NDArray[np.int64]:
    if n <= n_sample:
        return np.arange(n)
    return np.sort(generator.choice(n, n_sample, replace=False))


def _both(latents: ArrayLike, coordinates: ArrayLike) -> tuple[Latents, Coordinates]:
    points, places = as_latents(latents), as_latents(coordinates, name="map coordinates")
    if len(points) != len(places) or len(points) < 4:
        raise AnalysisError(
            f"{len(places)} places on a map of {len(points)} latents cannot be judged; "
            "give at least 4 latents and a place for each."
        )
    return points, places

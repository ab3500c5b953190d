"""Exact nearest neighbors by one matrix product and a selection.

For a query q the squared distance to row x is |q|^2 + (|x|^2 - 2 q.x). The bracket is one product
with a matrix prepared once (`ExactIndex`). Sorting all of it would cost ten times the product, so
the rows are divided into groups first: the k-th smallest of the groups' minima bounds the k-th
smallest distance from above, and only the few rows below that bound are measured exactly and
sorted. Nothing is approximate: the bound is widened by the product's worst rounding error.

To a million rows this is enough; beyond, see the approximate back ends.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latentlab.analysis import AnalysisError, Latents, as_latents
from latentlab.errors import unknown_name

Metric = Literal["euclidean", "cosine"]
METRICS: tuple[Metric, ...] = ("euclidean", "cosine")

_LARGEST_GROUP = 64
_BLOCK_FLOATS = 4_000_000  # 16 MB of distances at once, whatever the sizes
_EPSILON = float(np.finfo(np.float32).eps)


@dataclass(frozen=True)
class Neighbors:
    """The k nearest rows of each query, nearest first; equal distances are ordered by row.

    Attributes
    ----------
    rows : ndarray of int64, shape (q, k)
        Rows of the index.
    distances : ndarray of float32, shape (q, k)
        Euclidean distance, or 1 - cosine in [0, 2].
    """

    rows: NDArray[np.int64]
    distances: NDArray[np.float32]


class ExactIndex:
    """Latents with what every query needs of them computed once.

    Parameters
    ----------
    latents : array_like, shape (n, z)
        Finite numbers; copied.
    metric : {"euclidean", "cosine"}
        Under "cosine" a latent of length zero is at distance 1 from everything.

    Raises
    ------
    AnalysisError
        For an unknown metric and for latents that are empty, not finite or too large to square.
    """

    def __init__(self, latents: ArrayLike, *, metric: Metric = "euclidean") -> None:
        if metric not in METRICS:
            raise AnalysisError(unknown_name("metric", metric, METRICS))
        self.metric: Metric = metric
        given = as_latents(latents)
        self.n, self.latent_dim = given.shape
        # Distances do not change when everything is moved; the product's rounding error does.
        self._center = given.mean(axis=0) if metric == "euclidean" else np.zeros_like(given[0])
        self._points = self._moved(given)
        norms = np.einsum("ij,ij->i", self._points, self._points)
        if not np.isfinite(norms).all():
            raise AnalysisError("The latents are too large to measure; keep them below 1e18.")
        self._reach = float(np.sqrt(norms.max()))
        width = -(-self.n // _LARGEST_GROUP) * _LARGEST_GROUP
        self._matrix = np.zeros((self.latent_dim + 1, width), dtype=np.float32)
        self._matrix[:-1, : self.n] = -2.0 * self._points.T
        self._matrix[-1] = np.inf  # the padding is never near
        self._matrix[-1, : self.n] = norms if metric == "euclidean" else 1.0

    def nearest(
        self, query: ArrayLike, k: int, *, exclude: NDArray[np.integer] | None = None
    ) -> Neighbors:
        """Find the k nearest rows of each query.

        Parameters
        ----------
        query : array_like, shape (z,) or (q, z)
            Finite numbers.
        k : int
            1 to n (to n - 1 with `exclude`).
        exclude : ndarray of int, shape (q,), optional
            One row per query that must not be found: itself.

        Returns
        -------
        Neighbors
            Of q queries (1 for a single latent).

        Raises
        ------
        AnalysisError
            If k does not fit the index or the query does not fit the latents.
        """
        queries = self._queries(query)
        self._check_k(k, self.n - (exclude is not None))
        rows = np.empty((len(queries), k), dtype=np.int64)
        distances = np.empty((len(queries), k), dtype=np.float32)
        for block in self._blocks(len(queries)):
            # |x|^2 - 2 q.x of all queries of the block at once
            scores = _with_ones(queries[block]) @ self._matrix
            if exclude is not None:
                scores[np.arange(len(scores)), np.asarray(exclude)[block]] = np.inf
            for i, row in enumerate(range(len(queries))[block]):
                rows[row], distances[row] = self._best(queries[row], scores[i], k)
        return Neighbors(rows, distances)

    def self_neighbors(self, k: int) -> Neighbors:
        """Find the k nearest other rows of every row of the index.

        Parameters
        ----------
        k : int
            1 to n - 1.

        Returns
        -------
        Neighbors
            Rows and distances of shape (n, k); row i belongs to latent i.

        Raises
        ------
        AnalysisError
            If k is out of range.
        """
        queries = self._points + self._center
        return self.nearest(queries, k, exclude=np.arange(self.n))

    def _moved(self, latents: Latents) -> Latents:
        if self.metric == "euclidean":
            centered: Latents = np.asarray(latents - self._center, dtype=np.float32)
            return centered
        lengths = np.linalg.norm(latents, axis=1, keepdims=True)
        return np.asarray(latents / np.where(lengths > 0, lengths, 1), dtype=np.float32)

    def _queries(self, query: ArrayLike) -> Latents:
        queries = as_latents(query, name="query latents")
        if queries.shape[1] != self.latent_dim:
            raise AnalysisError(
                f"The query has {queries.shape[1]} numbers and the index {self.latent_dim}; "
                "give a latent of the same network."
            )
        return self._moved(queries)

    def _check_k(self, k: int, available: int) -> None:
        if not 1 <= k <= available:
            raise AnalysisError(
                f"{k} neighbors were asked for and the index can give 1 to {available}; "
                "choose a number in that range."
            )

    def _blocks(self, n_queries: int) -> Iterator[slice]:
        size = max(1, _BLOCK_FLOATS // self._matrix.shape[1])
        return (slice(start, start + size) for start in range(0, n_queries, size))

    def _best(
        self, query: Latents, scores: NDArray[np.float32], k: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Find the k best of all scores (width,) of a query (z,)."""
        group = _LARGEST_GROUP
        while group > 1 and len(scores) // group < 4 * k:
            group //= 2
        grouped = scores.reshape(group, -1)
        minima = grouped.min(axis=0)
        bound = np.partition(minima, k - 1)[k - 1] + self._rounding(query)
        # Only groups that hold something near are looked at again: most hold nothing.
        groups = np.flatnonzero(minima <= bound)
        places, hits = np.nonzero(grouped[:, groups] <= bound)
        rows = places * grouped.shape[1] + groups[hits]
        distances = self._exactly(query, rows)
        order = np.lexsort((rows, distances))[:k]
        return rows[order], distances[order]

    def _rounding(self, query: Latents) -> float:
        """Bound twice the error of a float32 score (z + 1 products and sums)."""
        reach = math.sqrt(float(query @ query)) + self._reach
        return float(2 * (self.latent_dim + 3) * _EPSILON * reach**2)

    def _exactly(self, query: Latents, rows: NDArray[np.int64]) -> Latents:
        points = self._points[rows]
        if self.metric == "cosine":
            return np.asarray(np.clip(1.0 - points @ query, 0.0, 2.0), np.float32)
        points -= query
        return np.asarray(np.sqrt(np.einsum("ij,ij->i", points, points)), np.float32)


def nearest(
    index_latents: ArrayLike | ExactIndex,
    query: ArrayLike,
    k: int,
    *,
    metric: Metric = "euclidean",
    exclude_self: bool = False,
) -> Neighbors:
    """Find the k nearest rows of each query, exactly.

    Parameters
    ----------
    index_latents : array_like, shape (n, z), or ExactIndex
        Where to search. An `ExactIndex` (which brings its own metric) saves the preparation.
    query : array_like, shape (z,) or (q, z)
        Whose neighbors.
    k : int
        1 to n.
    metric : {"euclidean", "cosine"}
        How to measure.
    exclude_self : bool
        Whether the queries are the rows of the index, and no row is its own neighbor.

    Returns
    -------
    Neighbors
        Rows and distances, each of shape (q, k), nearest first.

    Raises
    ------
    AnalysisError
        If k is larger than the index, or numbers are not finite or do not fit.

    Examples
    --------
    >>> nearest([[0.0], [1.0], [5.0]], [0.9], 2).rows.tolist()
    [[1, 0]]
    """
    if not isinstance(index_latents, ExactIndex):
        index_latents = ExactIndex(index_latents, metric=metric)
    if not exclude_self:
        return index_latents.nearest(query, k)
    n_queries = len(np.atleast_2d(np.asarray(query)))
    if n_queries != index_latents.n:
        raise AnalysisError(
            f"{n_queries} queries cannot be the {index_latents.n} rows of the index; "
            "give the rows themselves or search without exclude_self."
        )
    return index_latents.nearest(query, k, exclude=np.arange(index_latents.n))


def percentile(value: float, reference: ArrayLike) -> float:
    """Say where a value lies among others: the share of them below it, ties counted half.

    Parameters
    ----------
    value : float
        For instance the distance of a latent to its nearest training image.
    reference : array_like, shape (n,)
        For instance the same distance of every training image; NaN is left out.

    Returns
    -------
    float
        0 (below all) to 100 (above all).

    Raises
    ------
    AnalysisError
        If the value is NaN or there is nothing to compare it with.
    """
    others = np.asarray(reference, dtype=np.float64).ravel()
    others = others[~np.isnan(others)]
    if others.size == 0 or np.isnan(value):
        raise AnalysisError(
            f"A percentile of {value} among {others.size} numbers cannot be given; give a number "
            "and at least one to compare it with."
        )
    return float(50.0 * ((others < value).mean() + (others <= value).mean()))


def _with_ones(queries: Latents) -> Latents:
    extended = np.ones((len(queries), queries.shape[1] + 1), dtype=np.float32)
    extended[:, :-1] = queries
    return extended

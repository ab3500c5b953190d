"""Exact nearest neighbors by one matrix product and a selection.

For a query q the squared distance to row x is |q|^2 + (|x|^2 - 2 q.x). The bracket is one product
with a matrix prepared once (`ExactIndex`). Sorting all of it would cost ten times the product, so
the rows are dealt into groups first: the k-th smallest of the groups' minima bounds the k-th
smallest distance from above, and only the few rows below that bound are measured exactly and
sorted. Nothing is approximate: the bound is widened by the product's worst rounding error.

To a million rows this is enough; beyond, see the approximate back ends.
"""

from __future__ import annotations

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
_PAIR_FLOATS = 4_000_000  # the exact second look at candidates stays as small


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
        for block in self._blocks(len(queries), k):
            skip = None if exclude is None else np.asarray(exclude)[block]
            found = self._search(queries[block], k, skip)
            rows[block], distances[block] = found.rows, found.distances
        return Neighbors(rows, distances)

    def self_neighbors(self, k: int) -> Neighbors:
        """Find the k nearest other rows of every row of the index."""
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

    def _blocks(self, n_queries: int, k: int) -> Iterator[slice]:
        candidates = 2 * k * self.latent_dim  # floats of the second look, per query, as a rule
        size = max(1, min(_BLOCK_FLOATS // self._matrix.shape[1], _PAIR_FLOATS // candidates))
        return (slice(start, start + size) for start in range(0, n_queries, size))

    def _search(self, queries: Latents, k: int, skip: NDArray[np.integer] | None) -> Neighbors:
        ones = np.ones((len(queries), 1), dtype=np.float32)
        scores = np.hstack([queries, ones]) @ self._matrix  # (q, width): |x|^2 - 2 q.x
        if skip is not None:
            scores[np.arange(len(queries)), skip] = np.inf
        minima = self._minima(scores, k)
        bound = np.partition(minima, k - 1, axis=1)[:, k - 1] + self._rounding(queries)
        # Only groups that hold something near are looked at again: most hold nothing.
        query_rows, groups = np.nonzero(minima <= bound[:, None])
        grouped = scores.reshape(len(queries), -1, minima.shape[1])[query_rows, :, groups]
        hits, places = np.nonzero(grouped <= bound[query_rows, None])
        if len(hits) * self.latent_dim > _PAIR_FLOATS and len(queries) > 1:
            return self._search_halves(queries, k, skip)
        rows = places * minima.shape[1] + groups[hits]
        query_rows = query_rows[hits]
        return _best(query_rows, rows, self._exactly(queries[query_rows], rows), k)

    def _search_halves(
        self, queries: Latents, k: int, skip: NDArray[np.integer] | None
    ) -> Neighbors:
        """Search with half the memory: so many rows are equally near (copies) that it matters."""
        half = len(queries) // 2
        parts = [
            self._search(queries[part], k, None if skip is None else skip[part])
            for part in (slice(half), slice(half, None))
        ]
        return Neighbors(
            np.vstack([part.rows for part in parts]),
            np.vstack([part.distances for part in parts]),
        )

    def _minima(self, scores: NDArray[np.float32], k: int) -> NDArray[np.float32]:
        """Return the minima of groups; the k-th smallest is no less than the k-th best score."""
        n_rows, width = scores.shape
        group = _LARGEST_GROUP
        while group > 1 and width // group < 4 * k:
            group //= 2
        minima: NDArray[np.float32] = scores.reshape(n_rows, group, width // group).min(axis=1)
        return minima

    def _rounding(self, queries: Latents) -> NDArray[np.float32]:
        """Bound twice the error of a float32 score (z + 1 products and sums)."""
        reach = np.linalg.norm(queries, axis=1) + self._reach
        unit = 2 * (self.latent_dim + 3) * np.finfo(np.float32).eps
        bound: NDArray[np.float32] = (unit * reach**2).astype(np.float32)
        return bound

    def _exactly(self, queries: Latents, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        points = self._points[rows]
        distances: NDArray[np.float32]
        if self.metric == "cosine":
            distances = np.clip(1.0 - np.einsum("ij,ij->i", queries, points), 0.0, 2.0)
        else:
            points -= queries
            distances = np.sqrt(np.einsum("ij,ij->i", points, points))
        return distances


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


def _best(
    query_rows: NDArray[np.int64],
    rows: NDArray[np.int64],
    distances: NDArray[np.float32],
    k: int,
) -> Neighbors:
    """Keep the k nearest candidates of each query; every query has at least k of them."""
    order = np.lexsort((rows, distances, query_rows))
    starts = np.searchsorted(query_rows, np.arange(query_rows[-1] + 1))
    chosen = order[starts[:, None] + np.arange(k)]
    return Neighbors(rows[chosen], distances[chosen])

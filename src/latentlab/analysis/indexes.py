"""What can be searched, behind one small interface, and what every search checks and measures.

Exact search is a matrix product and a selection (`neighbors.ExactIndex`, and `pixel_index` for
images). Those who outgrow one machine run a vector database (`qdrant_index`); which share of the
true neighbors that finds is measured (`recall`) and shown.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latentlab.analysis import AnalysisError, Latents, as_latents
from latentlab.analysis.neighbors import Metric, Neighbors


class Index(Protocol):
    """Latents that can be searched.

    Attributes
    ----------
    n, latent_dim : int
    metric : {"euclidean", "cosine"}
    """

    n: int
    latent_dim: int
    metric: Metric

    def nearest(self, query: ArrayLike, k: int, /) -> Neighbors:
        """Find the k nearest rows of each query (z,) or (q, z), nearest first.

        Distances are those of the stored latents; a database may miss a row. Raises AnalysisError
        if k or the query does not fit.

        Parameters
        ----------
        query : array_like, shape (z,) or (q, z)
        k : int
            From 1 to ``n``.

        Returns
        -------
        Neighbors
            Rows and distances of shape (q, k).

        Raises
        ------
        AnalysisError
            If k or the query does not fit.
        """
        ...


def neighbors_of(
    index: Index, query: ArrayLike, k: int, *, exclude: int | None = None
) -> Neighbors:
    """Find the k nearest rows of one query, without itself.

    Parameters
    ----------
    index : Index
    query : array_like, shape (z,)
    k : int
        At least 1; lowered to what the index can give.
    exclude : int, optional
        The query's own row.

    Returns
    -------
    Neighbors
        Of one query: shape (1, k) or less.
    """
    extra = 0 if exclude is None else 1
    found = index.nearest(query, min(k + extra, index.n))
    keep = np.ones(found.rows.shape[1], bool) if exclude is None else found.rows[0] != exclude
    return Neighbors(found.rows[:, keep][:, :k], found.distances[:, keep][:, :k])


def recall(index: Index, exact: Index, queries: ArrayLike, *, k: int = 9) -> float:
    """Measure which share of the true k nearest rows an index finds.

    Parameters
    ----------
    index : Index
        To be judged.
    exact : Index
        Of the same latents.
    queries : array_like, shape (q, z)
    k : int

    Returns
    -------
    float
        0 to 1. A row as near as the k-th true one counts as found.
    """
    found, true = index.nearest(queries, k), exact.nearest(queries, k)
    limit = true.distances[:, -1:] * (1 + 1e-5) + 1e-6
    return float((found.distances <= limit).mean())


def checked_queries(query: ArrayLike, k: int, index: Index) -> Latents:
    """Check queries and k against an index, with the same sentences for every kind.

    Parameters
    ----------
    query : array_like, shape (z,) or (q, z)
    k : int
    index : Index

    Returns
    -------
    float32 (q, z)

    Raises
    ------
    AnalysisError
        If k does not fit the index or the query does not fit the latents.
    """
    queries = as_latents(query, name="query latents")
    if queries.shape[1] != index.latent_dim:
        raise AnalysisError(
            f"The query has {queries.shape[1]} numbers and the index {index.latent_dim}; "
            "give a latent of the same network."
        )
    if not 1 <= k <= index.n:
        raise AnalysisError(
            f"{k} neighbors were asked for and the index can give 1 to {index.n}; "
            "choose a number in that range."
        )
    return queries


def measured(points: Latents, query: Latents, metric: Metric) -> NDArray[np.float32]:
    """Measure the distance of each point (n, z) to one query (z,).

    Parameters
    ----------
    points : float32 (n, z)
    query : float32 (z,)
    metric : {"euclidean", "cosine"}

    Returns
    -------
    float32 (n,)
        Euclidean, or 1 - cosine in [0, 2], which is 1 for a vector of length zero.
    """
    if metric == "euclidean":
        return np.asarray(np.linalg.norm(points - query, axis=1), np.float32)
    lengths = np.linalg.norm(points, axis=1) * np.linalg.norm(query)
    cosines = points @ query / np.where(lengths > 0, lengths, 1)
    return np.asarray(np.clip(1 - cosines, 0, 2), np.float32)

"""Search back ends behind one small interface: exact, approximate, and a vector database.

Exact search is a matrix product and a selection (`neighbors.ExactIndex`); it is the default up to
a million latents. Beyond, an approximate index answers without looking at every latent; how often
it finds the true neighbors is measured (`recall`) and shown. Those who outgrow one machine run a
vector database; the same adapter works embedded.

The libraries are optional and imported by the functions that need them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latentlab.analysis import AnalysisError, Latents, as_latents
from latentlab.analysis.neighbors import METRICS, ExactIndex, Metric, Neighbors
from latentlab.errors import unknown_name

# From so many latents on, an approximate index is worth its loss.
APPROXIMATE_FROM = 1_000_000
RECALL_QUERIES = 1_000
RECALL_K = 9
COLLECTION = "latents"


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

        Distances are those of the stored latents, whatever the back end; an approximate one may
        miss a row. Raises AnalysisError if k or the query does not fit.
        """
        ...


@dataclass(frozen=True)
class Backend:
    """A way to search.

    Attributes
    ----------
    title : str
        As shown on screen.
    summary : str
        One sentence.
    extra : str or None
        The extra of this package that installs its library.
    build : callable
        ``build(latents, metric, place, collection)`` gives an `Index`. `place` says where it lives:
        a file for usearch, a folder, ``":memory:"`` or a server's address for Qdrant; None: in
        memory. `collection` is its name in a database, which may hold others.
    open : callable
        ``open(place, latents, metric, collection)`` gives an `Index` that was built there before.
    is_exact : bool
    """

    title: str
    summary: str
    extra: str | None
    build: Callable[[Latents, Metric, str | None, str], Index]
    open: Callable[[str, Latents, Metric, str], Index]
    is_exact: bool


def build(
    name: str,
    latents: ArrayLike,
    *,
    metric: Metric = "euclidean",
    place: str | None = None,
    collection: str = COLLECTION,
) -> Index:
    """Build an index.

    Parameters
    ----------
    name : str
        A key of `BACKENDS`.
    latents : array_like, shape (n, z)
        Finite numbers.
    metric : {"euclidean", "cosine"}
    place : str, optional
        Where it shall live; see `Backend`.
    collection : str
        What it is called in a database; one of that name is replaced.

    Returns
    -------
    Index

    Raises
    ------
    AnalysisError
        For an unknown name or metric, latents that are empty or not finite, a library that is not
        installed, or a server that does not answer.
    """
    if metric not in METRICS:
        raise AnalysisError(unknown_name("metric", metric, METRICS))
    return backend(name).build(as_latents(latents), metric, place, collection)


def backend(name: str) -> Backend:
    """Find a back end by name.

    Raises
    ------
    AnalysisError
        If there is none.
    """
    if name not in BACKENDS:
        raise AnalysisError(unknown_name("search back end", name, BACKENDS))
    return BACKENDS[name]


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


def recall(index: Index, exact: Index, queries: ArrayLike, *, k: int = RECALL_K) -> float:
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
    """Check queries and k against an index, with the same sentences for every back end.

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


def _exact(latents: Latents, metric: Metric, place: str | None, collection: str) -> Index:
    return ExactIndex(latents, metric=metric)


def _usearch(latents: Latents, metric: Metric, place: str | None, collection: str) -> Index:
    from latentlab.analysis.usearch_index import UsearchIndex

    index = UsearchIndex.build(latents, metric)
    if place is not None:
        index.save(Path(place))
    return index


def _open_usearch(place: str, latents: Latents, metric: Metric, collection: str) -> Index:
    from latentlab.analysis.usearch_index import UsearchIndex

    return UsearchIndex.open(Path(place), latents, metric)


def _qdrant(latents: Latents, metric: Metric, place: str | None, collection: str) -> Index:
    from latentlab.analysis.qdrant_index import QdrantIndex

    return QdrantIndex.build(latents, metric, place or ":memory:", collection)


def _open_qdrant(place: str, latents: Latents, metric: Metric, collection: str) -> Index:
    from latentlab.analysis.qdrant_index import QdrantIndex

    return QdrantIndex.open(place, latents.shape, metric, collection)


BACKENDS: Mapping[str, Backend] = {
    "exact": Backend(
        title="Exact",
        summary="Compares with every latent; never misses one.",
        extra=None,
        build=_exact,
        open=lambda place, latents, metric, collection: _exact(latents, metric, place, collection),
        is_exact=True,
    ),
    "usearch": Backend(
        title="Approximate (usearch)",
        summary="Follows a graph of neighbors; may miss some, stays fast beyond a million.",
        extra="ann",
        build=_usearch,
        open=_open_usearch,
        is_exact=False,
    ),
    "qdrant": Backend(
        title="Vector database (Qdrant)",
        summary="Asks a database, on this machine or another one; may miss some.",
        extra="qdrant",
        build=_qdrant,
        open=_open_qdrant,
        is_exact=False,
    ),
}

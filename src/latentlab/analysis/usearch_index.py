"""Approximate search with usearch: a graph of neighbors (HNSW) in memory or in a file.

usearch's own settings find 83 % of the true neighbors; the higher ones here find almost all. Only
`indexes` imports this. A file is opened only where `latentlab index` has written its sum.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from latentlab.analysis import AnalysisError, Latents
from latentlab.analysis.indexes import checked_queries, measured
from latentlab.analysis.neighbors import Metric, Neighbors

# Malkov and Yashunin 2018 call them M, efConstruction and efSearch.
CONNECTIVITY = 32
EXPANSION_ADD = 256
EXPANSION_SEARCH = 256

MISSING = (
    "The library usearch is not installed; run: python -m pip install usearch, or search exactly."
)


class UsearchIndex:
    """Latents in a usearch graph; made by `build` or `open`."""

    def __init__(self, graph: Any, latents: Latents, metric: Metric) -> None:
        self._graph = graph
        self._latents = latents
        self.metric: Metric = metric
        self.n, self.latent_dim = latents.shape

    @classmethod
    def build(cls, latents: Latents, metric: Metric) -> UsearchIndex:
        """Build the graph; takes about a minute for a million latents and one thread.

        Parameters
        ----------
        latents : float32 (n, z)
        metric : {"euclidean", "cosine"}
        """
        graph = _empty(latents.shape[1], metric)
        graph.add(np.arange(len(latents)), latents, threads=1)
        return cls(graph, latents, metric)

    @classmethod
    def open(cls, path: Path, latents: Latents, metric: Metric) -> UsearchIndex:
        """Read a graph that `save` wrote for these latents.

        Raises
        ------
        AnalysisError
            If the file is not such a graph.
        """
        graph = _empty(latents.shape[1], metric)
        try:
            graph.load(str(path))
        except Exception as error:  # the library raises what its C++ throws
            raise AnalysisError(
                f"'{path.name}' cannot be read as a search index; run latentlab index again."
            ) from error
        if len(graph) != len(latents) or graph.ndim != latents.shape[1]:
            raise AnalysisError(
                f"'{path.name}' belongs to other latents; run latentlab index again."
            )
        return cls(graph, latents, metric)

    def save(self, path: Path) -> None:
        """Write the graph to a file."""
        try:
            self._graph.save(str(path))
        except RuntimeError as error:  # what the library makes of a full disk
            raise OSError(str(error)) from error

    def nearest(self, query: ArrayLike, k: int, /) -> Neighbors:
        """Find about the k nearest rows of each query; see `indexes.Index`."""
        queries = checked_queries(query, k, self)
        rows = np.empty((len(queries), k), np.int64)
        distances = np.empty((len(queries), k), np.float32)
        for i, asked in enumerate(queries):
            found = np.asarray(self._graph.search(asked, k, threads=1).keys, np.int64)
            if len(found) < k:  # the graph is not connected: rare, and better slow than short
                found = np.arange(self.n)
            reached = measured(self._latents[found], asked, self.metric)
            order = np.lexsort((found, reached))[:k]
            rows[i], distances[i] = found[order], reached[order]
        return Neighbors(rows, distances)


def _empty(latent_dim: int, metric: Metric) -> Any:
    try:
        from usearch.index import Index
    except ImportError:
        raise AnalysisError(MISSING) from None
    return Index(
        ndim=latent_dim,
        metric="l2sq" if metric == "euclidean" else "cos",
        dtype="f32",
        connectivity=CONNECTIVITY,
        expansion_add=EXPANSION_ADD,
        expansion_search=EXPANSION_SEARCH,
    )

"""Exact search among images by their pixels, from the bytes as they are stored."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latentlab.analysis import Latents
from latentlab.analysis.indexes import checked_queries, measured
from latentlab.analysis.neighbors import Metric, Neighbors
from latentlab.images import to_float


class PixelIndex:
    """Images searched by their pixels, exactly, without a float copy of them.

    Parameters
    ----------
    pixels : uint8 (n, h, w, c)
        Kept, not copied.
    metric : {"euclidean", "cosine"}
        Between images flattened to (h * w * c,) with values from 0 to 1.
    """

    _BLOCK = 512  # images turned to float at a time: a few megabytes

    def __init__(self, pixels: NDArray[np.uint8], *, metric: Metric = "euclidean") -> None:
        self._pixels = pixels.reshape(len(pixels), -1)
        self.n, self.latent_dim = self._pixels.shape
        self.metric: Metric = metric
        self._norms = np.concatenate(
            [np.einsum("ij,ij->i", block, block, dtype=np.float64) for block in self._blocks()]
        )

    def nearest(self, query: ArrayLike, k: int, /) -> Neighbors:
        """Find the k nearest images of each query; see `Index`."""
        queries = checked_queries(query, k, self)
        found = [self._nearest(row, k) for row in queries]
        return Neighbors(
            np.stack([rows for rows, _ in found]), np.stack([distances for _, distances in found])
        )

    def _nearest(self, query: Latents, k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        asked = 255 * query
        products = np.concatenate([block @ asked for block in self._blocks()]).astype(np.float64)
        if self.metric == "euclidean":
            score = self._norms - 2 * products
        else:
            score = -products / np.sqrt(np.where(self._norms > 0, self._norms, 1))
        # Rounding may swap near-equal ones: a few more than k are measured exactly.
        few = min(self.n, 2 * k + 16)
        near = np.argpartition(score, few - 1)[:few]
        distances = measured(to_float(self._pixels[near]), query, self.metric)
        order = np.lexsort((near, distances))[:k]
        return near[order].astype(np.int64), distances[order]

    def _blocks(self) -> Iterator[NDArray[np.float32]]:
        starts = range(0, self.n, self._BLOCK)
        return (self._pixels[at : at + self._BLOCK].astype(np.float32) for at in starts)

"""Exact search among images by their pixels, from the bytes as they are stored."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latentlab.analysis import Latents
from latentlab.analysis.indexes import checked_queries, measured
from latentlab.analysis.neighbors import Metric, Neighbors
from latentlab.images import to_float

Found = tuple[NDArray[np.int64], NDArray[np.float32]]


class PixelIndex:
    """Images searched by their pixels, exactly, without a float copy of them.

    Most images are ruled out without looking at them: a shadow of each, its place in a few
    directions and how far it lies off them, says how near it can be at best. The directions are
    those in which these images differ most, and the means of large patches, in which a drawing or a
    photograph differs from them. A query of which too few are ruled out (noise) is compared with
    every image.

    Parameters
    ----------
    pixels : uint8 (n, h, w, c)
        Kept, not copied.
    metric : {"euclidean", "cosine"}
        Between images flattened to (h * w * c,) with values from 0 to 1.
    """

    _BLOCK = 128  # images turned to float at a time: little enough to stay in the processor
    _DIRECTIONS = 96
    _PATCHES = 4  # along a side
    _SAMPLE = 1000  # images that the directions are found in
    _FIRST = 128  # images looked at to know how near the others must be
    _WORTH = 0.15  # of all images: above that, looking at all is quicker than choosing
    _ROUNDING = 5e-5  # of squared lengths: what float32 may be off

    def __init__(self, pixels: NDArray[np.uint8], *, metric: Metric = "euclidean") -> None:
        self._pixels = pixels.reshape(len(pixels), -1)
        self.n, self.latent_dim = self._pixels.shape
        self.metric: Metric = metric
        self._norms = np.concatenate(
            [np.einsum("ij,ij->i", block, block, dtype=np.float64) for block in self._blocks()]
        )
        self._center, self._basis = self._directions(pixels.shape[1:])
        shadows = (self._shadows(self._scaled(block)) for block in self._blocks())
        self._places = np.concatenate(list(shadows))
        self._lengths = np.einsum("ij,ij->i", self._places, self._places)

    def nearest(self, query: ArrayLike, k: int, /) -> Neighbors:
        """Find the k nearest images of each query; see `Index`.

        Parameters
        ----------
        query : array_like, shape (h * w * c,) or (q, h * w * c)
            Flattened images, 0 to 1.
        k : int
            1 to n.

        Returns
        -------
        Neighbors
            Rows and distances of shape (q, k): Euclidean over all values, or 1 - cosine in [0, 2].

        Raises
        ------
        AnalysisError
            If k does not fit the index or the query does not fit the images.
        """
        queries = checked_queries(query, k, self)
        found = [self._nearest(row, k) for row in queries]
        return Neighbors(
            np.stack([rows for rows, _ in found]), np.stack([distances for _, distances in found])
        )

    def _nearest(self, query: Latents, k: int) -> Found:
        least = self._least(query)
        few = min(self.n, max(2 * k, self._FIRST))
        near = np.argpartition(least, few - 1)[:few]
        _, distances = self._measured(near, query, k)
        reach = distances[-1] ** 2 if self.metric == "euclidean" else 2 * distances[-1]
        near = np.flatnonzero(least <= reach)
        if len(near) > max(few, self._WORTH * self.n):
            near = self._by_all(query, few)
        return self._measured(near, query, k)

    def _measured(self, rows: NDArray[np.int64], query: Latents, k: int) -> Found:
        starts = range(0, len(rows), self._BLOCK)
        blocks = (to_float(self._pixels[rows[at : at + self._BLOCK]]) for at in starts)
        distances = np.concatenate([measured(block, query, self.metric) for block in blocks])
        order = np.lexsort((rows, distances))[:k]
        return rows[order].astype(np.int64), distances[order]

    def _by_all(self, query: Latents, few: int) -> NDArray[np.int64]:
        """Compare with every image; rounding may swap near-equal ones, so a few more than k."""
        asked = 255 * query
        products = np.concatenate([block @ asked for block in self._blocks()]).astype(np.float64)
        if self.metric == "euclidean":
            score = self._norms - 2 * products
        else:
            score = -products / np.sqrt(np.where(self._norms > 0, self._norms, 1))
        return np.argpartition(score, few - 1)[:few]

    def _least(self, query: Latents) -> NDArray[np.float32]:
        """Say how near each image can be at best, squared; of unit length under "cosine"."""
        place = self._shadows(self._scaled(255 * query[None]))[0]
        length = np.float32(place @ place)
        least = self._lengths + length - 2 * (self._places @ place)
        return np.asarray(least - self._ROUNDING * (self._lengths.max() + length), np.float32)

    def _shadows(self, images: Latents) -> Latents:
        """Return places along the directions, and as a last coordinate the distance from them."""
        centered = images - self._center
        places = np.asarray(centered @ self._basis, np.float32)
        lengths = np.einsum("ij,ij->i", centered, centered)
        off = np.maximum(lengths - np.einsum("ij,ij->i", places, places), 0)
        return np.column_stack([places, np.sqrt(off)]).astype(np.float32)

    def _directions(self, shape: tuple[int, ...]) -> tuple[Latents, Latents]:
        """Return a middle and orthonormal directions; any would do, these rule out most."""
        rows = np.unique(np.linspace(0, self.n - 1, self._SAMPLE).astype(int))
        sample = self._scaled(self._pixels[rows].astype(np.float32))
        center = sample.mean(axis=0)
        sample -= center
        _, mixtures = np.linalg.eigh(sample @ sample.T)
        differ = sample.T @ mixtures[:, -self._DIRECTIONS :]
        basis, _ = np.linalg.qr(np.hstack([differ, _patches(shape, self._PATCHES)]))
        return np.asarray(center, np.float32), np.asarray(basis, np.float32)

    def _scaled(self, images: Latents) -> Latents:
        """Bring values from 0 to 255 to the lengths that are compared: 0 to 1, or unit length."""
        if self.metric == "euclidean":
            return np.asarray(images / np.float32(255), np.float32)
        lengths = np.linalg.norm(images, axis=1, keepdims=True)
        return np.asarray(images / np.where(lengths > 0, lengths, 1), np.float32)

    def _blocks(self) -> Iterator[NDArray[np.float32]]:
        starts = range(0, self.n, self._BLOCK)
        return (self._pixels[at : at + self._BLOCK].astype(np.float32) for at in starts)


def _patches(shape: tuple[int, ...], n: int) -> Latents:
    """Return one column (h * w * c,) for each patch of n by n and each channel."""
    height, width, channels = shape
    down, across = np.arange(height) * n // height, np.arange(width) * n // width
    patch = (down[:, None, None] * n + across[:, None]) * channels + np.arange(channels)
    return np.asarray(patch.reshape(-1, 1) == np.arange(n * n * channels), np.float32)

"""The three spaces of the Neighbors page, each with its search and its typical distances."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from latentlab.analysis.indexes import Index, measured, neighbors_of
from latentlab.analysis.neighbors import ExactIndex, Metric, Neighbors
from latentlab.analysis.pixel_index import PixelIndex
from latentlab.analysis.stored_index import StoredIndex, open_stored
from latentlab.checkpoints import Checkpoint
from latentlab.images import Images, to_float
from latentlab.ui.input import query as queries
from latentlab.ui.input.query import Query
from latentlab.ui.shell import cache

LATENT, PIXEL, PCA = "latent", "pixel", "pca"
SPACES = (LATENT, PIXEL, PCA)
N_PAIRS = 4000

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Found:
    """The neighbors of a query in one space.

    Attributes
    ----------
    space : {"latent", "pixel", "pca"}
    rows : int64 (k,)
        Of `cache.searched`, nearest first.
    distances : float32 (k,)
    closer : float64 (k,)
        How many of a hundred random pairs of images are farther apart, 0 to 100.
    metric : {"euclidean", "cosine"}
    n : int
        How many images were searched.
    """

    space: str
    rows: npt.NDArray[np.int64]
    distances: Floats
    closer: npt.NDArray[np.float64]
    metric: Metric
    n: int


def available(checkpoint: Checkpoint) -> tuple[str, ...]:
    """Return the spaces that can be searched; pixels only where the originals are."""
    has_pixels = cache.originals(checkpoint) is not None
    return tuple(space for space in SPACES if space != PIXEL or has_pixels)


def warm(checkpoint: Checkpoint) -> None:
    """Build what the first question about a network would wait for."""
    if not checkpoint.manifest.config.latent_dim:
        return
    for space in available(checkpoint):
        if space != LATENT:  # that of the latents is built in no time
            _index(checkpoint, space, "euclidean")
        _pairs(checkpoint, space, "euclidean")


def search(
    checkpoint: Checkpoint,
    query: Query,
    latent: Floats,
    space: str,
    *,
    k: int,
    metric: Metric,
    stored: StoredIndex | None = None,
) -> Found:
    """Find the k nearest stored images of a query in one space.

    Parameters
    ----------
    checkpoint : Checkpoint
    query : Query
        Not its own neighbor, where it is a stored image.
    latent : float32 (z,)
        The query's.
    space : {"latent", "pixel", "pca"}
    k : int
        Lowered to what there is.
    metric : {"euclidean", "cosine"}
    stored : StoredIndex, optional
        A database to search latent space with, instead of exactly.

    Returns
    -------
    Found
    """
    row = queries.row_of(cache.index(checkpoint), query)
    use = stored if space == LATENT else None
    if use is not None:
        index, point = _opened(checkpoint, use), latent
    elif space == LATENT:
        everything = cache.searched(checkpoint)
        index, point = _all_latents(checkpoint, metric, len(everything)), latent
        row = queries.row_of(everything, query)
    else:
        index = _index(checkpoint, space, metric)
        point = _point(checkpoint, query.pixels, row, space)
    found = neighbors_of(index, point, k, exclude=row)
    return _with_percentiles(checkpoint, space, metric, found, index.n)


def _with_percentiles(
    checkpoint: Checkpoint, space: str, metric: Metric, found: Neighbors, n: int
) -> Found:
    typical = _pairs(checkpoint, space, metric)
    farther = len(typical) - np.searchsorted(typical, found.distances[0], side="right")
    closer = 100 * farther / len(typical)
    return Found(space, found.rows[0], found.distances[0], closer, metric, n)


def _point(checkpoint: Checkpoint, image: Images, row: int | None, space: str) -> Floats:
    if space == PIXEL:
        return image.ravel()
    pca = cache.index(checkpoint).pca
    if row is not None:
        return np.asarray(pca.latents[row], np.float32)
    return np.asarray(pca.coordinates(image[None])[0])


@cache.kept
def _index(checkpoint: Checkpoint, space: str, metric: Metric) -> Index:
    if space == PIXEL:
        pixels = cache.originals(checkpoint)
        assert pixels is not None  # noqa: S101 - `available` says so
        return PixelIndex(pixels, metric=metric)
    return ExactIndex(cache.index(checkpoint).pca.latents, metric=metric)


@cache.kept
def _all_latents(checkpoint: Checkpoint, metric: Metric, n: int) -> Index:
    """Return the latents of all images, or of the latent index alone: `n` says which."""
    index = cache.index(checkpoint)
    if n > len(index):
        return ExactIndex(cache.searched(checkpoint).latents, metric=metric)
    if metric == "euclidean":
        return cache.exact_index(checkpoint)
    return ExactIndex(index.latents, metric=metric)


@cache.kept
def _opened(checkpoint: Checkpoint, note: StoredIndex) -> Index:
    return open_stored(checkpoint, note)


def _points(checkpoint: Checkpoint, space: str) -> Floats:
    index = cache.index(checkpoint)
    return index.latents if space == LATENT else index.pca.latents


@cache.kept
def _pairs(checkpoint: Checkpoint, space: str, metric: Metric) -> Floats:
    """Measure random pairs of stored images, nearest first: what distances are usual here."""
    generator = np.random.default_rng(0)
    n = len(cache.index(checkpoint))
    first, second = generator.integers(0, n, (2, N_PAIRS))
    first, second = first[first != second], second[first != second]
    if space == PIXEL:
        pixels = cache.originals(checkpoint)
        assert pixels is not None  # noqa: S101 - `available` says so
        flat = pixels.reshape(n, -1)
        pairs = (to_float(flat[[i, j]]) for i, j in zip(first, second, strict=True))
    else:
        points = _points(checkpoint, space)
        pairs = (points[[i, j]] for i, j in zip(first, second, strict=True))
    return np.sort(np.concatenate([measured(pair[:1], pair[1], metric) for pair in pairs]))

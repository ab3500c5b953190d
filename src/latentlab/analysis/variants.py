"""The same latents projected again: with other seeds, other numbers of neighbors.

One UMAP is one of many. A class sees how much of it is the data by scrubbing through others of the
same points, each turned and scaled onto the first, so that what still moves is real. They are made
while training, of the first points of the index, which is in random order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latentlab.analysis import Coordinates, as_latents
from latentlab.analysis.neighbors import ExactIndex
from latentlab.analysis.projections import align, project

N_POINTS = 2000
N_SEEDS = 5
N_NEIGHBORS = (5, 15, 50)
USUAL = 15  # neighbors of the usual map, with which the seeds are compared
N_JUDGED = 15  # neighbors by which two maps are compared
N_PAIRS = 5000


@dataclass(frozen=True)
class Variant:
    """How one more map of the same latents was made.

    Attributes
    ----------
    name : str
        Under which it is stored: ``seed/3`` or ``neighbors/50``.
    seed : int
        Of the layout.
    n_neighbors : int
        That UMAP was asked to keep together, counting the point itself.
    """

    name: str
    seed: int
    n_neighbors: int


@dataclass(frozen=True)
class Change:
    """What is different between two maps of the same points.

    Attributes
    ----------
    kept : float
        Share of each point's 15 neighbors on one map that are its neighbors on the other, 0 to 1.
    rank_correlation : float
        Spearman's correlation of the distances between random pairs, -1 to 1: whether what is far
        apart on one is far apart on the other.
    moved : float
        Typical (root mean square) way of a point from one to the other, as a share of the first
        map's own radius.
    """

    kept: float
    rank_correlation: float
    moved: float


def variants(*, seed: int = 0) -> tuple[Variant, ...]:
    """Return the maps to make: five seeds at the usual setting, then the other settings.

    Parameters
    ----------
    seed : int
        Of the first; the others count on from it.

    Returns
    -------
    tuple of Variant
        Each with a name of its own.
    """
    seeds = tuple(Variant(f"seed/{i}", seed + i, USUAL) for i in range(N_SEEDS))
    others = tuple(Variant(f"neighbors/{k}", seed, k) for k in N_NEIGHBORS if k != USUAL)
    return seeds + others


def compute_variants(
    latents: ArrayLike, *, seed: int = 0, n_points: int = N_POINTS
) -> Iterator[tuple[str, Coordinates]]:
    """Draw the first latents again and again, each map turned onto the first one.

    Parameters
    ----------
    latents : array_like, shape (n, z)
        In random order, so that the first ones are a sample.
    seed : int
        See `variants`.
    n_points : int
        How many of the latents at most.

    Yields
    ------
    name, coordinates : str, ndarray of float32, shape (m, 2)
        One map after the other; making one takes about a second.
    """
    shown = as_latents(latents)[:n_points]
    k = min(max(N_NEIGHBORS), len(shown)) - 1
    neighbors = ExactIndex(shown).self_neighbors(k) if k > 0 else None
    first: Coordinates | None = None
    for variant in variants(seed=seed):
        drawn = project(
            "umap",
            shown,
            seed=variant.seed,
            neighbors=neighbors,
            n_neighbors=variant.n_neighbors,
        )
        first = drawn if first is None else first
        yield variant.name, align(drawn, first)


def change(before: Coordinates, after: Coordinates, *, seed: int = 0) -> Change:
    """Compare two maps of the same points.

    Parameters
    ----------
    before, after : ndarray of float32, shape (n, 2)
        Row i is the same point in both.
    seed : int
        Of the pairs whose distances are compared.

    Returns
    -------
    Change

    Raises
    ------
    AnalysisError
        If the maps do not have the same points, or fewer than four.
    """
    from latentlab.analysis.quality import neighbor_agreement

    agreement = neighbor_agreement(before, after, k=N_JUDGED)
    one, other = _random_pairs(len(before), seed)
    ranks = np.stack([_ranks(_lengths(places[one] - places[other])) for places in (before, after)])
    way = _lengths(after - before)
    radius = _lengths(before - before.mean(axis=0))
    return Change(
        kept=agreement.mean,
        rank_correlation=float(np.asarray(np.corrcoef(ranks))[0, 1]),
        moved=float(np.sqrt((way**2).mean() / max(float((radius**2).mean()), 1e-30))),
    )


def _random_pairs(n: int, seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    generator = np.random.default_rng(seed)
    one = generator.integers(n, size=N_PAIRS)
    return one, (one + generator.integers(1, n, size=N_PAIRS)) % n


def _lengths(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    lengths: NDArray[np.float64] = np.linalg.norm(vectors.astype(np.float64), axis=1)
    return lengths


def _ranks(values: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.argsort(np.argsort(values))

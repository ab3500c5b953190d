"""A line-up: one UMAP of the latents among seven of noise, to be distinguished by eye.

The noise is made from the latents themselves. Each latent dimension is shuffled among the images
(a permutation test's null), so every dimension keeps its values and only their dependence is
gone. Whatever clusters such a map still shows are UMAP's own.

References
----------
Buja et al. 2009, "Statistical inference for exploratory data analysis and model diagnostics".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import ArrayLike

from latentlab.analysis import AnalysisError, Coordinates, Latents, as_latents
from latentlab.analysis.neighbors import ExactIndex
from latentlab.analysis.projections import project
from latentlab.analysis.variants import N_POINTS

N_NOISE = 7
N_ASKED = 500
REAL = "lineup/real"
NOISE = "lineup/noise-"


def permuted(latents: ArrayLike, *, seed: int) -> Latents:
    """Shuffle each latent dimension among the latents.

    Parameters
    ----------
    latents : array_like, shape (n, z)
        Not changed.
    seed : int

    Returns
    -------
    ndarray of float32, shape (n, z)
        Every column holds the same values as before, in another order.
    """
    given = as_latents(latents)
    generator = np.random.default_rng(seed)
    return np.stack([generator.permutation(column) for column in given.T], axis=1)


def compute_lineup(
    latents: ArrayLike, *, seed: int = 0, n_points: int = N_POINTS
) -> Iterator[tuple[str, Coordinates]]:
    """Project the first latents, and seven times shuffled ones, each with its own seed.

    Parameters
    ----------
    latents : array_like, shape (n, z)
        In random order, so that the first ones are a sample.
    seed : int
    n_points : int
        How many of the latents at most.

    Yields
    ------
    name, coordinates : str, ndarray of float32, shape (m, 2)
        ``lineup/real``, then ``lineup/noise-1`` to ``lineup/noise-7``.
    """
    shown = as_latents(latents)[:n_points]
    # Seeds far from those of the variants: the real one must not be known from elsewhere.
    yield REAL, project("umap", shown, seed=seed + 100)
    for number in range(1, N_NOISE + 1):
        noise = permuted(shown, seed=seed + number)
        yield f"{NOISE}{number}", project("umap", noise, seed=seed + 100 + number)


def shuffled_lineup(maps: Mapping[str, Coordinates], *, seed: int) -> tuple[list[Coordinates], int]:
    """Shuffle the maps of a line-up.

    Parameters
    ----------
    maps : mapping of str to ndarray of float32, shape (m, 2)
        With those that `compute_lineup` yields among them.
    seed : int
        Same seed, same order.

    Returns
    -------
    maps : list of ndarray of float32, shape (m, 2)
        Each in the unit square, since size and place would give it away.
    real : int
        Where the real one is.

    Raises
    ------
    AnalysisError
        If there is no line-up among the maps.
    """
    noise = sorted(name for name in maps if name.startswith(NOISE))
    if REAL not in maps or not noise:
        raise AnalysisError(
            "This checkpoint carries no line-up; train it with --map-variants true."
        )
    names = [REAL, *noise]
    generator = np.random.default_rng(seed)
    order = generator.permutation(len(names))
    maps_shown = [_turned(maps[names[number]], generator) for number in order]
    return maps_shown, int(np.flatnonzero(order == 0)[0])


def clustering(places: Coordinates, *, seed: int = 0) -> float:
    """Measure how clustered points are (the Hopkins statistic).

    Distances from random spots to the nearest point are compared with distances from points to the
    nearest other point. The spots fall into the middle 80 % of each axis: neither a point far out
    nor the empty corners around a round map shall decide.

    Parameters
    ----------
    places : ndarray of float32, shape (n, 2)
        At least ten.
    seed : int
        Of the spots and of the points asked.

    Returns
    -------
    float
        About 0.5 for points strewn at random, toward 1 for clusters, toward 0 for a lattice.

    References
    ----------
    Hopkins and Skellam 1954, "A new method for determining the type of distribution of plant
    individuals".
    """
    generator = np.random.default_rng(seed)
    low, high = np.percentile(places, (10, 90), axis=0)
    central = np.flatnonzero(((places >= low) & (places <= high)).all(axis=1))
    n_asked = min(N_ASKED, len(central))
    spots = generator.uniform(low, high, size=(n_asked, 2))
    asked = places[generator.choice(central, n_asked, replace=False)]
    index = ExactIndex(places)
    to_spots = index.nearest(spots, 1).distances[:, 0].astype(np.float64)
    to_points = index.nearest(asked, 2).distances[:, 1].astype(np.float64)
    gaps, total = (to_spots**2).sum(), (to_spots**2).sum() + (to_points**2).sum()
    return float(gaps / total) if total > 0 else 0.5


def _turned(places: Coordinates, generator: np.random.Generator) -> Coordinates:
    """Turn a map by a random angle and fit it into the unit square."""
    angle = generator.uniform(0, 2 * np.pi)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    turned = places @ turn
    low, high = turned.min(axis=0), turned.max(axis=0)
    side = max(float((high - low).max()), 1e-12)
    return np.asarray((turned - (low + high) / 2) / side + 0.5, dtype=np.float32)

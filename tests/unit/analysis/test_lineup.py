from __future__ import annotations

import numpy as np
import pytest
from tests.fakes import class_latents

from latentlab.analysis import AnalysisError
from latentlab.analysis.lineup import (
    N_NOISE,
    REAL,
    clustering,
    compute_lineup,
    permuted,
    shuffled_lineup,
)

LATENTS, LABELS = class_latents(200, noise=0.1)


def test_noise_keeps_every_number_and_loses_what_they_do_together():
    noise = permuted(LATENTS, seed=3)
    assert np.array_equal(np.sort(noise, axis=0), np.sort(LATENTS, axis=0))
    assert np.array_equal(noise, permuted(LATENTS, seed=3))
    assert abs(np.corrcoef(noise.T)[0, 1]) < abs(np.corrcoef(LATENTS.T)[0, 1])


def test_a_line_up_is_one_real_map_among_seven():
    maps = dict(compute_lineup(LATENTS, n_points=60))
    assert len(maps) == 1 + N_NOISE
    assert REAL in maps
    assert all(places.shape == (60, 2) for places in maps.values())


def test_dealing_hides_the_real_one_and_says_where_it_is():
    corners = {REAL: np.array([[0, 0], [9, 0], [9, 1]], np.float32)}
    for number in range(7):
        corners[f"lineup/noise-{number + 1}"] = np.array([[0, 0], [1, 0], [0, 1]], np.float32)
    places = {shuffled_lineup(corners, seed=seed)[1] for seed in range(60)}
    assert places == set(range(8))
    shuffled, real = shuffled_lineup(corners, seed=5)
    sides = [np.linalg.norm(np.diff(places, axis=0), axis=1) for places in shuffled]
    long = [number for number, side in enumerate(sides) if side.max() / side.min() > 5]
    assert long == [real]
    for places in shuffled:
        assert places.min() >= -1e-6
        assert places.max() <= 1 + 1e-6


def test_a_checkpoint_without_a_line_up_is_told_what_to_do():
    with pytest.raises(AnalysisError, match="--map-variants true"):
        shuffled_lineup({"seed/0": np.zeros((3, 2), np.float32)}, seed=0)


def test_clustering_tells_strewn_points_from_islands():
    generator = np.random.default_rng(0)
    strewn = generator.uniform(size=(1500, 2)).astype(np.float32)
    centers = generator.uniform(0, 10, size=(12, 2))
    islands = centers[generator.integers(12, size=1500)] + 0.05 * generator.normal(size=(1500, 2))
    assert clustering(strewn) == pytest.approx(0.5, abs=0.06)
    assert clustering(islands.astype(np.float32)) > 0.95

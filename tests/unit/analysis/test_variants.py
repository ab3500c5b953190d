from __future__ import annotations

import numpy as np
import pytest
from tests.fakes import class_latents

from latentlab.analysis import AnalysisError
from latentlab.analysis.projections import align
from latentlab.analysis.variants import change, compute_variants, variants

LATENTS, _ = class_latents(120, noise=0.3)


def test_five_seeds_and_three_numbers_of_neighbors_are_asked_for():
    asked = variants(seed=10)
    assert sorted({variant.seed for variant in asked}) == [10, 11, 12, 13, 14]
    assert sorted({variant.n_neighbors for variant in asked}) == [5, 15, 50]
    assert len({variant.name for variant in asked}) == len(asked) == 7


def test_variants_are_maps_of_the_first_points_turned_onto_the_first_map():
    maps = dict(compute_variants(LATENTS, n_points=60))
    assert list(maps) == [variant.name for variant in variants()]
    first = maps["seed/0"]
    for places in maps.values():
        assert places.shape == (60, 2)
        assert places.dtype == np.float32
        assert np.isfinite(places).all()
        np.testing.assert_allclose(align(places, first), places, atol=1e-3)
    assert not np.array_equal(first, maps["seed/1"])


def test_nothing_changes_between_a_map_and_itself_or_its_turned_copy():
    places = np.random.default_rng(0).normal(size=(80, 2)).astype(np.float32)
    same = change(places, places)
    assert (same.kept, same.moved) == (1.0, 0.0)
    assert same.rank_correlation == pytest.approx(1.0)
    mirrored = align((places * [-3, 3]).astype(np.float32), places)
    assert change(places, mirrored).moved < 1e-5


def test_unrelated_maps_share_nothing_but_chance():
    generator = np.random.default_rng(0)
    before, after = generator.normal(size=(2, 400, 2)).astype(np.float32)
    found = change(before, after)
    assert found.kept < 0.1
    assert abs(found.rank_correlation) < 0.15
    assert found.moved > 1


def test_maps_of_different_points_are_not_compared():
    with pytest.raises(AnalysisError):
        change(np.zeros((5, 2), np.float32), np.zeros((6, 2), np.float32))

from __future__ import annotations

import numpy as np
import pytest

from latentlab.analysis import AnalysisError
from latentlab.analysis.distances import compare, pair_distances

LATENTS = np.random.default_rng(0).normal(size=(500, 6)).astype(np.float32)


def test_each_space_has_its_own_distance_and_its_own_rank():
    spaces = {"latent": LATENTS, "map": LATENTS[:, :2]}
    references = {name: pair_distances(points) for name, points in spaces.items()}
    found = compare(3, 8, spaces, references)
    assert list(found) == ["latent", "map"]
    for name, points in spaces.items():
        expected = np.linalg.norm(points[3] - points[8])
        assert found[name].value == pytest.approx(expected, rel=1e-5)
        share = 100 * (references[name] < expected).mean()
        assert found[name].percentile == pytest.approx(share, abs=0.1)
    assert compare(3, 3, spaces, references)["latent"].percentile == 0


def test_pixels_are_measured_between_0_and_1():
    pixels = np.zeros((4, 5, 5, 1), np.uint8)
    pixels[1] = 255
    references = {"pixels": np.array([0.0, 10.0], np.float32)}
    assert compare(0, 1, {"pixels": pixels}, references)["pixels"].value == pytest.approx(5.0)


def test_random_pairs_are_never_a_point_with_itself_and_the_same_for_every_space():
    line = np.arange(300, dtype=np.float32)[:, None]
    distances = pair_distances(line)
    assert distances.min() >= 1
    assert np.array_equal(distances * 2, pair_distances(line * 2))
    # Two random places on a line are a third of its length apart on average.
    assert distances.mean() == pytest.approx(100, rel=0.05)


def test_rows_that_are_not_there_and_single_points_are_refused():
    references = {"latent": np.ones(3, np.float32)}
    with pytest.raises(AnalysisError, match="no row 500"):
        compare(0, 500, {"latent": LATENTS}, references)
    with pytest.raises(AnalysisError, match="two images"):
        pair_distances(LATENTS[:1])

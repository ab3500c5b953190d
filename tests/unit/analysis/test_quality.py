import numpy as np
import pytest
from sklearn import manifold
from tests.fakes import class_latents

from latentlab.analysis import AnalysisError
from latentlab.analysis.quality import (
    expected_agreement,
    label_agreement,
    most_frequent_by_chance,
    neighbor_agreement,
    trustworthiness,
)


def test_label_agreement_counts() -> None:
    rows = np.array([[0, 1], [2, 3]])
    labels = np.array([5, 6, 6, 6])
    assert label_agreement(rows, labels, np.array([5, 6])) == 0.75


@pytest.mark.parametrize(
    ("counts", "k", "wanted"),
    [([7], 5, 5), ([1, 1, 1], 3, 1), ([50, 50], 1, 1), ([50, 50], 2, 1 + 49 / 99)],
)
def test_most_frequent_label_by_chance_is_as_worked_out_by_hand(counts, k, wanted) -> None:
    assert most_frequent_by_chance(tuple(counts), k) == pytest.approx(wanted, abs=0.03)


def test_the_expected_agreement_is_that_of_many_shuffles() -> None:
    rng = np.random.default_rng(0)
    labels, queries = rng.integers(0, 4, 300), rng.integers(0, 5, 200)
    rows = rng.integers(0, 300, (200, 9))
    shuffles = [label_agreement(rows, rng.permutation(labels), queries) for _ in range(300)]
    assert expected_agreement(labels, queries) == pytest.approx(np.mean(shuffles), abs=0.003)


@pytest.mark.parametrize("k", [1, 5, 15])
def test_trustworthiness_is_scikit_learns(k: int) -> None:
    latents, _ = class_latents(200, 6)
    drawn = latents[:, :2]
    wanted = manifold.trustworthiness(latents, drawn, n_neighbors=k)
    assert trustworthiness(latents, drawn, k=k) == pytest.approx(wanted, abs=1e-6)


def test_trustworthiness_has_a_ceiling_a_null_and_a_sample() -> None:
    latents, _ = class_latents(500, 2)
    assert trustworthiness(latents, latents) == 1
    assert trustworthiness(latents, 3 * latents + 1) == 1
    shuffled = np.random.default_rng(0).permutation(latents)
    assert 0.4 < trustworthiness(latents, shuffled) < 0.6
    sampled = trustworthiness(latents, shuffled, n_sample=200, seed=3)
    assert sampled == trustworthiness(latents, shuffled, n_sample=200, seed=3)
    assert 0.4 < sampled < 0.6


def test_neighbor_agreement_per_point() -> None:
    latents, _ = class_latents(300, 2)
    perfect = neighbor_agreement(latents, latents)
    assert perfect.mean == 1
    assert (perfect.projection_error == 0).all()
    assert perfect.shuffled == pytest.approx(15 / 299, abs=0.015)
    moved = latents.copy()
    moved[0] += 50  # one point is torn away from its neighbors
    torn = neighbor_agreement(latents, moved)
    assert torn.per_point.shape == (300,)
    assert torn.per_point.dtype == np.float32
    assert torn.per_point[0] < 0.2
    assert torn.mean > 0.9


def test_a_map_that_does_not_fit_is_refused() -> None:
    latents, _ = class_latents(20)
    with pytest.raises(AnalysisError, match="19 places on a map of 20 latents"):
        trustworthiness(latents, latents[:19, :2])
    with pytest.raises(AnalysisError, match="at least 4 latents"):
        neighbor_agreement(latents[:3], latents[:3, :2])

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.neighbors import NearestNeighbors
from tests.fakes import class_latents

from latentlab.analysis import AnalysisError
from latentlab.analysis import neighbors as module
from latentlab.analysis.neighbors import METRICS, ExactIndex, Metric, nearest, percentile


def by_hand(
    points: NDArray[np.float32], query: NDArray[np.float32], k: int, metric: Metric
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    found = NearestNeighbors(n_neighbors=k, metric=metric, algorithm="brute").fit(
        points.astype(np.float64)
    )
    distances, rows = found.kneighbors(query.astype(np.float64))
    return rows, distances


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize(("n", "z", "k"), [(1, 3, 1), (40, 1, 40), (500, 16, 9), (3000, 64, 100)])
def test_finds_what_brute_force_finds(n: int, z: int, k: int, metric: Metric) -> None:
    generator = np.random.default_rng(n)
    points = generator.normal(size=(n, z)).astype(np.float32)
    query = generator.normal(size=(20, z)).astype(np.float32)
    found = nearest(points, query, k, metric=metric)
    rows, distances = by_hand(points, query, k, metric)
    np.testing.assert_allclose(found.distances, distances, atol=2e-6)
    if z > 1 or metric == "euclidean":  # in one dimension all cosines are 1 or -1
        assert (found.rows == rows).all()


def test_many_queries_in_small_blocks_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    points, _ = class_latents(700, 5)
    whole = ExactIndex(points).self_neighbors(12)
    monkeypatch.setattr(module, "_BLOCK_FLOATS", 2000)
    pieces = ExactIndex(points).self_neighbors(12)
    assert (whole.rows == pieces.rows).all()
    assert (whole.distances == pieces.distances).all()


def test_equal_distances_are_ordered_by_row() -> None:
    copies = np.ones((300, 4), np.float32)
    found = nearest(copies, copies[0], 5)
    assert found.rows.tolist() == [[0, 1, 2, 3, 4]]
    assert ExactIndex(copies).self_neighbors(3).rows[1].tolist() == [0, 2, 3]


def test_far_from_the_origin_nothing_is_lost() -> None:
    points = np.linspace(0, 1, 2000, dtype=np.float32)[:, None] * np.ones((1, 3), np.float32)
    moved = points + np.float32(1000)
    found = ExactIndex(moved).self_neighbors(2)
    rows, _ = by_hand(moved, moved, 3, "euclidean")
    assert found.rows.shape == (2000, 2)
    exact = np.linalg.norm(moved[found.rows[:, 1]].astype(float) - moved.astype(float), axis=1)
    wanted = np.linalg.norm(moved[rows[:, 2]].astype(float) - moved.astype(float), axis=1)
    np.testing.assert_allclose(exact, wanted, atol=1e-6)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 1000), scale=st.floats(0.01, 100), shift=st.floats(-10, 10))
def test_moving_and_scaling_everything_changes_no_neighbor(
    seed: int, scale: float, shift: float
) -> None:
    generator = np.random.default_rng(seed)
    points = generator.normal(size=(60, 3))
    turn = np.linalg.qr(generator.normal(size=(3, 3)))[0]
    before = nearest(points, points[:5], 4)
    after = nearest(points @ turn * scale + shift, points[:5] @ turn * scale + shift, 4)
    np.testing.assert_allclose(after.distances, before.distances * scale, atol=1e-4 * scale + 1e-5)
    assert (after.rows[:, 0] == before.rows[:, 0]).all()


def test_exclude_self() -> None:
    points, _ = class_latents(50)
    own = nearest(points, points, 1)
    others = nearest(points, points, 1, exclude_self=True)
    assert (own.rows[:, 0] == np.arange(50)).all()
    assert (own.distances == 0).all()
    assert (others.rows[:, 0] != np.arange(50)).all()
    with pytest.raises(AnalysisError, match="3 queries cannot be the 50 rows"):
        nearest(points, points[:3], 1, exclude_self=True)


def test_a_latent_of_length_zero_has_cosine_distance_one() -> None:
    found = nearest([[0.0, 0.0], [1.0, 0.0], [-1.0, 0.0]], [2.0, 0.0], 3, metric="cosine")
    assert found.rows.tolist() == [[1, 0, 2]]
    np.testing.assert_allclose(found.distances, [[0, 1, 2]], atol=1e-6)


def test_input_is_untouched() -> None:
    points, _ = class_latents(50)
    kept = points.copy()
    points.flags.writeable = False
    nearest(points, points[:3], 3)
    assert (points == kept).all()


@pytest.mark.parametrize("k", [0, -1, 11])
def test_an_impossible_k_is_said_in_a_sentence(k: int) -> None:
    points, _ = class_latents(10)
    with pytest.raises(AnalysisError, match=rf"^{k} neighbors were asked for.* 1 to 10; choose"):
        nearest(points, points[0], k)


def test_numbers_that_are_none_are_refused() -> None:
    points, _ = class_latents(10)
    broken = points.copy()
    broken[3, 1] = np.nan
    with pytest.raises(AnalysisError, match=r"Row 3 of the latents .* not finite"):
        nearest(broken, points[0], 1)
    with pytest.raises(AnalysisError, match=r"Row 0 of the query latents .* not finite"):
        nearest(points, [np.inf, 0, 0, 0], 1)
    with pytest.raises(AnalysisError, match="too large"):
        nearest(points * np.float32(1e25), points[0], 1)
    with pytest.raises(AnalysisError, match="query has 3 numbers and the index 4"):
        nearest(points, points[0, :3], 1)
    with pytest.raises(AnalysisError, match="shape"):
        nearest(np.zeros((0, 4)), points[0], 1)
    with pytest.raises(AnalysisError, match=r"no metric called 'cosin'. Did you mean 'cosine'"):
        nearest(points, points[0], 1, metric="cosin")  # type: ignore[arg-type]


def test_percentile() -> None:
    reference = np.arange(1, 101)
    assert percentile(0, reference) == 0
    assert percentile(200, reference) == 100
    assert percentile(50.5, reference) == 50
    assert percentile(1, [1, 1, 1, 1]) == 50
    assert percentile(3, [1, np.nan, 5]) == 50
    assert percentile(np.inf, reference) == 100
    with pytest.raises(AnalysisError, match="nan among 100"):
        percentile(np.nan, reference)
    with pytest.raises(AnalysisError, match="among 0 numbers"):
        percentile(1.0, [])

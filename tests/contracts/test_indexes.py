"""Everything that can be searched keeps the same promises; Qdrant is tested inside this process."""

from importlib.util import find_spec

import numpy as np
import pytest
from tests.fakes import class_latents

from latentlab.analysis import AnalysisError
from latentlab.analysis.indexes import measured, neighbors_of, recall
from latentlab.analysis.neighbors import METRICS, ExactIndex
from latentlab.analysis.qdrant_index import QdrantIndex

N, Z, K = 200, 6, 9


def build_exact(latents, metric="euclidean"):
    return ExactIndex(latents, metric=metric)


def build_qdrant(latents, metric="euclidean"):
    return QdrantIndex.build(latents, metric, ":memory:", "latents")


needs_qdrant = pytest.mark.skipif(
    find_spec("qdrant_client") is None, reason="the extra 'qdrant' is not installed"
)


@pytest.fixture(params=[build_exact, pytest.param(build_qdrant, marks=needs_qdrant)])
def build(request):
    return request.param


@pytest.fixture(params=METRICS)
def metric(request):
    return request.param


@pytest.fixture(scope="module")
def latents():
    return class_latents(N, Z)[0]


@pytest.fixture(scope="module")
def queries():
    return class_latents(30, Z, seed=1)[0]


def test_neighbors_have_shape_order_range_and_true_distances(build, metric, latents, queries):
    index = build(latents, metric)
    assert (index.n, index.latent_dim, index.metric) == (N, Z, metric)
    found = index.nearest(queries, K)
    assert found.rows.shape == found.distances.shape == (len(queries), K)
    assert found.rows.dtype == np.int64
    assert found.distances.dtype == np.float32
    assert ((found.rows >= 0) & (found.rows < N)).all()
    assert all(len(set(rows)) == K for rows in found.rows.tolist())
    assert (np.diff(found.distances, axis=1) >= 0).all()
    for rows, distances, query in zip(found.rows, found.distances, queries, strict=True):
        assert np.allclose(distances, measured(latents[rows], query, metric), atol=1e-5)


def test_recall(build, metric, latents, queries):
    index = build(latents, metric)
    found = recall(index, ExactIndex(latents, metric=metric), queries)
    assert found == 1 if build is build_exact else found > 0.98


def test_one_query_all_rows_and_itself(build, metric, latents):
    index = build(latents, metric)
    everything = index.nearest(latents[5], N)
    assert everything.rows.shape == (1, N)
    assert everything.rows[0, 0] == 5
    others = neighbors_of(index, latents[5], N, exclude=5)
    assert 5 not in others.rows
    assert others.rows.shape == (1, N - 1)


def test_input_is_untouched_and_two_builds_agree(build, metric, latents, queries):
    before = latents.copy()
    first, second = (build(latents, metric) for _ in range(2))
    assert np.array_equal(first.nearest(queries, K).rows, second.nearest(queries, K).rows)
    assert np.array_equal(latents, before)


def test_latent_of_length_zero_is_at_cosine_distance_one(build, latents):
    index = build(np.vstack([latents, np.zeros((1, Z))]).astype(np.float32), "cosine")
    found = index.nearest(latents[0], N + 1)
    assert found.distances[0][found.rows[0] == N] == pytest.approx(1)


@pytest.mark.parametrize("k", [0, -1, N + 1])
def test_k_that_does_not_fit_is_refused(build, metric, latents, k):
    with pytest.raises(AnalysisError, match=f"1 to {N}"):
        build(latents, metric).nearest(latents[0], k)


@pytest.mark.parametrize("query", [np.full(Z, np.nan), np.full(Z, np.inf), np.ones(Z + 1), []])
def test_query_that_does_not_fit_is_refused(build, metric, latents, query):
    with pytest.raises(AnalysisError):
        build(latents, metric).nearest(query, K)


@pytest.mark.parametrize("bad", [np.full((4, Z), np.nan), np.zeros((0, Z)), np.zeros((2, 2, 2))])
def test_latents_that_cannot_be_searched_are_refused(build, bad):
    with pytest.raises(AnalysisError):
        build(bad)


@needs_qdrant
def test_server_that_is_not_there_is_one_sentence(latents):
    with pytest.raises(AnalysisError, match="does not answer as a Qdrant database"):
        QdrantIndex.build(latents, "euclidean", "http://127.0.0.1:9", "latents")

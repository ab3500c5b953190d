"""umap-learn as we call it: as good a picture, the same in every process, and all its settings."""

import hashlib
import os
import subprocess
import sys

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.metrics import pairwise_distances
from tests.fakes import class_latents

from latentlab.analysis import AnalysisError, umap_learn
from latentlab.analysis.components import principal_components
from latentlab.analysis.neighbors import ExactIndex
from latentlab.analysis.projections import project
from latentlab.analysis.quality import label_agreement, trustworthiness


@pytest.mark.slow
def test_the_picture_is_as_good_as_of_a_plain_call() -> None:
    import umap

    digits, labels = load_digits(return_X_y=True)
    found = principal_components(digits[:600])
    latents = found.coordinates(digits[:600].astype(np.float32), 16)
    plain = umap.UMAP(random_state=0, n_jobs=1).fit_transform(latents)
    scores = {}
    for name, drawn in (("ours", project("umap", latents)), ("plain", plain)):
        rows = ExactIndex(drawn).self_neighbors(9).rows
        agreement = label_agreement(rows, labels[:600], labels[:600])
        scores[name] = (trustworthiness(latents, drawn), agreement)
    assert scores["ours"][0] > scores["plain"][0] - 0.005
    assert scores["ours"][1] > scores["plain"][1] - 0.01


@pytest.mark.slow
def test_the_graph_is_umap_learns_own() -> None:
    import umap

    latents, _ = class_latents(250, 6)
    plain = umap.UMAP(random_state=0, n_jobs=1, n_epochs=1).fit(latents)
    found = umap_learn.search(latents, 15, "euclidean")
    itself = np.arange(len(latents))[:, None]
    ours, _, _ = umap.umap_.fuzzy_simplicial_set(
        latents,
        15,
        np.random.RandomState(0),
        "euclidean",
        knn_indices=np.hstack([itself, found.rows]),
        knn_dists=np.hstack([np.zeros_like(itself), found.distances]).astype(np.float32),
    )
    np.testing.assert_allclose(ours.todense(), plain.graph_.todense(), atol=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize("environment", [{}, {"NUMBA_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}])
def test_another_process_draws_the_same_bits(environment: dict[str, str]) -> None:
    source = """
import hashlib
from tests.fakes import class_latents
from latentlab.analysis.projections import project
print(hashlib.sha256(project("umap", class_latents(300, 8)[0], seed=7).tobytes()).hexdigest())
"""
    done = subprocess.run(
        [sys.executable, "-c", source],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    here = project("umap", class_latents(300, 8)[0], seed=7)
    assert done.stdout.strip() == hashlib.sha256(here.tobytes()).hexdigest()


@pytest.mark.slow
@pytest.mark.parametrize("numba", ["without the switch", "without a folder"])
def test_numba_that_keeps_nothing_is_no_reason_to_fail(numba: str) -> None:
    source = """
import sys
from numba.core.dispatcher import Dispatcher
def refused(self):
    raise RuntimeError("cannot cache function: no locator available")
import umap
if sys.argv[1] == "without the switch":
    del Dispatcher.enable_caching
else:
    Dispatcher.enable_caching = refused
import numpy
from latentlab.analysis.projections import project
print(project("umap", numpy.random.default_rng(0).normal(size=(30, 3))).shape)
"""
    done = subprocess.run(
        [sys.executable, "-c", source, numba], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "(30, 2)"


@pytest.mark.parametrize("metric", umap_learn.METRICS)
def test_neighbors_are_the_true_ones_under_each_metric(metric: str) -> None:
    latents, _ = class_latents(80, 5)
    found = umap_learn.search(latents, 6, metric)
    true = pairwise_distances(latents.astype(np.float64), metric=metric)
    np.fill_diagonal(true, np.inf)
    np.testing.assert_allclose(found.distances, np.sort(true, axis=1)[:, :5], atol=1e-5)
    np.testing.assert_allclose(np.take_along_axis(true, found.rows, 1), found.distances, atol=1e-5)


def test_metric_and_densmap_change_the_map() -> None:
    latents, _ = class_latents(100, 4)
    usual = project("umap", latents)
    for setting in ({"metric": "cosine"}, {"metric": "manhattan"}, {"densmap": True}):
        drawn = project("umap", latents, **setting)
        assert np.isfinite(drawn).all()
        assert (drawn != usual).any()
        assert trustworthiness(latents, drawn) > 0.8


def test_densmap_keeps_density_better() -> None:
    generator = np.random.default_rng(0)
    tight, loose = generator.normal(0, 0.1, (150, 5)), generator.normal(20, 5, (150, 5))
    latents = np.concatenate([tight, loose])

    def ratio(drawn: np.ndarray) -> float:
        return float(drawn[150:].std(axis=0).mean() / drawn[:150].std(axis=0).mean())

    assert ratio(project("umap", latents, densmap=True)) > 1.5 * ratio(project("umap", latents))


def test_an_unknown_metric_is_answered_with_a_guess() -> None:
    with pytest.raises(AnalysisError, match=r"no metric called 'cosin'. Did you mean 'cosine'"):
        project("umap", class_latents(20)[0], metric="cosin")


@pytest.mark.parametrize("latents", [np.ones((40, 5)), np.eye(20), np.arange(60.0)[:, None]])
def test_densmap_of_equally_dense_latents_is_drawn_too(latents: np.ndarray) -> None:
    assert np.isfinite(project("umap", latents, densmap=True)).all()

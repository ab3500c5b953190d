"""Our UMAP against umap-learn: the same graph, and as good a picture."""

import numpy as np
import pytest
from sklearn.datasets import load_digits
from tests.fakes import class_latents

from latentlab.analysis.components import principal_components
from latentlab.analysis.neighbors import ExactIndex, nearest
from latentlab.analysis.projections import project
from latentlab.analysis.quality import label_agreement, trustworthiness
from latentlab.analysis.umap_layout import fuzzy_graph


def umap_learns_graph(latents: np.ndarray, k: int) -> np.ndarray:
    from umap.umap_ import fuzzy_simplicial_set

    found = nearest(latents, latents, k)
    graph, _, _ = fuzzy_simplicial_set(
        latents,
        k,
        np.random.RandomState(0),
        "euclidean",
        knn_indices=found.rows,
        knn_dists=found.distances,
    )
    return np.asarray(graph.todense())


@pytest.mark.slow
def test_the_graph_is_umap_learns() -> None:
    latents, _ = class_latents(250, 6)
    found = ExactIndex(latents).self_neighbors(14)
    ours = fuzzy_graph(found.rows, found.distances)
    np.testing.assert_allclose(ours.todense(), umap_learns_graph(latents, 15), atol=2e-4)


@pytest.mark.slow
def test_the_picture_is_as_good_as_umap_learns() -> None:
    import umap

    digits, labels = load_digits(return_X_y=True)
    found = principal_components(digits[:600])
    latents = found.coordinates(digits[:600].astype(np.float32), 16)
    theirs = umap.UMAP(random_state=0, n_jobs=1).fit_transform(latents)
    scores = {}
    for name, drawn in (("ours", project("umap", latents)), ("theirs", theirs)):
        rows = ExactIndex(drawn).self_neighbors(9).rows
        agreement = label_agreement(rows, labels[:600], labels[:600])
        scores[name] = (trustworthiness(latents, drawn), agreement)
    assert scores["ours"][0] > scores["theirs"][0] - 0.005
    assert scores["ours"][1] > scores["theirs"][1] - 0.01


def test_the_graph_is_symmetric_with_weights_up_to_one() -> None:
    latents, _ = class_latents(80)
    found = ExactIndex(latents).self_neighbors(9)
    graph = fuzzy_graph(found.rows, found.distances)
    assert abs(graph - graph.T).max() < 1e-6
    assert 0 < graph.data.min() <= graph.data.max() <= 1 + 1e-6
    assert (graph.max(axis=1).toarray() > 1 - 1e-6).all()  # everybody has a full link to someone

import numpy as np
import pytest
from tests.fakes import class_latents

from latentlab.analysis import AnalysisError
from latentlab.analysis.components import principal_components
from latentlab.analysis.neighbors import ExactIndex
from latentlab.analysis.projections import align, place, project
from latentlab.analysis.quality import neighbor_agreement


def test_pca_is_scikit_learns() -> None:
    from sklearn.decomposition import PCA

    latents, _ = class_latents(200, 6)
    ours = principal_components(latents)
    theirs = PCA(6).fit(latents)
    np.testing.assert_allclose(ours.variance_ratio, theirs.explained_variance_ratio_, atol=1e-5)
    np.testing.assert_allclose(np.abs((ours.axes * theirs.components_).sum(1)), 1, atol=1e-4)
    largest = np.abs(ours.axes).argmax(axis=1)
    assert (ours.axes[np.arange(6), largest] > 0).all()


def test_pca_of_little() -> None:
    assert project("pca", [[1.0], [2.0]]).shape == (2, 2)
    still = principal_components(np.ones((5, 3)))
    assert (still.variance_ratio == 0).all()
    assert np.isfinite(project("pca", np.ones((5, 3)))).all()


def test_native_is_the_latents() -> None:
    latents, _ = class_latents(20, 2)
    assert (project("native", latents) == latents).all()
    with pytest.raises(AnalysisError, match="Latents of 4 dimensions have no map"):
        project("native", class_latents(20, 4)[0])


def test_unknown_names_are_answered_with_a_guess() -> None:
    latents, _ = class_latents(20)
    with pytest.raises(AnalysisError, match=r"no projection called 'umpa'. Did you mean 'umap'"):
        project("umpa", latents)
    with pytest.raises(AnalysisError, match="no setting of UMAP called 'min_dits'"):
        project("umap", latents, min_dits=0.1)
    with pytest.raises(AnalysisError, match="n_neighbors=1 is out of range; choose 2 to 200"):
        project("umap", latents, n_neighbors=1)


def test_given_neighbors_change_nothing() -> None:
    latents, _ = class_latents(120)
    known = ExactIndex(latents).self_neighbors(20)
    assert (project("umap", latents, neighbors=known) == project("umap", latents)).all()


def test_umap_keeps_classes_and_neighbors_together() -> None:
    latents, labels = class_latents(300, 8)
    drawn = project("umap", latents)
    agreement = neighbor_agreement(latents, drawn)
    assert agreement.mean > 0.4 > 5 * agreement.shuffled
    rows = ExactIndex(drawn).self_neighbors(5).rows
    assert (labels[rows] == labels[:, None]).mean() > 0.97


def test_seeds_and_settings_change_the_umap() -> None:
    latents, _ = class_latents(100)
    first = project("umap", latents, seed=0)
    assert (project("umap", latents, seed=1) != first).any()
    assert (project("umap", latents, n_neighbors=5) != first).any()
    assert (project("umap", latents, min_dist=0.8) != first).any()


def test_copies_and_lines_are_drawn_too() -> None:
    for latents in (np.ones((40, 5)), np.arange(60.0)[:, None], np.repeat(np.eye(4), 30, axis=0)):
        assert np.isfinite(project("umap", latents)).all()


def test_place_puts_a_known_latent_on_its_point() -> None:
    latents, _ = class_latents(200)
    drawn = project("pca", latents)
    xy, spread = place(latents, latents, drawn)
    scale = drawn.std()
    np.testing.assert_allclose(xy, drawn, atol=0.01 * scale)
    assert xy.dtype == spread.dtype == np.float32
    assert (spread < 0.05 * scale).all()


def test_place_lies_among_the_neighbors_and_says_how_far_apart_they_are() -> None:
    latents = np.array([[0.0], [1.0], [100.0]])
    drawn = np.array([[0, 0], [2, 0], [9, 9]], np.float32)
    xy, spread = place([0.5], latents, drawn, k=2)
    np.testing.assert_allclose(xy, [[1, 0]], atol=1e-5)
    np.testing.assert_allclose(spread, [1], atol=1e-5)
    assert place([0.5], latents, drawn).xy.shape == (1, 2)  # k larger than the map: all of it
    with pytest.raises(AnalysisError, match="2 places for 3 latents"):
        place([0.5], latents, drawn[:2])


def test_align_undoes_a_turn_a_mirror_a_scale_and_a_shift() -> None:
    fixed = class_latents(50, 2)[0]
    angle = 1.1
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    moving = (3 * fixed @ turn @ np.diag([1, -1]) + [5, -2]).astype(np.float32)
    np.testing.assert_allclose(align(moving, fixed), fixed, atol=1e-4)
    with pytest.raises(AnalysisError, match="10 and 50 points cannot be aligned"):
        align(moving[:10], fixed)


def test_align_of_a_single_place() -> None:
    same = np.ones((5, 2), np.float32)
    np.testing.assert_allclose(align(same, 2 * same), 2 * same)

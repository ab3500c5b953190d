import numpy as np
import pytest
from reference.density import Density
from reference.planes import dimensions
from scipy.stats import gaussian_kde
from tests.fakes import class_latents

from latentlab.analysis.planes import native, principal


def test_it_is_a_kernel_density() -> None:
    latents = np.random.default_rng(0).normal(size=(500, 2)).astype(np.float32)
    latents -= latents.mean(axis=0)
    latents /= latents.std(axis=0, ddof=1)
    latents = latents @ np.linalg.inv(np.linalg.cholesky(np.cov(latents.T))).T  # covariance I
    places = np.random.default_rng(1).normal(size=(30, 2))
    theirs = gaussian_kde(latents.T, bw_method="scott")(places.T)
    ours = Density(latents).at(places)
    np.testing.assert_allclose(ours / ours[0], theirs / theirs[0], rtol=0.02)


def test_the_plane_and_the_points_agree() -> None:
    latents, _ = class_latents(400, 5)
    xs, ys = np.linspace(-3, 3, 7, dtype=np.float32), np.linspace(-2, 2, 5, dtype=np.float32)
    measured = Density(latents)
    for plane in (principal(latents, latents[0]), dimensions(1, 3, latents[2])):
        field = measured.on_plane(plane, xs, ys)
        assert field.shape == (5, 7)
        one_by_one = measured.at(plane.grid(xs, ys)).reshape(5, 7)
        np.testing.assert_allclose(field, one_by_one, rtol=2e-3, atol=1e-6)


def test_one_is_typical_and_far_away_is_nothing() -> None:
    latents = np.random.default_rng(0).normal(size=(2000, 2)).astype(np.float32)
    measured = Density(latents)
    assert 0.9 < np.median(measured.at(latents)) < 1.1
    assert measured.at([50.0, 50.0])[0] == 0
    assert measured.at([0.0, 0.0])[0] > measured.at([2.0, 2.0])[0] > 0


def test_dead_dimensions_do_not_widen_the_kernel() -> None:
    latents = np.random.default_rng(0).normal(size=(1000, 2)).astype(np.float32)
    padded = np.hstack([latents, np.full((1000, 14), 0.01, np.float32)])
    assert Density(padded).bandwidth == pytest.approx(Density(latents).bandwidth)


def test_copies_and_a_single_latent_have_a_density() -> None:
    for latents in (np.ones((50, 2)), np.ones((1, 2))):
        measured = Density(latents)
        xs = np.linspace(0, 2, 5, dtype=np.float32)
        field = measured.on_plane(native(), xs, xs)
        assert np.isfinite(field).all()
        assert len(latents) == 1 or field.argmax() == 12


def test_a_stored_latent_is_not_its_own_company() -> None:
    latents = np.random.default_rng(0).normal(size=(500, 5)).astype(np.float32)
    measured = Density(latents)
    lonely = np.concatenate([latents, np.full((1, 5), 9, np.float32)])
    assert Density(lonely).at(lonely[-1])[0] < 1e-6
    assert np.median(measured.at(latents)) == pytest.approx(1, abs=0.2)
    field = measured.on_plane(principal(latents, latents[7]), *[np.zeros(1, np.float32)] * 2)
    assert field[0, 0] == pytest.approx(measured.at(latents[7])[0], abs=1e-3)

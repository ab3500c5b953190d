from __future__ import annotations

import numpy as np
import pytest
from tests.fakes import class_latents

from latentlab.analysis import AnalysisError
from latentlab.analysis.inverse import disagreement, estimates, fit_inverse, guess

LATENTS, _ = class_latents(400, latent_dim=3)
# A map with a way back that is known: latents on a curved sheet.
PLACES = np.random.default_rng(0).uniform(-1, 1, size=(600, 2)).astype(np.float32)
SHEET = np.stack([PLACES[:, 0], PLACES[:, 1], PLACES[:, 0] * PLACES[:, 1]], axis=1)


def test_a_smooth_way_back_is_found_and_judged_on_points_left_out():
    inverse = fit_inverse(PLACES, SHEET)
    assert inverse.explained > 0.97
    np.testing.assert_allclose(guess(inverse, [0.5, -0.5])[0], [0.5, -0.5, -0.25], atol=0.08)


def test_where_there_is_no_way_back_it_says_so():
    noise = np.random.default_rng(1).normal(size=(600, 3)).astype(np.float32)
    assert fit_inverse(PLACES, noise).explained < 0.05


def test_far_outside_the_guess_stays_finite():
    inverse = fit_inverse(PLACES, SHEET)
    far = guess(inverse, [[1e9, -1e9]])
    assert np.isfinite(far).all()
    assert np.abs(far).max() < 10


def test_three_substitutes_stand_for_an_empty_place():
    inverse = fit_inverse(PLACES, SHEET)
    found = estimates([0.1, 0.1], SHEET, PLACES, inverse)
    assert list(found) == ["nearest", "weighted", "regression"]
    nearest = np.linalg.norm(PLACES - [0.1, 0.1], axis=1).argmin()
    assert np.array_equal(found["nearest"], SHEET[nearest])
    assert list(estimates([0.1, 0.1], SHEET, PLACES, None)) == ["nearest", "weighted"]
    on_a_point = estimates(PLACES[7], SHEET, PLACES, inverse)
    np.testing.assert_allclose(on_a_point["weighted"], SHEET[7], atol=1e-3)


def test_disagreement_is_the_largest_distance():
    assert disagreement(np.array([[0, 0], [3, 4], [1, 1]], np.float32)) == pytest.approx(5)


def test_too_few_points_are_refused():
    with pytest.raises(AnalysisError, match="at least 20"):
        fit_inverse(PLACES[:10], SHEET[:10])

from __future__ import annotations

import numpy as np
import pytest

from latentlab.analysis.baselines import BASELINES, candidates, filters, fit
from latentlab.analysis.baselines.coloring import color_table
from latentlab.analysis.baselines.filling import biharmonic, harmonic, unblend
from latentlab.analysis.baselines.resizing import bicubic
from latentlab.analysis.baselines.stored import stored_baseline
from latentlab.analysis.baselines.tone import LEVELS, fit_tone, with_tone
from latentlab.tasks import TASKS, Degraded


def steps(n=4, side=24):
    """A picture with edges and flat parts, as filters like it."""
    rows, columns = np.mgrid[:side, :side]
    picture = np.where(columns > side // 2, 0.8, 0.2) + 0.1 * (rows > side // 3)
    return np.repeat(picture[None, :, :, None], n, axis=0).astype(np.float32)


def error(images, clean):
    return float(((images - clean) ** 2).mean())


@pytest.mark.parametrize("baseline", BASELINES["denoise"], ids=str)
def test_every_denoiser_leaves_a_flat_picture_alone(baseline):
    flat = np.full((1, 12, 12, 3), 0.4, np.float32)
    assert baseline.restore(Degraded(flat)) == pytest.approx(flat, abs=1e-3)


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("baseline", BASELINES["denoise"][::3], ids=str)
def test_every_denoiser_takes_gray_and_color_of_any_size(baseline, channels):
    images = np.random.default_rng(0).random((2, 13, 18, channels), np.float32)
    found = baseline.restore(Degraded(images))
    assert found.shape == images.shape
    assert found.dtype == np.float32
    assert 0 <= found.min() <= found.max() <= 1


def test_the_best_denoiser_removes_most_of_the_noise():
    clean = steps()
    degraded = TASKS["denoise"].degrade(clean, 0.2, 0)
    fitted = fit("denoise", candidates("denoise"), degraded, clean)
    assert error(fitted.restore(degraded), clean) < 0.25 * error(degraded.images, clean)


def test_a_sliding_dct_keeps_all_that_is_above_the_threshold():
    images = np.random.default_rng(0).random((2, 20, 15, 3), np.float32)
    assert filters.sliding_dct(images, 0) == pytest.approx(images, abs=1e-5)


def test_a_tone_curve_takes_back_what_cutting_did_to_black():
    clean = np.zeros((4, 32, 32, 1), np.float32)
    clean[:, 8:24, 8:24] = 1
    noisy = TASKS["denoise"].degrade(clean, 0.3, 0)
    blurred = filters.total_variation(noisy.images, 0.5)
    assert blurred[:, :6].mean() > 0.05  # black was lifted
    tone = fit_tone(blurred, clean)
    assert (np.diff(tone) >= 0).all()
    assert with_tone(blurred, tone)[:, :6].mean() < 0.01
    assert error(with_tone(blurred, tone), clean) < 0.5 * error(blurred, clean)


def test_a_tone_curve_is_scikit_learns_isotonic_regression():
    from sklearn.isotonic import IsotonicRegression

    rng = np.random.default_rng(0)
    answer = ((rng.integers(0, 64, (2, 30, 30, 1)) + 0.5) / 64).astype(np.float32)
    clean = np.clip(answer**2 + rng.normal(0, 0.1, answer.shape), 0, 1).astype(np.float32)
    theirs = IsotonicRegression(out_of_bounds="clip").fit(answer.ravel(), clean.ravel())
    assert fit_tone(answer, clean) == pytest.approx(theirs.predict(LEVELS), abs=1e-5)


@pytest.mark.parametrize("fill", [harmonic, biharmonic])
def test_a_hole_in_a_slope_is_filled_exactly(fill):
    slope = np.linspace(0.1, 0.9, 16, dtype=np.float32)
    clean = np.broadcast_to(slope[None, None, :, None], (1, 16, 16, 1)).copy()
    mask = np.zeros((1, 16, 16, 1), np.float32)
    mask[0, 5:10, 6:11] = 1
    degraded = TASKS["inpaint"].degrade_painted(clean, mask, 0.4)
    assert fill(degraded) == pytest.approx(clean, abs=1e-3)


@pytest.mark.parametrize("fill", [harmonic, biharmonic])
def test_nothing_lost_or_everything_lost_is_left_alone(fill):
    clean = steps(1, 8)
    for value in (0, 1):
        degraded = Degraded(clean, np.full((1, 8, 8, 1), value, np.float32))
        assert np.array_equal(fill(degraded), clean)
    assert np.array_equal(unblend(Degraded(clean)), clean)


def test_a_mark_is_unblended_exactly_where_the_picture_is_calm():
    clean = steps(8)
    degraded = TASKS["unwatermark"].degrade(clean, 0.6, 0)
    found = unblend(degraded)
    assert error(degraded.images, clean) > 0.005
    assert error(found, clean) < 1e-6


def test_a_table_of_colors_knows_what_class_and_lightness_tell():
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 2, 60)
    images = np.zeros((60, 8, 8, 3), np.float32)
    images[labels == 0, ..., 0] = 0.8
    images[labels == 1, ..., 2] = 0.8
    images[:, :4] = 0.9  # a gray half: another lightness
    gray = TASKS["colorize"].degrade(images, 1.0, 0).images
    by_class, by_lightness = (color_table(images, labels, 2, bins) for bins in ((1, 1), (16, 1)))
    assert str(by_class) == "mean color by class"
    assert str(by_lightness) == "mean color by class and lightness"
    assert error(by_lightness.paint(gray, labels), images) < 1e-4
    assert error(by_class.paint(gray, labels), images) > 1e-3
    tried = candidates("colorize", (by_class, by_lightness), labels)
    assert str(fit("colorize", tried, Degraded(gray), images).baseline) == str(by_lightness)


def test_bicubic_is_better_than_large_pixels():
    side = np.linspace(0, 3, 32)
    clean = (0.5 + 0.4 * np.sin(side)[:, None] * np.cos(side)).astype(np.float32)[None, ..., None]
    degraded = TASKS["enlarge"].degrade(clean, 1, 0)
    assert error(bicubic(degraded.images, 1), clean) < 0.2 * error(degraded.images, clean)


def test_the_baseline_of_a_checkpoint_is_found_by_its_name():
    name = str(BASELINES["denoise"][-1])
    metrics = {
        "curve_strength": [0.1, 0.5],
        "baselines": {"median of 3": 0.0, name: 1.0},
        "curve_choice": [0.0, 1.0],
        "curve_tone": [0.0] * 64 + [1.0] * 64,
    }
    found = stored_baseline("denoise", metrics, 0.4)
    assert str(found.baseline) == name
    assert (found.tone == 1).all()


@pytest.mark.parametrize(
    "metrics",
    [
        {},
        {"curve_strength": []},
        {"curve_strength": [0.1], "curve_choice": [3.0]},
        {"curve_strength": [0.1], "curve_choice": [], "baselines": {"median of 3": 0.0}},
        {"curve_strength": [0.1], "curve_choice": [0.0], "baselines": {"magic": 0.0}},
        {
            "curve_strength": [0.1],
            "curve_choice": [0.0],
            "baselines": {"median of 3": 0.0},
            "curve_tone": [0.1],
        },
    ],
)
def test_a_checkpoint_without_a_known_baseline_has_the_first_of_the_task(metrics):
    found = stored_baseline("denoise", metrics, 0.4)
    assert found.baseline is BASELINES["denoise"][0]
    assert not len(found.tone)

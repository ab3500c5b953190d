from __future__ import annotations

import numpy as np
import pytest

from latentlab.analysis import baselines
from latentlab.tasks import TASKS, Degraded


def steps(n=4, side=24):
    """A picture with edges and flat parts, as filters like it."""
    rows, columns = np.mgrid[:side, :side]
    picture = np.where(columns > side // 2, 0.8, 0.2) + 0.1 * (rows > side // 3)
    return np.repeat(picture[None, :, :, None], n, axis=0).astype(np.float32)


def error(images, clean):
    return float(((images - clean) ** 2).mean())


@pytest.mark.parametrize("baseline", baselines.BASELINES["denoise"], ids=lambda b: b.title)
def test_every_denoiser_leaves_a_flat_picture_alone(baseline):
    flat = np.full((1, 12, 12, 3), 0.4, np.float32)
    assert baseline.restore(Degraded(flat)) == pytest.approx(flat, abs=1e-3)


def test_the_best_denoiser_removes_most_of_the_noise():
    clean = steps()
    degraded = TASKS["denoise"].degrade(clean, 0.2, 0)
    chosen = baselines.BASELINES["denoise"][baselines.best("denoise", degraded, clean)]
    assert error(chosen.restore(degraded), clean) < 0.25 * error(degraded.images, clean)


def test_bilateral_filter_keeps_the_edge_that_a_mean_would_blur():
    clean = steps()
    assert error(baselines.bilateral(clean, 0.1), clean) < 1e-3


def test_total_variation_is_flatter_with_more_weight():
    noisy = TASKS["denoise"].degrade(steps(), 0.1, 0).images
    variation = [
        np.abs(np.diff(baselines.total_variation(noisy, weight), axis=2)).sum()
        for weight in (0.02, 0.1, 0.5)
    ]
    assert variation == sorted(variation, reverse=True)


@pytest.mark.parametrize("bent", [False, True])
def test_a_hole_in_a_slope_is_filled_exactly(bent):
    slope = np.linspace(0.1, 0.9, 16, dtype=np.float32)
    clean = np.broadcast_to(slope[None, None, :, None], (1, 16, 16, 1)).copy()
    mask = np.zeros((1, 16, 16, 1), np.float32)
    mask[0, 5:10, 6:11] = 1
    degraded = TASKS["inpaint"].degrade_painted(clean, mask, 0.4)
    assert baselines.fill(degraded, bent=bent) == pytest.approx(clean, abs=1e-3)


def test_nothing_lost_or_everything_lost_is_left_alone():
    clean = steps(1, 8)
    for value in (0, 1):
        degraded = Degraded(clean, np.full((1, 8, 8, 1), value, np.float32))
        assert np.array_equal(baselines.fill(degraded, bent=True), clean)


def test_bicubic_is_better_than_large_pixels():
    side = np.linspace(0, 3, 32)
    clean = (0.5 + 0.4 * np.sin(side)[:, None] * np.cos(side)).astype(np.float32)[None, ..., None]
    degraded = TASKS["enlarge"].degrade(clean, 1, 0)
    assert error(baselines.bicubic(degraded.images, 1), clean) < 0.2 * error(degraded.images, clean)

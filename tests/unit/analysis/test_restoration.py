from __future__ import annotations

import numpy as np
import pytest

from latentlab.analysis import restoration
from latentlab.analysis.baselines import candidates, fit
from latentlab.analysis.tiling import restoring_tiles
from latentlab.tasks import TASKS


def images(n=6, side=24, channels=3, seed=0):
    from scipy.ndimage import gaussian_filter

    noise = np.random.default_rng(seed).random((n, side, side, channels))
    return gaussian_filter(noise, (0, 2, 2, 0)).astype(np.float32)


def test_psnr_inside_looks_at_the_mask_only():
    clean, mask = np.zeros((1, 4, 4, 1), np.float32), np.zeros((1, 4, 4, 1), np.float32)
    mask[0, 0, 0] = 1
    answer = clean + 0.5
    answer[0, 0, 0] = 0.1
    assert restoration.psnr_inside(answer, clean, mask) == pytest.approx(20, abs=1e-3)
    assert np.isnan(restoration.psnr_inside(answer, clean, mask * 0))


def test_curve_of_a_network_that_does_nothing_is_that_of_the_degradation():
    strengths, other = (0.1, 0.4), images(seed=1)
    fitted = [
        fit(
            "denoise",
            candidates("denoise"),
            TASKS["denoise"].degrade(other, strength, 1),
            other,
        )
        for strength in strengths
    ]
    found = restoration.curve("denoise", lambda x: x, fitted, images(), seed=0, strengths=strengths)
    assert found.network == found.degraded
    assert found.degraded[0] > found.degraded[1]
    assert found.baseline[1] > found.degraded[1]
    assert [gap.verdict for gap in found.gaps] == ["worse", "worse"]


def test_the_usual_strength_is_one_of_those_that_are_measured():
    for name, task in TASKS.items():
        assert task.usual in restoration.strengths_of(name)


def test_chroma_figures_tell_grey_from_colored():
    colored = np.random.default_rng(0).random((2, 8, 8, 3), np.float32)
    grey = colored.mean(axis=-1, keepdims=True).repeat(3, axis=-1)
    assert restoration.mean_chroma(grey) < 0.1 < restoration.mean_chroma(colored)
    assert restoration.chroma_error(grey, colored) == pytest.approx(
        restoration.mean_chroma(colored), rel=0.01
    )
    assert restoration.chroma_error(colored, colored) == 0


@pytest.mark.parametrize("shape", [(1, 1, 3), (5, 70, 3), (50, 40, 1)])
def test_tiles_have_no_seams(shape):
    from scipy.ndimage import uniform_filter

    def network(batch):
        return uniform_filter(batch, (0, 5, 5, 0), mode="nearest")

    image = np.random.default_rng(0).random(shape, np.float32)
    tiled = np.empty_like(image)
    shares = list(restoring_tiles(network, image, tiled, tile=16, margin=8))
    assert tiled == pytest.approx(network(image[None])[0], abs=1e-6)
    assert shares == pytest.approx(np.linspace(0, 1, len(shares) + 1)[1:])

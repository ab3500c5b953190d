from __future__ import annotations

import numpy as np
import pytest
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

from latentlab.analysis import fidelity


def pair(shape=(5, 28, 28, 3), seed=0):
    from scipy.ndimage import gaussian_filter

    rng = np.random.default_rng(seed)
    clean = gaussian_filter(rng.random(shape), (0, 2, 2, 0)).astype(np.float32)
    return np.clip(clean + rng.normal(0, 0.05, shape), 0, 1).astype(np.float32), clean


def test_psnr_is_that_of_the_mean_squared_error():
    images, clean = pair()
    assert fidelity.psnr(images, clean) == pytest.approx(
        peak_signal_noise_ratio(clean, images, data_range=1)
    )
    one_perfect = np.concatenate([images[:1], clean[1:2]])
    alone = fidelity.psnr(images[:1], clean[:1])
    assert fidelity.psnr(one_perfect, clean[:2]) == pytest.approx(alone + 10 * np.log10(2))
    assert fidelity.psnr(clean, clean) == pytest.approx(100)


@pytest.mark.parametrize("shape", [(4, 28, 28, 1), (3, 17, 32, 3), (2, 7, 9, 1)])
def test_ssim_is_the_default_of_scikit_image(shape):
    images, clean = pair(shape)
    expected = [
        structural_similarity(a, b, data_range=1.0, channel_axis=-1)
        for a, b in zip(images.astype(float), clean.astype(float), strict=True)
    ]
    assert fidelity.ssim(images, clean) == pytest.approx(expected, abs=1e-9)


def test_the_smallest_images_have_an_ssim():
    for side in (1, 2, 6):
        images = np.full((1, side, side, 3), 0.5, np.float32)
        assert fidelity.ssim(images, images) == pytest.approx([1])

from __future__ import annotations

import numpy as np
import pytest

from latentlab.analysis import restoration
from latentlab.analysis.tiling import restore_tiled


def images(n=6, side=24, channels=3, seed=0):
    from scipy.ndimage import gaussian_filter

    noise = np.random.default_rng(seed).random((n, side, side, channels))
    return gaussian_filter(noise, (0, 2, 2, 0)).astype(np.float32)


def test_psnr_by_hand():
    clean = np.zeros((2, 4, 4, 1), np.float32)
    assert restoration.psnr(clean + 0.1, clean) == pytest.approx([20, 20], abs=1e-3)
    assert restoration.psnr(clean, clean) == pytest.approx([100, 100])


def test_psnr_inside_looks_at_the_mask_only():
    clean, mask = np.zeros((1, 4, 4, 1), np.float32), np.zeros((1, 4, 4, 1), np.float32)
    mask[0, 0, 0] = 1
    answer = clean + 0.5
    answer[0, 0, 0] = 0.1
    assert restoration.psnr_inside(answer, clean, mask) == pytest.approx(20, abs=1e-3)
    assert np.isnan(restoration.psnr_inside(answer, clean, mask * 0))


def test_ssim_agrees_with_torchmetrics_inside_the_border():
    torch = pytest.importorskip("torch")
    from torchmetrics.functional.image import structural_similarity_index_measure as theirs

    clean, other = images(side=64), images(side=64) + 0.05 * images(side=64, seed=1)
    tensors = [torch.from_numpy(a).permute(0, 3, 1, 2) for a in (other, clean)]
    expected = float(theirs(*tensors, data_range=1.0))
    assert restoration.ssim(other, clean).mean() == pytest.approx(expected, abs=0.01)


def test_ssim_is_1_for_the_same_and_less_for_noise():
    noisy = images() + np.random.default_rng(1).normal(0, 0.1, images().shape).astype(np.float32)
    assert restoration.ssim(images(), images()) == pytest.approx(np.ones(6))
    assert (restoration.ssim(noisy, images()) < 0.9).all()


def test_a_one_pixel_picture_has_figures():
    one = np.full((1, 1, 1, 3), 0.5, np.float32)
    assert restoration.psnr(one, one) == [100]
    assert np.isfinite(restoration.ssim(one, one)).all()


def test_curve_of_a_network_that_does_nothing_is_that_of_the_damage():
    found = restoration.curve(
        "denoise", lambda x: x, images(), images(seed=1), seed=0, strengths=(0.1, 0.4)
    )
    assert found.network == found.damaged
    assert found.damaged[0] > found.damaged[1]
    assert found.baseline[1] > found.damaged[1]
    assert all(0 <= choice < 20 for choice in found.choices)


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
    told = []
    tiled = restore_tiled(
        network, image, tile=16, margin=8, progress=lambda done, total: told.append((done, total))
    )
    assert tiled == pytest.approx(network(image[None])[0], abs=1e-6)
    assert told[-1][0] == told[-1][1] == len(told)

from __future__ import annotations

import numpy as np
import pytest

from latentlab import color
from latentlab.config import make_config
from latentlab.errors import ConfigError
from latentlab.tasks import TASKS, task


def images(shape=(16, 32, 32, 3), seed=0):
    return np.random.default_rng(seed).random(shape, np.float32)


def test_lab_knows_white_black_red_and_grey():
    known = np.array([[1, 1, 1], [0, 0, 0], [1, 0, 0], [0.5, 0.5, 0.5]], np.float32)
    lab = color.to_lab(known)
    expected = [[100, 0, 0], [0, 0, 0], [53.24, 80.09, 67.20], [53.39, 0, 0]]
    assert lab == pytest.approx(np.array(expected), abs=0.05)


def test_lab_and_back_is_the_same_picture():
    assert np.abs(color.to_rgb(color.to_lab(images())) - images()).max() < 1e-4


def test_impossible_colors_are_cut_to_the_screen():
    shown = color.to_rgb(np.array([[50, 120, -120], [100, 90, 90]], np.float32))
    assert shown.min() >= 0
    assert shown.max() <= 1


def test_grey_copy_has_the_lightness_and_no_chroma():
    grey = color.gray(images())
    assert np.abs(color.to_lab(grey)[..., 0] - color.to_lab(images())[..., 0]).max() < 0.05
    assert color.chroma(grey).max() < 0.1


def test_gaussian_noise_has_the_deviation_asked_for():
    flat = np.full((4, 64, 64, 1), 0.5, np.float32)
    noisy = TASKS["denoise"].degrade(flat, 0.1, 0).images
    assert (noisy - flat).std() == pytest.approx(0.1, rel=0.03)


def test_salt_and_pepper_hits_the_share_asked_for():
    flat = np.full((4, 64, 64, 3), 0.5, np.float32)
    noisy = TASKS["denoise"].degrade(flat, 0.3, 0, kind="salt and pepper").images
    assert (noisy != 0.5).mean() == pytest.approx(0.3, abs=0.02)
    assert set(np.unique(noisy)) == {0.0, 0.5, 1.0}


def test_speckle_leaves_black_alone():
    assert not TASKS["denoise"].degrade(images() * 0, 0.5, 0, kind="speckle").images.any()


def test_each_image_of_a_batch_may_have_its_own_strength():
    clean = images((3, 16, 16, 3))
    strengths = np.array([0, 0.1, 0.5], np.float32)
    degraded = TASKS["denoise"].degrade(clean, strengths, 0).images
    errors = ((degraded - clean) ** 2).mean(axis=(1, 2, 3))
    assert errors[0] == 0
    assert errors[1] < errors[2]


def test_a_hole_is_a_block_and_the_rest_is_known():
    clean = images()
    degraded = TASKS["inpaint"].degrade(clean, 0.25, 0)
    assert degraded.masks is not None
    assert degraded.masks.sum(axis=(1, 2, 3)).tolist() == [64.0] * 16
    patched = TASKS["inpaint"].finish(degraded, np.zeros_like(clean))
    assert np.array_equal(patched * (1 - degraded.masks), clean * (1 - degraded.masks))


def test_marks_differ_and_cover_a_part_only():
    degraded = TASKS["unwatermark"].degrade(images(), 0.6, 0)
    assert degraded.masks is not None
    covered = (degraded.masks > 0.5).mean(axis=(1, 2, 3))
    assert covered.max() < 0.6
    assert np.median(covered) > 0.02
    assert len(np.unique(covered)) > 8


def test_halving_twice_leaves_blocks_of_four():
    small = TASKS["enlarge"].degrade(images(), 2, 0).images
    blocks = small.reshape(16, 8, 4, 8, 4, 3)
    assert np.array_equal(blocks, np.broadcast_to(blocks[:, :, :1, :, :1], blocks.shape))


def test_unknown_tasks_are_named_with_the_nearest():
    with pytest.raises(ConfigError, match="denoise"):
        task("denoyse")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"task": "denoyse"}, "Did you mean 'denoise'"),
        ({"task": "colorize", "dataset": "digits"}, "in color"),
        ({"model": "unet", "latent_dim": 8}, "has no latent"),
        ({"model": "ae", "latent_dim": 0}, "give 1 to 256"),
    ],
)
def test_config_refuses_what_does_not_go_together(fields, words):
    with pytest.raises(ConfigError, match=words):
        make_config(**fields)


def test_a_unet_is_asked_for_without_a_latent():
    config = make_config(dataset="digits", model="unet", task="denoise")
    assert config.latent_dim == 0
    assert config.projections == ()


def test_strengths_are_written_as_the_page_and_the_sentences_say_them():
    written = {name: task.written(task.usual) for name, task in TASKS.items()}
    assert written == {
        "denoise": "0.2",
        "colorize": "100\u00a0%",
        "unwatermark": "60\u00a0%",
        "inpaint": "40\u00a0%",
        "enlarge": "×2",
    }

"""Random latents with the right spread, and changes that are as large as they say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from latentlab.analysis import sampling
from latentlab.analysis.edits import EDITS, sharpness
from latentlab.analysis.planes import turned


@dataclass
class Straight:
    """A network whose decoder shows the latent itself."""

    latent_dim: int = 2
    image_shape: tuple[int, int, int] = (1, 2, 1)

    def encode(self, images):
        return images.reshape(len(images), -1)

    def decode(self, latents):
        return latents.reshape(len(latents), 1, 2, 1)


@dataclass
class Index:
    latents: np.ndarray
    splits: np.ndarray


class NowhereFar:
    def of_latents(self, latents):
        return [sampling.Nearness(0.0, 0.0, is_far=bool(z[0] > 0)) for z in latents]


def test_an_autoencoders_samples_have_the_spread_of_its_latents():
    generator = np.random.default_rng(0)
    turn = np.array([[3.0, 1.0], [0.0, 0.2]])
    latents = (generator.standard_normal((5000, 2)) @ turn + [5, -1]).astype(np.float32)
    index = Index(latents, np.zeros(5000, np.uint8))
    drawn = sampling.draw(Straight(), index, NowhereFar(), n=5000, seed=1, prior=False)
    assert np.allclose(drawn.latents.mean(0), [5, -1], atol=0.15)
    assert np.allclose(np.cov(drawn.latents.T), np.cov(latents.T), rtol=0.1, atol=0.05)
    prior = sampling.draw(Straight(), index, NowhereFar(), n=5000, seed=1, prior=True)
    assert np.allclose(np.cov(prior.latents.T), np.eye(2), atol=0.06)
    assert prior.n_far == (prior.latents[:, 0] > 0).sum()


def test_samples_around_an_image_have_its_posterior():
    mean, std = np.array([1, 2], np.float32), np.array([0.1, 3], np.float32)
    drawn = sampling.spread(Straight(), mean, std, n=4000, seed=0).reshape(-1, 2)
    assert np.allclose(drawn.mean(0), mean, atol=0.2)
    assert np.allclose(drawn.std(0), std, rtol=0.05)


@pytest.mark.parametrize("name", EDITS)
def test_a_change_keeps_shape_and_range_and_leaves_its_input(name):
    images = np.random.default_rng(0).random((3, 8, 9, 1), np.float32)
    before = images.copy()
    changed = EDITS[name](images)
    assert changed.shape == images.shape
    assert changed.dtype == np.float32
    assert changed.min() >= 0
    assert changed.max() <= 1
    assert np.array_equal(images, before)
    assert not np.array_equal(changed, images)


def test_a_shift_moves_and_a_blur_is_less_sharp():
    images = np.random.default_rng(0).random((2, 6, 6, 1), np.float32)
    assert np.array_equal(EDITS["shifted by one pixel"](images)[:, :, 1:], images[:, :, :-1])
    assert sharpness(EDITS["blurred"](images)) < 0.7 * sharpness(images)
    steps = np.tile(np.float32([0, 0.5]), 3)[None, None, :, None].repeat(4, 1)
    assert sharpness(steps) == pytest.approx(0.25)  # 0.5 across, 0 down


def test_turned_axes_turn_back():
    turn = turned(5, 30)
    assert np.allclose(turn @ turn.T, np.eye(5))
    assert np.allclose(turn[:2, :2] @ [1, 0], [np.sqrt(3) / 2, -0.5])

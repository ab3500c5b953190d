"""Training to undo damage: it learns, repeats itself, resumes, and is measured honestly."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from tests.conftest import tiny_config

from latentlab.checkpoints import open_checkpoint
from latentlab.codec import build_for, load_codec
from latentlab.config import make_config, parse_config
from latentlab.tasks import TASKS
from latentlab.training.degrading import Degrader, make_degrader
from latentlab.training.initialization import start_from_mean
from latentlab.training.loop import Trainer
from latentlab.training.run import Places, RunRequest, run


def squares(n=64, seed=0, channels=1):
    rng = np.random.default_rng(seed)
    pixels = np.zeros((n, 16, 16, channels), np.uint8)
    for picture, (x, y) in zip(pixels, rng.integers(0, 10, (n, 2)), strict=True):
        picture[y : y + 6, x : x + 6] = 230
    return pixels


def unet_config(**changes):
    fields = {"model": "unet", "task": "denoise", "latent_dim": 0, "hidden": (8, 8)}
    return tiny_config(**{**fields, "projections": (), "batch_size": 32, **changes})


def trainer(config, channels=1):
    train = squares(channels=channels)
    torch.manual_seed(0)
    module = build_for(config, train.shape[1:])
    start_from_mean(module, train)
    return Trainer(module, config, train, squares(32, 1, channels), torch.device("cpu"))


def weights(subject):
    return {name: tensor.clone() for name, tensor in subject.module.state_dict().items()}


def test_damage_depends_on_seed_and_step_alone():
    images = torch.rand(4, 1, 8, 8)
    degrader = Degrader(TASKS["denoise"], 3)
    first, again, later, other = (
        d(images, step)
        for d, step in (
            (degrader, 5),
            (degrader, 5),
            (degrader, 6),
            (Degrader(TASKS["denoise"], 4), 5),
        )
    )
    assert torch.equal(first, again)
    assert not torch.equal(first, later)
    assert not torch.equal(first, other)


def test_nothing_is_damaged_where_the_image_itself_is_learned():
    assert make_degrader(tiny_config()) is None


@pytest.mark.parametrize("changes", [{}, {"model": "ae", "latent_dim": 4, "hidden": (16,)}])
def test_the_same_seed_gives_the_same_weights(changes):
    first, second = (trainer(unet_config(**changes)) for _ in range(2))
    first.run()
    second.run()
    assert all(torch.equal(a, weights(second)[name]) for name, a in weights(first).items())


@pytest.mark.parametrize("blocks", ["plain", "residual"])
def test_a_unet_learns_to_remove_noise(blocks):
    subject = trainer(unet_config(epochs=60, learning_rate=1e-2, blocks=blocks))
    before = subject.evaluate(squares(32, 1))["loss"]
    subject.run()
    # The loss counts decibels: half the squared error is ln(2) / 2 nats less for each pixel.
    assert subject.evaluate(squares(32, 1))["loss"] < before - 0.5 * np.log(2) * 16 * 16 / 2


def test_new_unets_have_residual_blocks_and_stored_ones_those_they_were_made_of():
    assert make_config(dataset="digits", task="denoise").blocks == "residual"
    stored = make_config(dataset="digits", task="denoise").model_dump()
    del stored["blocks"]
    assert parse_config(stored).blocks == "plain"


@pytest.mark.parametrize("blocks", ["plain", "residual"])
def test_an_untrained_unet_changes_nothing_and_takes_any_size(blocks):
    module = build_for(unet_config(hidden=(8, 8, 8), blocks=blocks), (16, 16, 1))
    for size in ((16, 16), (13, 21), (1, 1)):
        images = torch.rand(2, 1, *size)
        assert torch.allclose(module.restore(images), images, atol=1e-6)


def test_a_color_network_keeps_the_lightness():
    from latentlab.color import to_lab

    config = unet_config(dataset="shapes", task="colorize")
    subject = trainer(config, channels=3)
    grey = torch.rand(2, 1, 9, 12).expand(-1, 3, -1, -1) * 0.6 + 0.2
    with torch.inference_mode():
        answer = subject.module.restore(grey)
    lightness = [to_lab(t.permute(0, 2, 3, 1).numpy())[..., 0] for t in (grey, answer)]
    assert np.abs(lightness[0] - lightness[1]).max() < 1


def test_a_checkpoint_without_a_latent_is_written_and_read(tmp_path):
    places = Places(tmp_path / "checkpoints", tmp_path / "runs")
    result = run(RunRequest(unet_config(epochs=1), name="u", places=places))
    assert result.path is not None
    checkpoint = open_checkpoint(result.path)
    index = checkpoint.index()
    assert index.latents.shape[1] == index.neighbors.shape[1] == 0
    assert index.pca.components.shape[0] == 2
    assert checkpoint.timeline().weights == []
    metrics = checkpoint.manifest.metrics
    assert len(metrics["curve_network"]) == len(metrics["curve_strength"]) > 3
    assert {"psnr", "psnr_input", "psnr_baseline", "ssim"} <= set(metrics)
    images = np.random.default_rng(0).random((3, 20, 30, 1), np.float32)
    assert load_codec(checkpoint).restore(images).shape == images.shape

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import torch
from tests.conftest import tiny_config

from latentlab.checkpoints import Timeline, open_checkpoint, pack
from latentlab.codec import TorchCodec, build_for, load_codec
from latentlab.config import make_config
from latentlab.data import load
from latentlab.errors import ConfigError
from latentlab.images import to_float
from latentlab.training.run import Places, RunRequest, run
from latentlab.training.standardizing import standardize
from latentlab.training.timeline import packed_decoder

PIXELS = load("digits", "train", size=16, n_images=200).images


def stretched(body):
    """An untrained VAE whose latents are far from where the prior is."""
    config = tiny_config(body=body, hidden=(8, 8), latent_dim=3, likelihood="gaussian")
    torch.manual_seed(0)
    module = build_for(config, PIXELS.shape[1:])
    with torch.no_grad():
        module.encoder[-1].weight[:3] *= 30
        module.encoder[-1].bias[:3] += torch.tensor([4.0, -2.0, 0.5])
    return module.eval().requires_grad_(False)


def kl(means, stds):
    return (0.5 * (means**2 + stds**2 - 1 - 2 * np.log(stds))).sum(1).mean()


@pytest.mark.parametrize("body", ["dense", "conv"])
def test_images_stay_the_same_and_the_kl_term_is_at_its_least(body):
    module, images = stretched(body), to_float(PIXELS)
    codec = TorchCodec(module, PIXELS.shape[1:])
    drawn, before = codec.reconstruct(images), kl(*codec.encode_stats(images))

    standardize(module, PIXELS)

    means, stds = codec.encode_stats(images)
    np.testing.assert_allclose(codec.reconstruct(images), drawn, atol=1e-4)
    np.testing.assert_allclose(means.mean(0), 0, atol=1e-4)
    np.testing.assert_allclose(means.var(0) + (stds**2).mean(0), 1, rtol=1e-4)
    least = kl(means, stds)
    assert least < before
    for shift, factor in ((0.1, 1), (-0.1, 1), (0, 1.1), (0, 0.9)):
        assert kl((means - shift) * factor, stds * factor) > least


@pytest.mark.parametrize("body", ["dense", "conv"])
def test_stages_of_the_training_move_along_and_decode_to_the_same_images(body):
    module = stretched(body)
    codec = TorchCodec(module, PIXELS.shape[1:])
    latents, drawn = codec.encode(to_float(PIXELS)), codec.reconstruct(to_float(PIXELS))
    step = np.array([7], np.int32)
    before = Timeline(step, latents[None], step, [packed_decoder(module)])

    after = standardize(module, PIXELS).timeline(before)

    np.testing.assert_allclose(after.latents[0], codec.encode(to_float(PIXELS)), atol=1e-3)
    state = {name: torch.from_numpy(array) for name, array in after.decoder(0).items()}
    module.decoder.load_state_dict(state)
    # Weights of a byte each were packed a second time.
    np.testing.assert_allclose(codec.decode(after.latents[0]), drawn, atol=0.02)


def test_a_training_ends_with_latents_where_the_prior_is(tmp_path):
    config = tiny_config(standardize=True)
    other = dataclasses.replace
    places = Places(tmp_path / "checkpoints", tmp_path / "runs")
    request = RunRequest(config, name="moved", places=places)
    run(request)
    run(other(request, config=tiny_config(standardize=False), name="left"))

    moved, left = (open_checkpoint(places.checkpoints / name) for name in ("moved", "left"))

    means, stds = load_codec(moved).encode_stats(
        to_float(load("digits", "train", size=16, n_images=256).images)
    )
    np.testing.assert_allclose(means.mean(0), 0, atol=1e-3)
    np.testing.assert_allclose(means.var(0) + (stds**2).mean(0), 1, rtol=1e-3)
    assert moved.manifest.metrics["kl"] < left.manifest.metrics["kl"]
    assert moved.manifest.metrics["mse"] == pytest.approx(left.manifest.metrics["mse"], rel=1e-4)
    stored = {k.removeprefix("decoder."): v for k, v in moved.weights().items()}
    last = moved.timeline().decoder(-1)
    for name, array in last.items():
        np.testing.assert_allclose(array, pack(stored[name]).unpack(), atol=0.02)


def test_a_new_vae_with_the_gaussian_likelihood_is_standardized():
    assert make_config(dataset="shapes", model="vae").standardize
    assert not make_config(dataset="shapes", model="vae", standardize=False).standardize
    assert not make_config(dataset="shapes", model="ae").standardize
    assert not make_config(dataset="digits", model="vae").standardize


def test_what_has_no_prior_cannot_be_standardized():
    with pytest.raises(ConfigError, match="standardize"):
        make_config(dataset="digits", model="ae", standardize=True)

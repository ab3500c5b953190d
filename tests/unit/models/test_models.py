from __future__ import annotations

import math

import pytest
import torch

from latentlab.errors import ConfigError
from latentlab.models import BODIES, MODELS, build
from latentlab.models.likelihoods import Bernoulli, Gaussian
from latentlab.models.vae import kl_per_dimension, sample

WITH_LATENT = [name for name, entry in MODELS.items() if entry.has_latent]


def make(model="vae", body="dense", shape=(28, 28, 1), latent_dim=3, **more):
    torch.manual_seed(0)
    hidden = (32, 16) if body == "dense" else (4, 8)
    return build(model, body=body, image_shape=shape, latent_dim=latent_dim, hidden=hidden, **more)


@pytest.mark.parametrize("model", WITH_LATENT)
@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize(
    "shape", [(16, 16, 1), (27, 33, 3), (28, 28, 1), (64, 64, 3), (128, 96, 1)]
)
def test_any_image_size_comes_back_in_its_own_shape(model, body, shape):
    network = make(model, body, shape)
    height, width, channels = shape
    images = torch.rand(2, channels, height, width)

    latents, log_variance = network.encode(images)
    decoded = network.decode(latents)

    assert latents.shape == (2, 3)
    assert (log_variance is None) == (model == "ae")
    assert decoded.shape == images.shape
    low, high = decoded.detach().aminmax()
    assert 0 <= low.item() <= high.item() <= 1


def test_number_of_parameters_is_pinned():
    count = sum(p.numel() for p in make("vae", "dense").parameters())
    # 784*32+32 + 32*16+16 + 16*6+6  and  3*16+16 + 16*32+32 + 32*784+784
    assert count == 25120 + 528 + 102 + 64 + 544 + 25872


@pytest.mark.parametrize("likelihood", ["bernoulli", "gaussian"])
@pytest.mark.parametrize("model", WITH_LATENT)
def test_training_loss_has_the_gradient_of_the_loss(model, likelihood):
    network = make(model, likelihood=likelihood, beta=3.0)
    images, noise = torch.rand(5, 1, 28, 28), torch.randn(5, 3)

    network.loss(images, noise)["loss"].mean().backward()
    wanted = [p.grad.clone() for p in network.parameters()]
    network.zero_grad()
    network.training_loss(images, noise).backward()

    for have, want in zip([p.grad for p in network.parameters()], wanted, strict=True):
        torch.testing.assert_close(have, want, rtol=1e-4, atol=1e-6)


def test_terms_of_the_vae_add_up():
    network = make("vae", beta=4.0)
    terms = network.loss(torch.rand(6, 1, 28, 28), torch.randn(6, 3))
    torch.testing.assert_close(terms["loss"], terms["reconstruction"] + 4 * terms["kl"])
    torch.testing.assert_close(terms["elbo"], terms["reconstruction"] + terms["kl"])
    assert bool((terms["kl"] >= 0).all())


def test_a_plain_autoencoder_has_no_kl():
    assert set(make("ae").loss(torch.rand(2, 1, 28, 28))) == {"loss", "reconstruction"}


def test_kl_agrees_with_torch_distributions():
    mean, log_variance = torch.randn(4, 3), torch.randn(4, 3)
    theirs = torch.distributions.kl_divergence(
        torch.distributions.Normal(mean, torch.exp(0.5 * log_variance)),
        torch.distributions.Normal(torch.zeros(4, 3), torch.ones(4, 3)),
    )
    torch.testing.assert_close(kl_per_dimension(mean, log_variance), theirs, rtol=1e-4, atol=1e-5)


def test_sample_is_the_reparametrization():
    mean, log_variance = torch.tensor([[1.0]]), torch.tensor([[math.log(4.0)]])
    assert float(sample(mean, log_variance, torch.tensor([[0.5]]))) == pytest.approx(2.0)


def test_bernoulli_is_the_cross_entropy_in_nats():
    logits, images = torch.zeros(1, 1, 2, 2), torch.ones(1, 1, 2, 2)
    assert float(Bernoulli()(logits, images)) == pytest.approx(4 * math.log(2))


def test_gaussian_agrees_with_torch_distributions():
    likelihood = Gaussian().eval()
    logits, images = torch.randn(2, 1, 3, 3), torch.rand(2, 1, 3, 3)
    normal = torch.distributions.Normal(torch.sigmoid(logits), likelihood.log_sigma.exp())
    want = -normal.log_prob(images).flatten(1).sum(1)
    torch.testing.assert_close(likelihood(logits, images), want)


def test_gaussian_trains_with_the_standard_deviation_that_fits_the_batch():
    likelihood = Gaussian()
    logits, images = torch.randn(4, 1, 3, 3), torch.rand(4, 1, 3, 3)
    mse = (torch.sigmoid(logits) - images).square().mean()
    per_image = likelihood(logits, images)
    # Of all standard deviations none costs less: D/2 (log(2 pi MSE) + 1), on average.
    want = 9 / 2 * (torch.log(2 * torch.pi * mse) + 1)
    torch.testing.assert_close(per_image.mean(), want)
    for _ in range(300):
        likelihood(logits, images)
    torch.testing.assert_close(likelihood.eval()(logits, images), per_image)
    assert not list(likelihood.parameters())


@pytest.mark.parametrize(
    ("change", "word"),
    [({"model": "vea"}, "vae"), ({"body": "dens"}, "dense"), ({"likelihood": "gauss"}, "gaussian")],
)
def test_unknown_names_get_the_nearest_guess(change, word):
    with pytest.raises(ConfigError, match=f"Did you mean '{word}'"):
        make(**change)


def test_the_screen_writes_the_constants_of_the_losses():
    from latentlab.models import chroma, unet
    from latentlab.wording import about

    assert about.SMALL_MSE == unet.SMALL_MSE
    assert (about.SMALL_ERROR, about.CHOICE) == (chroma.SMALL_ERROR, chroma.CHOICE)

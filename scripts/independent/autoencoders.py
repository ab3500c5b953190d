"""Reconstruction error, PSNR, SSIM, ELBO and its floor, label agreement: all a second time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy.special import entr, expit
from scipy.stats import bootstrap, norm
from skimage.metrics import peak_signal_noise_ratio, structural_similarity
from sklearn.decomposition import PCA
from sklearn.metrics import pairwise_distances
from sklearn.neighbors import NearestNeighbors

from independent import Check
from independent.forward import Floats, Network

N_TRAIN = 10_000
K = 9
K_BALL = 5


def checks(
    network: Network, metrics: dict[str, Any], sets: dict[str, Any], seed: int
) -> Iterator[Check]:
    """Work out every figure of a network that reconstructs.

    Parameters
    ----------
    network : Network
    metrics : dict
        As published.
    sets : dict of split name to (float images, labels)
        The test split holds only classes that the network was shown.
    seed : int
    """
    (test, _), (train, _) = sets["test"], sets["train"]
    drawn = network.reconstruct(test)
    yield Check("mse", metrics["mse"], float(np.square(drawn - test).mean()), 1e-5)
    found = peak_signal_noise_ratio(test, drawn, data_range=1)
    yield Check("psnr", metrics["psnr"], float(found), 0.01)
    pairs = zip(test.astype(float), drawn.astype(float), strict=True)
    similar = [structural_similarity(a, b, data_range=1, channel_axis=-1) for a, b in pairs]
    yield Check("ssim", metrics["ssim"], float(np.mean(similar)), 1e-3)
    few = train[:N_TRAIN]
    error = float(np.square(network.reconstruct(few) - few).mean())
    yield Check("mse_train", metrics["mse_train"], error, 1e-5)
    if "mse_excess" in metrics:
        yield from _excess(metrics["mse_excess"], network, few, test, seed)
    if "floor" in metrics:
        for split, (images, _) in sets.items():
            both = sum(float(entr(x).sum(dtype=np.float64)) for x in (images, 1 - images))
            yield Check(f"floor {split}", metrics["floor"][split], both / len(images), 0.01)
    if "elbo" in metrics:
        yield _elbo(network, metrics, test)
    if "precision" in metrics.get("prior", {}):
        yield from _prior(network, metrics["prior"], train, seed)


def _excess(
    published: dict[str, float], network: Network, train: Floats, test: Floats, seed: int
) -> Iterator[Check]:
    """Resample both sets of images; an end may be off by a tenth of the interval's width."""
    errors = [np.square(network.reconstruct(x) - x).mean(axis=(1, 2, 3)) for x in (test, train)]
    found = bootstrap(
        errors,
        lambda a, b, axis: a.mean(axis) / b.mean(axis) - 1,
        method="percentile",
        n_resamples=2000,
        batch=50,
        rng=seed,
    ).confidence_interval
    slack = 0.1 * (published["high"] - published["low"])
    yield Check("mse_excess low", published["low"], float(found.low), slack)
    yield Check("mse_excess high", published["high"], float(found.high), slack)


def agreement(
    network: Network, metrics: dict[str, Any], sets: dict[str, Any], seed: int
) -> Iterator[Check]:
    """Search all training images with scikit-learn's neighbors."""
    (test, asked), (train, labels) = sets["test"], sets["train"]
    n_asked = int(metrics["label_agreement_n"]["asked"])
    rows = np.sort(np.random.default_rng([seed, 3]).permutation(len(test))[:n_asked])
    test, asked = test[rows], asked[rows]
    flat, queries = train.reshape(len(train), -1), test.reshape(len(test), -1)
    n = network.config["latent_dim"]
    pca = PCA(n, svd_solver="covariance_eigh").fit(flat)
    spaces = {
        "latent": (network.encode(train)[0], network.encode(test)[0]),
        "pixel": (flat, queries),
        "pca": (pca.transform(flat), pca.transform(queries)),
    }
    for name, (space, places) in spaces.items():
        near = NearestNeighbors(n_neighbors=K, algorithm="brute").fit(space)
        found = near.kneighbors(places, return_distance=False)
        share = float((labels[found] == asked[:, None]).mean())
        yield Check(f"label agreement {name}", metrics["label_agreement"][name], share, 2e-3)
    shares = np.bincount(labels, minlength=asked.max() + 1) / len(labels)
    published = metrics["label_agreement"]["shuffled"]
    yield Check("label agreement shuffled", published, float(shares[asked].mean()), 1e-6)


def _prior(
    network: Network, published: dict[str, float], train: Floats, seed: int
) -> Iterator[Check]:
    """Decode the same samples from the prior and compare them with training images."""
    n = int(published["n"])
    generator = np.random.default_rng([seed, 21])
    latents = generator.standard_normal((n, network.config["latent_dim"]))
    logits = network.logits(latents.astype(np.float32)).reshape(n, -1)
    real = train[:n].reshape(n, -1).astype(np.float64)
    radii = NearestNeighbors(n_neighbors=K_BALL).fit(real).kneighbors()[0][:, -1]
    distances = pairwise_distances(real, expit(logits.astype(np.float64)))
    inside = distances <= radii[:, None]
    for name, axis in (("precision", 0), ("coverage", 1)):
        share = float(inside.any(axis).mean())
        yield Check(f"prior {name}", published[name], share, 3e-3)


def _elbo(network: Network, metrics: dict[str, Any], images: Floats) -> Check:
    """Draw two latents for each image, with numpy's noise instead of torch's.

    What their difference says of the noise is the tolerance: the published one is that of as few as
    two draws of the mean, and can be small by luck.
    """
    mean, log_variance = network.encode(images)
    assert log_variance is not None
    std = np.exp(0.5 * log_variance)
    kl = 0.5 * (mean**2 + std**2 - 1 - log_variance).sum(axis=1)
    generator = np.random.default_rng(0)
    drawn = [
        _reconstruction_term(network, mean + std * generator.standard_normal(mean.shape), images)
        for _ in range(2)
    ]
    each = np.mean(drawn, axis=0) + kl
    of_one = float(np.std(drawn[0] - drawn[1]) / np.sqrt(2 * len(images)))
    draws = max(1, min(16, max(2, 5000 // len(images))))
    # Rounding in float32, which a Gaussian's small variance enlarges, and the noise of the draws.
    rounding = 0.02 + 5e-5 * abs(metrics["elbo"])
    tolerance = rounding + 4 * of_one * np.sqrt(1 / 2 + 1 / draws)
    return Check("negative ELBO", metrics["elbo"], float(each.mean()), float(tolerance))


def _reconstruction_term(network: Network, latents: Floats, images: Floats) -> Floats:
    logits = network.logits(latents.astype(np.float32)).astype(np.float64)
    if network.log_sigma is None:
        # -log of a Bernoulli probability with gray values as means.
        terms = np.logaddexp(0, logits) - images * logits
    else:
        sigma = np.exp(max(network.log_sigma, -6.0))
        terms = -norm.logpdf(images, 1 / (1 + np.exp(-logits)), sigma)
    return np.asarray(terms.reshape(len(images), -1).sum(axis=1))

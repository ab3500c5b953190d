"""What is measured after training, on the test split, and written into the checkpoint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import Any

import numpy as np
import torch

from latentlab.analysis import AnalysisError, fidelity, quality, support
from latentlab.analysis.comparison import excess
from latentlab.checkpoints import LatentIndex
from latentlab.codec import Network, TorchCodec
from latentlab.config import RunConfig
from latentlab.data import ImageSet
from latentlab.data.classes import class_numbers, keep_classes
from latentlab.images import Images, Pixels, to_float
from latentlab.models import OWN
from latentlab.training.terms import mean_terms

# A latent dimension is active when its mean moves with the image (Burda et al. 2016, their value).
ACTIVE_VARIANCE = 0.01
# Training images that the error is measured on too: what is larger on test images is overfitting.
N_TRAIN = 10_000
# New noise is sampled until so many images were measured, so that what is printed is not noise.
N_DRAWN, MOST_DRAWS = 5000, 16
N_VALIDATION = 10_000
# Training images that the mean image is taken from.
N_MEAN = 10_000

Metrics = dict[str, Any]


def evaluate(codec: Network, config: RunConfig, sets: Mapping[str, ImageSet]) -> Metrics:
    """Measure reconstructions and loss terms on images the network has not been trained on.

    Parameters
    ----------
    codec : Network
    config : RunConfig
        Where it names normal classes, every figure is of these; those of the others are apart.
    sets : mapping of split name to ImageSet

    Returns
    -------
    dict
        Of the test split: ``n_test``, ``mse`` (per pixel), ``psnr`` (of the mse, dB), ``ssim``
        (scikit-image's default), the loss terms (nats per image; ``elbo`` is the negative ELBO,
        ``elbo_noise`` the standard error of its mean over draws); what `overfitting` measures;
        ``psnr_mean_image``, see `mean_image_psnr`; ``floor``, by split, see `bernoulli_floor`; for
        a VAE ``kl_per_dimension`` (nats) and ``active_dimensions``;
        ``left_out``: mse, psnr and ssim of the classes left out. Of a network from elsewhere the
        loss is unknown, and without a decoder there are no reconstructions.
    """
    test, others = by_normality(config, sets["test"])
    metrics: Metrics = {"n_test": float(len(test.images))}
    metrics |= _terms(codec, test.images, config)
    if codec.decodes:
        figures, errors = _reconstruction(codec, test.images)
        metrics |= figures
        metrics |= overfitting(errors, training_errors(codec, sets["train"].images))
        metrics["psnr_mean_image"] = mean_image_psnr(sets["train"].images, test.images)
    metrics |= floors(config, {**sets, "test": test})
    if others is not None:
        metrics["left_out"], _ = _reconstruction(codec, others.images)
    return _activity(codec, test.images) | metrics


def overfitting(new: fidelity.Floats, learned: fidelity.Floats) -> Metrics:
    """Say by how much the error on test images exceeds that on training images.

    Parameters
    ----------
    new, learned : float64 (n,), (m,)
        Mean squared error of each test image, and of each training image.

    Returns
    -------
    dict
        ``mse_train`` (per pixel), and ``mse_excess``: by which share the error on test images
        exceeds it, with the 95 % interval of `latentlab.analysis.comparison.excess`; absent where
        there is no error to compare.
    """
    found: Metrics = {"mse_train": float(learned.mean())}
    with suppress(AnalysisError):
        found["mse_excess"] = asdict(excess(new, learned))
    return found


def training_errors(codec: Network, train: Pixels) -> fidelity.Floats:
    """Return the mean squared error of each of the first 10,000 training images.

    Parameters
    ----------
    codec : Network
    train : uint8 (n, height, width, channels)

    Returns
    -------
    float64 (m,)
        Per pixel and channel, of values from 0 to 1; m is at most 10,000.
    """
    return reconstruction_errors(codec, train[:N_TRAIN])


def reconstruction_errors(codec: Network, images: Pixels) -> fidelity.Floats:
    """Return the mean squared error of each image's reconstruction, over pixels and channels.

    Parameters
    ----------
    codec : Network
        One that decodes.
    images : uint8 (n, height, width, channels)

    Returns
    -------
    float64 (n,)
    """
    pairs = _reconstructed(codec, images)
    return np.concatenate([fidelity.squared_errors(drawn, batch) for batch, drawn in pairs])


def mean_image_psnr(train: Pixels, test: Pixels) -> float:
    """Return the PSNR of the mean training image on test images: what needs no network.

    Parameters
    ----------
    train, test : uint8 (n, height, width, channels)
        Of `train` the first `N_MEAN` are averaged.

    Returns
    -------
    float
        In dB, of the mean squared error over all test images.
    """
    mean = train[:N_MEAN].mean(axis=0, dtype=np.float64) / 255
    errors = [
        np.square(to_float(np.asarray(test[start : start + 1000])) - mean).mean(axis=(1, 2, 3))
        for start in range(0, len(test), 1000)
    ]
    return float(fidelity.decibels(np.concatenate(errors).mean()))


def by_normality(config: RunConfig, test: ImageSet) -> tuple[ImageSet, ImageSet | None]:
    """Split test images into those of classes the network has learned and, if any, the others."""
    if config.normal_classes is None:
        return test, None
    normal = class_numbers(config.normal_classes, test.class_names)
    others = sorted(set(np.unique(test.labels).tolist()) - set(normal))
    return keep_classes(test, normal), keep_classes(test, others) if others else None


def floors(config: RunConfig, sets: Mapping[str, ImageSet]) -> Metrics:
    """Return the floor of the loss by split; see `bernoulli_floor`.

    Parameters
    ----------
    config : RunConfig
    sets : mapping of split name to ImageSet

    Returns
    -------
    dict
        ``floor``: by split, in nats per image; empty where the loss is another one or unknown.
    """
    if config.likelihood != "bernoulli" or not config.latent_dim or config.body == OWN:
        return {}
    return {"floor": {split: bernoulli_floor(images.images) for split, images in sets.items()}}


def bernoulli_floor(pixels: Pixels) -> float:
    """Return what the Bernoulli term costs for a perfect reconstruction, in nats per image.

    A gray value x taken as the mean of a Bernoulli variable has the cross-entropy with itself
    H(x) = -x ln x - (1 - x) ln(1 - x), which is 0 for black and white only. No network can go below
    its sum over pixels.

    Parameters
    ----------
    pixels : uint8 (n, height, width, channels)

    Returns
    -------
    float
        Mean over images.
    """
    counts = np.zeros(256, np.int64)
    for start in range(0, len(pixels), 1000):
        counts += np.bincount(np.asarray(pixels[start : start + 1000]).ravel(), minlength=256)
    gray = np.arange(1, 255) / 255
    entropy = -gray * np.log(gray) - (1 - gray) * np.log1p(-gray)
    return float((counts[1:255] * entropy).sum() / len(pixels))


def _terms(codec: Network, images: Pixels, config: RunConfig) -> Metrics:
    if not isinstance(codec, TorchCodec):  # nobody knows what its loss was
        return {}
    draws = 1
    if config.model == "vae":
        draws = int(np.clip(N_DRAWN // len(images), 2, MOST_DRAWS))
    device = torch.device("cpu")
    found = [
        mean_terms(codec.module, images, device, seed=config.seed + draw) for draw in range(draws)
    ]
    terms: Metrics = {name: float(np.mean([one[name] for one in found])) for name in found[0]}
    if "elbo" in terms:
        values = [one["elbo"] for one in found]
        terms["elbo_noise"] = float(np.std(values, ddof=1) / np.sqrt(draws))
    return terms


def _reconstruction(codec: Network, images: Pixels) -> tuple[dict[str, float], fidelity.Floats]:
    """Return MSE, PSNR and SSIM over images, and the mean squared error of each."""
    errors, structure = [], []
    for batch, drawn in _reconstructed(codec, images):
        errors.append(fidelity.squared_errors(drawn, batch))
        structure.append(fidelity.ssim(drawn, batch))
    each = np.concatenate(errors)
    mse = float(each.mean())
    figures = {
        "mse": mse,
        "psnr": float(fidelity.decibels(mse)),
        "ssim": float(np.concatenate(structure).mean()),
    }
    return figures, each


def _reconstructed(codec: Network, images: Pixels) -> Iterator[tuple[Images, Images]]:
    for start in range(0, len(images), 1000):
        batch = to_float(np.asarray(images[start : start + 1000]))
        yield batch, codec.reconstruct(batch)


def _activity(codec: Network, images: Pixels) -> Metrics:
    means, stds = codec.encode_stats(to_float(np.asarray(images[:10_000])))
    if stds is None:
        return {}
    kl = 0.5 * (means**2 + stds**2 - 1 - 2 * np.log(stds))
    active = means.var(axis=0) > ACTIVE_VARIANCE
    per_dimension = kl.mean(axis=0, dtype=np.float64)
    return {
        "kl": float(per_dimension.sum()),
        "kl_per_dimension": per_dimension.tolist(),
        "active_dimensions": float(active.sum()),
    }


def trustworthiness(index: LatentIndex, *, seed: int) -> Metrics:
    """Return ``trustworthiness`` of each stored projection, by name; empty where there is none.

    Parameters
    ----------
    index : LatentIndex
    seed : int
        Of the sample of points, where there are many.

    Returns
    -------
    dict
        ``trustworthiness``: by the projection's name, 0 to 1; empty where none is stored.
    """
    found = {
        name: quality.trustworthiness(index.latents, coordinates, seed=seed)
        for name, coordinates in index.projections.items()
    }
    return {"trustworthiness": found} if found else {}


def evaluate_support(codec: Network, index: LatentIndex, validation: Pixels) -> Metrics:
    """Measure how far validation images lie from the stored training latents.

    Parameters
    ----------
    codec : Network
    index : LatentIndex
    validation : uint8 (n, height, width, channels)
        The validation split; the first 10,000 are measured.

    Returns
    -------
    dict
        The 0th to the 100th percentile of their distances (`analysis.support`); empty where there
        are no latents.
    """
    if not codec.latent_dim:
        return {}
    latents = codec.encode(to_float(np.asarray(validation[:N_VALIDATION])))
    return {support.METRIC: support.validation_percentiles(index, latents)}

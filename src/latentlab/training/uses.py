"""What a latent of one size is good for: measured for every network, compared on Bottleneck.

Each figure has its standard error beside it, so that a difference between two sizes can be told
from chance. The errors are of the mean over images; figures of the same images differ by less than
they say, so what exceeds them is no accident.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import numpy.typing as npt

from latentlab.analysis import anomaly, fidelity, restoration
from latentlab.analysis.comparison import paired
from latentlab.analysis.linear import linear_reconstruction
from latentlab.analysis.neighbors import nearest
from latentlab.analysis.support import Support
from latentlab.checkpoints import ImagePCA, LatentIndex
from latentlab.codec import TorchCodec
from latentlab.config import RunConfig
from latentlab.data import ImageSet
from latentlab.images import Images, to_float
from latentlab.tasks import TASKS
from latentlab.training.anomalies import images_by_kind

# Images of the prior, training images that their nearest is looked for among, and noisy images.
N_PRIOR, N_SEARCHED, N_TRAIN, N_NOISY, N_COLOR = 1000, 10_000, 10_000, 2000, 500
NOISE = "denoise"
K_BALL = 5

Metrics = dict[str, Any]
Floats = npt.NDArray[np.float64]


def evaluate_uses(
    codec: TorchCodec,
    config: RunConfig,
    sets: Mapping[str, ImageSet],
    index: LatentIndex,
    support: Support,
) -> Metrics:
    """Measure what depends on the size of the latent.

    Parameters
    ----------
    codec : TorchCodec
        Of a network that reconstructs through a latent.
    config : RunConfig
    sets : mapping of split name to ImageSet
    index : LatentIndex
        Its principal components are the linear map to as many dimensions.
    support : Support
        Says which latents have no training image near.

    Returns
    -------
    dict
        ``mse_error`` and ``mse_pca_error`` (standard errors), ``mse_pca`` and ``mse_pca_train``
        (PCA's reconstruction error), ``mse_pca_gap`` (PCA's less the network's, paired);
        ``noisy`` (PSNR in dB of noisy test images that go through the network: ``input``,
        ``network``, ``pca``, ``error``, at ``strength``); ``out_of_set`` and ``out_of_set_error``
        (AUC of the reconstruction error, by kind of anomaly); for a VAE ``prior``, see
        `evaluate_prior`; for images in color ``color``, the mean distance in a and b of CIE Lab.
    """
    kinds = {kind: images for kind, (images, _, _) in images_by_kind(sets, config).items()}
    test = kinds["normal"]
    network = {kind: _errors(codec.reconstruct(images), images) for kind, images in kinds.items()}
    linear = _errors(linear_reconstruction(test, index.pca), test)
    train = to_float(np.asarray(sets["train"].images[:N_TRAIN]))
    metrics: Metrics = {
        "mse_error": _standard_error(network["normal"]),
        "mse_pca": float(linear.mean()),
        "mse_pca_error": _standard_error(linear),
        "mse_pca_train": float(_errors(linear_reconstruction(train, index.pca), train).mean()),
        "mse_pca_gap": asdict(paired(linear, network["normal"], seed=config.seed)),
    }
    metrics |= _out_of_set(network) | _noisy(codec, config, test[:N_NOISY], index.pca)
    if config.model == "vae":
        metrics |= evaluate_prior(codec, support, train[:N_SEARCHED], test[:N_PRIOR], config.seed)
    if test.shape[-1] == 3:
        metrics |= color_error(codec.reconstruct(test[:N_COLOR]), test[:N_COLOR])
    return metrics


def _out_of_set(errors: Mapping[str, Floats]) -> Metrics:
    normal = errors["normal"]
    others = {kind: found for kind, found in errors.items() if kind != "normal"}
    return {
        "out_of_set": {kind: anomaly.auc(normal, found) for kind, found in others.items()},
        "out_of_set_error": {
            kind: anomaly.auc_error(normal, found) for kind, found in others.items()
        },
    }


def _noisy(codec: TorchCodec, config: RunConfig, clean: Images, pca: ImagePCA) -> Metrics:
    """Send noisy images through a network that never learned to denoise, and through PCA."""
    strength = TASKS[NOISE].usual
    noisy = TASKS[NOISE].degrade(clean, strength, config.seed).images
    found = {
        "input": _errors(noisy, clean),
        "network": _errors(codec.reconstruct(noisy), clean),
        "pca": _errors(linear_reconstruction(noisy, pca), clean),
    }
    figures = {name: float(fidelity.decibels(errors.mean())) for name, errors in found.items()}
    network = found["network"]
    error = 10 / np.log(10) * _standard_error(network) / float(network.mean())
    return {"noisy": {**figures, "error": error, "strength": strength}}


def evaluate_prior(
    codec: TorchCodec, support: Support, train: Images, test: Images, seed: int
) -> Metrics:
    """Measure samples from the prior, as latents and as the images that they decode to.

    Parameters
    ----------
    codec : TorchCodec
        Of a VAE.
    support : Support
    train, test : Images
        Test images are compared with training images as the samples are.
    seed : int

    Returns
    -------
    dict
        ``prior``: of ``n`` samples, the share with no training image near (by `analysis.support`),
        as latents (``far``) and encoded again as images (``far_encoded``); the root mean square
        difference per pixel to the nearest training image (``nearest``), and the same of test
        images (``nearest_test``), each with its standard error; ``precision`` and ``coverage``
        among as many training images, see `precision_and_coverage`, and the same of test images
        (``precision_test``, ``coverage_test``).
    """
    drawn = np.random.default_rng([seed, 21]).standard_normal((N_PRIOR, codec.latent_dim))
    latents = drawn.astype(np.float32)
    samples = codec.decode(latents)
    far = {
        name: float(np.mean([each.is_far for each in support.of_latents(places)]))
        for name, places in (("far", latents), ("far_encoded", codec.encode(samples)))
    }
    nearest_of_samples, nearest_of_test = _nearest(train, samples), _nearest(train, test)
    real = train[:N_PRIOR]
    precision, coverage = precision_and_coverage(real, samples)
    precision_test, coverage_test = precision_and_coverage(real, test)
    return {
        "prior": {
            **far,
            "n": float(N_PRIOR),
            "nearest": float(nearest_of_samples.mean()),
            "nearest_error": _standard_error(nearest_of_samples),
            "nearest_test": float(nearest_of_test.mean()),
            "nearest_test_error": _standard_error(nearest_of_test),
            "precision": precision,
            "coverage": coverage,
            "precision_test": precision_test,
            "coverage_test": coverage_test,
        }
    }


def precision_and_coverage(real: Images, drawn: Images) -> tuple[float, float]:
    """Measure whether drawn images are like real ones, and like all of them.

    Around each real image lies a ball that reaches to its fifth nearest real one, in pixels.
    Precision is the share of drawn images that lie in some ball; coverage is the share of balls
    that hold a drawn image. Samples that are all alike can be precise, but cover little.

    Parameters
    ----------
    real, drawn : float32 (n, h, w, c), (m, h, w, c)
        Values in [0, 1].

    Returns
    -------
    precision, coverage : float
        0 to 1.

    References
    ----------
    Kynkaanniemi et al., "Improved precision and recall metric for assessing generative models",
    2019; Naeem et al., "Reliable fidelity and diversity metrics for generative models", 2020.
    """
    balls, others = (images.reshape(len(images), -1) for images in (real, drawn))
    # The nearest of all is the image itself; a tiny set has fewer than five others.
    radii = nearest(balls, balls, min(K_BALL + 1, len(balls))).distances[:, -1]
    around = nearest(balls, others, len(balls))
    is_inside = (around.distances <= radii[around.rows]).any(1)
    is_covered = nearest(others, balls, 1).distances[:, 0] <= radii
    return float(is_inside.mean()), float(is_covered.mean())


def _nearest(train: Images, images: Images) -> Floats:
    flat = [given.reshape(len(given), -1) for given in (train, images)]
    distances = nearest(flat[0], flat[1], 1).distances[:, 0]
    return np.asarray(distances / np.sqrt(flat[0].shape[1]), np.float64)


def color_error(drawn: Images, clean: Images) -> Metrics:
    """Measure how far colors are off, with the standard error over images.

    Parameters
    ----------
    drawn, clean : float32 (n, h, w, 3), 0 to 1

    Returns
    -------
    dict
        ``color`` with ``off``, a mean distance in a and b of CIE Lab, and ``error``.
    """
    each = [
        restoration.chroma_error(one[None], true[None])
        for one, true in zip(drawn, clean, strict=True)
    ]
    return {"color": {"off": float(np.mean(each)), "error": _standard_error(np.array(each))}}


def _errors(drawn: Images, images: Images) -> Floats:
    return fidelity.squared_errors(drawn, images)


def _standard_error(values: Floats) -> float:
    return float(np.std(values) / np.sqrt(len(values)))

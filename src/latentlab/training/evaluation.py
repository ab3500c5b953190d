"""What is measured after training, on the test split, and written into the checkpoint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from latentlab.analysis import quality, restoration
from latentlab.checkpoints import SPLIT_CODES, LatentIndex
from latentlab.codec import TorchCodec
from latentlab.data import ImageSet
from latentlab.images import Pixels, to_float
from latentlab.training.terms import mean_terms

# A latent dimension is active when its mean moves with the image (Burda et al. 2016, their value).
ACTIVE_VARIANCE = 0.01
N_SSIM = 2000
# Training images that the mean image is taken from.
N_MEAN = 10_000

Metrics = dict[str, Any]


def evaluate(codec: TorchCodec, sets: Mapping[str, ImageSet], *, seed: int) -> Metrics:
    """Measure reconstructions and loss terms on images the network has not been trained on.

    Parameters
    ----------
    codec : TorchCodec
    sets : mapping of split name to ImageSet
        Figures are those of the test split.
    seed : int
        Of the one noise sample per image in the loss terms.

    Returns
    -------
    dict
        ``mse`` (per pixel), ``psnr`` (dB, mean over images), ``ssim`` (over the first 2,000),
        ``psnr_mean_image`` (that of the mean training image: what needs no network),
        the loss terms (nats per image; ``elbo`` is the negative ELBO), and for a VAE
        ``kl_per_dimension`` (nats) and ``active_dimensions``.
    """
    images = sets["test"].images
    mean = sets["train"].images[:N_MEAN].mean(axis=0, dtype=np.float64).astype(np.float32) / 255
    errors, mean_errors = [], []
    metrics: Metrics = dict(mean_terms(codec.module, images, torch.device("cpu"), seed=seed))
    for start in range(0, len(images), 1000):
        batch = to_float(np.asarray(images[start : start + 1000]))
        errors.append(restoration.psnr(codec.reconstruct(batch), batch))
        mean_errors.append(restoration.psnr(mean, batch))
    psnr = np.concatenate(errors)
    metrics["mse"] = float(np.mean(10 ** (-psnr / 10)))
    metrics["psnr"] = float(psnr.mean())
    metrics["psnr_mean_image"] = float(np.concatenate(mean_errors).mean())
    metrics["ssim"] = _ssim(codec, np.asarray(images[:N_SSIM]))
    return metrics | _activity(codec, images)


def _ssim(codec: TorchCodec, images: Pixels) -> float:
    from torchmetrics.functional.image import structural_similarity_index_measure

    clean = to_float(images)
    restored = codec.reconstruct(clean)
    with torch.inference_mode():
        value = structural_similarity_index_measure(
            torch.from_numpy(restored).permute(0, 3, 1, 2),
            torch.from_numpy(clean).permute(0, 3, 1, 2),
            data_range=1.0,
        )
    return float(torch.as_tensor(value if isinstance(value, torch.Tensor) else value[0]))


def _activity(codec: TorchCodec, images: Pixels) -> Metrics:
    means, stds = codec.encode_stats(to_float(np.asarray(images[:10_000])))
    if stds is None:
        return {}
    kl = 0.5 * (means**2 + stds**2 - 1 - 2 * np.log(stds))
    active = means.var(axis=0) > ACTIVE_VARIANCE
    return {
        "kl_per_dimension": kl.mean(axis=0, dtype=np.float64).tolist(),
        "active_dimensions": float(active.sum()),
    }


def evaluate_index(
    index: LatentIndex, pixels: Pixels, *, seed: int, k: int = 9
) -> dict[str, dict[str, float]]:
    """Measure how far neighbors agree in label, and how far each projection can be trusted.

    Parameters
    ----------
    index : LatentIndex
    pixels : uint8 (n, height, width, channels)
        The indexed images.
    seed : int
        Of the shuffled labels and of the samples drawn.
    k : int
        Neighbors asked for.

    Returns
    -------
    dict
        ``label_agreement``: share of the k nearest training images that have a test image's
        label, in ``latent`` space, in ``pixel`` space, in the ``pca`` of the same size, and with
        ``shuffled`` labels. ``trustworthiness`` of each projection. Empty where there are no
        latents.
    """
    if not index.latents.shape[1]:
        return {}
    train = index.splits == SPLIT_CODES["train"]
    test = index.splits == SPLIT_CODES["test"]
    flat = to_float(pixels).reshape(len(pixels), -1)
    spaces: Mapping[str, npt.NDArray[np.float32]] = {
        "latent": index.latents,
        "pixel": flat,
        "pca": index.pca.latents,
    }
    labels, queries = index.labels[train], index.labels[test]
    agreement = {
        name: quality.agreement_between(space[train], labels, space[test], queries, k=k)
        for name, space in spaces.items()
    }
    shuffled = np.random.default_rng(seed).permutation(labels)
    agreement["shuffled"] = quality.agreement_between(
        index.latents[train], shuffled, index.latents[test], queries, k=k
    )
    trust = {
        name: quality.trustworthiness(index.latents, coordinates, seed=seed)
        for name, coordinates in index.projections.items()
    }
    return {"label_agreement": agreement, "trustworthiness": trust}

"""Scores: one value for each image, higher where the image is more anomalous.

==========  ====================================================================================
name        what it is
==========  ====================================================================================
mse         mean squared error of the reconstruction, per pixel
ssim        1 - SSIM of the reconstruction (scikit-image's default)
elbo        negative ELBO in nats, its reconstruction term at the mean of q(z|x); a VAE only
distance    Euclidean distance from the latent to the nearest of up to 10,000 training latents
both        mse and distance, each divided by its median over validation images, added
pca         mean squared error of a PCA reconstruction from as many numbers (baseline)
forest      isolation forest on pixels (baseline)
pixels      distance to the nearest of the same training images in pixels (baseline)
==========  ====================================================================================
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latentlab.analysis import Latents
from latentlab.analysis.fidelity import ssim
from latentlab.analysis.neighbors import nearest
from latentlab.images import Images

NETWORK_SCORES = ("mse", "ssim", "elbo", "distance", "both")
BASELINES = ("pca", "forest", "pixels")

# A drawn pixel is never taken to be surer than this: a logarithm of zero is no score.
SURE = 1e-6

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Seen:
    """What a network makes of images.

    Attributes
    ----------
    images : float32 (n, h, w, c)
        Values in [0, 1].
    latents : float32 (n, z)
    stds : float32 (n, z) or None
        Posterior standard deviations of a VAE.
    drawn : float32 (n, h, w, c)
        The reconstructions.
    """

    images: Images
    latents: Latents
    stds: Floats | None
    drawn: Images


@dataclass(frozen=True)
class Calibration:
    """What new images are measured with.

    Attributes
    ----------
    latents : float32 (m, z)
        Of training images.
    typical_error, typical_distance : float
        Medians over validation images; what "both" divides by.
    sigma : float or None
        Standard deviation of a Gaussian likelihood; None for a Bernoulli one.
    """

    latents: Latents
    typical_error: float = 1.0
    typical_distance: float = 1.0
    sigma: float | None = None


def network_scores(seen: Seen, calibration: Calibration) -> dict[str, Floats]:
    """Score images by what a network makes of them.

    Parameters
    ----------
    seen : Seen
    calibration : Calibration

    Returns
    -------
    dict of str to float32 (n,)
        The names of `NETWORK_SCORES`, without "elbo" for a plain autoencoder.
    """
    mse = _mean_per_image((seen.drawn - seen.images) ** 2)
    distance = nearest(calibration.latents, seen.latents, 1).distances[:, 0]
    structure = np.asarray(1 - ssim(seen.drawn, seen.images), np.float32)
    found = {"mse": mse, "ssim": structure}
    if seen.stds is not None:
        found["elbo"] = _negative_elbo(seen, seen.stds, calibration.sigma)
    both = mse / calibration.typical_error + distance / calibration.typical_distance
    return {**found, "distance": distance, "both": np.asarray(both, np.float32)}


def pixel_errors(image: Images, drawn: Images) -> Floats:
    """Return where a reconstruction is wrong: the squared error of each pixel.

    Parameters
    ----------
    image, drawn : float32 (..., h, w, c)

    Returns
    -------
    float32 (..., h, w)
        Mean over channels; its mean is the score "mse".
    """
    return np.asarray(((drawn - image) ** 2).mean(axis=-1), np.float32)


def linear_error(images: Images, mean: Floats, components: Floats) -> Floats:
    """Return the mean squared error of a linear reconstruction, per pixel.

    Parameters
    ----------
    images : float32 (n, h, w, c)
    mean : float32 (h * w * c,)
    components : float32 (z, h * w * c)
        Orthonormal rows.

    Returns
    -------
    float32 (n,)
    """
    rest = images.reshape(len(images), -1) - mean
    explained = rest @ components.T
    return _mean_per_image((rest - explained @ components) ** 2)


def _negative_elbo(seen: Seen, stds: Floats, sigma: float | None) -> Floats:
    kl = 0.5 * (seen.latents**2 + stds**2 - 1 - 2 * np.log(stds)).sum(axis=1)
    n_values = seen.images[0].size
    if sigma is not None:
        error = ((seen.drawn - seen.images) ** 2).reshape(len(seen.images), -1).sum(axis=1)
        cost = 0.5 * error / sigma**2 + n_values * (np.log(sigma) + 0.5 * np.log(2 * np.pi))
    else:
        p = np.clip(seen.drawn, SURE, 1 - SURE)
        terms = seen.images * np.log(p) + (1 - seen.images) * np.log1p(-p)
        cost = -terms.reshape(len(terms), -1).sum(axis=1)
    return np.asarray(cost + kl, np.float32)


def _mean_per_image(values: NDArray[np.floating]) -> Floats:
    flat = values.reshape(len(values), -1)
    return np.asarray(flat.mean(axis=1, dtype=np.float64), np.float32)

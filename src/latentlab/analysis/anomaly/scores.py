"""Scores: one number per image, higher where the image is more unusual.

==========  ====================================================================================
name        what it is
==========  ====================================================================================
mse         mean squared error of the reconstruction, per pixel
ssim        1 - SSIM of the reconstruction
elbo        negative ELBO in nats, its reconstruction term at the mean of q(z|x); a VAE only
distance    Euclidean distance from the latent to the nearest stored training latent
both        mse and distance, each divided by its median over validation images, added
pca         mean squared error of a PCA reconstruction from as many numbers (baseline)
forest      isolation forest on pixels (baseline)
pixels      distance to the nearest training image in pixels (baseline)
==========  ====================================================================================
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latentlab.analysis import Latents
from latentlab.analysis.neighbors import nearest
from latentlab.images import Images

NETWORK_SCORES = ("mse", "ssim", "elbo", "distance", "both")
BASELINES = ("pca", "forest", "pixels")

# A drawn pixel is never taken to be surer than this: a logarithm of zero is no score.
SURE = 1e-6
# Wang, Bovik, Sheikh and Simoncelli 2004: Gaussian window, and what keeps the quotients finite.
WINDOW, SIGMA = 11, 1.5
C1, C2 = 0.01**2, 0.03**2

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
class Yardstick:
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


def network_scores(seen: Seen, yardstick: Yardstick) -> dict[str, Floats]:
    """Score images by what a network makes of them.

    Parameters
    ----------
    seen : Seen
    yardstick : Yardstick

    Returns
    -------
    dict of str to float32 (n,)
        The names of `NETWORK_SCORES`, without "elbo" for a plain autoencoder.
    """
    mse = _mean_per_image((seen.drawn - seen.images) ** 2)
    distance = nearest(yardstick.latents, seen.latents, 1).distances[:, 0]
    found = {"mse": mse, "ssim": 1 - structure(seen.images, seen.drawn)}
    if seen.stds is not None:
        found["elbo"] = _negative_elbo(seen, seen.stds, yardstick.sigma)
    both = mse / yardstick.typical_error + distance / yardstick.typical_distance
    return {**found, "distance": distance, "both": np.asarray(both, np.float32)}


def surprise(image: Images, drawn: Images) -> Floats:
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


def structure(images: Images, drawn: Images) -> Floats:
    """Return SSIM, the structural similarity of pairs of images.

    Parameters
    ----------
    images, drawn : float32 (n, h, w, c)
        Values in [0, 1]; at least 11 pixels on a side.

    Returns
    -------
    float32 (n,)
        1 where they are the same; averaged over channels and over places where the whole window
        fits.

    References
    ----------
    Wang, Bovik, Sheikh and Simoncelli, "Image quality assessment: from error visibility to
    structural similarity", 2004.
    """
    # Differences of products below: half the digits of float32 would be lost.
    x, y = (np.moveaxis(batch, -1, 1).astype(np.float64) for batch in (images, drawn))
    rows, columns = _window(x.shape[2]), _window(x.shape[3])

    def local(batch: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(rows @ batch @ columns.T)

    mean_x, mean_y = local(x), local(y)
    var_x, var_y = local(x * x) - mean_x**2, local(y * y) - mean_y**2
    covariance = local(x * y) - mean_x * mean_y
    light = (2 * mean_x * mean_y + C1) / (mean_x**2 + mean_y**2 + C1)
    shape = (2 * covariance + C2) / (var_x + var_y + C2)
    return np.asarray((light * shape).mean(axis=(1, 2, 3)), np.float32)


def _window(side: int) -> NDArray[np.float64]:
    """Return the Gaussian window as a matrix (side - 10, side): a row for each place it fits."""
    taps = np.exp(-0.5 * ((np.arange(WINDOW) - WINDOW // 2) / SIGMA) ** 2)
    matrix = np.zeros((side - WINDOW + 1, side))
    for row in range(len(matrix)):
        matrix[row, row : row + WINDOW] = taps / taps.sum()
    return matrix


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

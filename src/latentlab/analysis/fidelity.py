"""How near images are to what they should be: mean squared error, PSNR and SSIM, defined once.

PSNR is pooled: that of the mean squared error over all pixels of all images. So it says the same
as the MSE beside it, and one image that is perfect (and has no finite PSNR of its own) decides
nothing. SSIM is scikit-image's default (a uniform window of 7 x 7 pixels, sample covariance,
borders cut off), a mean over images.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from latentlab.images import Images

Floats = npt.NDArray[np.float64]

# A perfect restoration has no finite PSNR; 100 dB is beyond what 8 bits can show.
PERFECT_MSE = 1e-10
# Side of the window of SSIM, and its constants for values from 0 to 1 (Wang, Bovik, Sheikh and
# Simoncelli, "Image quality assessment", 2004).
WINDOW, C1, C2 = 7, 0.01**2, 0.03**2
_BATCH = 1000  # images whose SSIM is worked out at once


def squared_errors(images: Images, clean: Images) -> Floats:
    """Return the mean squared error of each image, over its pixels and channels.

    Parameters
    ----------
    images, clean : float32 (n, h, w, c), 0 to 1

    Returns
    -------
    float64 (n,)
    """
    difference = np.subtract(images, clean, dtype=np.float64).reshape(len(images), -1)
    return np.asarray(np.square(difference).mean(axis=1))


def decibels(mse: npt.ArrayLike) -> Floats:
    """Return the peak signal-to-noise ratio of mean squared errors, in dB; at most 100.

    Parameters
    ----------
    mse : array_like
        Of values in [0, 1], any shape.

    Returns
    -------
    float64, of the same shape
        ``-10 log10(mse)``: the peak value is 1.
    """
    return np.asarray(-10 * np.log10(np.maximum(np.asarray(mse, np.float64), PERFECT_MSE)))


def psnr(images: Images, clean: Images) -> float:
    """Return the PSNR of the mean squared error over all images, in dB; at most 100.

    Parameters
    ----------
    images, clean : float32 (n, h, w, c)
        Values in [0, 1].

    Returns
    -------
    float
    """
    return float(decibels(squared_errors(images, clean).mean()))


def ssim(images: Images, clean: Images) -> Floats:
    """Return the structural similarity of each image, as scikit-image's default does.

    Parameters
    ----------
    images, clean : float32 (n, h, w, c), 0 to 1

    Returns
    -------
    float64 (n,)
        At most 1, which is for the same image. Where an image is smaller than the window of 7 x 7
        pixels, the window is the largest odd square that fits.
    """
    parts = [
        _ssim(images[start : start + _BATCH], clean[start : start + _BATCH])
        for start in range(0, len(images), _BATCH)
    ]
    return np.concatenate(parts) if parts else np.zeros(0)


def _ssim(images: Images, clean: Images) -> Floats:
    from scipy.ndimage import uniform_filter

    # Differences of products below: half the digits of float32 would be lost.
    x, y = images.astype(np.float64), clean.astype(np.float64)
    side = min(WINDOW, *x.shape[1:3])
    side -= 1 - side % 2
    edge = side // 2

    def local(values: Floats) -> Floats:
        means: Floats = uniform_filter(values, size=(1, side, side, 1))
        return means[:, edge : x.shape[1] - edge, edge : x.shape[2] - edge]

    sample = side**2 / max(1, side**2 - 1)
    mean_x, mean_y = local(x), local(y)
    var_x, var_y = sample * (local(x * x) - mean_x**2), sample * (local(y * y) - mean_y**2)
    both = sample * (local(x * y) - mean_x * mean_y)
    light = (2 * mean_x * mean_y + C1) / (mean_x**2 + mean_y**2 + C1)
    shape = (2 * both + C2) / (var_x + var_y + C2)
    return np.asarray((light * shape).reshape(len(x), -1).mean(axis=1))

"""Small changes to an image whose size an error measure and an eye judge differently."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from latentlab.images import Images

SHIFT = 1  # pixel
BLOCK_SHARE, BLOCK_GRAY = 0.15, 0.5  # of the side; in [0, 1]
BLUR_SIGMA = 0.7  # pixels
BRIGHTER = 0.08


def shifted(images: Images) -> Images:
    """Move images by one pixel to the right; the left column is repeated.

    Parameters
    ----------
    images : float32 (n, h, w, c)
        Values in [0, 1].

    Returns
    -------
    float32 (n, h, w, c)
        Values in [0, 1].
    """
    return np.concatenate([images[:, :, :SHIFT], images[:, :, :-SHIFT]], axis=2)


def blocked(images: Images) -> Images:
    """Put a gray square over the middle.

    Parameters
    ----------
    images : float32 (n, h, w, c)
        Values in [0, 1].

    Returns
    -------
    float32 (n, h, w, c)
        Values in [0, 1].
    """
    height, width = images.shape[1:3]
    side = max(1, round(BLOCK_SHARE * min(height, width)))
    top, left = (height - side) // 2, (width - side) // 2
    changed = images.copy()
    changed[:, top : top + side, left : left + side] = BLOCK_GRAY
    return changed


def blurred(images: Images) -> Images:
    """Blur with a Gaussian.

    Parameters
    ----------
    images : float32 (n, h, w, c)
        Values in [0, 1].

    Returns
    -------
    float32 (n, h, w, c)
        Values in [0, 1].
    """
    from scipy.ndimage import gaussian_filter

    return np.asarray(gaussian_filter(images, (0, BLUR_SIGMA, BLUR_SIGMA, 0)), np.float32)


def brighter(images: Images) -> Images:
    """Make every pixel brighter by the same amount.

    Parameters
    ----------
    images : float32 (n, h, w, c)
        Values in [0, 1].

    Returns
    -------
    float32 (n, h, w, c)
        Values in [0, 1].
    """
    return np.asarray(np.minimum(images + np.float32(BRIGHTER), np.float32(1)))


# Each takes and returns float32 (n, h, w, c) in [0, 1].
EDITS: Mapping[str, Callable[[Images], Images]] = {
    "shifted by one pixel": shifted,
    "with a gray block": blocked,
    "blurred": blurred,
    "brighter": brighter,
}


def sharpness(images: Images) -> float:
    """Return the mean absolute difference between adjacent pixels, over all images, in [0, 1].

    Parameters
    ----------
    images : float32 (n, h, w, c)
        Values in [0, 1].

    Returns
    -------
    float
        Mean of the horizontal and the vertical mean.
    """
    across = np.abs(np.diff(images, axis=2)).mean(dtype=np.float64)
    down = np.abs(np.diff(images, axis=1)).mean(dtype=np.float64)
    return float((across + down) / 2)

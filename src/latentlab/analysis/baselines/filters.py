"""Classical denoising filters: scikit-image's, a median, and shrinkage of a sliding DCT.

Each takes float32 (n, h, w, c) in [0, 1] and returns the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from latentlab.images import Images

PATCH = 8  # pixels a side of the blocks of the sliding DCT


def each(restore: Callable[..., Any], images: Images, **settings: Any) -> Images:
    """Give every image to a function of scikit-image, and cut what it returns to [0, 1].

    Parameters
    ----------
    restore : callable
        ``(image, channel_axis=..., **settings) -> image``.
    images : float32 (n, h, w, c)
    **settings
        Handed on.

    Returns
    -------
    float32 (n, h, w, c)
    """
    if images.shape[-1] == 1:
        found = [restore(one[..., 0], channel_axis=None, **settings)[..., None] for one in images]
    else:
        found = [restore(one, channel_axis=-1, **settings) for one in images]
    return np.asarray(np.clip(np.stack(found), 0, 1), np.float32)


def median(images: Images, side: float) -> Images:
    """Take the median of a window of ``side`` pixels a side, channel by channel.

    Parameters
    ----------
    images : float32 (n, h, w, c)
        Values in [0, 1].
    side : float
        In pixels; rounded down.

    Returns
    -------
    float32 (n, h, w, c)
        Values in [0, 1].
    """
    from scipy.ndimage import median_filter

    size = (1, int(side), int(side), 1)
    return np.asarray(median_filter(images, size=size, mode="nearest"), np.float32)


def bilateral(images: Images, sigma_color: float) -> Images:
    """Average near pixels of like value (Tomasi and Manduchi, 1998).

    Parameters
    ----------
    images : float32 (n, h, w, c)
        Values in [0, 1].
    sigma_color : float
        Standard deviation of the weight of differences between values; 1.5 pixels in space.

    Returns
    -------
    float32 (n, h, w, c)
        Values in [0, 1].

    References
    ----------
    Tomasi and Manduchi, "Bilateral filtering for gray and color images", 1998.
    """
    from skimage.restoration import denoise_bilateral

    return each(denoise_bilateral, images, sigma_color=sigma_color, sigma_spatial=1.5)


def nonlocal_means(images: Images, h: float) -> Images:
    """Average pixels whose surroundings look alike (Buades, Coll and Morel, 2005).

    Parameters
    ----------
    images : float32 (n, h, w, c)
        Values in [0, 1].
    h : float
        Decay of the weights with the distance of two 5 x 5 patches. Larger is smoother.

    Returns
    -------
    float32 (n, h, w, c)
        Values in [0, 1].

    References
    ----------
    Buades, Coll and Morel, "A non-local algorithm for image denoising", 2005.
    """
    from skimage.restoration import denoise_nl_means

    return each(denoise_nl_means, images, h=h, patch_size=5, patch_distance=6, fast_mode=True)


def total_variation(images: Images, weight: float) -> Images:
    """Remove variation that costs little to remove (Chambolle, 2004).

    Parameters
    ----------
    images : float32 (n, h, w, c)
        Values in [0, 1].
    weight : float
        Of the total variation against the squared difference. Larger is smoother.

    Returns
    -------
    float32 (n, h, w, c)
        Values in [0, 1].

    References
    ----------
    Chambolle, "An algorithm for total variation minimization and applications", 2004.
    """
    from skimage.restoration import denoise_tv_chambolle

    return each(denoise_tv_chambolle, images, weight=weight)


def wavelet(images: Images, sigma: float) -> Images:
    """Shrink wavelets (BayesShrink: Chang, Yu and Vetterli, 2000); the mean over 16 shifts.

    Parameters
    ----------
    images : float32 (n, h, w, c)
        Values in [0, 1].
    sigma : float
        Standard deviation of the noise, in units of the values.

    Returns
    -------
    float32 (n, h, w, c)
        Values in [0, 1].

    References
    ----------
    Chang, Yu and Vetterli, "Adaptive wavelet thresholding for image denoising and compression",
    2000.
    """
    from skimage.restoration import cycle_spin

    return each(cycle_spin, images, func=_shrink, max_shifts=3, workers=1, func_kw={"sigma": sigma})


def _shrink(image: Images, sigma: float) -> Images:
    from skimage.restoration import denoise_wavelet

    axis = -1 if image.ndim == 3 else None
    found = denoise_wavelet(image, sigma=sigma, rescale_sigma=False, channel_axis=axis)
    return np.asarray(found, np.float32)


def sliding_dct(images: Images, threshold: float) -> Images:
    """Drop small coefficients of the DCT of every 8 x 8 block, and average what overlaps.

    Parameters
    ----------
    images : float32 (n, h, w, c), 0 to 1
        In color, the channels are turned into their mean and two differences first.
    threshold : float
        Coefficients of the orthonormal DCT below this are dropped; about 3 standard deviations of
        the noise.

    Returns
    -------
    float32 (n, h, w, c)
        Values in [0, 1].

    References
    ----------
    Yu and Sapiro, "DCT image denoising: a simple and effective image denoising algorithm", 2011.
    """
    from scipy.fft import dct, dctn, idctn

    n, height, width, channels = images.shape
    transformed = dct(images, axis=-1, norm="ortho")
    edge = ((0, 0), (PATCH - 1, PATCH - 1), (PATCH - 1, PATCH - 1), (0, 0))
    padded = np.pad(transformed, edge, "symmetric")
    blocks = np.lib.stride_tricks.sliding_window_view(padded, (PATCH, PATCH), axis=(1, 2))
    found = dctn(blocks, axes=(-2, -1), norm="ortho")
    found[np.abs(found) < threshold] = 0
    blocks = idctn(found, axes=(-2, -1), norm="ortho", overwrite_x=True)
    total = np.zeros((n, height, width, channels), np.float32)
    for dy in range(PATCH):
        for dx in range(PATCH):
            top, left = PATCH - 1 - dy, PATCH - 1 - dx
            total += blocks[:, top : top + height, left : left + width, :, dy, dx]
    back = dct(total / PATCH**2, type=3, axis=-1, norm="ortho")
    return np.asarray(np.clip(back, 0, 1), np.float32)

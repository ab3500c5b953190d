"""Enlarging with cubic splines."""

from __future__ import annotations

import numpy as np

from latentlab.images import Images


def bicubic(images: Images, halvings: int) -> Images:
    """Enlarge images (n, h, w, c) that were halved so many times, with cubic splines.

    Parameters
    ----------
    images : float32 (n, h, w, c)
        Values in [0, 1]; every block of ``2**halvings`` pixels a side has one value.
    halvings : int
        0 returns the images.

    Returns
    -------
    float32 (n, h, w, c)
        Values in [0, 1].
    """
    from scipy.ndimage import zoom

    factor = 2**halvings
    if factor == 1:
        return images
    small = images[:, factor // 2 :: factor, factor // 2 :: factor]
    height, width = images.shape[1:3]
    large = zoom(small, (1, factor, factor, 1), order=3, mode="nearest", grid_mode=True)
    large = np.pad(large, ((0, 0), (0, factor), (0, factor), (0, 0)), "edge")
    return np.asarray(np.clip(large[:, :height, :width], 0, 1), np.float32)

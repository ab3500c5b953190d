"""Any box of an image, averaged into fewer pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from latentlab.images import Images


def resample(
    image: Images, box: tuple[float, float, float, float], size: tuple[int, int]
) -> Images:
    """Average a box of an image into fewer pixels; outside of the image counts as 0.

    Parameters
    ----------
    image : float32 (H, W, c)
    box : (top, left, bottom, right)
        In pixels of the image; may reach beyond it and begin between pixels.
    size : (height, width)

    Returns
    -------
    float32 (height, width, c)
    """
    rows = _overlap(box[0], box[2], size[0], image.shape[0])
    columns = _overlap(box[1], box[3], size[1], image.shape[1])
    across = np.einsum("yr,rwc->ywc", rows, image, optimize=True)
    return np.asarray(np.einsum("xw,ywc->yxc", columns, across, optimize=True), np.float32)


def _overlap(start: float, stop: float, n_out: int, n_in: int) -> NDArray[np.float32]:
    """Share of each target cell (n_out) that each source pixel (n_in) covers."""
    edges = np.linspace(start, stop, n_out + 1)
    pixel = np.arange(n_in)
    covered = np.minimum(edges[1:, None], pixel + 1) - np.maximum(edges[:-1, None], pixel)
    return np.asarray(np.clip(covered, 0, None) * n_out / (stop - start), np.float32)

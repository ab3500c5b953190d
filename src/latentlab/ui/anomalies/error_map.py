"""The reconstruction error map: the squared error of each pixel, over the darkened image."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from latentlab.analysis.anomaly import pixel_errors
from latentlab.images import Images, Pixels, to_pixels

# Inferno of Matplotlib at nine even steps: perceptually uniform, dark to bright.
INFERNO = np.array(
    [
        [0, 0, 4],
        [31, 12, 72],
        [85, 15, 109],
        [136, 34, 106],
        [186, 54, 85],
        [227, 89, 51],
        [249, 140, 10],
        [249, 201, 50],
        [252, 255, 164],
    ],
    np.float32,
)
# How much of the image shines through.
BACKGROUND = 0.3


def heat_map(image: Images, drawn: Images) -> Pixels:
    """Lay the error of each pixel over the image.

    Parameters
    ----------
    image, drawn : float32 (h, w, c)
        Values in [0, 1].

    Returns
    -------
    uint8 (h, w, 3)
        The same scale for every image: an error of 0 lets the darkened image through, an error of
        the full range is the brightest color.
    """
    # The square root of how far a pixel is off: small errors are to be seen too.
    off = pixel_errors(image, drawn)[..., None] ** 0.25
    ground = np.repeat(image.mean(axis=-1, keepdims=True), 3, axis=-1) * BACKGROUND
    return to_pixels(ground * (1 - off) + inferno(off[..., 0]) * off)


def inferno(values: npt.NDArray[np.float32]) -> Images:
    """Return the colors of values.

    Parameters
    ----------
    values : float32 (...)
        0 to 1; others get the color of the nearer end.

    Returns
    -------
    float32 (..., 3), 0 to 1
    """
    stops = np.linspace(0, 1, len(INFERNO))
    parts = [np.interp(values, stops, INFERNO[:, part] / 255) for part in range(3)]
    return np.stack(parts, axis=-1).astype(np.float32)

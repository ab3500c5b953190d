"""How thick the strokes of a figure are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def stroke_width(ink: NDArray[np.bool_]) -> float:
    """Return the usual width of strokes, in pixels.

    A long stroke of width w and length L has an area of w L and an edge of 2 L, so the width is
    twice the area over the length of the edge; a little less for strokes that are not upright.

    Parameters
    ----------
    ink : bool (n, h, w)
        Where the figures are; images without any do not count.

    Returns
    -------
    float
        The median over the images; 0 without ink.
    """
    framed = np.pad(ink, ((0, 0), (1, 1), (1, 1)))
    area = framed.sum(axis=(1, 2))
    edge = sum(np.diff(framed, axis=axis).sum(axis=(1, 2)) for axis in (1, 2))
    inked = area > 0
    return float(np.median(2 * area[inked] / edge[inked])) if inked.any() else 0.0

"""Restore a picture of any size with a small network, tile by tile, without seams."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Value = TypeVar("Value", bound=np.generic)
Pictures = npt.NDArray[Value]

# A tile's middle is kept. A pixel of the answer depends on nothing farther away than the margin,
# and tiles begin at multiples of 4, so the answer is that of the whole picture.
TILE = 256
MARGIN = 32


def restoring_tiles(
    network: Callable[[Pictures[Value]], Pictures[Value]],
    image: Pictures[Value],
    result: Pictures[Value],
    *,
    tile: int = TILE,
    margin: int = MARGIN,
) -> Iterator[float]:
    """Let a fully convolutional network restore a large picture, and stop after each tile.

    Parameters
    ----------
    network : callable
        Pictures (n, h, w, c) to pictures of the same shape, for any height and width.
    image : array (h, w, c)
        Of the type that the network takes.
    result : array (h, w, c)
        Filled tile by tile.
    tile, margin : int
        Side of what is kept of each tile, and how much more is shown around it, in pixels;
        multiples of 4.

    Yields
    ------
    float
        The share of the tiles that are done.
    """
    height, width = image.shape[:2]
    places = list(product(range(0, height, tile), range(0, width, tile)))
    for done, (top, left) in enumerate(places, start=1):
        above, before = max(0, top - margin), max(0, left - margin)
        seen = image[above : top + tile + margin, before : left + tile + margin]
        answer = network(seen[None])[0]
        kept = answer[top - above : top - above + tile, left - before : left - before + tile]
        result[top : top + tile, left : left + tile] = kept
        yield done / len(places)

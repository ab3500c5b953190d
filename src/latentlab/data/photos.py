"""Two photographs that every installation has: they come with scikit-learn, free to pass on.

By Stephen Broadfoot ("flower") and an unnamed photographer ("china"), both CC BY 2.0.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PIL import Image

from latentlab.images import Pixels

NAMES = ("flower", "china")


@lru_cache(maxsize=4)
def sample_photo(name: str) -> Pixels:
    """Return a photograph at its own resolution.

    Parameters
    ----------
    name : str
        One of ``NAMES``.

    Returns
    -------
    uint8 (427, 640, 3)
        Read-only.
    """
    from sklearn.datasets import load_sample_image

    photo: Pixels = np.asarray(load_sample_image(f"{name}.jpg"), np.uint8)
    photo.flags.writeable = False
    return photo


@lru_cache(maxsize=8)
def photo_tiles(side: int, channels: int, n: int = 30) -> Pixels:
    """Cut small square pictures out of the photographs, as an image set has them.

    Parameters
    ----------
    side : int
        Of each picture, in pixels.
    channels : {1, 3}
    n : int
        At most 60.

    Returns
    -------
    uint8 (n, side, side, channels)
        Read-only.
    """
    tiles = []
    for name in NAMES:
        # Five rows of six squares, each a fifth of the photograph's height and reduced.
        photo = Image.fromarray(sample_photo(name)).resize((8 * side, 5 * side))
        pixels = np.asarray(photo if channels == 3 else photo.convert("L"))
        pixels = pixels.reshape(5, side, 8, side, -1)[:, :, 1:7].swapaxes(1, 2)
        tiles.append(pixels.reshape(-1, side, side, channels))
    mixed = np.concatenate(tiles)
    order = np.random.default_rng(4).permutation(len(mixed))[:n]
    chosen: Pixels = np.ascontiguousarray(mixed[order])
    chosen.flags.writeable = False
    return chosen

"""The pictures of a latent index: the originals where they are here, else empty tiles."""

from __future__ import annotations

import numpy as np

from latentlab.checkpoints import Checkpoint, LatentIndex, originals
from latentlab.images import Pixels


def indexed_pictures(checkpoint: Checkpoint, index: LatentIndex) -> tuple[Pixels, str]:
    """Return a picture for every row of the index.

    Parameters
    ----------
    checkpoint : Checkpoint
    index : LatentIndex
        The checkpoint's own.

    Returns
    -------
    pictures : uint8 (n, h, w, c)
        In [0, 255].
    why_not : str
        Why they are empty tiles, in sentences; empty where they are the originals.
    """
    found = originals.look_up(checkpoint)
    if found.pixels is not None:
        return found.pixels, ""
    why = originals.explanation(checkpoint, found.problem or "missing")
    tile = originals.absent(checkpoint.manifest.image_shape)
    return np.broadcast_to(tile, (len(index), *tile.shape)), why

"""The pictures of a latent index: the originals where they are here, else what the network drew."""

from __future__ import annotations

from latentlab.checkpoints import Checkpoint, LatentIndex, originals
from latentlab.codec import load_codec
from latentlab.images import Pixels, to_pixels


def indexed_pictures(checkpoint: Checkpoint, index: LatentIndex) -> tuple[Pixels, bool]:
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
    are_originals : bool
        False where the image set is not on this machine: then they are decoded latents.
    """
    found = originals.indexed(checkpoint)
    if found is not None:
        return found, True
    return to_pixels(load_codec(checkpoint).decode(index.latents)), False

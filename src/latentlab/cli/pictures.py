"""The pictures of a latent index: the originals where they are here, else what the network drew."""

from __future__ import annotations

from latentlab.checkpoints import Checkpoint, LatentIndex, originals
from latentlab.codec import load_codec
from latentlab.images import Pixels, to_pixels


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
        Why they are decoded latents, in sentences; empty where they are the originals.
    """
    found = originals.look_up(checkpoint)
    if found.pixels is not None:
        return found.pixels, ""
    why = originals.explanation(checkpoint, found.problem or "missing")
    return to_pixels(load_codec(checkpoint).decode(index.latents)), why

"""How the images of a checkpoint's set look, so that a visitor's own can be made to look alike."""

from __future__ import annotations

from latentlab.analysis import preprocess
from latentlab.checkpoints import Checkpoint
from latentlab.data.photos import photo_tiles
from latentlab.images import to_float
from latentlab.ui.shell import cache


@cache.kept
def image_statistics(checkpoint: Checkpoint) -> preprocess.ImageStatistics:
    """Return how the images look that a network learned from.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    ImageStatistics
        Found in the originals where they are on this machine, else in reconstructions.
    """
    n = preprocess.N_LOOKED_AT
    originals = cache.originals(checkpoint)
    if originals is not None:
        return preprocess.image_statistics(to_float(originals[:n]))
    if not checkpoint.manifest.config.latent_dim:
        height, width, channels = checkpoint.manifest.image_shape
        return preprocess.image_statistics(to_float(photo_tiles(max(height, width), channels)))
    latents = cache.index(checkpoint).latents[:n]
    return preprocess.image_statistics(cache.decode(checkpoint, latents))

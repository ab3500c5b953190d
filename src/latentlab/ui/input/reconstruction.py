"""What the network makes of an image: as stored while training where it is known, else computed.

Where a stored image is not on this machine, a query holds an empty tile, and what is stored of the
image answers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from latentlab.analysis.support import Nearness
from latentlab.checkpoints import Checkpoint
from latentlab.images import Images
from latentlab.ui.input.query import Query, row_of
from latentlab.ui.shell import cache


@dataclass(frozen=True)
class Reconstruction:
    """An image's way through the network.

    Attributes
    ----------
    row : int or None
        Of the latent index, where it holds the image.
    latent : float32 (z,)
    drawn : float32 (h, w, c), 0 to 1
        An empty tile where the network has no decoder.
    error : float
        Mean squared error per pixel.
    nearness : Nearness
        To the training images of the index, itself not counted.
    """

    row: int | None
    latent: npt.NDArray[np.float32]
    drawn: Images
    error: float
    nearness: Nearness


def reconstruct(checkpoint: Checkpoint, query: Query) -> Reconstruction:
    """Encode and decode an image, or look up what is known of it.

    Parameters
    ----------
    checkpoint : Checkpoint
    query : Query

    Returns
    -------
    Reconstruction

    Raises
    ------
    NetworkError
        If there is no encoder for an image that is not stored.
    """
    index = cache.index(checkpoint)
    row = row_of(index, query)
    if row is not None:
        latent = index.latents[row]
        return Reconstruction(
            row,
            latent,
            cache.decode(checkpoint, latent[None])[0],
            float(index.reconstruction_error[row]),
            cache.support(checkpoint).of_row(row),
        )
    latent = cache.codec(checkpoint).encode(query.pixels[None])[0]
    drawn = cache.decode(checkpoint, latent[None])[0]
    error = float(((drawn - query.pixels) ** 2).mean())
    nearness = cache.support(checkpoint).of_latents(latent)[0]
    return Reconstruction(None, latent, drawn, error, nearness)

"""The contact sheet of a checkpoint: a picture by which a person can judge it."""

from __future__ import annotations

import numpy as np

from latentlab.checkpoints.samples import GAP, SCALE
from latentlab.codec import Network
from latentlab.images import Pixels, mosaic, png, to_float, to_pixels

COLUMNS = 10
ROWS = 3


def contact_sheet(
    codec: Network, images: Pixels, *, show_originals: bool, has_prior: bool, seed: int
) -> bytes:
    """Draw reconstructions, originals above them where they may be shown, then prior samples.

    Parameters
    ----------
    codec : Network
    images : uint8 (n, height, width, channels)
        Test images.
    show_originals : bool
        False for image sets that are not ours to pass on: only what the network drew is shown.
    has_prior : bool
        Whether latents may be drawn from N(0, I): true for a VAE, meaningless for an AE.
    seed : int
        Of the samples.

    Returns
    -------
    bytes
        PNG, pixels enlarged twice.
    """
    chosen = np.asarray(images[: COLUMNS * ROWS])
    drawn = to_pixels(codec.reconstruct(to_float(chosen)))
    rows: list[Pixels] = []
    for start in range(0, len(chosen), COLUMNS):
        if show_originals:
            rows.append(chosen[start : start + COLUMNS])
        rows.append(drawn[start : start + COLUMNS])
    if has_prior:
        z = np.random.default_rng(seed).standard_normal((COLUMNS * ROWS, codec.latent_dim))
        rows.append(to_pixels(codec.decode(z.astype(np.float32))))
    return png(mosaic(np.concatenate(rows), COLUMNS, gap=GAP), scale=SCALE)

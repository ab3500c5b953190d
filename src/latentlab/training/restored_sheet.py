"""The contact sheet of a network that undoes a degradation: degraded above, restored below."""

from __future__ import annotations

import numpy as np

from latentlab.analysis.restoration import restored
from latentlab.checkpoints.samples import GAP, SCALE
from latentlab.codec import Network
from latentlab.config import RunConfig
from latentlab.data.photos import photo_tiles
from latentlab.images import Pixels, mosaic, png, to_float, to_pixels
from latentlab.tasks import TASKS
from latentlab.training.contact_sheet import COLUMNS, ROWS


def restored_sheet(
    codec: Network, config: RunConfig, images: Pixels, *, show_originals: bool
) -> bytes:
    """Draw degraded images and what the network makes of them.

    Parameters
    ----------
    codec : Network
    config : RunConfig
        Its task is one of ``TASKS``.
    images : uint8 (n, h, w, c)
        Test images.
    show_originals : bool
        False for image sets that are not ours to pass on. A restored photograph is nearly the
        photograph, so free ones are shown instead; of gray sets, only what the network drew.

    Returns
    -------
    bytes
        PNG, pixels enlarged twice.
    """
    height, width, channels = codec.image_shape
    lent = not show_originals and channels == 3 and height == width
    chosen = photo_tiles(height, channels) if lent else np.asarray(images[: COLUMNS * ROWS])
    degraded = TASKS[config.task].degrade(to_float(chosen), TASKS[config.task].usual, config.seed)
    drawn = to_pixels(restored(config.task, degraded, codec.restore))
    inputs = to_pixels(degraded.images)
    rows: list[Pixels] = []
    for start in range(0, len(chosen), COLUMNS):
        if show_originals or lent:
            rows.append(inputs[start : start + COLUMNS])
        rows.append(drawn[start : start + COLUMNS])
    return png(mosaic(np.concatenate(rows), COLUMNS, gap=GAP), scale=SCALE)

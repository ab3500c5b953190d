"""Missing parts: a block, or what somebody has painted away."""

from __future__ import annotations

import numpy as np

from latentlab.images import Images
from latentlab.tasks.task import LOST, Degraded, Floats

# What is shown where nothing is known.
BLANK = 0.5


def cut_block(
    images: Images, strengths: Floats, generator: np.random.Generator, kind: str
) -> Degraded:
    """Cut a square block out at a random place.

    Parameters
    ----------
    images : float32 (n, h, w, c), 0 to 1
    strengths : float32 (n,), 0 to 1
        Side of the block, as a share of the shorter side; rounded to whole pixels.
    generator : Generator
        Draws the places, uniformly over those where the block fits.
    kind : str
        Not used: there is one kind.

    Returns
    -------
    Degraded
        Masks are 1 in the block.
    """
    n, height, width, _ = images.shape
    sides = np.rint(strengths * min(height, width)).astype(int)
    tops = (generator.random(n) * (height - sides + 1)).astype(int)[:, None]
    lefts = (generator.random(n) * (width - sides + 1)).astype(int)[:, None]
    rows, columns, side = np.arange(height), np.arange(width), sides[:, None]
    in_rows = (rows >= tops) & (rows < tops + side)
    in_columns = (columns >= lefts) & (columns < lefts + side)
    masks = (in_rows[:, :, None] & in_columns[:, None, :])[..., None].astype(np.float32)
    return fill_hole(images, masks, strengths)


def fill_hole(images: Images, masks: Floats, strengths: Floats) -> Degraded:
    """Blank what the masks cover; the size of a painted hole is what was painted.

    A pixel is lost or known, never half: what a soft brush half covered could not be put back.

    Parameters
    ----------
    images : float32 (n, h, w, c), 0 to 1
    masks : float32 (n, h, w, 1), 0 to 1
        A pixel counts as lost above `LOST`.
    strengths : float32 (n,)
        Not used.

    Returns
    -------
    Degraded
        Lost pixels are middle gray (0.5); masks are 0 or 1.
    """
    lost = masks > LOST
    return Degraded(np.where(lost, np.float32(BLANK), images), lost.astype(np.float32))


def patch(degraded: Degraded, answer: Images) -> Images:
    """Take the network's answer where something was covered: elsewhere the picture is known.

    Parameters
    ----------
    degraded : Degraded
    answer : float32 (n, h, w, c), 0 to 1
        Of the network, for whole images.

    Returns
    -------
    float32 (n, h, w, c), 0 to 1
        The answer as it is where there are no masks.
    """
    if degraded.masks is None:
        return answer
    return np.where(degraded.masks > 0, answer, degraded.images)

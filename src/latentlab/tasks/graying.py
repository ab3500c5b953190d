"""Taking color away, and joining a network's color with the brightness that was given."""

from __future__ import annotations

import numpy as np

from latentlab.color import to_lab, to_rgb
from latentlab.images import Images
from latentlab.tasks.task import Degraded, Floats


def take_color(
    images: Images, strengths: Floats, generator: np.random.Generator, kind: str
) -> Degraded:
    """Take a share of the color away; the lightness stays."""
    lab = to_lab(images)
    lab[..., 1:] *= (1 - strengths).reshape(-1, 1, 1, 1)
    return Degraded(to_rgb(lab))


def join_color(degraded: Degraded, answer: Images) -> Images:
    """Return the given lightness with the color of the network's answer."""
    joined = to_lab(answer)
    joined[..., 0] = to_lab(degraded.images)[..., 0]
    return to_rgb(joined)

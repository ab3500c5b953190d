"""Taking color away, and joining a network's color with the brightness that was given."""

from __future__ import annotations

import numpy as np

from latentlab.color import to_lab, to_rgb
from latentlab.images import Images
from latentlab.tasks.task import Degraded, Floats


def take_color(
    images: Images, strengths: Floats, generator: np.random.Generator, kind: str
) -> Degraded:
    """Take a share of the color away; the lightness stays.

    Parameters
    ----------
    images : float32 (n, h, w, 3), 0 to 1
    strengths : float32 (n,), 0 to 1
        Share of the chroma that is removed; at 1 the image is gray.
    generator : Generator
        Not used: nothing is random here.
    kind : str
        Not used: there is one kind.

    Returns
    -------
    Degraded
        Without masks.
    """
    lab = to_lab(images)
    lab[..., 1:] *= (1 - strengths).reshape(-1, 1, 1, 1)
    return Degraded(to_rgb(lab))


def join_color(degraded: Degraded, answer: Images) -> Images:
    """Return the given lightness with the color of the network's answer.

    Parameters
    ----------
    degraded : Degraded
        Images (n, h, w, 3), whose CIELAB lightness is kept.
    answer : float32 (n, h, w, 3), 0 to 1
        Whose color is taken.

    Returns
    -------
    float32 (n, h, w, 3), 0 to 1
        Cut to [0, 1] where a screen has no such color.
    """
    joined = to_lab(answer)
    joined[..., 0] = to_lab(degraded.images)[..., 0]
    return to_rgb(joined)

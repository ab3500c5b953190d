"""Images that are unusual by construction; the same seed gives the same images."""

from __future__ import annotations

import numpy as np

from latentlab.images import Images

# An empty page is never perfectly even; this much grain keeps its scores from being all equal.
GRAIN = 0.02
# Side of the square that hides a part of a corrupted image, as a share of the image's side.
HIDDEN_SIDE = 0.3
HIDDEN_LEVEL = 0.5


def noise(n: int, shape: tuple[int, int, int], *, seed: int) -> Images:
    """Draw images whose every value is random, even between 0 and 1.

    Parameters
    ----------
    n : int
    shape : (height, width, channels)
    seed : int

    Returns
    -------
    float32 (n, height, width, channels)
    """
    return np.random.default_rng([seed, 11]).random((n, *shape), dtype=np.float32)


def blank(n: int, shape: tuple[int, int, int], *, level: Images, seed: int) -> Images:
    """Draw empty pages: one even color with a faint grain.

    Parameters
    ----------
    n : int
    shape : (height, width, channels)
    level : float32 (channels,)
        The color, see `ground_level`.
    seed : int

    Returns
    -------
    float32 (n, height, width, channels)
        Values in [0, 1].
    """
    grain = np.random.default_rng([seed, 12]).normal(0, GRAIN, (n, *shape))
    return np.clip(level + grain, 0, 1).astype(np.float32)


def ground_level(images: Images) -> Images:
    """Return the color of the ground: the median over the border of some images.

    Parameters
    ----------
    images : float32 (n, height, width, channels)

    Returns
    -------
    float32 (channels,)
    """
    channels = images.shape[-1]
    sides = (images[:, 0], images[:, -1], images[:, :, 0], images[:, :, -1])
    border = np.concatenate([side.reshape(-1, channels) for side in sides])
    return np.asarray(np.median(border, axis=0), np.float32)


def corrupted(images: Images, *, seed: int) -> Images:
    """Hide a part of each image under a gray square at a random place.

    Parameters
    ----------
    images : float32 (n, height, width, channels)
        Not changed.
    seed : int

    Returns
    -------
    float32 (n, height, width, channels)
    """
    result = images.copy()
    height, width = images.shape[1:3]
    side = max(1, round(HIDDEN_SIDE * min(height, width)))
    rng = np.random.default_rng([seed, 13])
    tops = rng.integers(0, height - side + 1, len(images))
    lefts = rng.integers(0, width - side + 1, len(images))
    for image, top, left in zip(result, tops, lefts, strict=True):
        image[top : top + side, left : left + side] = HIDDEN_LEVEL
    return result

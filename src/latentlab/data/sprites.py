"""Drawing sprites: signed distance functions, antialiasing and colors, for whole batches.

A distance function says how far places are outside an outline (inside: negative). Places are
arrays of u (to the right) and v (upwards) in units of the sprite's outer radius. Corners are mitred
rather than round outside: one pixel of antialiasing does not see the difference.

References
----------
The folding of the star and the parts of the heart follow Inigo Quilez, "2D distance functions".
Colors: Björn Ottosson, "A perceptual color space for image processing" (Oklab).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from latentlab.images import Images, Pixels

Places = npt.NDArray[np.floating]

BACKGROUND = (0.106, 0.129, 0.184)
"""sRGB, 0 to 1: what lies behind every sprite."""
_LIGHTNESS, _CHROMA = 0.76, 0.14
_FIRST_HUE = 0.07  # hue 0 is a warm red


def disc(u: Places, v: Places) -> Places:
    """Return the distance to a circle, a little smaller than the radius to match the others.

    Parameters
    ----------
    u, v : float (...)
        Places to the right and upwards of the middle, in units of the sprite's outer radius.

    Returns
    -------
    float (...)
        In these units; negative inside.
    """
    return np.hypot(u, v) - 0.86


def square(u: Places, v: Places) -> Places:
    """Return the distance to an upright square.

    Parameters
    ----------
    u, v : float (...)

    Returns
    -------
    float (...)
        As for `disc`.
    """
    return np.maximum(np.abs(u), np.abs(v)) - 0.76


def triangle(u: Places, v: Places) -> Places:
    """Return the distance to an equilateral triangle standing on its side.

    Parameters
    ----------
    u, v : float (...)

    Returns
    -------
    float (...)
        As for `disc`.
    """
    sides = math.sqrt(0.75) * np.abs(u) + 0.5 * v
    return np.maximum(sides, -v) - 0.54


def star(u: Places, v: Places) -> Places:
    """Return the distance to a star with five points, one of them up.

    Parameters
    ----------
    u, v : float (...)

    Returns
    -------
    float (...)
        As for `disc`.
    """
    x, y = np.abs(u), v
    sin, cos = math.sin(math.pi / 5), math.cos(math.pi / 5)
    for side in (cos, -cos):  # mirror the five points onto the upper one
        beyond = 2 * np.maximum(x * side - y * sin, 0)
        x, y = x - beyond * side, y + beyond * sin
    across, down = 0.5 * sin, 1 - 0.5 * cos  # from the point to the notch beside it
    return (np.abs(x) * down + (y - 1) * across) / math.hypot(across, down)


def heart(u: Places, v: Places) -> Places:
    """Return the distance to a heart, its tip down.

    Parameters
    ----------
    u, v : float (...)

    Returns
    -------
    float (...)
        As for `disc`.
    """
    scale = 0.62
    x, y = np.abs(u) * scale, v * scale + 0.52
    lobe = np.hypot(x - 0.25, y - 0.75) - math.sqrt(0.125)
    flank = (x - y) * math.sqrt(0.5)
    cleft = -np.hypot(x, y - 1)
    below = np.where(flank > 0, flank, np.maximum(flank, cleft))
    return np.where(x + y > 1, lobe, below) / scale


def cross(u: Places, v: Places) -> Places:
    """Return the distance to an upright cross with four equal arms.

    Parameters
    ----------
    u, v : float (...)

    Returns
    -------
    float (...)
        As for `disc`.
    """
    across, along = np.abs(u), np.abs(v)
    far, near = np.maximum(across, along), np.minimum(across, along)
    return np.maximum(far - 0.92, near - 0.33)


SPRITES: Mapping[str, Callable[[Places, Places], Places]] = {
    "disc": disc,
    "square": square,
    "triangle": triangle,
    "star": star,
    "heart": heart,
    "cross": cross,
}


def render(factors: Mapping[str, npt.NDArray[np.float32]], size: int) -> Pixels:
    """Draw sprites.

    Parameters
    ----------
    factors : mapping of str to float32 array (n,)
        shape (row of ``SPRITES``), hue (0 to 1), size (outer diameter), x, y (center, to the right
        and downwards; parts of the image's width), rotation (degrees, counter-clockwise).
    size : int
        Height and width of an image in pixels.

    Returns
    -------
    uint8 array (n, size, size, 3), 0 to 255
    """
    pixels = np.empty((len(factors["shape"]), size, size, 3), dtype=np.uint8)
    ground = np.array(BACKGROUND, dtype=np.float32)
    colors = oklch_to_srgb(_LIGHTNESS, _CHROMA, factors["hue"] + _FIRST_HUE)
    for number, distance in enumerate(SPRITES.values()):
        rows = np.flatnonzero(factors["shape"] == number)
        chosen = {name: values[rows] for name, values in factors.items()}
        u, v, radius = _places(chosen, size)
        ink = np.clip(0.5 - distance(u, v) * radius, 0, 1)  # (m, size, size)
        for channel in range(3):
            step = 255 * (colors[rows, channel] - ground[channel])[:, None, None]
            level = ink * step + (255 * ground[channel] + 0.5)
            pixels[rows, ..., channel] = level.astype(np.uint8)
    return pixels


def oklch_to_srgb(lightness: float, chroma: float, hue: npt.NDArray[np.float32]) -> Images:
    """Turn hues of equal lightness and chroma into sRGB.

    Parameters
    ----------
    lightness, chroma : float
        As in Oklch: 0 to 1, 0 to about 0.3.
    hue : float32 array (n,), turns of the color circle

    Returns
    -------
    float32 array (n, 3), 0 to 1, clipped to what a screen can show
    """
    a, b = (chroma * wave(2 * np.pi * hue) for wave in (np.cos, np.sin))
    lab = np.stack([np.full_like(a, lightness), a, b], axis=-1)
    to_lms = np.array(
        [
            [1, 0.3963377774, 0.2158037573],
            [1, -0.1055613458, -0.0638541728],
            [1, -0.0894841775, -1.2914855480],
        ]
    )
    to_rgb = np.array(
        [
            [4.0767416621, -3.3077115913, 0.2309699292],
            [-1.2684380046, 2.6097574011, -0.3413193965],
            [-0.0041960863, -0.7034186147, 1.7076147010],
        ]
    )
    linear = np.clip((lab @ to_lms.T) ** 3 @ to_rgb.T, 0, 1)
    bent = 1.055 * linear ** (1 / 2.4) - 0.055
    colors: Images = np.where(linear <= 0.0031308, 12.92 * linear, bent).astype(np.float32)
    return colors


def _places(chosen: Mapping[str, Places], size: int) -> tuple[Places, Places, Places]:
    """Return where the pixels lie as each sprite sees them, and the sprites' radii in pixels."""
    middle = (np.arange(size, dtype=np.float32) + 0.5) / size
    right = middle[None, None, :] - chosen["x"][:, None, None]  # (m, 1, size)
    up = chosen["y"][:, None, None] - middle[None, :, None]  # (m, size, 1)
    turn = np.deg2rad(chosen["rotation"])[:, None, None]
    radius = chosen["size"][:, None, None] / 2
    cos, sin = np.cos(turn) / radius, np.sin(turn) / radius
    return right * cos + up * sin, up * cos - right * sin, radius * size

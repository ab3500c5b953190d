"""Watermarks: words and rings stamped over a picture, half transparent."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from latentlab.images import Images
from latentlab.tasks.task import Degraded, Floats

WORDS = ("SAMPLE", "DRAFT", "COPY", "SOLD", "DEMO", "© 2026", "NO", "®")
# Stamps are drawn once; a picture takes one of them, shifted by up to a quarter.
N_STAMPS = 1024
# Black, white, or light gray; how often each.
SHADES, ODDS = (0.0, 1.0, 0.8), (0.2, 0.5, 0.3)
_FINE = 4  # drawn so many times larger, for smooth edges


def stamp(images: Images, strengths: Floats, generator: np.random.Generator, kind: str) -> Degraded:
    """Lay a mark over each image: random word or ring, place, size, angle and shade.

    Parameters
    ----------
    images : float32 (n, h, w, c), 0 to 1
    strengths : float32 (n,), 0 to 1
        Opacity of the mark.
    generator : Generator
        Chooses the mark and its shade.
    kind : str
        Not used: there is one kind.

    Returns
    -------
    Degraded
        Masks say where the mark is.
    """
    n, height, width, _ = images.shape
    marks = _stamps(height, width)[generator.integers(0, N_STAMPS, n)].astype(np.float32) / 255
    shades = generator.choice(np.array(SHADES, np.float32), n, p=ODDS)
    return _blend(images, marks[..., None], strengths, shades)


def put_mark(images: Images, masks: Floats, strengths: Floats) -> Degraded:
    """Lay a painted mark over the images, in white.

    Parameters
    ----------
    images : float32 (n, h, w, c), 0 to 1
    masks : float32 (n, h, w, 1), 0 to 1
        Where somebody has painted.
    strengths : float32 (n,), 0 to 1
        Opacity of the mark.

    Returns
    -------
    Degraded
    """
    return _blend(images, masks, strengths, np.ones(len(images), np.float32))


def _blend(images: Images, marks: Floats, strengths: Floats, shades: Floats) -> Degraded:
    opacity = marks * strengths.reshape(-1, 1, 1, 1)
    mixed = images * (1 - opacity) + shades.reshape(-1, 1, 1, 1) * opacity
    return Degraded(np.asarray(mixed, np.float32), np.asarray(marks, np.float32))


@lru_cache(maxsize=8)
def _stamps(height: int, width: int) -> np.ndarray:
    """Draw all stamps for images of one size: uint8 (N_STAMPS, height, width)."""
    generator = np.random.default_rng(0)
    return np.stack([_draw(height, width, generator) for _ in range(N_STAMPS)])


def _draw(height: int, width: int, generator: np.random.Generator) -> np.ndarray:
    side = max(height, width) * _FINE
    canvas = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(canvas)
    center = side / 2
    if generator.random() < 0.2:
        radius = side * generator.uniform(0.12, 0.3)
        box = (center - radius, center - radius, center + radius, center + radius)
        draw.ellipse(box, outline=255, width=max(1, int(side * generator.uniform(0.04, 0.1))))
    else:
        word = WORDS[generator.integers(len(WORDS))]
        wide = side * generator.uniform(0.5, 1.0)
        size = max(6, min(side // 2, int(1.5 * wide / max(2, len(word)))))
        font = ImageFont.load_default(size)
        bold = max(1, size // 12)
        draw.text((center, center), word, fill=255, font=font, anchor="mm", stroke_width=bold)
    shift = generator.uniform(-0.25, 0.25, 2) * side
    turned = canvas.rotate(
        generator.uniform(-45, 45), Image.Resampling.BILINEAR, translate=(shift[0], shift[1])
    )
    small = turned.resize((math.ceil(side / _FINE),) * 2, Image.Resampling.BOX)
    top, left = (small.height - height) // 2, (small.width - width) // 2
    return np.asarray(small)[top : top + height, left : left + width]

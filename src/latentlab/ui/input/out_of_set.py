"""Out-of-set images, to see whether a network maps them to images like its training images."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from latentlab import data
from latentlab.data.photos import NAMES, sample_photo
from latentlab.images import Images, Pixels, to_float

Shape = tuple[int, int, int]


def noise(shape: Shape, generator: np.random.Generator) -> Images:
    """Every pixel at random: there is nothing to restore.

    Parameters
    ----------
    shape : (int, int, int)
        Height, width, channels.
    generator : Generator

    Returns
    -------
    float32 (h, w, c), 0 to 1
    """
    return generator.random(shape, np.float32)


def letter(shape: Shape, generator: np.random.Generator) -> Images:
    """Draw a white capital letter on black.

    Parameters
    ----------
    shape : (int, int, int)
        Height, width, channels.
    generator : Generator

    Returns
    -------
    float32 (h, w, c), 0 to 1
    """
    side = max(shape[:2])
    canvas = Image.new("L", (side, side), 0)
    text = "ABEFGHKMNPQRSTWXZ"[int(generator.integers(17))]
    font = ImageFont.load_default(int(side * 0.8))
    ImageDraw.Draw(canvas).text((side / 2, side / 2), text, fill=255, font=font, anchor="mm")
    return _fitted(np.asarray(canvas)[..., None], shape)


def photograph(shape: Shape, generator: np.random.Generator) -> Images:
    """Cut a square out of a photograph that comes with scikit-learn.

    Parameters
    ----------
    shape : (int, int, int)
        Height, width, channels.
    generator : Generator

    Returns
    -------
    float32 (h, w, c), 0 to 1
    """
    photo = sample_photo(NAMES[int(generator.integers(len(NAMES)))])
    side = int(generator.integers(120, 420))
    top = int(generator.integers(photo.shape[0] - side))
    left = int(generator.integers(photo.shape[1] - side))
    return _fitted(photo[top : top + side, left : left + side], shape)


def shapes(shape: Shape, generator: np.random.Generator) -> Images:
    """Take one of the colored shapes that the project draws itself.

    Parameters
    ----------
    shape : (int, int, int)
        Height, width, channels.
    generator : Generator

    Returns
    -------
    float32 (h, w, c), 0 to 1
    """
    image_set = data.load("shapes", "test", n_images=200)
    return _fitted(image_set.images[int(generator.integers(len(image_set.images)))], shape)


def digit(shape: Shape, generator: np.random.Generator) -> Images:
    """Take a handwritten digit out of those that come with scikit-learn.

    Parameters
    ----------
    shape : (int, int, int)
        Height, width, channels.
    generator : Generator

    Returns
    -------
    float32 (h, w, c), 0 to 1
    """
    image_set = data.load("digits", "test", n_images=200)
    return _fitted(image_set.images[int(generator.integers(len(image_set.images)))], shape)


def upside_down(shape: Shape, generator: np.random.Generator) -> Images:
    """Turn a handwritten digit by half a turn: one that is none then, a 3, 4 or 7.

    Parameters
    ----------
    shape : (int, int, int)
        Height, width, channels.
    generator : Generator

    Returns
    -------
    float32 (h, w, c), 0 to 1
    """
    image_set = data.load("digits", "test", n_images=200)
    rows = np.flatnonzero(np.isin(image_set.labels, (3, 4, 7)))
    turned = image_set.images[int(generator.choice(rows))][::-1, ::-1]
    return _fitted(np.ascontiguousarray(turned), shape)


OUT_OF_SET: dict[str, Callable[[Shape, np.random.Generator], Images]] = {
    "Pure noise": noise,
    "A letter": letter,
    "An upside-down digit": upside_down,
    "A photograph": photograph,
    "A colored shape": shapes,
    "A handwritten digit": digit,
}

# Image sets in which such a picture is in the set.
_AT_HOME = {"A colored shape": ("shapes",), "A handwritten digit": ("digits", "mnist")}


def out_of_set_for(dataset: str) -> list[str]:
    """Return the names of the pictures that are unlike an image set."""
    return [name for name in OUT_OF_SET if dataset not in _AT_HOME.get(name, ())]


def _fitted(pixels: Pixels, shape: Shape) -> Images:
    """Resize and give or take color, so that a network of that image shape can look at it."""
    gray = pixels.shape[2] == 1
    picture = Image.fromarray(pixels[..., 0] if gray else pixels)
    picture = picture.convert("L" if shape[2] == 1 else "RGB")
    resized = picture.resize((shape[1], shape[0]), Image.Resampling.LANCZOS)
    return to_float(np.asarray(resized, np.uint8).reshape(shape))

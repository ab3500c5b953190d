"""The contact sheet, ``samples.png``: how its tiles are laid out and cut out again."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, UnidentifiedImageError

from latentlab.checkpoints.manifest import damaged
from latentlab.errors import ImageError
from latentlab.images import Pixels, read

# Pixels are enlarged this often, and before that the tiles have this many pixels between them.
SCALE = 2
GAP = 1
# A sheet of the largest images has 10 x 9 of them.
MOST_PIXELS = 32_000_000


def tiles(content: bytes, image_shape: tuple[int, int, int]) -> Pixels:
    """Cut a contact sheet into its images.

    Parameters
    ----------
    content : bytes
        PNG.
    image_shape : (int, int, int)
        Height, width, channels of one image.

    Returns
    -------
    uint8 (n_rows, n_columns, h, w, 3), in [0, 255]

    Raises
    ------
    ImageError
        If it is no PNG, or has no room for a single image.
    """
    picture = _decoded(content)[::SCALE, ::SCALE]
    height, width, _ = image_shape
    n_rows = (picture.shape[0] + GAP) // (height + GAP)
    n_columns = (picture.shape[1] + GAP) // (width + GAP)
    if not n_rows or not n_columns:
        raise ImageError("The picture is smaller than one image.")
    grid = np.empty((n_rows, n_columns, height, width, 3), np.uint8)
    for row in range(n_rows):
        for column in range(n_columns):
            top, left = row * (height + GAP), column * (width + GAP)
            grid[row, column] = picture[top : top + height, left : left + width]
    return grid


def check_samples(content: bytes, image_shape: tuple[int, int, int], name: str) -> None:
    """Prove that a contact sheet is one.

    Parameters
    ----------
    content : bytes
        PNG.
    image_shape : (int, int, int)
        Height, width, channels of one image.
    name : str
        Of the checkpoint, for the sentence.

    Raises
    ------
    CheckpointError
        If it is none.
    """
    try:
        tiles(content, image_shape)
    except ImageError as error:
        what = str(error).rstrip(".")
        raise damaged(name, f"samples.png is no contact sheet ({what})") from None


def _decoded(content: bytes) -> Pixels:
    try:
        with Image.open(io.BytesIO(content), formats=("PNG",)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ImageError("The picture has too many pixels.")
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
        raise ImageError("It is no PNG picture.") from None
    return read(content)

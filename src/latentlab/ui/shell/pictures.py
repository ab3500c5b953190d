"""Pictures as the screen needs them: crisp pixels, in whole steps, as PNG."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass

import numpy as np
from PIL import Image

from latentlab.checkpoints import Checkpoint, samples
from latentlab.images import Pixels, mosaic, png

# Originals, drawings and samples from the prior take this many rows of the contact sheet each.
SHEET_GROUP = 3

THUMBNAIL_TILES = 2
THUMBNAIL_SIDE = 112
ICON_SIDE = 56


@dataclass(frozen=True)
class Sheet:
    """The tiles of a checkpoint's contact sheet, by what they show.

    Attributes
    ----------
    originals : list of uint8 (n_columns, h, w, 3)
        Rows of test images; empty where they may not be passed on.
    drawn : list of uint8 (n_columns, h, w, 3)
        Rows of their reconstructions.
    imagined : list of uint8 (n_columns, h, w, 3)
        Rows drawn from random latents; empty for a plain autoencoder.
    """

    originals: list[Pixels]
    drawn: list[Pixels]
    imagined: list[Pixels]


def sheet(checkpoint: Checkpoint) -> Sheet:
    """Cut a checkpoint's contact sheet into its tiles.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    Sheet
    """
    rows = list(samples.tiles(checkpoint.samples(), checkpoint.manifest.image_shape))
    has_prior = checkpoint.manifest.config.model == "vae" and len(rows) > SHEET_GROUP
    shown, imagined = (rows[:-SHEET_GROUP], rows[-SHEET_GROUP:]) if has_prior else (rows, [])
    if len(shown) > SHEET_GROUP:
        pairs = shown[: len(shown) // 2 * 2]
        return Sheet(originals=pairs[0::2], drawn=pairs[1::2], imagined=imagined)
    return Sheet(originals=[], drawn=shown, imagined=imagined)


def thumbnail(checkpoint: Checkpoint) -> bytes:
    """Draw a small square of what the checkpoint draws.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    bytes
        PNG, a whole multiple of the images' own pixels and at least 112 pixels wide.
    """
    rows = sheet(checkpoint).drawn[:THUMBNAIL_TILES]
    tiles = np.concatenate([row[:THUMBNAIL_TILES] for row in rows])
    picture = mosaic(tiles, columns=THUMBNAIL_TILES)
    return png(picture, scale=-(-THUMBNAIL_SIDE // max(picture.shape[:2])))


def icon(checkpoint: Checkpoint) -> bytes:
    """Draw the thumbnail at the size of a row in a list, as PNG.

    Streamlit encodes anew, in every run, what is wider than it is shown.
    """
    with Image.open(io.BytesIO(thumbnail(checkpoint))) as picture:
        height = round(picture.height * ICON_SIDE / picture.width)
        small = picture.resize((ICON_SIDE, height), Image.Resampling.BOX)
    written = io.BytesIO()
    small.save(written, "PNG")
    return written.getvalue()


def strip(tiles: Pixels, *, scale: int = 2) -> bytes:
    """Draw images in one row, touching, enlarged by a whole factor.

    Parameters
    ----------
    tiles : uint8 (n, h, w, c), in [0, 255]
    scale : int

    Returns
    -------
    bytes
        PNG.
    """
    return png(mosaic(tiles, columns=len(tiles)), scale=scale)


def reduced(pixels: Pixels, largest: int) -> Pixels:
    """Average blocks of pixels until an image is at most `largest` pixels on a side.

    Parameters
    ----------
    pixels : uint8 (n, h, w, c), in [0, 255]
    largest : int

    Returns
    -------
    uint8 (n, h // f, w // f, c)
        Rounded, with a whole factor f; a rest at the right and below is cut off.
    """
    n, height, width, channels = pixels.shape
    factor = -(-max(height, width) // max(largest, 1))
    if factor <= 1:
        return pixels
    rows, columns = height // factor, width // factor
    result = np.empty((n, rows, columns, channels), np.uint8)
    for start in range(0, n, 1000):  # the blocks of all at once would fill the memory
        part = pixels[start : start + 1000, : rows * factor, : columns * factor]
        blocks = part.reshape(len(part), rows, factor, columns, factor, channels)
        result[start : start + 1000] = np.rint(blocks.mean(axis=(2, 4), dtype=np.float32))
    return result


def data_uri(picture: bytes) -> str:
    """Write a PNG as an address that carries the picture itself."""
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"

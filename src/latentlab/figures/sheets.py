"""Sheets of pictures with words beside them, as PNG."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from latentlab.figures import static
from latentlab.figures.look import Look

CAPTION = 16


def rows_png(
    rows: Sequence[npt.NDArray[np.uint8]],
    names: Sequence[str],
    look: Look,
    *,
    scale: int = 2,
    gap: int = 4,
) -> bytes:
    """Lay rows of pictures under each other, each with its name at the left.

    Parameters
    ----------
    rows : sequence of uint8 (n, h, w, c)
        Rows of equal length and picture size, in [0, 255].
    names : sequence of str
        One per row.
    look : Look
    scale : int
        Enlargement in whole pixels.
    gap : int
        Between pictures, in pixels of the result.

    Returns
    -------
    bytes
        PNG.
    """
    lettering = static.font(static.TEXT)
    label_width = max((round(lettering.getlength(name)) for name in names), default=0) + 16
    n, h, w, _ = rows[0].shape
    width = label_width + n * (w * scale + gap) + gap
    height = len(rows) * (h * scale + gap) + gap
    sheet = Image.new("RGB", (width, height), look.background)
    draw = ImageDraw.Draw(sheet)
    for number, (pictures, name) in enumerate(zip(rows, names, strict=True)):
        top = gap + number * (h * scale + gap)
        draw.text(
            (label_width - 8, top + h * scale / 2), name, look.muted, font=lettering, anchor="rm"
        )
        for column, picture in enumerate(pictures):
            sheet.paste(tile(picture, scale), (label_width + column * (w * scale + gap), top))
    return static.encoded(sheet)


def tile(picture: npt.NDArray[np.uint8], scale: int) -> Image.Image:
    """Return pixels as a picture, enlarged in whole pixels.

    Parameters
    ----------
    picture : uint8 (h, w, 1 or 3), in [0, 255]
    scale : int
        1 or more.

    Returns
    -------
    PIL.Image.Image
        RGB, w * scale by h * scale.
    """
    shown = Image.fromarray(picture[..., 0] if picture.shape[-1] == 1 else picture).convert("RGB")
    return shown.resize((shown.width * scale, shown.height * scale), Image.Resampling.NEAREST)


def gallery_png(
    pictures: npt.NDArray[np.uint8],
    captions: Sequence[tuple[str, str]],
    look: Look,
    *,
    title: str,
    columns: int = 9,
    tile_pixels: int = 112,
) -> bytes:
    """Lay pictures out with two lines of words under each.

    Parameters
    ----------
    pictures : uint8 (n, h, w, c)
        In [0, 255].
    captions : sequence of (str, str)
        One pair per picture.
    look : Look
    title : str
        Above everything.
    columns : int
        Pictures in a row.
    tile_pixels : int
        About how large a picture becomes; pixels stay whole.

    Returns
    -------
    bytes
        PNG.
    """
    scale = max(1, round(tile_pixels / pictures.shape[2]))
    height, width = pictures.shape[1] * scale, max(pictures.shape[2] * scale, 96)
    cell = (width + 14, height + 3 * CAPTION + 18)
    n_rows = -(-len(pictures) // columns)
    size = (14 + columns * cell[0], 52 + n_rows * cell[1])
    sheet = Image.new("RGB", size, look.background)
    draw = ImageDraw.Draw(sheet)
    draw.text((14, 16), title, look.ink, font=static.font(20))
    for number, (picture, words) in enumerate(zip(pictures, captions, strict=True)):
        left = 14 + (number % columns) * cell[0]
        top = 52 + (number // columns) * cell[1]
        sheet.paste(tile(picture, scale), (left, top))
        for line, (text, color) in enumerate(zip(words, (look.ink, look.muted), strict=True)):
            at = (left, top + height + 6 + line * (CAPTION + 5))
            draw.text(at, text[:16], color, font=static.font(CAPTION))
    return static.encoded(sheet)

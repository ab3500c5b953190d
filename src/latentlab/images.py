"""The image convention, and every way a picture comes in or goes out.

Pictures are stored as **pixels** (uint8, 0 to 255) and computed with as **images** (float32, 0 to
1); both have the axes (..., height, width, channels) with 1 or 3 channels, always present. What an
unknown file may hold (bombs, odd modes, broken bytes) is handled in ``image_files.py``.
"""

from __future__ import annotations

import io
import math
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, get_args

import numpy as np
import numpy.typing as npt
from PIL import Image

from latentlab import image_files
from latentlab.errors import ImageError, unknown_name
from latentlab.resizing import Fit, Size, array_of, placed

Pixels = npt.NDArray[np.uint8]  # (..., height, width, channels), 0 to 255
Images = npt.NDArray[np.float32]  # (..., height, width, channels), 0 to 1

_MOST_KEPT = 16_000_000  # pixels of a picture that is read to be fitted in several ways
_ORIENTATION_TAG = 0x0112
_UPRIGHT = {  # EXIF orientation: what shows the stored picture upright
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def to_float(pixels: Pixels) -> Images:
    """Turn stored pixels into images to compute with.

    Parameters
    ----------
    pixels : uint8 array of any shape, 0 to 255

    Returns
    -------
    float32 array of the same shape, 0 to 1

    Raises
    ------
    ImageError
        If the array is not uint8: a guessed scale is a wrong scale.
    """
    if pixels.dtype != np.uint8:
        raise ImageError(f"Stored pixels are uint8, but these are {pixels.dtype}; convert first.")
    return np.divide(pixels, np.float32(255), dtype=np.float32)


def to_pixels(images: npt.NDArray[np.floating]) -> Pixels:
    """Turn images into pixels: clip to the range, round to the nearest.

    Parameters
    ----------
    images : float array of any shape, meant to lie in 0 to 1

    Returns
    -------
    uint8 array of the same shape, 0 to 255

    Raises
    ------
    ImageError
        If any value is not a finite number.
    """
    if not np.isfinite(images).all():
        raise ImageError("The image holds values that are not numbers; it cannot be shown.")
    levels: Pixels = np.rint(np.clip(images, 0, 1) * np.float32(255)).astype(np.uint8)
    return levels


@dataclass(frozen=True)
class Picture:
    """A picture that was read, and what its file says of it.

    Attributes
    ----------
    pixels : uint8 (height, width, channels), 0 to 255
    sides : (int, int)
        Height and width as it is meant to be seen, before it was made any smaller.
    brightest, white : float or None
        The largest value and the one taken for white, where the file has more than 8 bits a
        channel.
    """

    pixels: Pixels
    sides: tuple[int, int]
    brightest: float | None = None
    white: float | None = None


def read(
    source: bytes | Path | BinaryIO,
    *,
    size: tuple[int, int] | None = None,
    channels: Literal[1, 3] = 3,
    fit: Fit = "crop",
) -> Pixels:
    """Read the pixels of a picture; see `open_picture`.

    Returns
    -------
    uint8 array (height, width, channels), 0 to 255
    """
    return open_picture(source, size=size, channels=channels, fit=fit).pixels


def open_picture(
    source: bytes | Path | BinaryIO,
    *,
    size: tuple[int, int] | None = None,
    at_least: int | None = None,
    channels: Literal[1, 3] = 3,
    fit: Fit = "crop",
    white: float | None = None,
) -> Picture:
    """Read a picture of any usual kind as it is meant to be seen.

    EXIF orientation is applied, transparency laid over white, 16-bit, CMYK and palette pictures
    are converted, of an animation the first frame is taken. Format, size and the work it asks for
    are checked before anything is decoded, and large pictures are reduced band by band, so that
    time and memory stay bounded.

    Parameters
    ----------
    source : bytes, Path or binary file
        An encoded PNG, JPEG, WebP, GIF, BMP, TIFF or HEIC.
    size : (height, width) in pixels, optional
        What to resize to (antialiased); by default the picture's own size.
    at_least : int, optional
        Without `size`: reduce by a whole number, keeping so many pixels on the shorter side, to
        be fitted afterwards in several ways (see `fitted`).
    channels : 1 (gray) or 3 (RGB)
    fit : "crop", "pad" or "stretch"
        Cut the middle out, fill up with the median color of the border, or distort.
    white : float, optional
        The value that means white where a channel has more than 8 bits; guessed by default.

    Returns
    -------
    Picture

    Raises
    ------
    ImageError
        If it is not such a picture, is broken, of a kind that cannot be read, or too large.
    """
    if fit not in get_args(Fit):
        raise ImageError(unknown_name("way to fit an image", fit, get_args(Fit)))
    what = f"'{printable(source.name)}'" if isinstance(source, Path) else "The image"
    mode = "L" if channels == 1 else "RGB"
    with ExitStack() as open_files:
        if isinstance(source, Path):
            source = open_files.enter_context(image_files.open_file(source, what))
        stream = io.BytesIO(source) if isinstance(source, bytes) else source
        with image_files.opened(stream, what) as picture:
            image_files.prepare(picture, mode, max(size) if size else None)
            return _decode(picture, size, at_least, mode, fit, white)


def fitted(pixels: Pixels, size: tuple[int, int], fit: Fit = "crop") -> Pixels:
    """Bring pixels to a size: antialiased, in one of three ways.

    Parameters
    ----------
    pixels : uint8 (h, w, c), c is 1 or 3
    size : (height, width)
    fit : "crop", "pad" or "stretch"

    Returns
    -------
    uint8 (height, width, c)
    """
    channels = pixels.shape[-1]
    picture = Image.fromarray(pixels[..., 0] if channels == 1 else pixels)
    return placed(picture, size, fit, picture.mode)


def enlarge(pixels: Pixels, factor: int) -> Pixels:
    """Enlarge by repeating pixels, so that each stays a crisp square.

    Parameters
    ----------
    pixels : uint8 array (..., h, w, c)
    factor : int, 1 or more

    Returns
    -------
    uint8 array (..., h * factor, w * factor, c)
    """
    return pixels.repeat(factor, axis=-3).repeat(factor, axis=-2)


def mosaic(pixels: Pixels, columns: int, gap: int = 0, background: int = 255) -> Pixels:
    """Lay a batch out as one picture, row by row; ImageError where there is nothing to lay out.

    Parameters
    ----------
    pixels : uint8 array (n, h, w, c), n at least 1
    columns : int
        Images per row, 1 or more.
    gap : int
        Pixels between neighbors, 0 or more.
    background : int
        0 to 255, for gaps and what is left of the last row.

    Returns
    -------
    uint8 array (rows * (h + gap) - gap, columns * (w + gap) - gap, c)
    """
    if columns < 1 or gap < 0 or pixels.ndim != 4 or len(pixels) == 0:
        raise ImageError(f"A mosaic needs images and a column, got {pixels.shape}, {columns}.")
    n, h, w, c = pixels.shape
    rows = -(-n // columns)
    cells = np.full((rows * columns, h + gap, w + gap, c), background, dtype=np.uint8)
    cells[:n, :h, :w] = pixels
    grid = cells.reshape(rows, columns, h + gap, w + gap, c).swapaxes(1, 2)
    picture = grid.reshape(rows * (h + gap), columns * (w + gap), c)
    return np.ascontiguousarray(picture[: rows * (h + gap) - gap, : columns * (w + gap) - gap])


def png(pixels: Pixels, *, scale: int = 1) -> bytes:
    """Encode one picture as a PNG (gray when it has one channel), quickly.

    Parameters
    ----------
    pixels : uint8 array (h, w, c), c is 1 or 3
        Others are an ImageError.
    scale : int
        Enlarge by whole pixels first.

    Returns
    -------
    bytes
        A PNG file of (h * scale) by (w * scale) pixels.
    """
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[-1] not in (1, 3):
        raise ImageError(f"An image is uint8 (h, w, 1 or 3), not {pixels.dtype} {pixels.shape}.")
    large = np.ascontiguousarray(enlarge(pixels, scale))
    buffer = io.BytesIO()
    shown = Image.fromarray(large[..., 0] if large.shape[-1] == 1 else large)
    shown.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def printable(name: str, limit: int = 80) -> str:
    """Make a name from outside fit for a sentence: one line, bounded, no control characters."""
    shown = "".join(letter if letter.isprintable() else "?" for letter in name[: limit + 1])
    return shown if len(shown) <= limit else shown[: limit - 3] + "..."


def _decode(
    picture: Image.Image,
    size: Size | None,
    at_least: int | None,
    mode: str,
    fit: Fit,
    white: float | None,
) -> Picture:
    usual = image_files.white_of(picture)
    brightest = None if usual is None else image_files.brightest_of(picture)
    white = usual if usual is None or white is None else white
    orientation = _orientation(picture)
    stored = (picture.height, picture.width)
    # The heavy work is done on the picture as stored; only the small result is turned.
    sideways = orientation in (5, 6, 7, 8)
    sides = stored[::-1] if sideways else stored
    size = size or (sides if at_least is None else _reduced(sides, at_least))
    pixels = placed(picture, size[::-1] if sideways else size, fit, mode, white)
    if orientation in _UPRIGHT:
        turned = Image.fromarray(pixels[..., 0] if mode == "L" else pixels)
        pixels = array_of(turned.transpose(_UPRIGHT[orientation]))
    return Picture(pixels, sides, brightest, white)


def _reduced(sides: Size, at_least: int) -> Size:
    h, w = sides
    factor = max(1, min(sides) // at_least, math.ceil(math.sqrt(h * w / _MOST_KEPT)))
    return max(1, round(h / factor)), max(1, round(w / factor))


def _orientation(picture: Image.Image) -> int:
    try:
        return int(picture.getexif().get(_ORIENTATION_TAG, 1))
    except Exception:  # broken EXIF beside a sound picture: show the picture
        return 1

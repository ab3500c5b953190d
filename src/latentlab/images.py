"""The image convention, and every way a picture comes in or goes out.

Pictures are stored as **pixels** (uint8, 0 to 255) and computed with as **images** (float32, 0 to
1); both have the axes (..., height, width, channels) with 1 or 3 channels, always present. What a
stranger's file may do to us (bombs, odd modes, broken bytes) is dealt with here and nowhere else.
"""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import BinaryIO, Literal, get_args

import numpy as np
import numpy.typing as npt
from PIL import Image, UnidentifiedImageError

from latentlab.errors import ImageError, unknown_name

Pixels = npt.NDArray[np.uint8]  # (..., height, width, channels), 0 to 255
Images = npt.NDArray[np.float32]  # (..., height, width, channels), 0 to 1
Fit = Literal["crop", "pad", "stretch"]
_Size = tuple[int, int]  # height, width
_Box = tuple[float, float, float, float]

MAX_PIXELS = 100_000_000
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")

_BAND_PIXELS = 2_000_000  # how much of a large picture is converted at a time
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

# Pillow warns from 89 megapixels on; our own limit is checked before anything is decoded.
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)


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


def read(
    source: bytes | Path | BinaryIO,
    *,
    size: tuple[int, int] | None = None,
    channels: Literal[1, 3] = 3,
    fit: Fit = "crop",
) -> Pixels:
    """Read a picture of any usual kind as it is meant to be seen.

    EXIF orientation is applied, transparency laid over white, 16-bit, CMYK and palette pictures
    are converted, of an animation the first frame is taken. Format and size are checked before
    anything is decoded, and large pictures are reduced band by band, so that memory stays bounded.

    Parameters
    ----------
    source : bytes, Path or binary file
        An encoded PNG, JPEG, WebP, GIF, BMP or TIFF.
    size : (height, width) in pixels, optional
        What to resize to (antialiased); by default the picture's own size.
    channels : 1 (grey) or 3 (RGB)
    fit : "crop", "pad" or "stretch"
        Cut the middle out, fill up with the median color of the border, or distort.

    Returns
    -------
    uint8 array (height, width, channels), 0 to 255

    Raises
    ------
    ImageError
        If it is not such a picture, is broken, or has more than 100 megapixels.
    """
    if fit not in get_args(Fit):
        raise ImageError(unknown_name("way to fit a picture", fit, get_args(Fit)))
    what = f"'{printable(source.name)}'" if isinstance(source, Path) else "The picture"
    opened = io.BytesIO(source) if isinstance(source, bytes) else source
    try:
        with Image.open(opened, formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise Image.DecompressionBombError
            return _decode(picture, size, channels, fit)
    except UnidentifiedImageError as error:
        raise ImageError(f"{what} is not a PNG, JPEG, WebP, GIF, BMP or TIFF picture.") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        limit = f"{MAX_PIXELS // 10**6} megapixels"
        raise ImageError(f"{what} has more than {limit}; make it smaller.") from error
    except FileNotFoundError as error:
        raise ImageError(f"{what} does not exist.") from error
    # Pillow's parsers raise a dozen kinds of exceptions on hostile bytes; all mean the same.
    except Exception as error:
        raise ImageError(f"{what} is damaged or incomplete and cannot be read.") from error


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
    """Lay a batch out as one picture, row by row.

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
    """Encode one picture as a PNG (grey when it has one channel), quickly.

    Parameters
    ----------
    pixels : uint8 array (h, w, c), c is 1 or 3
    scale : int
        Enlarge by whole pixels first.

    Returns
    -------
    bytes
        A PNG file of (h * scale) by (w * scale) pixels.
    """
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[-1] not in (1, 3):
        raise ImageError(f"A picture is uint8 (h, w, 1 or 3), not {pixels.dtype} {pixels.shape}.")
    large = np.ascontiguousarray(enlarge(pixels, scale))
    buffer = io.BytesIO()
    shown = Image.fromarray(large[..., 0] if large.shape[-1] == 1 else large)
    shown.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def printable(name: str, limit: int = 80) -> str:
    """Make a name from outside fit for a sentence: one line, bounded, no control characters."""
    shown = "".join(letter if letter.isprintable() else "?" for letter in name[: limit + 1])
    return shown if len(shown) <= limit else shown[: limit - 3] + "..."


def _decode(picture: Image.Image, size: _Size | None, channels: Literal[1, 3], fit: Fit) -> Pixels:
    if size is not None:  # a JPEG can be decoded at 1/2, 1/4 or 1/8; twice what is wanted is sharp
        picture.draft("L" if channels == 1 else "RGB", (2 * max(size), 2 * max(size)))
    picture.load()
    orientation = _orientation(picture)
    stored = (picture.height, picture.width)
    # The heavy work is done on the picture as stored; only the small result is turned.
    sideways = orientation in (5, 6, 7, 8)
    size = size or (stored[::-1] if sideways else stored)
    box, inner = _frame(stored, size[::-1] if sideways else size, fit)
    small = _shrink(picture, box, inner, "L" if channels == 1 else "RGB")
    if orientation in _UPRIGHT:
        small = small.transpose(_UPRIGHT[orientation])
    return _pad(np.array(small).reshape(small.height, small.width, channels), size)


def _orientation(picture: Image.Image) -> int:
    try:
        return int(picture.getexif().get(_ORIENTATION_TAG, 1))
    except Exception:  # broken EXIF beside a sound picture: show the picture
        return 1


def _frame(stored: _Size, size: _Size, fit: Fit) -> tuple[_Box, _Size]:
    """Say which box of the stored picture is kept and how large, (height, width), it becomes."""
    (h, w), (to_h, to_w) = stored, size
    if fit == "crop":
        scale = max(to_h / h, to_w / w)
        cut_h, cut_w = min(h, to_h / scale), min(w, to_w / scale)
        left, top = (w - cut_w) / 2, (h - cut_h) / 2
        return (left, top, left + cut_w, top + cut_h), size
    if fit == "pad":
        scale = min(to_h / h, to_w / w)
        size = max(1, round(h * scale)), max(1, round(w * scale))
    return (0.0, 0.0, float(w), float(h)), size


def _shrink(picture: Image.Image, box: _Box, size: _Size, mode: str) -> Image.Image:
    """Convert and resize, holding only one converted band of the large picture at a time."""
    width, height = picture.size
    fx = max(1, int((box[2] - box[0]) // (3 * size[1])))
    fy = max(1, int((box[3] - box[1]) // (3 * size[0])))
    full_scale = _full_scale(picture)
    reduced = Image.new(mode, (-(-width // fx), -(-height // fy)))
    rows = max(1, _BAND_PIXELS // (width * fy)) * fy
    for top in range(0, height, rows):
        band = picture.crop((0, top, width, min(height, top + rows)))
        reduced.paste(_flatten(band, mode, full_scale).reduce((fx, fy)), (0, top // fy))
    part = (box[0] / fx, box[1] / fy, box[2] / fx, box[3] / fy)
    return reduced.resize(size[::-1], Image.Resampling.BICUBIC, box=part)


def _full_scale(picture: Image.Image) -> float:
    """Say which value means white in a picture of more than 8 bits a channel (1 for others)."""
    if picture.mode.startswith("I;16"):
        return 65535.0
    if picture.mode not in ("I", "F"):
        return 1.0
    brightest = float(np.asarray(picture.getextrema(), dtype=np.float64).max())
    usual = (255.0, 65535.0) if picture.mode == "I" else (1.0, 255.0, 65535.0)
    return next((limit for limit in usual if brightest <= limit), brightest)


def _flatten(band: Image.Image, mode: str, full_scale: float) -> Image.Image:
    """Bring a band of any mode to L or RGB, laid over white where it is transparent."""
    if band.mode[0] in "IF":
        values = np.asarray(band, dtype=np.float32)
        grey = to_pixels(values / np.float32(full_scale))
        grey[values == band.info.get("transparency")] = 255
        return Image.fromarray(grey).convert(mode)
    if band.has_transparency_data:
        clear = band.convert("RGBA")
        band = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
    # Pillow makes no grey of LAB directly.
    return (band.convert("RGB") if band.mode == "LAB" else band).convert(mode)


def _pad(pixels: Pixels, size: _Size) -> Pixels:
    (h, w), (to_h, to_w) = pixels.shape[:2], size
    if (h, w) == (to_h, to_w):
        return pixels
    border = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    shape = (to_h, to_w, pixels.shape[-1])
    padded = np.full(shape, np.median(border, axis=0), dtype=np.uint8)
    top, left = (to_h - h) // 2, (to_w - w) // 2
    padded[top : top + h, left : left + w] = pixels
    return padded

"""Resizing an image, cropped, padded or stretched: band by band, with bounded memory."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt
from PIL import Image

from latentlab.image_files import flatten

Pixels = npt.NDArray[np.uint8]
Fit = Literal["crop", "pad", "stretch"]
Size = tuple[int, int]  # height, width
_Box = tuple[float, float, float, float]

_BAND_PIXELS = 2_000_000  # how much of a large picture is converted at a time


def placed(
    picture: Image.Image, size: Size, fit: Fit, mode: str, white: float | None = None
) -> Pixels:
    """Resize an image: antialiased, with little of it converted at a time.

    Parameters
    ----------
    picture : PIL.Image.Image
        Decoded, of any mode.
    size : (height, width)
    fit : "crop", "pad" or "stretch"
        Cut the middle out, fill up with the median color of the border, or distort.
    mode : "L" or "RGB"
    white : float, optional
        See `flatten`.

    Returns
    -------
    uint8 (height, width, 1 or 3)
    """
    box, inner = _frame((picture.height, picture.width), size, fit)
    return _pad(array_of(_shrink(picture, box, inner, mode, white)), size)


def array_of(picture: Image.Image) -> Pixels:
    """Return the pixels of a picture, always with an axis of channels.

    Parameters
    ----------
    picture : PIL.Image.Image
        Of mode L or RGB.

    Returns
    -------
    uint8 (height, width, 1 or 3)
    """
    return np.array(picture).reshape(picture.height, picture.width, -1)


def _frame(stored: Size, size: Size, fit: Fit) -> tuple[_Box, Size]:
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


def _shrink(
    picture: Image.Image, box: _Box, size: Size, mode: str, white: float | None
) -> Image.Image:
    """Convert and resize, holding only one converted band of the large picture at a time."""
    width, height = picture.size
    if (height, width) == size:  # nothing of a picture that fits is cut off
        return flatten(picture, mode, white)
    fx = max(1, int((box[2] - box[0]) // (3 * size[1])))
    fy = max(1, int((box[3] - box[1]) // (3 * size[0])))
    reduced = Image.new(mode, (-(-width // fx), -(-height // fy)))
    rows = max(1, _BAND_PIXELS // (width * fy)) * fy
    for top in range(0, height, rows):
        band = picture.crop((0, top, width, min(height, top + rows)))
        reduced.paste(flatten(band, mode, white).reduce((fx, fy)), (0, top // fy))
    part = (box[0] / fx, box[1] / fy, box[2] / fx, box[3] / fy)
    return reduced.resize(size[::-1], Image.Resampling.BICUBIC, box=part)


def _pad(pixels: Pixels, size: Size) -> Pixels:
    (h, w), (to_h, to_w) = pixels.shape[:2], size
    if (h, w) == (to_h, to_w):
        return pixels
    border = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    shape = (to_h, to_w, pixels.shape[-1])
    padded = np.full(shape, np.median(border, axis=0), dtype=np.uint8)
    top, left = (to_h - h) // 2, (to_w - w) // 2
    padded[top : top + h, left : left + w] = pixels
    return padded

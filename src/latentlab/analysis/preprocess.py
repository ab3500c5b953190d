"""Preprocessing: any picture becomes what the network takes: cut, gray, light on dark, centered.

A network knows pictures like those it learned from. The images of a set share a look (a
plain dark ground, a centered figure of a certain size), which a photograph is given here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray

from latentlab.analysis.resampling import resample
from latentlab.analysis.strokes import stroke_width
from latentlab.image_files import WHOLE_RANGES, white_above
from latentlab.images import Images, Picture, Pixels, fitted, open_picture, to_float
from latentlab.resizing import Fit

# How many images describe a set; more change nothing that can be seen.
N_LOOKED_AT = 500
# A picture is first made this many times larger, so that a figure cut out of it stays sharp.
OVERSAMPLING = 6
LARGEST_SIDE = 480

_PLAIN = 0.06  # a border that varies less than this is one color
_SOFT_PLAIN = 0.16  # paper in a photograph: shadows are allowed
_INK = 0.35  # of the strongest ink: what belongs to the figure


@dataclass(frozen=True)
class ImageStatistics:
    """How the images of a set look.

    Attributes
    ----------
    shape : (int, int, int)
        Height, width, channels.
    ground : float32 (c,), 0 to 1
        The usual color of the border.
    is_figure : bool
        Whether gray images show one figure on a plain dark or light ground: then a picture can be
        inverted, cut out and centered to match.
    extent : float, 0 to 1
        The usual longer side of the figure, as a part of the image's.
    by_box : bool
        Whether the middle of the figure's box is in the image's middle, not its center of mass.
    stroke : float, 0 to 1
        The usual width of the figure's strokes, as a part of its longer side; 0 where unknown.
    """

    shape: tuple[int, int, int]
    ground: NDArray[np.float32]
    is_figure: bool
    extent: float
    by_box: bool = False
    stroke: float = 0.0

    @property
    def is_dark(self) -> bool:
        """Whether the ground is dark."""
        return bool(self.ground.mean() < 0.5)


@dataclass(frozen=True)
class Fitted:
    """A picture as the network sees it, and what was done to it.

    Attributes
    ----------
    image : float32 (h, w, c), 0 to 1
    inverted, cut_out : bool
    """

    image: Images
    inverted: bool
    cut_out: bool


def image_statistics(images: Images) -> ImageStatistics:
    """Find out how the images of a set look.

    Parameters
    ----------
    images : float32 (n, h, w, c), 0 to 1
        At least one; the first 500 are looked at.

    Returns
    -------
    ImageStatistics
    """
    looked = np.asarray(images[:N_LOOKED_AT], np.float32)
    shape = cast("tuple[int, int, int]", looked.shape[1:])
    borders = _border(looked)
    ground = np.median(borders, axis=(0, 1)).astype(np.float32)
    # Over one median for the set, not one per image: a photograph's calm border is no plain ground.
    plain = float(np.median(np.abs(borders - ground).mean(axis=(1, 2)))) < _PLAIN
    is_figure = shape[2] == 1 and plain and abs(float(ground.mean()) - 0.5) > 0.3
    if not is_figure:
        return ImageStatistics(shape, ground, is_figure, 1.0)
    extent = _extent(looked, ground)
    stroke = stroke_width(np.abs(looked - ground)[..., 0] > _INK) / (extent * max(shape))
    return ImageStatistics(shape, ground, is_figure, extent, _by_box(looked, ground), stroke)


def read_once(source: bytes | Path, seen: ImageStatistics) -> Picture:
    """Decode a picture (bytes or a file), as large as every way to fit it needs it.

    A picture of 12 bits in a file of 16 is not left in the dark: what means white is found as for a
    folder.

    Parameters
    ----------
    source : bytes or Path
        An encoded picture; see `latentlab.images.open_picture`.
    seen : ImageStatistics
        Of the set that the picture will be fitted to: says whether it is read in gray or in color.

    Returns
    -------
    Picture
        Its pixels, uint8 (H, W, c), are what `fit` takes.

    Raises
    ------
    ImageError
        If it is no such picture, is broken or too large.
    """
    depth = cast("Literal[1, 3]", seen.shape[2])
    picture = open_picture(source, at_least=2 * LARGEST_SIDE, channels=depth)
    if picture.brightest and picture.white == WHOLE_RANGES[1]:  # the file does not say it
        white = white_above(picture.brightest)
        if white < picture.white:
            return open_picture(source, at_least=2 * LARGEST_SIDE, channels=depth, white=white)
    return picture


def fit(
    pixels: Pixels,
    seen: ImageStatistics,
    *,
    way: Fit = "crop",
    invert: bool | None = None,
    cut_out: bool | None = None,
) -> Fitted:
    """Turn a picture into what the network sees.

    Parameters
    ----------
    pixels, seen : uint8 (H, W, c), ImageStatistics
    way : "crop", "pad" or "stretch"
        Cut the middle out, show all of it with filled margins, or distort.
    invert : bool, optional
        Invert. Guessed by default: when the border is light and the set's is dark,
        or the other way round.
    cut_out : bool, optional
        Make the ground plain and give the figure the size and place of the set's own. Guessed by
        default: when the set shows figures, and the picture does too. Ignored for other sets.

    Returns
    -------
    Fitted
    """
    height, width, _ = seen.shape
    whole = to_float(fitted(pixels, (height, width), way))
    inverted = looks_inverted(whole, seen) if invert is None else invert
    if inverted:
        whole = np.subtract(np.float32(1), whole)
    if not seen.is_figure or cut_out is False:
        return Fitted(whole, inverted, cut_out=False)
    times = max(1, min(OVERSAMPLING, LARGEST_SIDE // max(height, width)))
    large = to_float(fitted(pixels, (height * times, width * times), way))
    if inverted:
        large = np.subtract(np.float32(1), large)
    if cut_out or (_is_soft_figure(large, seen) and not _fits_already(whole, seen)):
        return Fitted(cut_figure(large, seen), inverted, cut_out=True)
    return Fitted(whole, inverted, cut_out=False)


def looks_inverted(image: Images, seen: ImageStatistics) -> bool:
    """Guess whether a picture is light where the set is dark; only ever for sets of figures.

    Parameters
    ----------
    image : float32 (h, w, c), 0 to 1
    seen : ImageStatistics
    """
    if not seen.is_figure:
        return False
    return bool(np.median(_border(image[None])) < 0.5) != seen.is_dark


def cut_figure(image: Images, seen: ImageStatistics) -> Images:
    """Make the ground plain, and give the figure the usual size and place.

    Parameters
    ----------
    image : float32 (H, W, 1), 0 to 1
        At least as large as the result.
    seen : ImageStatistics

    Returns
    -------
    float32 (h, w, 1), 0 to 1
        The center of mass of the figure is in the middle, as in MNIST, or the middle of its box, as
        the set has it, as near as leaves all of the figure inside. An empty picture is all ground.
    """
    height, width, _ = seen.shape
    away = np.abs(image[..., 0] - np.median(_border(image[None])))
    strongest = float(away.max())
    ground = float(seen.ground[0])
    if strongest < _PLAIN:
        return np.full(seen.shape, ground, np.float32)
    low = max(_SOFT_PLAIN / 2, 0.25 * strongest) if _noise(image) > _PLAIN / 3 else 0.0
    ink = np.clip((away - low) / (0.92 * strongest - low), 0, 1)
    rows, columns = np.nonzero(ink > _INK)
    side = max(np.ptp(rows), np.ptp(columns)) + 1
    step = side / (seen.extent * max(height, width))  # source pixels per pixel of the result
    top, bottom = _around(_middle(ink, 0, seen.by_box), rows, step * height)
    left, right = _around(_middle(ink, 1, seen.by_box), columns, step * width)
    box = (top, left, bottom, right)
    small = resample(ink[..., None].astype(np.float32), box, (height, width))
    small /= max(float(small.max()), 0.5)  # thin strokes lose their strength when they shrink
    far = 1.0 if seen.is_dark else 0.0
    brightness = float((image[..., 0] * ink).sum() / ink.sum())
    if (brightness > np.median(_border(image[None]))) != seen.is_dark:
        ground, far = 1 - ground, 1 - far  # inverting is switched off
    return np.asarray(ground + (far - ground) * np.clip(small, 0, 1), np.float32)


def _border(images: Images) -> NDArray[np.float32]:
    """Return the pixels along the edge, (n, edge, c)."""
    edges = (images[:, 0], images[:, -1], images[:, :, 0], images[:, :, -1])
    return np.concatenate(edges, axis=1)


def _noise(image: Images) -> float:
    """Say how much the border varies: 0 in a drawing, more in a photograph."""
    border = _border(image[None])
    return float(np.abs(border - np.median(border)).mean())


def _is_soft_figure(image: Images, seen: ImageStatistics) -> bool:
    """Say whether a picture shows something on a calm ground: a few strokes, not a scene."""
    border = _border(image[None])
    calm = float(np.quantile(np.abs(border - np.median(border)), 0.8)) < _SOFT_PLAIN
    away = np.abs(image[..., 0] - np.median(border))
    strong = float((away > _INK).mean())
    return calm and 0.002 < strong < max(0.45, seen.extent**2)


def _fits_already(image: Images, seen: ImageStatistics) -> bool:
    """Say whether a picture has the set's own ground, and its figure the usual size and place."""
    plain = float(np.abs(_border(image[None]) - seen.ground).mean()) < _PLAIN
    ink = np.abs(image[..., 0] - seen.ground[0])
    if not plain or ink.max() < _INK:
        return False
    off = [_middle(ink, axis, seen.by_box) / ink.shape[axis] - 0.5 for axis in (0, 1)]
    return abs(_extent(image[None], seen.ground) - seen.extent) < 0.2 and max(map(abs, off)) < 0.06


def _extent(images: Images, ground: NDArray[np.float32]) -> float:
    ink = np.abs(images - ground).mean(axis=3) > _INK
    sides = []
    for shadow in (ink.any(axis=2), ink.any(axis=1)):
        blank = shadow.argmax(axis=1) + shadow[:, ::-1].argmax(axis=1)
        sides.append(np.where(shadow.any(axis=1), 1 - blank / shadow.shape[1], 0))
    return float(np.clip(np.median(np.maximum(*sides)), 0.2, 1.0))


def _by_box(images: Images, ground: NDArray[np.float32]) -> bool:
    """Say which middle of a set's figures is nearer to that of the image: their box's or mass's."""
    inks = [ink for ink in np.abs(images - ground).mean(axis=3) if ink.max() > _INK]
    places = [
        [abs(_middle(ink, axis, by_box) / ink.shape[axis] - 0.5) for by_box in (False, True)]
        for ink in inks
        for axis in (0, 1)
    ]
    mass, box = np.sum(places, axis=0) if places else (0, 0)
    return bool(box < mass)


def _middle(ink: NDArray[np.floating], axis: int, by_box: bool) -> float:
    """Return the middle of a figure along an axis, in pixels from the edge."""
    if by_box:
        inked = np.flatnonzero((ink > _INK).any(axis=1 - axis))
        return float(inked[0] + inked[-1] + 1) / 2
    weights = ink.sum(axis=1 - axis)
    return float((weights * (np.arange(len(weights)) + 0.5)).sum() / weights.sum())


def _around(middle: float, inked: NDArray[np.int64], length: float) -> tuple[float, float]:
    """Return where a stretch begins and ends: about the figure's middle, around all the ink."""
    start = max(middle - length / 2, float(inked.max()) + 1 - length)
    return min(start, float(inked.min())), min(start, float(inked.min())) + length

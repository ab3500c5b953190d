"""Images and labels as people hold them in arrays, recognized and brought to our convention."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from latentlab import data
from latentlab.data import ImageSet
from latentlab.data.classes import UNLABELED
from latentlab.data.splits import stratified
from latentlab.errors import DataError
from latentlab.graphs.forms import BYTES, LAYOUTS, SIGNED, UNIT, Range
from latentlab.images import Pixels, printable, to_pixels

SMALLEST, LARGEST = 8, 256
FEWEST = 20
SHARES = (7, 1, 2)  # train, validation, test, where one set of images came
SPLIT_SEED = 20240229
MOST_CLASSES = 10_000
LEVELS = 1 / 255


@dataclass(frozen=True)
class Given:
    """Images as they came.

    Attributes
    ----------
    pixels : uint8 (n, height, width, channels)
    layouts : tuple of str
        Names in `LAYOUTS`, the one in which they came first.
    ranges : tuple of Range
        What a network that is given them may take for black and white.
    note : str
        How they were understood, in one sentence.
    """

    pixels: Pixels
    layouts: tuple[str, ...]
    ranges: tuple[Range, ...]
    note: str


def understand(images: Any) -> Given:
    """Recognize the order of axes and the range of values of an array of images.

    Parameters
    ----------
    images : array_like
        (n, h, w, c), (n, c, h, w), (n, h, w) or (n, h * w) of square gray images; uint8, or numbers
        in [0, 1], [-1, 1] or [0, 255]. Tensors of other libraries are taken, too.

    Returns
    -------
    Given

    Raises
    ------
    DataError
        If they are no images, in one sentence.
    """
    array = as_array(images, "images")
    layout, turned = _in_order(array)
    n, height, width, channels = turned.shape
    if n < FEWEST:
        raise DataError(f"There are {n} images; give at least {FEWEST}.")
    if not all(SMALLEST <= side <= LARGEST for side in (height, width)):
        raise DataError(
            f"The images are {height} x {width} pixels; sides of {SMALLEST} to {LARGEST} can be "
            "shown: resize them."
        )
    pixels, ranges, rounded = _in_range(turned)
    note = (
        f"The {n:,} images are {height} x {width} in "
        f"{'gray' if channels == 1 else 'color'}, given {LAYOUTS[layout].title}, with values in "
        f"{'[0, 255]' if array.dtype == np.uint8 else ranges[0].title}."
    )
    if rounded:
        note += " They are kept with 8 bits a channel, as all images here."
    others = [name for name in LAYOUTS if name != layout]
    same = [name for name in others if LAYOUTS[name].last == LAYOUTS[layout].last]
    order = (layout, *same, *(name for name in others if name not in same))
    return Given(pixels, order, ranges, note)


def as_array(values: Any, what: str) -> npt.NDArray[Any]:
    """Return any library's tensor as an array.

    Parameters
    ----------
    values : array_like
        Or a tensor of another library, on any device.
    what : str
        "images" or "labels": images have to be numbers.

    Returns
    -------
    ndarray
        Of the shape that came.

    Raises
    ------
    DataError
        If it is none.
    """
    for step in ("detach", "cpu"):
        values = getattr(values, step, lambda values=values: values)()
    try:
        array = np.asarray(values)
    except (TypeError, ValueError) as error:
        raise DataError(f"The {what} are no array ({printable(str(error), 80)}).") from None
    if array.dtype.kind not in "biuf" and what == "images":
        raise DataError(f"The {what} are {array.dtype}; give an array of numbers.")
    return array


def labels_of(
    labels: Any, class_names: Sequence[str], n: int
) -> tuple[data.image_set.Labels, tuple[str, ...]]:
    """Recognize class labels: whole numbers or names; one class without a name where none came.

    Parameters
    ----------
    labels : array_like (n,) or None
    class_names : sequence of str
        Of whole numbers; their own digits by default.
    n : int
        How many images there are.

    Returns
    -------
    labels : int64 (n,)
    class_names : tuple of str

    Raises
    ------
    DataError
        If they do not belong to the images.
    """
    if labels is None:
        return np.zeros(n, np.int64), (UNLABELED,)
    array = as_array(labels, "labels").reshape(-1)
    if len(array) != n:
        raise DataError(f"There are {n:,} images and {len(array):,} labels; give one for each.")
    if array.dtype.kind in "US":
        names, numbers = np.unique(array.astype(str), return_inverse=True)
        return numbers.astype(np.int64), tuple(printable(name, 80) for name in names.tolist())
    whole = array.astype(np.int64) if array.dtype.kind in "biu" or _whole(array) else None
    if whole is None or whole.min(initial=0) < 0:
        raise DataError("The labels are neither names nor whole numbers from 0 up: give one of it.")
    most = int(whole.max(initial=0))
    if class_names and most >= len(class_names):
        raise DataError(f"A label is {most}, and there are {len(class_names)} class names.")
    if most >= MOST_CLASSES:
        raise DataError(f"A label is {most:,}; at most {MOST_CLASSES:,} classes can be shown.")
    return whole, tuple(class_names) or tuple(str(number) for number in range(most + 1))


def split_sets(
    pixels: Pixels, labels: data.image_set.Labels, class_names: tuple[str, ...]
) -> dict[str, ImageSet]:
    """Divide one set of images into the three that are measured with; the same ones every time.

    Parameters
    ----------
    pixels : uint8 (n, height, width, channels)
    labels : int64 (n,)
    class_names : tuple of str

    Returns
    -------
    dict of split name to ImageSet
        7, 1 and 2 of 10 for train, validation and test, stratified by class.
    """
    rows = stratified(labels, SHARES, seed=SPLIT_SEED)
    return {
        split: image_set(split, pixels[part], labels[part], class_names)
        for split, part in zip(data.SPLITS, rows, strict=True)
    }


def image_set(
    split: str, pixels: Pixels, labels: data.image_set.Labels, class_names: tuple[str, ...]
) -> ImageSet:
    """Make one split.

    Parameters
    ----------
    split : "train", "validation" or "test"
    pixels : uint8 (n, height, width, channels)
    labels : int64 (n,)
        Rows of `class_names`.
    class_names : tuple of str

    Returns
    -------
    ImageSet
    """
    return ImageSet("recorded", split, pixels, labels, class_names)


def known_set(sets: Mapping[str, Pixels]) -> str:
    """Return the name of the image set whose test or training images these are; "" for none.

    Parameters
    ----------
    sets : mapping of str to uint8 (n, h, w, c)
        What came, by what it was called.

    Returns
    -------
    str
        A key of ``DATASETS``, or "".
    """
    for name, entry in data.DATASETS.items():
        if not data.available(name):
            continue
        for pixels in sets.values():
            height, width, channels = pixels.shape[1:]
            if height != width or channels != entry.channels or not _has_size(entry, height):
                continue
            if any(_begins(name, split, pixels, height) for split in data.SPLITS):
                return name
    return ""


def _begins(name: str, split: str, pixels: Pixels, size: int) -> bool:
    first = data.load(name, split, size=size, n_images=len(pixels), download=False).images
    return len(first) == len(pixels) and bool(np.array_equal(first, pixels))


def _has_size(entry: data.Dataset, size: int) -> bool:
    return size in (entry.sizes or data.SIZES)


def _in_order(array: npt.NDArray[Any]) -> tuple[str, npt.NDArray[Any]]:
    """Recognize the order of the axes and bring channels last."""
    shape = array.shape
    if len(shape) == 4:
        first, last = shape[1] in (1, 3), shape[3] in (1, 3)
        if first != last:
            return ("nchw", array.transpose(0, 2, 3, 1)) if first else ("nhwc", array)
    if len(shape) == 3:
        return "gray", array[..., None]
    if len(shape) == 2:
        side = math.isqrt(shape[1])
        if side * side == shape[1]:
            return "flat", array.reshape(-1, side, side, 1)
    raise DataError(
        f"Images of the shape {shape} cannot be understood: give (n, height, width, channels) or "
        "(n, channels, height, width), with 1 or 3 channels."
    )


def _in_range(array: npt.NDArray[Any]) -> tuple[Pixels, tuple[Range, ...], bool]:
    """Recognize what black and white are."""
    if array.dtype == np.uint8:
        return np.ascontiguousarray(array), (UNIT, SIGNED, BYTES), False
    low, high = float(array.min()), float(array.max())
    if not (math.isfinite(low) and math.isfinite(high)):
        raise DataError("The images hold values that are not numbers (NaN or infinite).")
    slack = 1e-4
    values = next(
        (
            one
            for one in (UNIT, SIGNED, BYTES)
            if low >= one.shift - slack and high <= one.scale + one.shift + slack
        ),
        None,
    )
    if values is None:
        raise DataError(
            f"The images have values from {low:.3g} to {high:.3g}, and [0, 1], [-1, 1] or [0, 255] "
            "is needed: give them as they are, and put their normalization into encode."
        )
    images = values.to_image(array.astype(np.float32))
    pixels = to_pixels(images)
    rounded = bool(np.abs(images - pixels / np.float32(255)).max() > LEVELS / 100)
    return pixels, (values,), rounded


def _whole(array: npt.NDArray[Any]) -> bool:
    return array.dtype.kind == "f" and bool(np.isfinite(array).all() and (array % 1 == 0).all())

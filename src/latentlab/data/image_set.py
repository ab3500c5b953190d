"""What every image set is: the images of one split, and the entry that says how to get them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeVar

import numpy as np
import numpy.typing as npt

from latentlab.errors import DataError
from latentlab.images import Pixels

Labels = npt.NDArray[np.int64]
Factor = npt.NDArray[np.float32]
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, and how much there is."""
_Array = TypeVar("_Array", bound=npt.NDArray[np.generic])
Setting = str | int | float | tuple[int, ...] | None

SPLITS = ("train", "validation", "test")
_SUMMED_BYTES = 2**24


@dataclass(frozen=True, eq=False)
class ImageSet:
    """The images of one split, read-only; the row of an image is its **image number**.

    Parameters
    ----------
    name : str
        The image set's name, as in ``DATASETS``.
    split : str
        "train", "validation" or "test".
    images : uint8 array (n, h, w, c), 0 to 255
    labels : int64 array (n,), rows of `class_names`
    class_names : tuple of str
    factors : mapping of str to float32 array (n,)
        What the images were generated from; empty when unknown.
    skipped : tuple of (path, reason)
        Files of a folder that could not be read; empty for all other sets.
    notes : tuple of str
        How a folder was understood, in sentences; empty for all other sets.
    kept : int64 array (n,), optional
        Image numbers, where this is a part of its split; otherwise they are the rows.
    whole : str, optional
        The sum over all images of the split, where it is known: see `split_sum`.

    Raises
    ------
    DataError
        If the shapes, the types or the labels contradict each other.
    """

    name: str
    split: str
    images: Pixels
    labels: Labels
    class_names: tuple[str, ...]
    factors: Mapping[str, Factor] = field(default_factory=dict)
    skipped: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    kept: Labels | None = None
    whole: str | None = None

    def __post_init__(self) -> None:
        self._check()
        factors = {key: _frozen(values) for key, values in self.factors.items()}
        object.__setattr__(self, "images", _frozen(self.images))
        object.__setattr__(self, "labels", _frozen(self.labels))
        object.__setattr__(self, "factors", factors)

    def __len__(self) -> int:
        return len(self.images)

    @property
    def numbers(self) -> Labels:
        """Image numbers, int64 array (n,)."""
        return np.arange(len(self.images)) if self.kept is None else self.kept

    def _check(self) -> None:
        n = len(self.images)
        shape = self.images.shape
        if self.images.dtype != np.uint8 or len(shape) != 4 or shape[-1] not in (1, 3):
            raise DataError(f"Image set '{self.name}': images are {self.images.dtype} {shape}.")
        if self.labels.dtype != np.int64 or self.labels.shape != (n,):
            raise DataError(f"Image set '{self.name}': {n} images, but labels {self.labels.shape}.")
        if n and not 0 <= self.labels.min() <= self.labels.max() < len(self.class_names):
            raise DataError(f"Image set '{self.name}': a label has no class name.")
        if self.kept is not None and self.kept.shape != (n,):
            raise DataError(f"Image set '{self.name}': an image has no number.")
        if any(values.shape != (n,) for values in self.factors.values()):
            raise DataError(f"Image set '{self.name}': a factor does not have {n} values.")


@dataclass(frozen=True)
class Request:
    """What is asked of an image set, with every default filled in.

    Attributes
    ----------
    name : str
        A key of ``DATASETS``, ``folder:<name>`` or the name of recorded images.
    split : "train", "validation" or "test"
    size : int
        Height and width in pixels.
    n_images : int or None
        How many images of the split, from the first; None for all of them.
    data_dir, data_root : Path
        Where downloads live, and where own folders lie.
    progress : callable
        ``(what, done, total)``: told how far a download or a scan is.
    download : bool
        Whether what is missing may be fetched.
    """

    name: str
    split: str
    size: int
    n_images: int | None
    data_dir: Path
    data_root: Path
    progress: Progress
    download: bool


@dataclass(frozen=True)
class Dataset:
    """An entry of ``DATASETS``: what a student, a menu and the trainer have to know.

    Parameters
    ----------
    name, title, summary : str
        As typed, as shown to a student, and one sentence.
    channels : 1 or 3, or None where the images decide (a folder)
    size : int
        Height and width in pixels unless asked otherwise.
    sizes : tuple of int, optional
        Sizes that can be asked for; None stands for any from 16 to 128.
    class_names : tuple of str
        Empty where the images decide.
    download : str, optional
        How much is fetched on first use ("11 MB"); None when nothing is.
    defaults : mapping
        Fields of the run config that suit this set.
    load : callable
        From a `Request` to an `ImageSet`.
    is_here : callable
        From a `Request` to whether `load` needs no network.
    is_free : bool
        Whether its images may be passed on, in a contact sheet or a page to take home.
    load_crops : callable
        From a `Request` and the smallest crop's share of a picture to crops of the training
        pictures, uint8 (n, n_crops, size, size, c), or None where there are none to be had.
    """

    name: str
    title: str
    summary: str
    channels: Literal[1, 3] | None
    size: int
    sizes: tuple[int, ...] | None
    class_names: tuple[str, ...]
    download: str | None
    defaults: Mapping[str, Setting]
    load: Callable[[Request], ImageSet]
    is_here: Callable[[Request], bool] = lambda request: True
    is_free: bool = False
    load_crops: Callable[[Request, float], Pixels | None] = lambda request, smallest: None


def split_sum(image_set: ImageSet) -> str:
    """Return the sum that proves which images a split has, and in which order: over all pixels.

    Parameters
    ----------
    image_set : ImageSet
        Or a part of it that knows the sum of the whole.

    Returns
    -------
    str
        32 hexadecimal digits.
    """
    return image_set.whole or pixel_sum(image_set.images)


def pixel_sum(images: Pixels) -> str:
    """Sum up all pixels of some images, in their order.

    Parameters
    ----------
    images : uint8 array (n, h, w, c)
        In memory or mapped: a part is looked at at a time.

    Returns
    -------
    str
        32 hexadecimal digits, of a SHA-256 over shape and pixels.
    """
    total = hashlib.sha256(repr(tuple(images.shape)).encode())
    rows = max(1, _SUMMED_BYTES // max(1, images[:1].nbytes))
    for start in range(0, len(images), rows):
        total.update(np.ascontiguousarray(images[start : start + rows]).data)
    return total.hexdigest()[:32]


def _frozen(array: _Array) -> _Array:
    view = array.view()
    view.flags.writeable = False
    return view

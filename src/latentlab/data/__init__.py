"""Image sets: one file each, one line each in ``DATASETS``.

Every set keeps the same promise: uint8 images that cannot be written to, labels with class names,
and three splits that never leak. Settings are chosen on validation, figures reported on test.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from latentlab.data import digits, folder, shapes, torchvision_sets
from latentlab.data.image_set import SPLITS, Dataset, ImageSet, Progress, Request
from latentlab.errors import DataError, unknown_name
from latentlab.images import Pixels

__all__ = [
    "DATASETS",
    "SPLITS",
    "Dataset",
    "ImageSet",
    "Progress",
    "available",
    "check_name",
    "data_dir",
    "data_root",
    "dataset",
    "load",
    "load_crops",
]

DATASETS: Mapping[str, Dataset] = {
    entry.name: entry for entry in (digits.DATASET, shapes.DATASET, *torchvision_sets.TABLE)
}

SIZES = range(16, 129)


def dataset(name: str) -> Dataset:
    """Find an image set by name; ``folder:<name>`` stands for a folder of the user's own images.

    Parameters
    ----------
    name : str
        A key of ``DATASETS`` or ``folder:<name>``.

    Returns
    -------
    Dataset

    Raises
    ------
    DataError
        If there is none; the message lists the valid names.
    """
    if name.startswith(folder.PREFIX):
        return folder.dataset(name)
    if name not in DATASETS:
        raise DataError(unknown_name("image set", name, (*DATASETS, f"{folder.PREFIX}<name>")))
    return DATASETS[name]


def check_name(name: str) -> None:
    """Make sure that a name can be that of an image set; no disk is touched.

    Raises
    ------
    DataError
        If it is neither in ``DATASETS`` nor a proper ``folder:<name>``.
    """
    dataset(name)


def load(
    name: str,
    split: str,
    *,
    size: int | None = None,
    n_images: int | None = None,
    data_dir: Path | None = None,
    data_root: Path | None = None,
    progress: Progress | None = None,
    download: bool = True,
) -> ImageSet:
    """Load one split of an image set.

    Parameters
    ----------
    name : str
        A key of ``DATASETS`` or ``folder:<name>``.
    split : str
        "train", "validation" or "test".
    size : int, optional
        Height and width in pixels; by default the set's own.
    n_images : int, optional
        The first so many images of the split. Image numbers do not depend on it.
    data_dir : Path, optional
        Where downloads and caches live; else LATENTLAB_DATA, else ``./data``.
    data_root : Path, optional
        Where the user's own folders lie; else LATENTLAB_DATA_ROOT, else ``<data_dir>/images``.
    progress : callable, optional
        Called with (what, done, total) while downloading or scanning.
    download : bool
        Whether the network may be used.

    Returns
    -------
    ImageSet
        Read-only, the same on every call.

    Raises
    ------
    DataError
        If the name, split or size does not exist, or the images are missing.
    """
    entry = dataset(name)
    if split not in SPLITS:
        raise DataError(unknown_name("split", split, SPLITS))
    if n_images is not None and n_images < 1:
        raise DataError(f"At least one image has to be asked for, not {n_images}.")
    return entry.load(
        Request(
            name=name,
            split=split,
            size=_checked_size(entry, size),
            n_images=n_images,
            data_dir=_data_dir(data_dir),
            data_root=_data_root(data_root, _data_dir(data_dir)),
            progress=progress or _silent,
            download=download,
        )
    )


def load_crops(
    name: str,
    smallest: float,
    *,
    size: int | None = None,
    data_dir: Path | None = None,
    data_root: Path | None = None,
    progress: Progress | None = None,
) -> Pixels | None:
    """Load random crops of the training images, where these are larger than what is asked for.

    Parameters
    ----------
    name : str
        A key of ``DATASETS`` or ``folder:<name>``.
    smallest : float
        Side of the smallest crop as a share of a picture's shorter side; never below ``size``.
    size, data_dir, data_root, progress
        As for `load`.

    Returns
    -------
    uint8 (n, n_crops, size, size, c) or None
        For each training image, in the order of ``load(name, "train")``: first the whole, then
        crops of any size. None where the images are no larger, or many enough without.
    """
    entry = dataset(name)
    where = _data_dir(data_dir)
    request = Request(
        name=name,
        split="train",
        size=_checked_size(entry, size),
        n_images=None,
        data_dir=where,
        data_root=_data_root(data_root, where),
        progress=progress or _silent,
        download=False,
    )
    return entry.load_crops(request, smallest)


def available(name: str, *, data_dir: Path | None = None, data_root: Path | None = None) -> bool:
    """Say whether an image set can be loaded now, without any network.

    Raises
    ------
    DataError
        If there is no image set of that name.
    """
    entry = dataset(name)
    where = _data_dir(data_dir)
    return entry.is_here(
        Request(
            name=name,
            split="train",
            size=entry.size,
            n_images=None,
            data_dir=where,
            data_root=_data_root(data_root, where),
            progress=_silent,
            download=False,
        )
    )


def data_dir(given: Path | None = None) -> Path:
    """Say where downloads live: the argument, else LATENTLAB_DATA, else ``./data``."""
    return Path(given or os.environ.get("LATENTLAB_DATA") or "data")


def data_root(given: Path | None = None, data_dir: Path | None = None) -> Path:
    """Say where own folders lie: the argument, else LATENTLAB_DATA_ROOT, else data_dir/images."""
    return Path(given or os.environ.get("LATENTLAB_DATA_ROOT") or _data_dir(data_dir) / "images")


# `load` has parameters of the same names.
_data_dir, _data_root = data_dir, data_root


def _checked_size(entry: Dataset, size: int | None) -> int:
    if size is None:
        return entry.size
    if size not in (entry.sizes or SIZES):
        allowed = "any from 16 to 128" if entry.sizes is None else ", ".join(map(str, entry.sizes))
        raise DataError(f"'{entry.name}' cannot be had at {size} pixels; valid sizes: {allowed}.")
    return size


def _silent(what: str, done: int, total: int) -> None:
    """Report nothing."""

"""Image sets: one file each, one line each in ``DATASETS``.

Every set keeps the same promise: uint8 images that cannot be written to, labels with class names,
and three splits that never leak. Settings are chosen on validation, figures reported on test.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from latentlab.data import arrays, digits, drawings, folder, shapes, torchvision_sets
from latentlab.data.folder import looked_at_once
from latentlab.data.image_set import SPLITS, Dataset, ImageSet, Progress, Request, split_sum
from latentlab.data.places import Place, remembered
from latentlab.data.places import remember as _remember
from latentlab.errors import DataError, unknown_name
from latentlab.images import Pixels

__all__ = [
    "DATASETS",
    "SPLITS",
    "Dataset",
    "ImageSet",
    "Place",
    "Progress",
    "available",
    "data_dir",
    "data_root",
    "dataset",
    "load",
    "load_crops",
    "looked_at_once",
    "places",
    "remember",
    "split_sum",
]

DATASETS: Mapping[str, Dataset] = {
    entry.name: entry
    for entry in (digits.DATASET, shapes.DATASET, *torchvision_sets.TABLE, drawings.DATASET)
}

SIZES = range(16, 129)


def dataset(name: str) -> Dataset:
    """Find an image set by name.

    ``folder:<name>`` stands for a folder of the user's own images, ``array:<sum>`` for images that
    came as arrays.

    Parameters
    ----------
    name : str
        A key of ``DATASETS``, ``folder:<name>`` or ``array:<sum>``.

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
    if name.startswith(arrays.PREFIX):
        return arrays.dataset(name)
    if name not in DATASETS:
        raise DataError(unknown_name("image set", name, (*DATASETS, f"{folder.PREFIX}<name>")))
    return DATASETS[name]


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
        Where the set is not there, and neither was given, it is where it was last used.
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
    asked = _request(entry, split, Place(_data_dir(data_dir), _data_root(data_root, data_dir)))
    found = places(name, data_dir=data_dir, data_root=data_root)
    if found:
        asked = _request(entry, split, found[0])
    return entry.load(
        replace(
            asked,
            size=_checked_size(entry, size),
            n_images=n_images,
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

    Parameters
    ----------
    name : str
        A key of ``DATASETS`` or ``folder:<name>``.
    data_dir, data_root : Path, optional
        As for `places`.

    Returns
    -------
    bool

    Raises
    ------
    DataError
        If there is no image set of that name.
    """
    return bool(places(name, data_dir=data_dir, data_root=data_root))


def places(
    name: str, *, data_dir: Path | None = None, data_root: Path | None = None
) -> list[Place]:
    """Say where an image set can be loaded from now, without any network.

    Parameters
    ----------
    name : str
        A key of ``DATASETS`` or ``folder:<name>``.
    data_dir, data_root : Path, optional
        As for `load`; where one is given, no other place is looked at.

    Returns
    -------
    list of Place
        What was asked for first, then where it was last used; folders of one name may lie in
        several places. Empty where the set is on none.

    Raises
    ------
    DataError
        If there is no image set of that name.
    """
    entry = dataset(name)
    candidates = [Place(_data_dir(data_dir), _data_root(data_root, data_dir))]
    if data_dir is None and data_root is None:
        candidates += [place for place in remembered(entry.name) if place not in candidates]
    return [place for place in candidates if entry.is_here(_request(entry, "train", place))]


def remember(name: str, place: Place) -> None:
    """Remember on this machine where an image set is, unless it needs no place.

    Parameters
    ----------
    name : str
        A key of ``DATASETS`` or ``folder:<name>``.
    place : Place
    """
    entry = dataset(name)
    if entry.download is not None or entry.channels is None:
        _remember(entry.name, place)


def data_dir(given: Path | None = None) -> Path:
    """Say where downloads live: the argument, else LATENTLAB_DATA, else ``./data``."""
    return Path(given or os.environ.get("LATENTLAB_DATA") or "data").expanduser()


def data_root(given: Path | None = None, data_dir: Path | None = None) -> Path:
    """Say where own folders lie.

    Parameters
    ----------
    given : Path, optional
    data_dir : Path, optional
        As for `data_dir`.

    Returns
    -------
    Path
        What was given, else LATENTLAB_DATA_ROOT, else ``images`` in the data folder; "~" is
        expanded.
    """
    named = given or os.environ.get("LATENTLAB_DATA_ROOT")
    return Path(named or _data_dir(data_dir) / "images").expanduser()


# `load` has parameters of the same names.
_data_dir, _data_root = data_dir, data_root


def _request(entry: Dataset, split: str, place: Place) -> Request:
    return Request(
        name=entry.name,
        split=split,
        size=entry.size,
        n_images=None,
        data_dir=place.data_dir,
        data_root=place.data_root,
        progress=_silent,
        download=False,
    )


def _checked_size(entry: Dataset, size: int | None) -> int:
    if size is None:
        return entry.size
    if size not in (entry.sizes or SIZES):
        allowed = "any from 16 to 128" if entry.sizes is None else ", ".join(map(str, entry.sizes))
        raise DataError(f"'{entry.name}' cannot be had at {size} pixels; valid sizes: {allowed}.")
    return size


def _silent(what: str, done: int, total: int) -> None:
    """Report nothing."""

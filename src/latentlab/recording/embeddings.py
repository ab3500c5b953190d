"""Latents that were computed elsewhere, and the images that they belong to, row by row."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from latentlab import data
from latentlab.data import folder
from latentlab.data.folder_files import list_files
from latentlab.data.folder_layout import understand as understand_folder
from latentlab.errors import DataError
from latentlab.images import Pixels, read
from latentlab.recording.files import is_file, load_array
from latentlab.recording.recorder import Subject, subject_of
from latentlab.training.reporting import Reporter

Floats = npt.NDArray[np.float32]
SIDE = 64  # of pictures from a folder, which are only looked at
MOST = 100_000


def embedded(
    path: Path, images: str, labels: Path | None, image_size: int | None, *, reporter: Reporter
) -> tuple[Floats, Subject]:
    """Read latents and their images.

    Parameters
    ----------
    path : Path
        A .npy file (n, z), or (n, ...): flattened.
    images : str
        A .npy file, the name of an image set, or ``folder:<name>``.
    labels : Path, optional
        A .npy file (n,); for images from a file.
    image_size : int, optional
        Side of the pictures of a folder or of an image set.
    reporter : Reporter

    Returns
    -------
    latents : float32 (n, z)
    subject : Subject
        Its pixels in the order of the latents.

    Raises
    ------
    DataError
        If they do not belong together, in one sentence.
    """
    latents = _latents(path)
    if is_file(images):
        array = load_array(Path(images), "images")
        numbers = None if labels is None else load_array(labels, "labels")
    elif images.startswith(folder.PREFIX):
        array, numbers = _pictures(images, image_size or SIDE, reporter)
    else:
        array, numbers = _split(images, len(latents), image_size)
    if len(array) != len(latents):
        raise DataError(
            f"There are {len(latents):,} latents and {len(array):,} images: row by row they must "
            "belong together."
        )
    return latents, subject_of(array, numbers, recognize=False)


def _latents(path: Path) -> Floats:
    found = load_array(path, "latents")
    if found.ndim < 2 or found.dtype.kind not in "fiu" or not 0 < len(found) <= MOST:
        raise DataError(
            f"The latents are {found.dtype} of the shape {found.shape}; give (n, z), a row for "
            f"each of at most {MOST:,} images."
        )
    latents = np.asarray(found, np.float32).reshape(len(found), -1)
    if not np.isfinite(latents).all():
        row = int(np.flatnonzero(~np.isfinite(latents).all(axis=1))[0])
        raise DataError(f"Row {row} of the latents holds values that are not numbers.")
    return latents


def _split(name: str, n: int, size: int | None) -> tuple[Pixels, npt.NDArray[np.str_]]:
    """Find the split of an image set that has as many images as there are latents."""
    found = {split: data.load(name, split, size=size) for split in data.SPLITS}
    lengths = {split: len(one) for split, one in found.items()}
    matching = [split for split, length in lengths.items() if length == n]
    if not matching:
        counts = ", ".join(f"{length:,} {split}" for split, length in lengths.items())
        raise DataError(
            f"There are {n:,} latents, and '{name}' has {counts} images: give the latents of one "
            "of these, in its order."
        )
    one = found[matching[0]]
    return one.images, np.array(one.class_names)[one.labels]


def _pictures(name: str, side: int, reporter: Reporter) -> tuple[Pixels, npt.NDArray[np.str_]]:
    """Read all pictures of a folder, in the order of their paths."""
    place = next(iter(data.places(name)), None)
    if place is None:
        raise DataError(
            f"There is no folder '{folder.folder_name(name)}' in '{data.data_root()}'; put your "
            "images there or choose another --data-root."
        )
    home = place.data_root / folder.folder_name(name)
    files = list_files(home, reporter.progress).files
    layout = understand_folder(home.name, files)
    channels: Literal[3] = 3
    pixels = np.empty((len(files), side, side, channels), np.uint8)
    for number, file in enumerate(files):
        pixels[number] = read(home / file, size=(side, side), channels=channels)
        reporter.progress("reading images", number + 1, len(files))
    reporter.note(f"The latents' rows are taken to be the {len(files):,} pictures by path.")
    return pixels, np.array([layout.class_of(file) for file in files])

"""The images behind a latent index, where they are on this machine.

A checkpoint carries no image of its image set. It carries their numbers, so that the images can be
laid beside their latents wherever the set is present, and a sum over every image of each split, so
that no other image is ever taken for one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from latentlab import data
from latentlab.checkpoints import Checkpoint, LatentIndex
from latentlab.data import ImageSet, Place
from latentlab.errors import DataError
from latentlab.images import Pixels, printable, to_float

# Checkpoints without sums are proven by the stored principal components of all indexed images, in
# half precision: that keeps three digits.
TOLERANCE = 0.02
_BLOCK = 1000


@dataclass(frozen=True, eq=False)
class Lookup:
    """What became of looking for a checkpoint's images.

    Attributes
    ----------
    pixels : uint8 (n, h, w, c), in [0, 255], or None
        Those that the latent index speaks of, row for row; read-only.
    problem : "missing", "changed" or None
        Why there are none: the image set is not on this machine, or is not the one the network
        learned from (a folder whose files have changed since).
    """

    pixels: Pixels | None
    problem: Literal["missing", "changed"] | None


MISSING = Lookup(None, "missing")


def on_this_machine(checkpoint: Checkpoint) -> bool:
    """Say whether an image set of that name can be read here, without any network.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    bool
        Whether they are the same images is not looked at.
    """
    try:
        return data.available(checkpoint.manifest.config.dataset)
    except DataError:
        return False


def indexed(checkpoint: Checkpoint) -> Pixels | None:
    """Read the images that the latent index speaks of.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    uint8 (n, h, w, c), in [0, 255], or None
        Row for row, read-only; None where they cannot be had, or are not the same.
    """
    return look_up(checkpoint).pixels


def look_up(checkpoint: Checkpoint) -> Lookup:
    """Look for a checkpoint's images wherever its image set was used on this machine.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    Lookup
        A wrong image is worse than none: what is not proven to be the same is not returned.
    """
    dataset = checkpoint.manifest.config.dataset
    try:
        places = data.places(dataset)
    except DataError:
        places = []
    index = checkpoint.index()
    for place in places:
        try:
            with data.looked_at_once():
                pixels = _read(checkpoint, index, place)
        except DataError:
            continue
        if pixels is not None:
            data.remember(dataset, place)
            pixels.flags.writeable = False
            return Lookup(pixels, None)
    return Lookup(None, "changed") if places else MISSING


def proven_split(checkpoint: Checkpoint, split: str) -> Pixels | None:
    """Read all images of a split that the checkpoint was made with; None where they are others.

    Parameters
    ----------
    checkpoint : Checkpoint
    split : str
        "train", "validation" or "test".

    Returns
    -------
    uint8 (n, h, w, c), in [0, 255], or None
        Read-only. A checkpoint without sums vouches for its indexed images alone.
    """
    for place in data.places(checkpoint.manifest.config.dataset):
        try:
            found = _load(checkpoint, split, place)
        except DataError:
            continue
        if _is_proven(checkpoint, found):
            return found.images
    return None


def absent(shape: tuple[int, int, int]) -> Pixels:
    """Draw the empty tile that stands where an original is not at hand: gray, crossed out.

    A reconstruction never stands there: it would be taken for the image.

    Parameters
    ----------
    shape : (int, int, int)
        Height, width and channels of an image.

    Returns
    -------
    uint8 (h, w, c), in [0, 255]
    """
    height, width, _ = shape
    tile = np.full(shape, 128, np.uint8)
    columns = np.linspace(0, width - 1, height).round().astype(int)
    for across in (columns, columns[::-1]):
        tile[np.arange(height), across] = 96
    return tile


def explanation(checkpoint: Checkpoint, problem: str) -> str:
    """Say why a checkpoint's images are not shown, and what to do: two sentences.

    Parameters
    ----------
    checkpoint : Checkpoint
    problem : "missing" or "changed"

    Returns
    -------
    str
    """
    name = checkpoint.manifest.config.dataset
    entry = data.dataset(name)
    shown = printable(entry.name)
    if problem == "changed":
        return (
            f"The images of '{shown}' are not the ones that this network learned from: some were "
            "added, removed or changed since. Put them back as they were, or train again."
        )
    if entry.download is not None:
        return (
            f"The images of '{shown}' are not on this machine. Download them with one "
            f"click in the app, or say where they are: latentlab query {checkpoint.name} "
            "--data-dir FOLDER."
        )
    return (
        f"The images of '{shown}' are in a private folder that is not where this machine last saw "
        f"it. Say once where it is: latentlab query {checkpoint.name} --data-root FOLDER."
    )


def _read(checkpoint: Checkpoint, index: LatentIndex, place: Place) -> Pixels | None:
    images = np.zeros((len(index), *checkpoint.manifest.image_shape), dtype=np.uint8)
    for code, split in enumerate(data.SPLITS):
        rows = np.flatnonzero(index.splits == code)
        if not len(rows):
            continue
        found = _load(checkpoint, split, place)
        numbers = index.numbers[rows]
        if numbers.max() >= len(found) or found.images.shape[1:] != images.shape[1:]:
            return None
        if not _is_proven(checkpoint, found):
            return None
        images[rows] = found.images[numbers]
    if not checkpoint.manifest.image_sums and not _have_the_same_components(images, index):
        return None
    return images


def _load(checkpoint: Checkpoint, split: str, place: Place) -> ImageSet:
    config = checkpoint.manifest.config
    return data.load(
        config.dataset,
        split,
        size=config.image_size,
        n_images=config.n_images if split == "train" else None,
        data_dir=place.data_dir,
        data_root=place.data_root,
        download=False,
    )


def _is_proven(checkpoint: Checkpoint, found: ImageSet) -> bool:
    """Compare the sums over all images of a split, where the checkpoint has them."""
    sums = checkpoint.manifest.image_sums
    return not sums or sums.get(found.split) == data.split_sum(found)


def _have_the_same_components(images: Pixels, index: LatentIndex) -> bool:
    """Compare the principal components of every image with the stored ones."""
    scale = max(1.0, float(np.abs(index.pca.latents).max()))
    for start in range(0, len(images), _BLOCK):
        rows = slice(start, start + _BLOCK)
        found = index.pca.coordinates(to_float(images[rows]))
        if np.abs(found - index.pca.latents[rows]).max() > TOLERANCE * scale:
            return False
    return True

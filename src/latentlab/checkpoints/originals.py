"""The images behind a latent index, where they are on this machine.

A checkpoint carries no image of its image set. It carries their numbers, so that the images can be
laid beside their latents wherever the set is present.
"""

from __future__ import annotations

import numpy as np

from latentlab import data
from latentlab.checkpoints import Checkpoint, LatentIndex
from latentlab.errors import DataError
from latentlab.images import Pixels, to_float

# Rows whose principal components are compared with the stored ones, and how far they may be off:
# half precision keeps three digits.
PROVEN_ROWS = 64
TOLERANCE = 0.02


def on_this_machine(checkpoint: Checkpoint) -> bool:
    """Say whether the checkpoint's image set can be read here, without any network."""
    try:
        return data.available(checkpoint.manifest.config.dataset)
    except DataError:
        return False


def indexed(checkpoint: Checkpoint) -> Pixels | None:
    """Read the images that the latent index speaks of, row for row.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    uint8 (n, h, w, c), in [0, 255], or None
        Read-only. None where the image set is missing, or is not the one the network learned from
        (a folder whose files have changed since): a wrong image is worse than none.
    """
    index = checkpoint.index()
    images = np.zeros((len(index), *checkpoint.manifest.image_shape), dtype=np.uint8)
    try:
        for code, split in enumerate(data.SPLITS):
            rows = np.flatnonzero(index.splits == code)
            if len(rows):
                images[rows] = _numbered(checkpoint, split, index.numbers[rows])
    except DataError:
        return None
    if not _are_the_same(images, index):
        return None
    images.flags.writeable = False
    return images


def _numbered(checkpoint: Checkpoint, split: str, numbers: np.ndarray) -> Pixels:
    config = checkpoint.manifest.config
    n_images = int(numbers.max()) + 1
    image_set = data.load(
        config.dataset, split, size=config.image_size, n_images=n_images, download=False
    )
    if len(image_set.images) < n_images or numbers.min() < 0:
        raise DataError(f"The {split} split has only {len(image_set.images):,} images.")
    if image_set.images.shape[1:] != checkpoint.manifest.image_shape:
        raise DataError(f"The images have the shape {image_set.images.shape[1:]}.")
    chosen: Pixels = image_set.images[numbers]
    return chosen


def _are_the_same(images: Pixels, index: LatentIndex) -> bool:
    """Compare principal components: cheap, and no other image set has the same."""
    rows = np.unique(np.linspace(0, len(images) - 1, PROVEN_ROWS).astype(int))
    flat = to_float(images[rows]).reshape(len(rows), -1)
    found = (flat - index.pca.mean) @ index.pca.components.T
    scale = max(1.0, float(np.abs(index.pca.latents).max()))
    return bool(np.abs(found - index.pca.latents[rows]).max() <= TOLERANCE * scale)

"""The image a visitor asks about, and where it came from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latentlab.checkpoints import SPLIT_CODES, Checkpoint, FullIndex, LatentIndex
from latentlab.checkpoints import originals as image_sets
from latentlab.data.photos import photo_tiles
from latentlab.images import Images, to_float
from latentlab.ui.shell import cache

SPLIT_NAMES = {code: name for name, code in SPLIT_CODES.items()}
_TRAINING = "training"  # "train image" is no English


@dataclass(frozen=True, eq=False)
class Query:
    """An image to ask about.

    Attributes
    ----------
    pixels : float32 (h, w, c), 0 to 1
        What the network sees. Where a stored image is not on this machine, an empty tile.
    source : str
        Plain text for a caption: "your drawing", "test image 123". May come from a visitor.
    number : int or None
        Image number in its split, for an image of the image set.
    split : str or None
        "train", "validation" or "test", with `number`.
    is_absent : bool
        Whether the pixels are an empty tile, because the image is not on this machine.
    """

    pixels: Images
    source: str
    number: int | None = None
    split: str | None = None
    is_absent: bool = False

    @property
    def was_learned(self) -> bool:
        """Whether the network learned from this very image."""
        return self.split == "train"


def stored(checkpoint: Checkpoint, row: int) -> Query:
    """Return an image of the latent index as a query.

    Parameters
    ----------
    checkpoint : Checkpoint
    row : int
        Of all images that neighbors are looked for among; the first are those of the index.

    Returns
    -------
    Query
        With the original where it is on this machine, else with an empty tile.
    """
    index = cache.searched(checkpoint)
    split, number = SPLIT_NAMES[int(index.splits[row])], int(index.numbers[row])
    name = _title(split, number)
    originals = cache.originals(checkpoint)
    if originals is not None:
        pixels = cache.pictures_of(checkpoint, np.array([row]))[0]
        return Query(to_float(pixels), name, number, split)
    if not index.latents.shape[1]:
        return _lent(checkpoint, row)
    return absent(checkpoint, name, number, split)


def numbered(checkpoint: Checkpoint, split: str, number: int) -> Query | None:
    """Return an image of the image set by its number in its split, or None if it is not known.

    One that the latent index does not hold is known where the image set is on this machine.
    """
    row = find(cache.index(checkpoint), split, number)
    if row is not None:
        return stored(checkpoint, row)
    images = cache.split_images(checkpoint, split)
    if images is None or number >= len(images):
        return None
    return Query(to_float(images[number]), _title(split, number), number, split)


def _title(split: str, number: int) -> str:
    return f"{_TRAINING if split == 'train' else split} image {number:,}"


def absent(checkpoint: Checkpoint, name: str, number: int, split: str) -> Query:
    """Return an image of the set that is not on this machine."""
    tile = to_float(image_sets.absent(checkpoint.manifest.image_shape))
    return Query(tile, f"{name}, not on this machine", number, split, is_absent=True)


def _lent(checkpoint: Checkpoint, row: int) -> Query:
    """Return a free picture where the image is not on this machine and cannot be drawn."""
    height, width, channels = checkpoint.manifest.image_shape
    tiles = photo_tiles(max(height, width), channels)[:, :height, :width]
    return Query(to_float(tiles[row % len(tiles)]), f"part {row % len(tiles) + 1} of a photograph")


def row_of(index: LatentIndex | FullIndex, query: Query) -> int | None:
    """Return the row of an index that holds a query's image, if any does.

    Parameters
    ----------
    index : LatentIndex or FullIndex
    query : Query
    """
    if query.number is None or query.split is None:
        return None
    return find(index, query.split, query.number)


def find(index: LatentIndex | FullIndex, split: str, number: int) -> int | None:
    """Return the row of an image number, or None if the index does not hold it."""
    is_it = (index.splits == SPLIT_CODES.get(split, -1)) & (index.numbers == number)
    rows = np.flatnonzero(is_it)
    return int(rows[0]) if len(rows) else None


def test_rows(index: LatentIndex) -> np.ndarray:
    """Return the rows of test images; all rows where the index holds no test image."""
    rows = np.flatnonzero(index.splits == SPLIT_CODES["test"])
    return rows if len(rows) else np.arange(len(index))

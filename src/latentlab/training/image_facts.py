"""What tells the images of a run from others: an own folder may change before a run is resumed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from latentlab.data import ImageSet, split_sum

ImageFacts = dict[str, dict[str, Any]]
"""For each split its ``shape`` and its ``digest``: JSON values."""


def image_facts(sets: Mapping[str, ImageSet]) -> ImageFacts:
    """Describe the images of a run.

    Parameters
    ----------
    sets : mapping of split name to ImageSet
        Images uint8 (n, height, width, channels), in memory or memory-mapped.

    Returns
    -------
    dict of str to dict
        For each split its ``shape`` (n, height, width, channels), and a ``digest`` of all labels,
        all image numbers and all pixels.
    """
    return {
        split: {"shape": list(image_set.images.shape), "digest": _digest(image_set)}
        for split, image_set in sets.items()
    }


def difference(before: ImageFacts, now: ImageFacts) -> str:
    """Say what the images were and what they are: a part of a sentence, for facts that differ.

    Parameters
    ----------
    before, now : dict of str to dict
        From `image_facts`.

    Returns
    -------
    str
        Of the first split that differs: its shape, its number of images, or that they are others.
    """
    split = next(split for split in now if before[split] != now[split])
    (n_before, *size_before), (n, *size) = before[split]["shape"], now[split]["shape"]
    if size_before != size:
        first, second = (" x ".join(map(str, one)) for one in (size_before, size))
        return f"images of {first} values, and now they have {second}"
    if n_before != n:
        return f"{n_before:,} images in the {split} split, and now there are {n:,}"
    return f"other images in the {split} split than there are now"


def _digest(image_set: ImageSet) -> str:
    total = hashlib.sha256(image_set.labels.tobytes())
    total.update(image_set.numbers.astype(np.int64).tobytes())
    total.update(split_sum(image_set).encode())
    return total.hexdigest()[:16]

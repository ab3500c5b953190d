"""An image set that every machine has, made to fit the images of another: for comparisons."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from latentlab.data.image_set import ImageSet
from latentlab.errors import DataError

# Luminance as ITU-R BT.601 weighs it.
LUMINANCE = np.array([0.299, 0.587, 0.114])


def other_name(name: str, channels: int) -> str:
    """Name the set that stands beside another: digits, or shapes where those suit better.

    Parameters
    ----------
    name : str
        The image set to be compared with.
    channels : int
        Of its images.

    Returns
    -------
    str
        A key of ``DATASETS``; never `name` itself.
    """
    return "shapes" if name == "digits" or (channels == 3 and name != "shapes") else "digits"


def other_set(name: str, shape: tuple[int, int, int], *, n_images: int) -> ImageSet:
    """Load test images of another image set, in the shape of this one's.

    Parameters
    ----------
    name : str
        The image set to be compared with.
    shape : (height, width, channels)
        Of its images.
    n_images : int
        At most.

    Returns
    -------
    ImageSet

    Raises
    ------
    DataError
        If the shape is not square.
    """
    from latentlab import data

    height, width, channels = shape
    if height != width:
        raise DataError(f"Images of {width} by {height} pixels are not square.")
    found = data.load(other_name(name, channels), "test", size=height, n_images=n_images)
    images = found.images
    if images.shape[-1] > channels:
        images = (images @ LUMINANCE).round()[..., None].astype(np.uint8)
    elif images.shape[-1] < channels:
        images = np.repeat(images, channels, axis=-1)
    return replace(found, images=images)

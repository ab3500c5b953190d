"""What becomes of a picture that is unlike those a network takes: one sentence for each."""

from __future__ import annotations

import numpy as np

from latentlab.image_files import WHOLE_RANGES
from latentlab.images import Images, Picture, Pixels
from latentlab.resizing import Fit

# So many times longer than wide, most of an image is cut away or squeezed.
LONG = 4
GRAY = (
    "The image is gray and this network was trained on color images: red, green and blue get the "
    "same values."
)
_FATE: dict[Fit, str] = {
    "crop": "only its center is used",
    "pad": "it becomes a narrow strip",
    "stretch": "its aspect ratio is distorted",
}


def remarks(picture: Picture, image: Images, way: Fit) -> tuple[str, ...]:
    """Say what has been done to an image that is gray, deep, tiny or very long.

    Parameters
    ----------
    picture : Picture
        As it was decoded.
    image : float32 (h, w, c), 0 to 1
        What the network sees of it.
    way : "crop", "pad" or "stretch"

    Returns
    -------
    tuple of str
        Empty for a usual image.
    """
    height, width, channels = image.shape
    sides, found = picture.sides, []
    if channels == 3 and is_gray(image):
        found.append(GRAY)
    if picture.brightest is not None and picture.white not in (None, *WHOLE_RANGES):
        found.append(
            f"The brightest value in the file is {picture.brightest:,.6g}, so {picture.white:,.6g} "
            "was taken for white."
        )
    size = f"The image has {sides[1]:,} x {sides[0]:,} pixels"
    if max(sides) >= LONG * min(sides):
        found.append(f"{size} and the network takes {width} x {height}: {_FATE[way]}.")
    elif min(sides) < min(height, width):
        found.append(f"{size}; it is enlarged to the {width} x {height} that the network takes.")
    return tuple(found)


def is_gray(picture: Images | Pixels) -> bool:
    """Say whether an image has the same value in all its channels.

    Parameters
    ----------
    picture : float32 or uint8 (h, w, c)

    Returns
    -------
    bool
    """
    return bool(np.all(picture == picture[..., :1]))

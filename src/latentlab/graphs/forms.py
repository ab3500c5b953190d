"""The forms in which networks take and give images, and how a graph is rewritten to the stored one.

A **layout** is the order of the axes; a **range** is what black and white are.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from latentlab.graphs.reading import Shape, Sides

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Layout:
    """An order of axes.

    Attributes
    ----------
    title : str
        As a sentence says it.
    shape : callable
        From (height, width, channels) to the shape of one image.
    last : bool
        Whether channels come last.
    """

    title: str
    shape: Callable[[int, int, int], Shape]
    last: bool = False

    def of_images(self, images: Floats) -> Floats:
        """Bring images into this layout.

        Parameters
        ----------
        images : float32 (n, height, width, channels)

        Returns
        -------
        float32 (n, ...)
            Contiguous.
        """
        ordered = images if self.last else images.transpose(0, 3, 1, 2)
        return np.ascontiguousarray(ordered.reshape(-1, *self.shape(*images.shape[1:])))

    def to_images(self, values: Floats, image_shape: tuple[int, int, int]) -> Floats:
        """Bring what is in this layout back to images.

        Parameters
        ----------
        values : float32 (n, ...)
        image_shape : (int, int, int)
            Height, width, channels.

        Returns
        -------
        float32 (n, height, width, channels)
        """
        height, width, channels = image_shape
        if self.last:
            return values.reshape(-1, height, width, channels)
        return values.reshape(-1, channels, height, width).transpose(0, 2, 3, 1)


LAYOUTS = {
    "nchw": Layout("channels first", lambda h, w, c: (c, h, w)),
    "nhwc": Layout("channels last", lambda h, w, c: (h, w, c), last=True),
    "flat": Layout("flattened, channels first", lambda h, w, c: (c * h * w,)),
    "flat_last": Layout("flattened, channels last", lambda h, w, c: (h * w * c,), last=True),
    "gray": Layout("without an axis for the channel", lambda h, w, c: (h, w) if c == 1 else ()),
}


@dataclass(frozen=True)
class Range:
    """What values mean: ``image * scale + shift``; or logits, whose sigmoid is the image.

    Attributes
    ----------
    title : str
        As a sentence says it: "[0, 1]".
    scale, shift : float
    logits : bool
        Then scale and shift mean nothing.
    """

    title: str
    scale: float = 1.0
    shift: float = 0.0
    logits: bool = False

    def of_image(self, images: Floats) -> Floats:
        """Turn images in [0, 1] into what an encoder takes.

        Parameters
        ----------
        images : float32 (n, ...)

        Returns
        -------
        float32, of the same shape
        """
        return np.asarray(images * np.float32(self.scale) + np.float32(self.shift), np.float32)

    def to_image(self, values: Floats) -> Floats:
        """Turn what a decoder gives into images, which may lie beyond [0, 1].

        Parameters
        ----------
        values : float32 (n, ...)

        Returns
        -------
        float32, of the same shape
        """
        if self.logits:
            return np.asarray(1 / (1 + np.exp(-np.clip(values, -80, 80))), np.float32)
        return np.asarray((values - self.shift) / self.scale, np.float32)


UNIT = Range("[0, 1]")
SIGNED = Range("[-1, 1]", 2.0, -1.0)
BYTES = Range("[0, 255]", 255.0)
LOGITS = Range("logits", logits=True)


def fits(sides: Sides | None, shape: Shape) -> bool:
    """Say whether a declared input or output, with its number of images, can have a shape.

    Parameters
    ----------
    sides : tuple of int or None, or None
        The first is the number of images; None stands for any.
    shape : tuple of int
        Without the number of images.

    Returns
    -------
    bool
    """
    if sides is None:
        return True
    own = sides[1:]
    return len(own) == len(shape) and all(
        side is None or side == wanted for side, wanted in zip(own, shape, strict=True)
    )


@dataclass(frozen=True)
class Latent:
    """Which outputs of an encoder are the latent, and how a decoder takes it.

    Attributes
    ----------
    shape : tuple of int
        As the decoder takes it.
    mean, log_variance : str
        Names of outputs; the second empty for a plain autoencoder.
    halves : bool
        Whether the one output holds both, one after the other.
    """

    shape: Shape
    mean: str
    log_variance: str = ""
    halves: bool = False

    @property
    def size(self) -> int:
        """Numbers of a latent."""
        return math.prod(self.shape)

    @property
    def is_variational(self) -> bool:
        """Whether there is a log-variance."""
        return self.halves or bool(self.log_variance)

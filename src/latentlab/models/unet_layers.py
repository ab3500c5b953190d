"""The layers of the U-Net, described without torch: what ``unet.py`` computes, one after the other.

Skip connections are written out: what is kept under a number on the way down is added, or laid
beside the channels, on the way up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from latentlab.models.layers import (
    Add,
    Concatenate,
    Conv2d,
    Keep,
    Layer,
    PixelShuffle,
    PixelUnshuffle,
    ReLU,
    Resize,
)

# Pixels are gathered two by two first: the same arithmetic on a quarter of the places.
GATHER = 2
# Sides must be multiples of this; others are padded by repeating the border.
MULTIPLE = 4
_RESIDUAL = -1  # where a residual block keeps what it adds to its answer


@dataclass
class UNetLayers:
    """A U-Net as a list of layers.

    Attributes
    ----------
    layers : list of Layer
        (height, width, channels) of the padded image -> its correction, or the logits of colors.
    names : list of str
        For each layer the name of its tensors in ``unet.UNet``; empty for one without weights.
    down, up : list of int
        The layers that end a block: from the largest size to the smallest, and back. The block
        ``up[-1 - k]`` is given what ``down[k]`` gives, by a skip connection.
    """

    layers: list[Layer] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    down: list[int] = field(default_factory=list)
    up: list[int] = field(default_factory=list)

    def add(self, layer: Layer, name: str = "") -> None:
        """Append a layer.

        Parameters
        ----------
        layer : Layer
        name : str
            Of its tensors in ``unet.UNet``; empty for one without weights.
        """
        self.layers.append(layer)
        self.names.append(name)


def describe_unet(
    image_shape: tuple[int, int, int],
    *,
    hidden: tuple[int, ...],
    n_outputs: int,
    predicts: Literal["image", "chroma"] = "image",
    blocks: Literal["plain", "residual"] = "plain",
) -> UNetLayers:
    """Describe a U-Net for images of one size.

    Parameters
    ----------
    image_shape : (int, int, int)
        Height, width, channels; sides are padded to multiples of ``MULTIPLE``.
    hidden, predicts, blocks
        As of ``unet.UNet``.
    n_outputs : int
        Channels of the last convolution.

    Returns
    -------
    UNetLayers
    """
    height, width, channels = padded(image_shape)
    net = UNetLayers()
    net.add(PixelUnshuffle(GATHER))
    residual = blocks == "residual"
    sizes = [(height // GATHER, width // GATHER)]
    for level, (above, below) in enumerate(pairwise((channels * GATHER**2, *hidden))):
        stride = 2 if level else 1
        if level:
            sizes.append(tuple((side - 1) // 2 + 1 for side in sizes[-1]))  # type: ignore[arg-type]
        is_last = level == len(hidden) - 1
        # The last level of a residual network is a pair: its block, and one more of its own.
        name = f"down.{level}.0" if residual and is_last else f"down.{level}"
        _block(net, name, above, below, stride=stride, residual=residual)
        if residual and is_last:
            _residual(net, f"down.{level}.1", below)
        net.down.append(len(net.layers) - 1)
        if not is_last:
            net.add(Keep(level))
    for level in reversed(range(len(hidden) - 1)):
        above, below = hidden[level], hidden[level + 1]
        net.add(Conv2d(below, above, (1, 1)), f"lift.{level}")
        net.add(Resize(sizes[level]))
        if residual:
            net.add(Add(level))
            _residual(net, f"up.{level}", above)
        else:
            net.add(Concatenate(level, above))
            _block(net, f"up.{level}", 2 * above, above, stride=1, residual=False)
        net.up.append(len(net.layers) - 1)
    side = 1 if predicts == "chroma" else 3
    head = Conv2d(hidden[0], n_outputs, (side, side), padding=(side // 2, side // 2))
    net.add(head, "head")
    if predicts == "image":
        net.add(PixelShuffle(GATHER))
    return net


def padded(image_shape: tuple[int, int, int]) -> tuple[int, int, int]:
    """Return the shape of an image after padding.

    Parameters
    ----------
    image_shape : (int, int, int)
        Height, width, channels.

    Returns
    -------
    (int, int, int)
        The sides raised to multiples of 4.
    """
    height, width, channels = image_shape
    return height + -height % MULTIPLE, width + -width % MULTIPLE, channels


def _block(
    net: UNetLayers, name: str, n_in: int, n_out: int, *, stride: int, residual: bool
) -> None:
    net.add(Conv2d(n_in, n_out, (3, 3), (stride, stride), (1, 1)), f"{name}.0")
    if residual:
        _residual(net, f"{name}.1", n_out)
        return
    net.add(ReLU())
    net.add(Conv2d(n_out, n_out, (3, 3), padding=(1, 1)), f"{name}.2")
    net.add(ReLU())


def _residual(net: UNetLayers, name: str, n: int) -> None:
    net.add(Keep(_RESIDUAL))
    net.add(Conv2d(n, n, (3, 3), padding=(1, 1)), f"{name}.first")
    net.add(ReLU())
    net.add(Conv2d(n, n, (3, 3), padding=(1, 1)), f"{name}.last")
    net.add(Add(_RESIDUAL))

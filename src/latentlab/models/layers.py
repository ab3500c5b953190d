"""What a network is made of, as plain descriptions: no torch, no weights.

A description has torch's own name and torch's own arguments, so that `models.modules` makes the
module from it; ``export/layers.py`` makes the browser's layer from the same description. Shapes of
weights are torch's, so that a checkpoint's tensors are found by their names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Shapes = Mapping[str, tuple[int, ...]]
Pair = tuple[int, int]


@dataclass(frozen=True)
class Layer:
    """A layer; most have no weights."""

    @property
    def shapes(self) -> Shapes:
        """Shape of each tensor by its name in the layer."""
        return {}


@dataclass(frozen=True)
class Linear(Layer):
    """A fully connected layer."""

    in_features: int
    out_features: int

    @property
    def shapes(self) -> Shapes:
        """A row for each output."""
        return {"weight": (self.out_features, self.in_features), "bias": (self.out_features,)}


@dataclass(frozen=True)
class Conv2d(Layer):
    """A convolution over an image padded with zeros.

    Attributes
    ----------
    in_channels, out_channels : int
    kernel_size, stride, padding : (int, int)
        Vertical and horizontal, in pixels.
    """

    in_channels: int
    out_channels: int
    kernel_size: Pair
    stride: Pair = (1, 1)
    padding: Pair = (0, 0)

    @property
    def shapes(self) -> Shapes:
        """(out, in, vertical, horizontal)."""
        weight = (self.out_channels, self.in_channels, *self.kernel_size)
        return {"weight": weight, "bias": (self.out_channels,)}


@dataclass(frozen=True)
class ConvTranspose2d(Layer):
    """A transposed convolution.

    Attributes
    ----------
    in_channels, out_channels : int
    kernel_size, stride, padding : (int, int)
        Vertical and horizontal, in pixels, of the convolution that it transposes.
    output_padding : (int, int)
        Rows and columns added below and to the right.
    """

    in_channels: int
    out_channels: int
    kernel_size: Pair
    stride: Pair = (1, 1)
    padding: Pair = (0, 0)
    output_padding: Pair = (0, 0)

    @property
    def shapes(self) -> Shapes:
        """(in, out, vertical, horizontal)."""
        weight = (self.in_channels, self.out_channels, *self.kernel_size)
        return {"weight": weight, "bias": (self.out_channels,)}


@dataclass(frozen=True)
class BatchNorm(Layer):
    """Normalization with the running statistics of training."""

    num_features: int
    eps: float = 1e-5

    @property
    def shapes(self) -> Shapes:
        """One value for each feature."""
        names = ("weight", "bias", "running_mean", "running_var")
        return dict.fromkeys(names, (self.num_features,))


@dataclass(frozen=True)
class BatchNorm1d(BatchNorm):
    """Of vectors."""


@dataclass(frozen=True)
class BatchNorm2d(BatchNorm):
    """Of images, by channel."""


@dataclass(frozen=True)
class Flatten(Layer):
    """A whole image to a vector, channels first."""


@dataclass(frozen=True)
class Unflatten(Layer):
    """A vector to an image (channels, height, width)."""

    unflattened_size: tuple[int, int, int]
    dim: int = 1


@dataclass(frozen=True)
class Upsample(Layer):
    """Repeat each pixel, by a whole factor."""

    scale_factor: int


@dataclass(frozen=True)
class PixelShuffle(Layer):
    """Channels to blocks of pixels."""

    upscale_factor: int


@dataclass(frozen=True)
class PixelUnshuffle(Layer):
    """Blocks of pixels to channels."""

    downscale_factor: int


@dataclass(frozen=True)
class ReLU(Layer):
    """max(x, 0)."""


@dataclass(frozen=True)
class LeakyReLU(Layer):
    """x where positive, else the slope times x."""

    negative_slope: float = 0.01


@dataclass(frozen=True)
class SiLU(Layer):
    """x times its sigmoid."""


@dataclass(frozen=True)
class Sigmoid(Layer):
    """1 / (1 + exp(-x))."""


@dataclass(frozen=True)
class Tanh(Layer):
    """The hyperbolic tangent."""


@dataclass(frozen=True)
class ELU(Layer):
    """x where positive, else alpha (exp(x) - 1)."""

    alpha: float = 1.0


@dataclass(frozen=True)
class GELU(Layer):
    """x times the normal distribution function of x, exactly."""


@dataclass(frozen=True)
class Softplus(Layer):
    """log(1 + exp(x))."""


@dataclass(frozen=True)
class Hardtanh(Layer):
    """Values kept between two ends."""

    min_val: float
    max_val: float


@dataclass(frozen=True)
class GroupNorm(Layer):
    """Normalization of each image by itself, in groups of channels."""

    num_groups: int
    num_channels: int
    eps: float = 1e-5

    @property
    def shapes(self) -> Shapes:
        """One value for each channel."""
        return dict.fromkeys(("weight", "bias"), (self.num_channels,))


@dataclass(frozen=True)
class Pool(Layer):
    """One value for each window; pairs are (vertical, horizontal)."""

    kernel_size: Pair
    stride: Pair


@dataclass(frozen=True)
class MaxPool2d(Pool):
    """Its largest."""


@dataclass(frozen=True)
class AvgPool2d(Pool):
    """Its mean."""


@dataclass(frozen=True)
class ZeroPad2d(Layer):
    """Zeros around an image: left, right, above, below."""

    padding: tuple[int, int, int, int]


# What torch has no module for; only a graph from elsewhere is described with these.


@dataclass(frozen=True)
class Affine(Layer):
    """A factor and a summand for each channel."""

    num_features: int

    @property
    def shapes(self) -> Shapes:
        """One value for each channel."""
        return dict.fromkeys(("weight", "bias"), (self.num_features,))


@dataclass(frozen=True)
class FlattenLast(Layer):
    """A whole image to a vector, channels last."""


@dataclass(frozen=True)
class UnflattenLast(Layer):
    """A vector to an image (height, width, channels)."""

    unflattened_size: tuple[int, int, int]


@dataclass(frozen=True)
class Resize(Layer):
    """Repeat or leave out pixels until the image has this size: (height, width)."""

    size: Pair


@dataclass(frozen=True)
class Keep(Layer):
    """Keep the values under a number, and hand them on as they are."""

    slot: int


@dataclass(frozen=True)
class Add(Layer):
    """Add what was kept under a number."""

    slot: int


@dataclass(frozen=True)
class Concatenate(Layer):
    """Append the channels that were kept under a number."""

    slot: int
    channels: int


Layers = tuple[Layer, ...]

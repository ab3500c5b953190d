"""One function for each kind of layer that the browser runtime knows: torch in, layer list out.

To add one, write its function here, name it in ``EXPORTERS``, and write its operation in
``web/runtime/runtime.ts``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from torch import Tensor, nn

from latentlab.errors import LatentlabError

Floats = npt.NDArray[np.float32]
Layer = dict[str, Any]


class UnsupportedLayerError(LatentlabError):
    """A network holds a layer that the browser cannot run; the server has to decode."""


@dataclass
class Writer:
    """Layers written so far, and the shape they leave behind: (z,) or (height, width, channels)."""

    shape: tuple[int, ...]
    layers: list[Layer] = field(default_factory=list)
    chunks: list[Floats] = field(default_factory=list)

    def add_product(self, layer: Layer, matrix: Floats, bias: Floats) -> None:
        """Append a layer that multiplies by ``matrix`` (inputs, outputs) and adds ``bias``."""
        self.layers.append({**layer, "weights": len(self.chunks), "bias": len(self.chunks) + 1})
        self.chunks += [matrix, bias]

    def flat_weights(self) -> Floats:
        """Join the chunks; replace each chunk number in a layer by its offset."""
        offsets = np.cumsum([0, *(chunk.size for chunk in self.chunks)])
        for layer in self.layers:
            for key in ("weights", "bias"):
                if key in layer:
                    layer[key] = int(offsets[layer[key]])
        return np.concatenate([chunk.ravel() for chunk in self.chunks] or [np.zeros(0, np.float32)])


def _array(tensor: Tensor | None, size: int = 0) -> Floats:
    if tensor is None:
        return np.zeros(size, np.float32)
    return np.asarray(tensor.detach().cpu().float().numpy(), np.float32)


def _linear(writer: Writer, layer: nn.Linear) -> None:
    n_in, n_out = layer.in_features, layer.out_features
    matrix = np.ascontiguousarray(_array(layer.weight).T)  # (in, out)
    writer.add_product(
        {"op": "linear", "in": n_in, "out": n_out}, matrix, _array(layer.bias, n_out)
    )
    writer.shape = (n_out,)


def _flatten(writer: Writer, layer: nn.Flatten) -> None:
    if layer.start_dim != 1 or layer.end_dim != -1:
        raise UnsupportedLayerError("The browser can only flatten a whole image at once.")
    if len(writer.shape) == 3:
        writer.layers.append({"op": "to_channels_first", "shape": list(writer.shape)})
        writer.shape = (int(np.prod(writer.shape)),)


def _unflatten(writer: Writer, layer: nn.Unflatten) -> None:
    sizes = tuple(int(size) for size in layer.unflattened_size)
    if layer.dim != 1 or len(sizes) != 3:
        raise UnsupportedLayerError("The browser can only unflatten to channels, height, width.")
    channels, height, width = sizes
    writer.shape = (height, width, channels)
    writer.layers.append({"op": "to_channels_last", "shape": list(writer.shape)})


def _pair(value: int | tuple[int, ...] | str, name: str) -> tuple[int, int]:
    if isinstance(value, str):
        raise UnsupportedLayerError(f"The browser cannot run a convolution with {name}={value!r}.")
    return (value, value) if isinstance(value, int) else (int(value[0]), int(value[1]))


def _check_plain(layer: nn.Conv2d | nn.ConvTranspose2d) -> None:
    if layer.groups != 1 or _pair(layer.dilation, "dilation") != (1, 1):
        raise UnsupportedLayerError("The browser cannot run grouped or dilated convolutions.")
    if layer.padding_mode != "zeros":
        raise UnsupportedLayerError(
            f"The browser cannot pad a convolution with {layer.padding_mode!r}, only with zeros."
        )


def _conv(writer: Writer, layer: nn.Conv2d) -> None:
    _check_plain(layer)
    kernel, stride = _pair(layer.kernel_size, "kernel"), _pair(layer.stride, "stride")
    padding = _pair(layer.padding, "padding")
    height, width, _ = writer.shape
    out = (
        (height + 2 * padding[0] - kernel[0]) // stride[0] + 1,
        (width + 2 * padding[1] - kernel[1]) // stride[1] + 1,
        layer.out_channels,
    )
    # torch (out, in, ky, kx) -> (ky, kx, in; out): one row per gathered value
    matrix = _array(layer.weight).transpose(2, 3, 1, 0).reshape(-1, layer.out_channels)
    described = _convolution("conv", writer.shape, out, kernel, stride, padding)
    writer.add_product(described, matrix, _array(layer.bias, layer.out_channels))
    writer.shape = out


def _conv_transpose(writer: Writer, layer: nn.ConvTranspose2d) -> None:
    _check_plain(layer)
    kernel, stride = _pair(layer.kernel_size, "kernel"), _pair(layer.stride, "stride")
    padding, extra = _pair(layer.padding, "padding"), _pair(layer.output_padding, "padding")
    height, width, _ = writer.shape
    out = (
        (height - 1) * stride[0] - 2 * padding[0] + kernel[0] + extra[0],
        (width - 1) * stride[1] - 2 * padding[1] + kernel[1] + extra[1],
        layer.out_channels,
    )
    # torch (in, out, ky, kx) -> (in; ky, kx, out): one column per scattered value
    matrix = _array(layer.weight).transpose(0, 2, 3, 1).reshape(layer.in_channels, -1)
    described = _convolution("conv_transpose", writer.shape, out, kernel, stride, padding)
    writer.add_product(described, matrix, _array(layer.bias, layer.out_channels))
    writer.shape = out


def _convolution(
    op: str,
    shape: tuple[int, ...],
    out: tuple[int, int, int],
    kernel: tuple[int, int],
    stride: tuple[int, int],
    padding: tuple[int, int],
) -> Layer:
    return {
        "op": op,
        "from": list(shape),
        "to": list(out),
        "kernel": list(kernel),
        "stride": list(stride),
        "padding": list(padding),
    }


def _upsample(writer: Writer, layer: nn.Upsample) -> None:
    factor = layer.scale_factor
    factors = factor if isinstance(factor, tuple) else (factor, factor)
    if layer.mode != "nearest" or not all(value and value % 1 == 0 for value in factors):
        raise UnsupportedLayerError(
            "The browser can only enlarge by whole steps to the nearest pixel."
        )
    height, width, channels = writer.shape
    _reshape(
        writer,
        "upsample",
        (height * int(factors[0] or 1), width * int(factors[1] or 1), channels),
    )


def _pixel_shuffle(writer: Writer, layer: nn.PixelShuffle) -> None:
    (height, width, channels), factor = writer.shape, layer.upscale_factor
    _reshape(writer, "pixel_shuffle", (height * factor, width * factor, channels // factor**2))


def _pixel_unshuffle(writer: Writer, layer: nn.PixelUnshuffle) -> None:
    (height, width, channels), factor = writer.shape, layer.downscale_factor
    _reshape(writer, "pixel_unshuffle", (height // factor, width // factor, channels * factor**2))


def _reshape(writer: Writer, op: str, to: tuple[int, int, int]) -> None:
    writer.layers.append({"op": op, "from": list(writer.shape), "to": list(to)})
    writer.shape = to


def _batch_norm(writer: Writer, layer: nn.BatchNorm1d | nn.BatchNorm2d) -> None:
    if layer.running_mean is None or layer.running_var is None:
        raise UnsupportedLayerError("The browser needs a normalization with running statistics.")
    variance = _array(layer.running_var).astype(np.float64)
    gain = np.ones_like(variance) if layer.weight is None else _array(layer.weight)
    scale = gain / np.sqrt(variance + layer.eps)
    shift = _array(layer.bias, len(scale)) - _array(layer.running_mean) * scale
    previous = writer.layers[-1] if writer.layers else {}
    if previous.get("op") in ("linear", "conv", "conv_transpose"):
        matrix, bias = writer.chunks[-2:]
        repeats = matrix.shape[1] // len(
            scale
        )  # a transposed convolution has (ky, kx, out) columns
        writer.chunks[-2] = (matrix * np.tile(scale, repeats)).astype(np.float32)
        writer.chunks[-1] = (bias * scale + shift).astype(np.float32)
    else:
        writer.add_product(
            {"op": "scale", "channels": len(scale)},
            scale.astype(np.float32),
            shift.astype(np.float32),
        )


def _leaky_relu(writer: Writer, layer: nn.ReLU | nn.LeakyReLU) -> None:
    slope = float(getattr(layer, "negative_slope", 0.0))
    writer.layers.append({"op": "leaky_relu", "slope": slope})


def _silu(writer: Writer, layer: nn.SiLU) -> None:
    writer.layers.append({"op": "silu"})


def _sigmoid(writer: Writer, layer: nn.Sigmoid) -> None:
    writer.layers.append({"op": "sigmoid"})


EXPORTERS: dict[type[nn.Module], Callable[[Writer, Any], None]] = {
    nn.Linear: _linear,
    nn.Flatten: _flatten,
    nn.Unflatten: _unflatten,
    nn.Conv2d: _conv,
    nn.ConvTranspose2d: _conv_transpose,
    nn.Upsample: _upsample,
    nn.PixelShuffle: _pixel_shuffle,
    nn.PixelUnshuffle: _pixel_unshuffle,
    nn.BatchNorm1d: _batch_norm,
    nn.BatchNorm2d: _batch_norm,
    nn.ReLU: _leaky_relu,
    nn.LeakyReLU: _leaky_relu,
    nn.SiLU: _silu,
    nn.Sigmoid: _sigmoid,
}

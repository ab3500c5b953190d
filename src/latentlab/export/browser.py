"""A network as the browser runs it: a list of layers and one flat array of weights.

The runtime (``ui/canvas/js/runtime.js``) keeps activations as (height, width, channel), so that a
convolution is one matrix product. Every weight is therefore stored here as the matrix
(inputs, outputs) of that product, and the runtime needs to know nothing of torch's orders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
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


@dataclass(frozen=True)
class BrowserNetwork:
    """A network for the browser.

    Attributes
    ----------
    layers : tuple of dict
        What to do, in order; JSON values only. Weights are named by their offset.
    weights : float32 or float16 array (n,)
        Every weight; float16 only where that is exact.
    input_shape, output_shape : tuple of int
        (z,) for a latent, (height, width, channels) for an image.
    """

    layers: tuple[Layer, ...]
    weights: npt.NDArray[Any]
    input_shape: tuple[int, ...]
    output_shape: tuple[int, ...]

    def header(self) -> dict[str, object]:
        """Return everything but the weights, as JSON values."""
        return {
            "layers": list(self.layers),
            "input": list(self.input_shape),
            "output": list(self.output_shape),
        }


def export_network(
    module: nn.Sequential, input_shape: tuple[int, ...], *, sigmoid: bool = False
) -> BrowserNetwork:
    """Translate a network for the browser.

    Parameters
    ----------
    module : torch.nn.Sequential
        In evaluation mode; see ``EXPORTERS`` for the layers it may hold.
    input_shape : tuple of int
        (z,) for a decoder, (height, width, channels) for an encoder.
    sigmoid : bool
        End with a sigmoid: a decoder gives logits, a picture wants [0, 1].

    Returns
    -------
    BrowserNetwork
        Normalization is folded into the layer before it.

    Raises
    ------
    UnsupportedLayerError
        If a layer, or an option of one, is not known to the runtime.
    """
    writer = _Writer(tuple(input_shape))
    for layer in _flat(module):
        exporter = EXPORTERS.get(type(layer))
        if exporter is None:
            raise UnsupportedLayerError(
                f"The browser cannot run a layer of type {type(layer).__name__}; "
                "this network is decoded on the server."
            )
        exporter(writer, layer)
    if sigmoid:
        writer.layers.append({"op": "sigmoid"})
    return BrowserNetwork(
        layers=tuple(writer.layers),
        weights=_compact(writer.flat_weights()),
        input_shape=tuple(input_shape),
        output_shape=writer.shape,
    )


@dataclass
class _Writer:
    """Layers written so far, and the shape they leave behind."""

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


def _flat(module: nn.Sequential) -> Iterator[nn.Module]:
    for layer in module:
        if isinstance(layer, nn.Sequential):
            yield from _flat(layer)
        elif not isinstance(layer, (nn.Identity, nn.Dropout, nn.Dropout2d)):
            yield layer


def _compact(weights: Floats) -> npt.NDArray[Any]:
    with np.errstate(over="ignore"):
        half = weights.astype(np.float16)
    return half if np.array_equal(half.astype(np.float32), weights) else weights


def _array(tensor: Tensor | None, size: int = 0) -> Floats:
    if tensor is None:
        return np.zeros(size, np.float32)
    return np.asarray(tensor.detach().cpu().float().numpy(), np.float32)


def _linear(writer: _Writer, layer: nn.Linear) -> None:
    n_in, n_out = layer.in_features, layer.out_features
    matrix = np.ascontiguousarray(_array(layer.weight).T)  # (in, out)
    writer.add_product(
        {"op": "linear", "in": n_in, "out": n_out}, matrix, _array(layer.bias, n_out)
    )
    writer.shape = (n_out,)


def _flatten(writer: _Writer, layer: nn.Flatten) -> None:
    if layer.start_dim != 1 or layer.end_dim != -1:
        raise UnsupportedLayerError("The browser can only flatten a whole image at once.")
    if len(writer.shape) == 3:
        writer.layers.append({"op": "to_channels_first", "shape": list(writer.shape)})
        writer.shape = (int(np.prod(writer.shape)),)


def _unflatten(writer: _Writer, layer: nn.Unflatten) -> None:
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


def _conv(writer: _Writer, layer: nn.Conv2d) -> None:
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


def _conv_transpose(writer: _Writer, layer: nn.ConvTranspose2d) -> None:
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


def _upsample(writer: _Writer, layer: nn.Upsample) -> None:
    factor = layer.scale_factor
    factors = factor if isinstance(factor, tuple) else (factor, factor)
    if layer.mode != "nearest" or not all(value and value % 1 == 0 for value in factors):
        raise UnsupportedLayerError(
            "The browser can only enlarge by whole steps to the nearest pixel."
        )
    height, width, channels = writer.shape
    to = (height * int(factors[0] or 1), width * int(factors[1] or 1), channels)
    writer.layers.append({"op": "upsample", "from": list(writer.shape), "to": list(to)})
    writer.shape = to


def _pixel_shuffle(writer: _Writer, layer: nn.PixelShuffle) -> None:
    height, width, channels = writer.shape
    factor = layer.upscale_factor
    to = (height * factor, width * factor, channels // factor**2)
    writer.layers.append({"op": "pixel_shuffle", "from": list(writer.shape), "to": list(to)})
    writer.shape = to


def _pixel_unshuffle(writer: _Writer, layer: nn.PixelUnshuffle) -> None:
    height, width, channels = writer.shape
    factor = layer.downscale_factor
    to = (height // factor, width // factor, channels * factor**2)
    writer.layers.append({"op": "pixel_unshuffle", "from": list(writer.shape), "to": list(to)})
    writer.shape = to


def _batch_norm(writer: _Writer, layer: nn.BatchNorm1d | nn.BatchNorm2d) -> None:
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


def _relu(writer: _Writer, layer: nn.ReLU) -> None:
    writer.layers.append({"op": "leaky_relu", "slope": 0.0})


def _leaky_relu(writer: _Writer, layer: nn.LeakyReLU) -> None:
    writer.layers.append({"op": "leaky_relu", "slope": float(layer.negative_slope)})


def _silu(writer: _Writer, layer: nn.SiLU) -> None:
    writer.layers.append({"op": "silu"})


def _sigmoid(writer: _Writer, layer: nn.Sigmoid) -> None:
    writer.layers.append({"op": "sigmoid"})


EXPORTERS: dict[type[nn.Module], Callable[[_Writer, Any], None]] = {
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
    nn.ReLU: _relu,
    nn.LeakyReLU: _leaky_relu,
    nn.SiLU: _silu,
    nn.Sigmoid: _sigmoid,
}

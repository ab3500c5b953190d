"""One function for each kind of layer that the browser runtime knows: description in, layer out.

To add one, describe it in ``models/layers.py``, write its function here, name it in ``EXPORTERS``,
and write its operation in ``web/runtime/operations.ts``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from latentlab.errors import LatentlabError
from latentlab.models import layers as described

Floats = npt.NDArray[np.float32]
Layer = dict[str, Any]
Weights = Mapping[str, Floats]


class UnsupportedLayerError(LatentlabError):
    """A network holds a layer that the browser cannot run; the server has to decode."""


@dataclass
class Writer:
    """Layers written so far, and the shape they leave behind.

    Attributes
    ----------
    shape : tuple of int
        (z,) or (height, width, channels).
    layers : list of dict
        A weighted one names its ``weights`` and ``bias`` by their places in `chunks`.
    chunks : list of float32 array
    """

    shape: tuple[int, ...]
    layers: list[Layer] = field(default_factory=list)
    chunks: list[Floats] = field(default_factory=list)

    def add_product(self, layer: Layer, matrix: Floats, bias: Floats) -> None:
        """Append a layer that multiplies by ``matrix`` (inputs, outputs) and adds ``bias``."""
        self.layers.append({**layer, "weights": len(self.chunks), "bias": len(self.chunks) + 1})
        self.chunks += [matrix, bias]

    def flat_weights(self) -> Floats:
        """Join the chunks; replace each chunk number in a layer by its offset.

        To be called once, at the end.

        Returns
        -------
        float32 (n,)
        """
        offsets = np.cumsum([0, *(chunk.size for chunk in self.chunks)])
        for layer in self.layers:
            for key in ("weights", "bias"):
                if key in layer:
                    layer[key] = int(offsets[layer[key]])
        return np.concatenate([chunk.ravel() for chunk in self.chunks] or [np.zeros(0, np.float32)])


def _linear(writer: Writer, layer: described.Linear, weights: Weights) -> None:
    n_in, n_out = layer.in_features, layer.out_features
    matrix = np.ascontiguousarray(weights["weight"].T)  # (in, out)
    writer.add_product({"op": "linear", "in": n_in, "out": n_out}, matrix, weights["bias"])
    writer.shape = (n_out,)


def _flatten(writer: Writer, layer: described.Flatten, weights: Weights) -> None:
    if len(writer.shape) == 3:
        writer.layers.append({"op": "to_channels_first", "shape": list(writer.shape)})
        writer.shape = (int(np.prod(writer.shape)),)


def _unflatten(writer: Writer, layer: described.Unflatten, weights: Weights) -> None:
    channels, height, width = layer.unflattened_size
    writer.shape = (height, width, channels)
    writer.layers.append({"op": "to_channels_last", "shape": list(writer.shape)})


def _conv(writer: Writer, layer: described.Conv2d, weights: Weights) -> None:
    kernel, stride, padding = layer.kernel_size, layer.stride, layer.padding
    height, width, _ = writer.shape
    out = (
        (height + 2 * padding[0] - kernel[0]) // stride[0] + 1,
        (width + 2 * padding[1] - kernel[1]) // stride[1] + 1,
        layer.out_channels,
    )
    # torch (out, in, ky, kx) -> (ky, kx, in; out): one row per gathered value
    matrix = weights["weight"].transpose(2, 3, 1, 0).reshape(-1, layer.out_channels)
    _convolution(writer, "conv", layer, out, matrix, weights["bias"])


def _conv_transpose(writer: Writer, layer: described.ConvTranspose2d, weights: Weights) -> None:
    kernel, stride, padding = layer.kernel_size, layer.stride, layer.padding
    extra = layer.output_padding
    height, width, _ = writer.shape
    out = (
        (height - 1) * stride[0] - 2 * padding[0] + kernel[0] + extra[0],
        (width - 1) * stride[1] - 2 * padding[1] + kernel[1] + extra[1],
        layer.out_channels,
    )
    # torch (in, out, ky, kx) -> (in; ky, kx, out): one column per scattered value
    matrix = weights["weight"].transpose(0, 2, 3, 1).reshape(layer.in_channels, -1)
    _convolution(writer, "conv_transpose", layer, out, matrix, weights["bias"])


def _convolution(
    writer: Writer,
    op: str,
    layer: described.Conv2d | described.ConvTranspose2d,
    out: tuple[int, int, int],
    matrix: Floats,
    bias: Floats,
) -> None:
    written = {
        "op": op,
        "from": list(writer.shape),
        "to": list(out),
        "kernel": list(layer.kernel_size),
        "stride": list(layer.stride),
        "padding": list(layer.padding),
    }
    writer.add_product(written, matrix, bias)
    writer.shape = out


def _upsample(writer: Writer, layer: described.Upsample, weights: Weights) -> None:
    (height, width, channels), factor = writer.shape, layer.scale_factor
    _reshape(writer, "upsample", (height * factor, width * factor, channels))


def _pixel_shuffle(writer: Writer, layer: described.PixelShuffle, weights: Weights) -> None:
    (height, width, channels), factor = writer.shape, layer.upscale_factor
    _reshape(writer, "pixel_shuffle", (height * factor, width * factor, channels // factor**2))


def _pixel_unshuffle(writer: Writer, layer: described.PixelUnshuffle, weights: Weights) -> None:
    (height, width, channels), factor = writer.shape, layer.downscale_factor
    _reshape(writer, "pixel_unshuffle", (height // factor, width // factor, channels * factor**2))


def _reshape(writer: Writer, op: str, to: tuple[int, int, int]) -> None:
    writer.layers.append({"op": op, "from": list(writer.shape), "to": list(to)})
    writer.shape = to


def _batch_norm(writer: Writer, layer: described.BatchNorm, weights: Weights) -> None:
    variance = weights["running_var"].astype(np.float64)
    scale = weights["weight"] / np.sqrt(variance + layer.eps)
    _scale(writer, scale, weights["bias"] - weights["running_mean"] * scale)


def _affine(writer: Writer, layer: described.Affine, weights: Weights) -> None:
    _scale(writer, weights["weight"], weights["bias"])


def _scale(writer: Writer, scale: npt.NDArray[Any], shift: npt.NDArray[Any]) -> None:
    """Multiply and add by channel, in the layer before where that is a product."""
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


def _leaky_relu(
    writer: Writer, layer: described.ReLU | described.LeakyReLU, weights: Weights
) -> None:
    slope = float(getattr(layer, "negative_slope", 0.0))
    writer.layers.append({"op": "leaky_relu", "slope": slope})


def _silu(writer: Writer, layer: described.SiLU, weights: Weights) -> None:
    writer.layers.append({"op": "silu"})


def _tanh(writer: Writer, layer: described.Tanh, weights: Weights) -> None:
    writer.layers.append({"op": "tanh"})


def _gelu(writer: Writer, layer: described.GELU, weights: Weights) -> None:
    writer.layers.append({"op": "gelu"})


def _elu(writer: Writer, layer: described.ELU, weights: Weights) -> None:
    writer.layers.append({"op": "elu", "alpha": layer.alpha})


def _softplus(writer: Writer, layer: described.Softplus, weights: Weights) -> None:
    writer.layers.append({"op": "softplus"})


def _hardtanh(writer: Writer, layer: described.Hardtanh, weights: Weights) -> None:
    writer.layers.append({"op": "clamp", "low": layer.min_val, "high": layer.max_val})


def _group_norm(writer: Writer, layer: described.GroupNorm, weights: Weights) -> None:
    written = {
        "op": "group_norm",
        "channels": layer.num_channels,
        "groups": layer.num_groups,
        "eps": layer.eps,
    }
    writer.add_product(written, weights["weight"], weights["bias"])


def _pool(
    writer: Writer, layer: described.MaxPool2d | described.AvgPool2d, weights: Weights
) -> None:
    height, width, channels = writer.shape
    (ky, kx), (sy, sx) = layer.kernel_size, layer.stride
    op = "max_pool" if isinstance(layer, described.MaxPool2d) else "avg_pool"
    _reshape(writer, op, ((height - ky) // sy + 1, (width - kx) // sx + 1, channels))
    writer.layers[-1] |= {"kernel": [ky, kx], "stride": [sy, sx]}


def _zero_pad(writer: Writer, layer: described.ZeroPad2d, weights: Weights) -> None:
    (height, width, channels), (left, right, above, below) = writer.shape, layer.padding
    _reshape(writer, "pad", (height + above + below, width + left + right, channels))
    writer.layers[-1] |= {"padding": [above, left]}


def _flatten_last(writer: Writer, layer: described.FlattenLast, weights: Weights) -> None:
    writer.shape = (int(np.prod(writer.shape)),)  # the runtime's own order


def _unflatten_last(writer: Writer, layer: described.UnflattenLast, weights: Weights) -> None:
    writer.shape = layer.unflattened_size


def _sigmoid(writer: Writer, layer: described.Sigmoid, weights: Weights) -> None:
    writer.layers.append({"op": "sigmoid"})


def _resize(writer: Writer, layer: described.Resize, weights: Weights) -> None:
    _reshape(writer, "upsample", (*layer.size, writer.shape[2]))


def _keep(writer: Writer, layer: described.Keep, weights: Weights) -> None:
    writer.layers.append({"op": "keep", "slot": layer.slot})


def _add(writer: Writer, layer: described.Add, weights: Weights) -> None:
    writer.layers.append({"op": "add", "slot": layer.slot})


def _concatenate(writer: Writer, layer: described.Concatenate, weights: Weights) -> None:
    height, width, channels = writer.shape
    _reshape(writer, "concatenate", (height, width, channels + layer.channels))
    writer.layers[-1]["slot"] = layer.slot


EXPORTERS: dict[type[described.Layer], Callable[[Writer, Any, Weights], None]] = {
    described.Linear: _linear,
    described.Flatten: _flatten,
    described.Unflatten: _unflatten,
    described.Conv2d: _conv,
    described.ConvTranspose2d: _conv_transpose,
    described.Upsample: _upsample,
    described.PixelShuffle: _pixel_shuffle,
    described.PixelUnshuffle: _pixel_unshuffle,
    described.BatchNorm1d: _batch_norm,
    described.BatchNorm2d: _batch_norm,
    described.ReLU: _leaky_relu,
    described.LeakyReLU: _leaky_relu,
    described.SiLU: _silu,
    described.Sigmoid: _sigmoid,
    described.Tanh: _tanh,
    described.GELU: _gelu,
    described.ELU: _elu,
    described.Softplus: _softplus,
    described.Hardtanh: _hardtanh,
    described.GroupNorm: _group_norm,
    described.MaxPool2d: _pool,
    described.AvgPool2d: _pool,
    described.ZeroPad2d: _zero_pad,
    described.Affine: _affine,
    described.FlattenLast: _flatten_last,
    described.UnflattenLast: _unflatten_last,
    described.Resize: _resize,
    described.Keep: _keep,
    described.Add: _add,
    described.Concatenate: _concatenate,
}

"""A network as the browser runs it: a list of layers and one flat array of weights.

The runtime (``web/runtime/runtime.ts``) keeps activations as (height, width, channel), so that a
convolution is one matrix product. Every weight is therefore stored here as the matrix
(inputs, outputs) of that product, and the runtime needs to know nothing of torch's orders.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from torch import nn

from latentlab.export.layers import EXPORTERS, Floats, Layer, UnsupportedLayerError, Writer

__all__ = ["EXPORTERS", "BrowserNetwork", "UnsupportedLayerError", "export_network"]


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
        In evaluation mode; see ``layers.EXPORTERS`` for the layers it may hold.
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
    writer = Writer(tuple(input_shape))
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

"""The browser's layer list read off a torch module, to compare with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from torch import nn

from latentlab.export.browser import BrowserNetwork, export_network
from latentlab.models import layers as described


def export_module(
    module: nn.Sequential, input_shape: tuple[int, ...], *, sigmoid: bool = False
) -> BrowserNetwork:
    """Describe a module that torch made, and export it with its own weights."""
    layers = [layer for layer in _flat(module) if not isinstance(layer, nn.Identity | nn.Dropout)]
    weights = {
        f"{number}.{name}": tensor.detach().float().numpy()
        for number, layer in enumerate(layers)
        for name, tensor in layer.state_dict().items()
        if name != "num_batches_tracked"
    }
    return export_network(tuple(map(_described, layers)), weights, input_shape, sigmoid=sigmoid)


def _described(layer: nn.Module) -> described.Layer:
    kind = getattr(described, type(layer).__name__)
    arguments = {field.name: _plain(getattr(layer, field.name)) for field in fields(kind)}
    made: described.Layer = kind(**arguments)
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)  # torch keeps a factor of 2 as 2.0
    return tuple(value) if isinstance(value, list | tuple) else value


def _flat(module: nn.Sequential) -> Iterator[nn.Module]:
    for layer in module:
        if isinstance(layer, nn.Sequential):
            yield from _flat(layer)
        else:
            yield layer

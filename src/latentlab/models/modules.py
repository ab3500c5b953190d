"""Torch modules from descriptions of layers."""

from __future__ import annotations

from dataclasses import fields

from torch import nn

from latentlab.models.layers import Layer, Layers


def sequential(layers: Layers) -> nn.Sequential:
    """Make the untrained module that `layers` describes; its weights are drawn in their order.

    Parameters
    ----------
    layers : tuple of Layer

    Returns
    -------
    torch.nn.Sequential
        Its tensors are named by the number of the layer, a dot, and the name in the layer.
    """
    return nn.Sequential(*map(_module, layers))


def _module(layer: Layer) -> nn.Module:
    arguments = {field.name: getattr(layer, field.name) for field in fields(layer)}
    module: nn.Module = getattr(nn, type(layer).__name__)(**arguments)
    return module

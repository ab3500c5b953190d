"""Torch modules from descriptions of layers."""

from __future__ import annotations

from dataclasses import fields

from torch import nn

from latentlab.models.layers import Layer, Layers


def sequential(layers: Layers) -> nn.Sequential:
    """Make the untrained module that `layers` describes; its weights are drawn in their order."""
    return nn.Sequential(*map(_module, layers))


def _module(layer: Layer) -> nn.Module:
    arguments = {field.name: getattr(layer, field.name) for field in fields(layer)}
    module: nn.Module = getattr(nn, type(layer).__name__)(**arguments)
    return module

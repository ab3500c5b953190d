"""A graph that is a chain of known layers, as descriptions and weights: what a browser can run.

A graph has no layers, only operators; the patterns that exporters write for one layer are put
together again. Whatever is not recognized is left to the server.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from latentlab.graphs import image_layers, output_layers, vector_layers
from latentlab.graphs.chaining import Chain, Chaining, Reader, Tensors, UnknownLayerError
from latentlab.graphs.planning import plan
from latentlab.graphs.reading import Graph, Shape
from latentlab.models import layers as described

# Normalization in groups begins with a change of shape: images come first.
READERS: tuple[Reader, ...] = (
    *image_layers.READERS,
    *output_layers.READERS,
    *vector_layers.READERS,
)


def chain_of(graph: Graph, shape: Shape) -> Chain:
    """Read a graph as a chain of layers; of two outputs, both come one after the other.

    Parameters
    ----------
    graph : Graph
        In the stored form.
    shape : tuple of int
        Of one input: (channels, height, width), or (z,).

    Returns
    -------
    Chain

    Raises
    ------
    UnknownLayerError
        If it is none, or holds a layer that the browser does not know.
    """
    chains = [_chain(graph, shape, value.name) for value in graph.outputs]
    return chains[0] if len(chains) == 1 else _joined(*chains)


def _chain(graph: Graph, shape: Shape, output: str) -> Chain:
    walk = Chaining(plan(graph, (1, *shape), (output,)), graph.inputs[0].name)
    walk.run(output, READERS)
    return Chain(tuple(walk.layers), tuple(walk.tensors))


def _joined(first: Chain, second: Chain) -> Chain:
    """Join two chains that differ in their last product alone: mean and log-variance."""
    last = next(
        (n for n in reversed(range(len(first.layers))) if isinstance(first.layers[n], PRODUCTS)), 0
    )
    for number, (one, other) in enumerate(zip(first.layers, second.layers, strict=False)):
        same = one == other and (
            number == last or _equal(first.tensors[number], second.tensors[number])
        )
        if not same or len(first.layers) != len(second.layers):
            raise UnknownLayerError("Mean and log-variance come from different layers.")
    layer = first.layers[last]
    tensors = {
        name: np.concatenate([first.tensors[last][name], second.tensors[last][name]])
        for name in first.tensors[last]
    }
    if isinstance(layer, described.Linear):
        layer = replace(layer, out_features=2 * layer.out_features)
    elif isinstance(layer, described.Conv2d):
        layer = replace(layer, out_channels=2 * layer.out_channels)
    layers, weights = list(first.layers), list(first.tensors)
    layers[last], weights[last] = layer, tensors
    return Chain(tuple(layers), tuple(weights))


def _equal(one: Tensors, other: Tensors) -> bool:
    return all(np.array_equal(array, other[name]) for name, array in one.items())


PRODUCTS = (described.Linear, described.Conv2d)

"""A graph that is a chain of known layers, as descriptions and weights: what a browser can run.

A graph has no layers, only operators; the patterns that exporters write for one layer are put
together again. Whatever is not recognized is left to the server.
"""

from __future__ import annotations

from latentlab.graphs import image_layers, vector_layers
from latentlab.graphs.chaining import Chain, Chaining, Reader
from latentlab.graphs.planning import plan
from latentlab.graphs.reading import Graph, Shape

# Normalization in groups begins with a change of shape: images come first.
READERS: tuple[Reader, ...] = (*image_layers.READERS, *vector_layers.READERS)


def chain_of(graph: Graph, shape: Shape) -> Chain:
    """Read a graph as a chain of layers, up to its first output.

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
    output = graph.outputs[0].name
    walk = Chaining(plan(graph, (1, *shape), (output,)), graph.inputs[0].name)
    walk.run(output, READERS)
    return Chain(tuple(walk.layers), walk.weights())

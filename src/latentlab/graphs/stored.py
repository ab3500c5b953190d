"""The form in which a checkpoint keeps a graph, whatever the form it came in.

``encoder.onnx`` takes ``image`` (n, channels, height, width) in [0, 1] and gives ``latent`` (n, z)
and, for a variational autoencoder, ``log_variance`` (n, z); ``decoder.onnx`` takes ``latent`` and
gives ``image`` in [0, 1]. It is what ``latentlab export onnx`` writes, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from latentlab.errors import NetworkError

if TYPE_CHECKING:
    from latentlab.graphs.reading import Graph

IMAGE, LATENT, LOG_VARIANCE = "image", "latent", "log_variance"


def check_stored(
    content: bytes, file: str, *, image_shape: tuple[int, int, int], latent_dim: int
) -> Graph:
    """Read a graph of a checkpoint and prove that it takes and gives what it should.

    Parameters
    ----------
    content : bytes
    file : str
        ``encoder.onnx`` or ``decoder.onnx``.
    image_shape : (int, int, int)
        Height, width, channels.
    latent_dim : int

    Returns
    -------
    Graph

    Raises
    ------
    NetworkError
        For the first thing that is wrong.
    """
    # onnx is loaded only where a network from elsewhere is looked at.
    from latentlab.graphs.planning import plan
    from latentlab.graphs.reading import read_graph

    height, width, channels = image_shape
    image, latent = (channels, height, width), (latent_dim,)
    is_encoder = file.startswith("encoder")
    graph = read_graph(content, "The encoder" if is_encoder else "The decoder")
    inputs, outputs = [v.name for v in graph.inputs], [v.name for v in graph.outputs]
    allowed = [[LATENT], [LATENT, LOG_VARIANCE]] if is_encoder else [[IMAGE]]
    if inputs != [IMAGE if is_encoder else LATENT] or outputs not in allowed:
        raise NetworkError(f"{graph.what} does not take and give what a checkpoint's does.")
    found = plan(graph, (1, *(image if is_encoder else latent)), outputs)
    if any(found.shapes[name] != (1, *(latent if is_encoder else image)) for name in outputs):
        raise NetworkError(f"{graph.what} gives another shape than the checkpoint says.")
    return graph

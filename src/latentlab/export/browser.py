"""A network as the browser runs it: a list of layers and one flat array of weights.

The runtime (``web/runtime/runtime.ts``) keeps activations as (height, width, channel), so that a
convolution is one matrix product. Every weight is therefore stored here as the matrix
(inputs, outputs) of that product, and the runtime needs to know nothing of torch's orders.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from latentlab.checkpoints import GRAPHS, Checkpoint
from latentlab.checkpoints.schema import LARGEST
from latentlab.config import RunConfig
from latentlab.errors import CheckpointError
from latentlab.export.layers import EXPORTERS, Floats, Layer, UnsupportedLayerError, Writer
from latentlab.graphs.stored import check_stored
from latentlab.images import printable
from latentlab.models import describe
from latentlab.models.bodies import Body
from latentlab.models.layers import Layers

__all__ = ["EXPORTERS", "BrowserNetwork", "UnsupportedLayerError", "export_network", "networks_of"]

# What the decoder computes ends in a sigmoid: it has only to stay a float32.
FINITE = 1e30


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
        """Return everything but the weights, as JSON values.

        Returns
        -------
        dict
            ``layers``, ``input`` and ``output``.
        """
        return {
            "layers": list(self.layers),
            "input": list(self.input_shape),
            "output": list(self.output_shape),
        }

    def reach(self, largest: float) -> float:
        """Bound from above what the network computes from inputs of at most this size.

        Parameters
        ----------
        largest : float
            Largest absolute value of the inputs.

        Returns
        -------
        float
            Of the absolute values before the output's sigmoid.
        """
        pairs = [(layer["weights"], layer["bias"]) for layer in self.layers if "weights" in layer]
        bounds = [largest]
        with np.errstate(over="ignore"):
            for (start, middle), (end, _) in pairwise([*pairs, (len(self.weights), 0)]):
                bias = np.abs(self.weights[middle:end], dtype=np.float64)
                gains = np.abs(self.weights[start:middle], dtype=np.float64).reshape(-1, len(bias))
                bounds.append(float((bounds[-1] * gains.sum(axis=0) + bias).max()))
        return max(bounds)


@dataclass(frozen=True)
class Networks:
    """Both halves of an autoencoder.

    Attributes
    ----------
    encoder, decoder : BrowserNetwork or None
        None where a network from elsewhere has none, or one that the browser cannot run.
    """

    encoder: BrowserNetwork | None
    decoder: BrowserNetwork | None


def networks_of(checkpoint: Checkpoint) -> Networks | None:
    """Translate a checkpoint's network from its run config and its tensors, without torch.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    Networks or None
        None where the browser cannot run it: the server answers.

    Raises
    ------
    CheckpointError
        If the weights do not fit the network, or are so large that it answers with no numbers.
    """
    manifest = checkpoint.manifest
    if manifest.is_own:
        return _own(checkpoint)
    if not manifest.config.latent_dim:
        return None
    body = body_for(manifest.config, manifest.image_shape)
    stored = checkpoint.weights()
    try:
        encoder = export_network(body.encoder, within(stored, "encoder"), manifest.image_shape)
        size = (manifest.config.latent_dim,)
        decoder = export_network(body.decoder, within(stored, "decoder"), size, sigmoid=True)
    except UnsupportedLayerError:
        return None
    except CheckpointError as error:
        name = printable(checkpoint.name)
        raise CheckpointError(
            f"The checkpoint '{name}' does not fit its network: {error} Train it again."
        ) from None
    # Rarely so: only then does torch have to say what the answers are.
    reach = encoder.reach(1)
    if not (reach <= LARGEST and decoder.reach(reach) <= FINITE):
        from latentlab.codec import load_codec

        load_codec(checkpoint)
    return Networks(encoder, decoder)


def _own(checkpoint: Checkpoint) -> Networks:
    """Translate a network that was recorded or imported, as far as it is a chain of layers."""
    latent_dim, shape = checkpoint.manifest.config.latent_dim, checkpoint.manifest.image_shape
    encoder, decoder = (
        _translated(checkpoint.graph(file), file, image_shape=shape, latent_dim=latent_dim)
        for file in GRAPHS
    )
    return Networks(encoder, decoder)


def _translated(
    content: bytes | None, file: str, *, image_shape: tuple[int, int, int], latent_dim: int
) -> BrowserNetwork | None:
    if content is None:
        return None
    from latentlab.graphs.chaining import UnknownLayerError
    from latentlab.graphs.layers import chain_of

    graph = check_stored(content, file, image_shape=image_shape, latent_dim=latent_dim)
    height, width, channels = image_shape
    is_encoder = file == GRAPHS[0]
    try:
        chain = chain_of(graph, (channels, height, width) if is_encoder else (latent_dim,))
        return export_network(
            chain.layers, chain.weights, image_shape if is_encoder else (latent_dim,)
        )
    except (UnknownLayerError, UnsupportedLayerError):
        return None


def body_for(config: RunConfig, image_shape: tuple[int, int, int]) -> Body:
    """Describe the layers that a run config with a latent asks for.

    Parameters
    ----------
    config : RunConfig
        Of a model with a latent, trained here.
    image_shape : (int, int, int)
        Height, width, channels.

    Returns
    -------
    Body
    """
    return describe(
        config.model,
        body=config.body,
        image_shape=image_shape,
        latent_dim=config.latent_dim,
        hidden=config.hidden,
    )


def within(weights: Mapping[str, npt.NDArray[Any]], part: str) -> dict[str, npt.NDArray[Any]]:
    """Return the tensors of one part of a network, by their names in it.

    Parameters
    ----------
    weights : mapping of str to array
    part : str
        "encoder" or "decoder".

    Returns
    -------
    dict of str to array
        Not copied.
    """
    start = f"{part}."
    return {k.removeprefix(start): v for k, v in weights.items() if k.startswith(start)}


def export_network(
    layers: Layers,
    weights: Mapping[str, npt.NDArray[Any]],
    input_shape: tuple[int, ...],
    *,
    sigmoid: bool = False,
) -> BrowserNetwork:
    """Translate a network for the browser.

    Parameters
    ----------
    layers : tuple of Layer
        See ``layers.EXPORTERS`` for those it may hold.
    weights : mapping of str to float array
        By torch's names: the number of the layer, a dot, the name in the layer.
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
        If a layer is not known to the runtime.
    CheckpointError
        If a tensor is missing or of another shape.
    """
    writer = Writer(tuple(input_shape))
    for number, layer in enumerate(layers):
        exporter = EXPORTERS.get(type(layer))
        if exporter is None:
            raise UnsupportedLayerError(
                f"The browser cannot run a layer of type {type(layer).__name__}; "
                "this network is decoded on the server."
            )
        own = {
            name: _tensor(weights, f"{number}.{name}", shape)
            for name, shape in layer.shapes.items()
        }
        exporter(writer, layer, own)
    if sigmoid:
        writer.layers.append({"op": "sigmoid"})
    return BrowserNetwork(
        layers=tuple(writer.layers),
        weights=_compact(writer.flat_weights()),
        input_shape=tuple(input_shape),
        output_shape=writer.shape,
    )


def _tensor(weights: Mapping[str, npt.NDArray[Any]], name: str, shape: tuple[int, ...]) -> Floats:
    if name not in weights:
        raise CheckpointError(f"the tensor '{name}' is missing.")
    if weights[name].shape != shape:
        raise CheckpointError(f"'{name}' has shape {weights[name].shape}, not {shape}.")
    return np.asarray(weights[name], np.float32)


def _compact(weights: Floats) -> npt.NDArray[Any]:
    with np.errstate(over="ignore"):
        half = weights.astype(np.float16)
    return half if np.array_equal(half.astype(np.float32), weights) else weights

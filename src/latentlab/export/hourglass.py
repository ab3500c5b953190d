"""A network as it is drawn: which of the browser's layers stand for one layer of a picture.

A fully connected layer and the activation after it are one; a U-Net is drawn by its blocks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from latentlab.checkpoints import Checkpoint
from latentlab.errors import CheckpointError
from latentlab.export.browser import BrowserNetwork, export_network, networks_of
from latentlab.export.layers import Layer
from latentlab.images import printable
from latentlab.models.unet_layers import UNetLayers, describe_unet, padded
from latentlab.tasks import TASKS

WEIGHTED = ("linear", "conv", "conv_transpose")
# What comes after a layer with weights and is drawn with it; an image is a better picture of a
# layer than a row of values, so that only the way there counts.
DRAWN_WITH = (
    *("scale", "leaky_relu", "silu", "to_channels_last"),
    *("group_norm", "tanh", "gelu", "elu", "softplus", "max_pool", "avg_pool"),
)


@dataclass(frozen=True)
class Drawn:
    """A part of a network and where its drawn layers end.

    Attributes
    ----------
    network : BrowserNetwork
    ends : tuple of int
        Numbers of the layers whose values are drawn, in order.
    skips : tuple of (int, int)
        From the drawn layer with the first number to that with the second, both counted in `ends`.
    """

    network: BrowserNetwork
    ends: tuple[int, ...]
    skips: tuple[tuple[int, int], ...] = ()

    def header(self) -> dict[str, object]:
        """Return everything but the weights, as JSON values.

        Returns
        -------
        dict
            As of `BrowserNetwork`, and ``ends`` and ``skips``.
        """
        skips = [list(skip) for skip in self.skips]
        return {**self.network.header(), "ends": list(self.ends), "skips": skips}


@dataclass(frozen=True)
class Hourglass:
    """A network as it is drawn.

    Attributes
    ----------
    parts : dict of str to Drawn
        ``encoder`` and ``decoder``; or ``unet``, whose last drawn layers are followed by what is
        answered with.
    colors : dict of str to float32 array
        Of a network that answers with colors: ``centers`` (n, 2) and ``weights`` (n,) of the bins.
    """

    parts: Mapping[str, Drawn]
    colors: Mapping[str, npt.NDArray[np.float32]]


def hourglass_of(checkpoint: Checkpoint) -> Hourglass | None:
    """Describe a checkpoint's network for drawing, without torch.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    Hourglass or None
        None where the browser cannot run the network.

    Raises
    ------
    CheckpointError
        If the weights do not fit the network.
    """
    if not checkpoint.manifest.config.latent_dim:
        return _unet_of(checkpoint)
    found = networks_of(checkpoint)
    if found is None or found.encoder is None or found.decoder is None:
        return None
    encoder, decoder = (
        Drawn(part, drawn_layers(part.layers)) for part in (found.encoder, found.decoder)
    )
    return Hourglass({"encoder": encoder, "decoder": decoder}, {})


def drawn_layers(layers: tuple[Layer, ...]) -> tuple[int, ...]:
    """Return the numbers of the layers whose values are drawn: see `Drawn`.

    Parameters
    ----------
    layers : tuple of dict
        Of a `BrowserNetwork`.

    Returns
    -------
    tuple of int
        Ascending: where a layer with weights and what is drawn with it end.
    """
    ends: list[int] = []
    for number, layer in enumerate(layers):
        if layer["op"] in WEIGHTED:
            ends.append(number)
        elif ends and layer["op"] in DRAWN_WITH and ends[-1] == number - 1:
            ends[-1] = number
    return tuple(ends)


def _unet_of(checkpoint: Checkpoint) -> Hourglass:
    stored, shape = checkpoint.weights(), checkpoint.manifest.image_shape
    try:
        net = _described(checkpoint, stored)
        weights = {
            f"{number}.{kind}": stored[f"{name}.{kind}"]
            for number, name in enumerate(net.names)
            for kind in net.layers[number].shapes
            if f"{name}.{kind}" in stored
        }
        network = export_network(tuple(net.layers), weights, padded(shape))
    except CheckpointError as error:
        name = printable(checkpoint.name)
        raise CheckpointError(
            f"The checkpoint '{name}' does not fit its network: {error} Train it again."
        ) from None
    ends = (*net.down, *net.up)
    skips = tuple((level, len(ends) - 1 - level) for level in range(len(net.down) - 1))
    colors = {
        name: np.asarray(stored[f"chroma.{name}"], np.float32)
        for name in ("centers", "weights")
        if f"chroma.{name}" in stored
    }
    return Hourglass({"unet": Drawn(network, ends, skips)}, colors)


def _described(checkpoint: Checkpoint, stored: Mapping[str, npt.NDArray[Any]]) -> UNetLayers:
    config = checkpoint.manifest.config
    if "head.weight" not in stored:
        raise CheckpointError("the tensor 'head.weight' is missing.")
    task = TASKS.get(config.task)
    return describe_unet(
        checkpoint.manifest.image_shape,
        hidden=config.hidden,
        n_outputs=stored["head.weight"].shape[0],
        predicts=task.predicts if task else "image",
        blocks=config.blocks,
    )

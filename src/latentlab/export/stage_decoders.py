"""The decoder at many stages of one training, as the browser's runtime has its weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from latentlab.config import RunConfig
from latentlab.export.browser import BrowserNetwork, body_for, export_network

# Weights that share a scale, and the byte that stands for 0.
BLOCK, ZERO = 64, 128

Floats = npt.NDArray[np.float32]


class DecoderStages:
    """Translate one decoder, with other weights each time.

    Parameters
    ----------
    config : RunConfig
        Of a network with a latent.
    image_shape : (int, int, int)
    """

    def __init__(self, config: RunConfig, image_shape: tuple[int, int, int]) -> None:
        self._layers = body_for(config, image_shape).decoder
        self._input = (config.latent_dim,)

    def network(self, weights: Mapping[str, Floats] | None = None) -> BrowserNetwork:
        """Return the decoder with some weights, by torch's names; without, with zeros.

        Its layers are the same whatever the weights.

        Parameters
        ----------
        weights : mapping of str to float32 array, optional
            Without the "decoder." before their names.

        Returns
        -------
        BrowserNetwork
            From (z,) to images in [0, 1].
        """
        return export_network(self._layers, weights or self._zeros(), self._input, sigmoid=True)

    def _zeros(self) -> dict[str, Floats]:
        return {
            f"{number}.{name}": np.zeros(shape, np.float32)
            for number, layer in enumerate(self._layers)
            for name, shape in layer.shapes.items()
        }


def in_bytes(weights: npt.NDArray[Any]) -> tuple[npt.NDArray[np.uint8], Floats]:
    """Pack weights into a byte each: ``(byte - 128) * scale[i // 64]`` is weight i.

    Parameters
    ----------
    weights : float (n,)

    Returns
    -------
    values : uint8 (n,)
    scale : float32 (ceil(n / 64),)
        The largest weight of each block of 64, divided by 127.
    """
    blocks = np.zeros((-(-len(weights) // BLOCK), BLOCK), np.float32)
    blocks.ravel()[: len(weights)] = weights
    largest = np.abs(blocks).max(axis=1)
    scale = np.where(largest > 0, largest, 1).astype(np.float32) / np.float32(ZERO - 1)
    values = (np.rint(blocks / scale[:, None]) + ZERO).astype(np.uint8)
    return values.ravel()[: len(weights)], scale

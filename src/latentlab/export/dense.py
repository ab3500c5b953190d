"""A network of fully connected layers in numpy: such a network answers before torch is loaded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from latentlab.export.browser import BrowserNetwork, Networks
from latentlab.export.layers import Layer

Floats = npt.NDArray[np.float32]
Operation = Callable[[Floats, Layer, Floats], npt.NDArray[Any]]


class DenseCodec:
    """Encode and decode in numpy; the methods are those of `latentlab.codec.Network`.

    Parameters
    ----------
    encoder, decoder : BrowserNetwork
        Of operations that `OPERATIONS` knows.
    """

    decodes = True

    def __init__(self, encoder: BrowserNetwork, decoder: BrowserNetwork) -> None:
        self.image_shape: tuple[int, int, int] = encoder.input_shape  # type: ignore[assignment]
        (self.latent_dim,) = decoder.input_shape
        self._encoder, self._decoder = _Chain(encoder), _Chain(decoder)

    def encode(self, images: Floats) -> Floats:
        """Encode images (n, h, w, c) in [0, 1] to latents (n, z).

        Parameters
        ----------
        images : float32 (n, h, w, c)
            Values in [0, 1].

        Returns
        -------
        float32 (n, z)
        """
        return self.encode_stats(images)[0]

    def encode_stats(self, images: Floats) -> tuple[Floats, Floats | None]:
        """Encode images to mean and standard deviation, None for a plain autoencoder.

        Parameters
        ----------
        images : float32 (n, h, w, c)
            Values in [0, 1].

        Returns
        -------
        mean, std : float32 (n, z), float32 (n, z) or None
        """
        code = self._encoder(images)
        mean, log_variance = code[:, : self.latent_dim], code[:, self.latent_dim :]
        return mean, np.exp(0.5 * log_variance) if log_variance.shape[1] else None

    def decode(self, latents: Floats) -> Floats:
        """Decode latents (n, z) to images (n, h, w, c) in [0, 1].

        Parameters
        ----------
        latents : float32 (n, z)

        Returns
        -------
        float32 (n, h, w, c)
            Values in [0, 1].
        """
        return self._decoder(latents)

    def reconstruct(self, images: Floats) -> Floats:
        """Encode and decode images.

        Parameters
        ----------
        images : float32 (n, h, w, c)
            Values in [0, 1].

        Returns
        -------
        float32 (n, h, w, c)
            Values in [0, 1].
        """
        return self.decode(self.encode(images))

    restore = reconstruct


def dense_codec(networks: Networks | None) -> DenseCodec | None:
    """Return a network in numpy; None where it has other than fully connected layers.

    Parameters
    ----------
    networks : Networks or None
        As ``export.browser.networks_of`` finds them.

    Returns
    -------
    DenseCodec or None
        None also where a half is missing.
    """
    if networks is None or networks.encoder is None or networks.decoder is None:
        return None
    layers = (*networks.encoder.layers, *networks.decoder.layers)
    if not all(layer["op"] in OPERATIONS for layer in layers):
        return None
    return DenseCodec(networks.encoder, networks.decoder)


class _Chain:
    """Layers one after the other."""

    def __init__(self, network: BrowserNetwork) -> None:
        self._layers = network.layers
        self._weights = np.asarray(network.weights, np.float32)

    def __call__(self, values: Floats) -> Floats:
        for layer in self._layers:
            values = OPERATIONS[layer["op"]](values, layer, self._weights)
        return np.ascontiguousarray(values, np.float32)


def _linear(values: Floats, layer: Layer, weights: Floats) -> Floats:
    n_in, n_out, start, bias = layer["in"], layer["out"], layer["weights"], layer["bias"]
    matrix = weights[start : start + n_in * n_out].reshape(n_in, n_out)
    return np.asarray(values @ matrix + weights[bias : bias + n_out])


def _channels_first(values: Floats, layer: Layer, weights: Floats) -> Floats:
    return values.transpose(0, 3, 1, 2).reshape(len(values), -1)


def _channels_last(values: Floats, layer: Layer, weights: Floats) -> Floats:
    height, width, channels = layer["shape"]
    return values.reshape(len(values), channels, height, width).transpose(0, 2, 3, 1)


def _sigmoid(values: Floats) -> Floats:
    return np.asarray(0.5 + 0.5 * np.tanh(0.5 * values), np.float32)  # which never overflows


OPERATIONS: dict[str, Operation] = {
    "linear": _linear,
    "to_channels_first": _channels_first,
    "to_channels_last": _channels_last,
    "sigmoid": lambda values, layer, weights: _sigmoid(values),
    "silu": lambda values, layer, weights: values * _sigmoid(values),
    "tanh": lambda values, layer, weights: np.tanh(values),
    "leaky_relu": lambda values, layer, weights: np.where(
        values > 0, values, np.float32(layer["slope"]) * values
    ),
}

"""Encoder and decoder bodies: descriptions of layers only, no loss and no torch.

A body fits any image of 16 to 128 pixels a side with 1 or 3 channels. Layers are limited to those
the browser runtime knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from latentlab.models.layers import (
    Conv2d,
    ConvTranspose2d,
    Flatten,
    Layer,
    Layers,
    Linear,
    SiLU,
    Unflatten,
)

# A stage of the convolution body halves the side until it is at most this many pixels.
SMALLEST_SIDE = 4
STRIDE, PADDING = (2, 2), (1, 1)


@dataclass(frozen=True)
class Body:
    """An encoder and its mirror image.

    Attributes
    ----------
    encoder : tuple of Layer
        (n, channels, height, width) in [0, 1] -> (n, encoder outputs).
    decoder : tuple of Layer
        (n, latent_dim) -> logits (n, channels, height, width).
    """

    encoder: Layers
    decoder: Layers


def dense_body(
    image_shape: tuple[int, int, int], n_outputs: int, latent_dim: int, hidden: tuple[int, ...]
) -> Body:
    """Fully connected layers with SiLU between them.

    Parameters
    ----------
    image_shape : (int, int, int)
        Height, width, channels.
    n_outputs : int
        Size of the encoder's output (twice the latent size for a VAE).
    latent_dim : int
        Size of the decoder's input.
    hidden : tuple of int
        Widths from image to latent; the decoder uses them in reverse.

    Returns
    -------
    Body
        Encoder and decoder.
    """
    height, width, channels = image_shape
    n_pixels = height * width * channels
    encoder = (Flatten(), *_stack((n_pixels, *hidden, n_outputs)))
    decoder = (
        *_stack((latent_dim, *reversed(hidden), n_pixels)),
        Unflatten((channels, height, width)),
    )
    return Body(encoder, decoder)


def conv_body(
    image_shape: tuple[int, int, int], n_outputs: int, latent_dim: int, hidden: tuple[int, ...]
) -> Body:
    """Strided convolutions down to at most 4 pixels a side, then one dense layer; mirrored back.

    Parameters
    ----------
    image_shape : (int, int, int)
        Height, width, channels.
    n_outputs : int
        Size of the encoder's output (twice the latent size for a VAE).
    latent_dim : int
        Size of the decoder's input.
    hidden : tuple of int
        Channels of each halving; the last is repeated where the image needs more halvings.

    Returns
    -------
    Body
        Encoder and decoder.
    """
    height, width, channels = image_shape
    sides = _halvings(height, width)
    widths = [channels, *(hidden[min(i, len(hidden) - 1)] for i in range(len(sides) - 1))]
    bottom = (widths[-1], *sides[-1])
    n_bottom = bottom[0] * bottom[1] * bottom[2]

    down: list[Layer] = []
    for n_in, n_out in pairwise(widths):
        # Kernel 4, stride 2, padding 1 gives floor(side / 2); an odd side needs 3 to give ceil.
        stage = len(down) // 2
        kernel = _kernels(sides[stage])
        down += [Conv2d(n_in, n_out, kernel, STRIDE, PADDING), SiLU()]
    encoder = (*down, Flatten(), Linear(n_bottom, n_outputs))

    up: list[Layer] = [Linear(latent_dim, n_bottom), SiLU(), Unflatten(bottom)]
    for stage in range(len(sides) - 2, -1, -1):
        kernel = _kernels(sides[stage])
        up.append(ConvTranspose2d(widths[stage + 1], widths[stage], kernel, STRIDE, PADDING))
        if stage:
            up.append(SiLU())
    return Body(encoder, tuple(up))


def _stack(widths: tuple[int, ...]) -> list[Layer]:
    layers: list[Layer] = []
    for n_in, n_out in pairwise(widths):
        layers += [Linear(n_in, n_out), SiLU()]
    return layers[:-1]  # nothing after the last linear layer


def _halvings(height: int, width: int) -> list[tuple[int, int]]:
    sides = [(height, width)]
    while max(sides[-1]) > SMALLEST_SIDE:
        sides.append(((sides[-1][0] + 1) // 2, (sides[-1][1] + 1) // 2))
    return sides


def _kernels(sides: tuple[int, int]) -> tuple[int, int]:
    """Kernels with which stride 2, padding 1 maps a side to ceil(side / 2) and back exactly."""
    return (3 if sides[0] % 2 else 4, 3 if sides[1] % 2 else 4)

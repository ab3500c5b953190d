"""A network that was recorded or imported, as functions on arrays: like `codec.TorchCodec`."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from latentlab.errors import NetworkError
from latentlab.graphs.reading import Graph
from latentlab.graphs.session import Session

Floats = npt.NDArray[np.float32]


class OnnxCodec:
    """Encode and decode with graphs of the stored form (`graphs.stored`).

    Parameters
    ----------
    encoder, decoder : Graph or None
        None where there is none to run.
    image_shape : (int, int, int)
        Height, width, channels.
    latent_dim : int

    Attributes
    ----------
    image_shape : (int, int, int)
    latent_dim : int
    decodes : bool
        Whether there is a decoder.
    """

    def __init__(
        self,
        encoder: Graph | None,
        decoder: Graph | None,
        *,
        image_shape: tuple[int, int, int],
        latent_dim: int,
    ) -> None:
        self.image_shape = image_shape
        self.latent_dim = latent_dim
        height, width, channels = image_shape
        self.decodes = decoder is not None
        self._encoder = Session(encoder, (channels, height, width)) if encoder else None
        self._decoder = Session(decoder, (latent_dim,)) if decoder else None

    def encode(self, images: Floats) -> Floats:
        """Encode images.

        Parameters
        ----------
        images : float32 (n, height, width, channels)
            Values in [0, 1].

        Returns
        -------
        float32 (n, latent_dim)

        Raises
        ------
        NetworkError
            If the checkpoint has no encoder.
        """
        return self.encode_stats(images)[0]

    def encode_stats(self, images: Floats) -> tuple[Floats, Floats | None]:
        """Encode images to mean and standard deviation.

        Parameters
        ----------
        images : float32 (n, height, width, channels)
            Values in [0, 1].

        Returns
        -------
        means : float32 (n, latent_dim)
        stds : float32 (n, latent_dim) or None
            None for a plain autoencoder.

        Raises
        ------
        NetworkError
            If the checkpoint has no encoder.
        """
        if self._encoder is None:
            raise NetworkError("This network has no encoder here: choose one of its own images.")
        mean, *rest = self._encoder.run(np.asarray(images, np.float32).transpose(0, 3, 1, 2))
        return mean, np.exp(0.5 * rest[0]) if rest else None

    def decode(self, latents: Floats) -> Floats:
        """Decode latents.

        Parameters
        ----------
        latents : float32 (n, latent_dim)

        Returns
        -------
        float32 (n, height, width, channels)
            Values in [0, 1].

        Raises
        ------
        NetworkError
            If the checkpoint has no decoder.
        """
        if self._decoder is None:
            raise NetworkError("This network has no decoder here: its latents are all there is.")
        (images,) = self._decoder.run(np.asarray(latents, np.float32))
        return np.ascontiguousarray(images.transpose(0, 2, 3, 1))

    def reconstruct(self, images: Floats) -> Floats:
        """Encode and decode images.

        Parameters
        ----------
        images : float32 (n, height, width, channels)
            Values in [0, 1].

        Returns
        -------
        float32 (n, height, width, channels)
            Values in [0, 1].

        Raises
        ------
        NetworkError
            If the checkpoint lacks the encoder or the decoder.
        """
        return self.decode(self.encode(images))

    restore = reconstruct

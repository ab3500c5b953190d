"""Functions of other people as a codec, as long as they are there: only to measure with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from latentlab.errors import NetworkError
from latentlab.graphs.forms import LAYOUTS, UNIT
from latentlab.graphs.outputs import as_floats, parts
from latentlab.images import Images, Pixels, to_pixels

Floats = npt.NDArray[np.float32]
Function = Callable[[Floats], Any]

BATCH = 256


class FunctionCodec:
    """Encode and decode with functions on arrays.

    Parameters
    ----------
    encode : callable
        From images in `layout` to a latent, or to mean and log-variance.
    decode : callable or None
        From latents to images.
    image_shape : (int, int, int)
    layout : str
        A name in `LAYOUTS`.
    latents : float32 (n, ...)
        What encode gave for some images.
    halves : bool
        Whether that is the mean, and then the log-variance.

    Attributes
    ----------
    image_shape : (int, int, int)
    latent_dim : int
    decodes : bool
    taken, given : Range
        What black and white are to the functions; [0, 1] until somebody knows better.
    """

    def __init__(
        self,
        encode: Function,
        decode: Function | None,
        *,
        image_shape: tuple[int, ...],
        layout: str,
        latents: Floats,
        halves: bool,
    ) -> None:
        self._encode, self._decode = encode, decode
        self.image_shape = (image_shape[0], image_shape[1], image_shape[2])
        self.layout, self.halves = layout, halves
        self.taken = self.given = UNIT
        self.decodes = decode is not None
        own = latents.shape[1:]
        self.latent_shape = (own[0] // 2, *own[1:]) if halves else own
        self.latent_dim = int(np.prod(self.latent_shape))

    def encode(self, images: Images) -> Floats:
        """Encode images (n, height, width, channels) in [0, 1] to latents (n, latent_dim).

        Parameters
        ----------
        images : float32 (n, h, w, c)
            Values in [0, 1].

        Returns
        -------
        float32 (n, z)
        """
        return self.encode_stats(images)[0]

    def encode_stats(self, images: Images) -> tuple[Floats, Floats | None]:
        """Encode images to mean and standard deviation; the latter None where there is none.

        Parameters
        ----------
        images : float32 (n, h, w, c)
            Values in [0, 1].

        Returns
        -------
        mean, std : float32 (n, z), float32 (n, z) or None
        """
        means, spreads = [np.zeros((0, self.latent_dim), np.float32)], []
        for start in range(0, len(images), BATCH):
            mean, *rest = self._parts(self.taken.of_image(images[start : start + BATCH]))
            means.append(mean)
            spreads += [np.exp(0.5 * each) for each in rest]
        return np.concatenate(means), np.concatenate(spreads) if spreads else None

    def raw_encode(self, values: Floats) -> Floats:
        """Encode images whose values are already those that the function takes.

        Parameters
        ----------
        values : float32 (n, ...)
            As the function takes them.

        Returns
        -------
        float32 (n, z)
        """
        return self._parts(values)[0]

    def decode(self, latents: Floats) -> Images:
        """Decode latents (n, latent_dim) to images (n, height, width, channels) in [0, 1].

        Parameters
        ----------
        latents : float32 (n, z)

        Returns
        -------
        float32 (n, h, w, c)
            Values in [0, 1].

        Raises
        ------
        NetworkError
            If there is no decoder.
        """
        return np.clip(self.given.to_image(self.raw_decode(latents)), 0, 1)

    def raw_decode(self, latents: Floats) -> Floats:
        """Decode latents to images with the values that the function gives.

        Parameters
        ----------
        latents : float32 (n, z)

        Returns
        -------
        float32 (n, h, w, c)
            As the function gives them.

        Raises
        ------
        NetworkError
            If there is no decoder.
        """
        if self._decode is None:
            raise NetworkError("This network has no decoder, only latents.")
        images = [np.zeros((0, *self.image_shape), np.float32)]
        for start in range(0, len(latents), BATCH):
            batch = latents[start : start + BATCH]
            output = self._decode(batch.reshape(-1, *self.latent_shape))
            images.append(self._image(as_floats(parts(output, "decode")[0][1]), len(batch)))
        return np.concatenate(images)

    def reconstruct(self, images: Images) -> Images:
        """Encode and decode images.

        Parameters
        ----------
        images : float32 (n, h, w, c)
            Values in [0, 1].

        Returns
        -------
        float32 (n, h, w, c)
            Values in [0, 1].

        Raises
        ------
        NetworkError
            If there is no decoder.
        """
        return self.decode(self.encode(images))

    restore = reconstruct

    def _parts(self, values: Floats) -> list[Floats]:
        named = parts(self._encode(LAYOUTS[self.layout].of_images(values)), "encode")
        flat = [as_floats(value).reshape(len(values), -1) for _, value in named]
        if self.halves:
            return [flat[0][:, : self.latent_dim], flat[0][:, self.latent_dim :]]
        return [flat[0], *[each for each in flat[1:] if each.shape == flat[0].shape][:1]]

    def _image(self, values: Floats, n: int) -> Floats:
        last = LAYOUTS[self.layout].last
        for layout in sorted(LAYOUTS.values(), key=lambda each: each.last != last):
            if values.shape == (n, *layout.shape(*self.image_shape)):
                return layout.to_images(values, self.image_shape)
        raise NetworkError(
            f"decode gives the shape {values.shape} for {n} latents, and images of "
            f"{self.image_shape} (height, width, channels) are needed."
        )


class LookupCodec:
    """Latents that were computed elsewhere: known for these images, and for no other.

    Parameters
    ----------
    pixels : uint8 (n, height, width, channels)
    latents : float32 (n, z)
        Equal images have equal latents: the first one's.
    """

    decodes = False

    def __init__(self, pixels: Pixels, latents: Floats) -> None:
        height, width, channels = (int(side) for side in pixels.shape[1:])
        self.image_shape = (height, width, channels)
        self.latent_dim = int(latents.shape[1])
        self._latents = latents
        self._rows = {one.tobytes(): row for row, one in reversed(list(enumerate(pixels)))}

    def encode(self, images: Images) -> Floats:
        """Return the latents of images (n, height, width, channels) in [0, 1].

        Parameters
        ----------
        images : float32 (n, h, w, c)
            Values in [0, 1].

        Returns
        -------
        float32 (n, z)
        """
        return self._latents[[self._rows[one.tobytes()] for one in to_pixels(images)]]

    def encode_stats(self, images: Images) -> tuple[Floats, None]:
        """Return the latents of images; nothing is known of a standard deviation.

        Parameters
        ----------
        images : float32 (n, h, w, c)
            Values in [0, 1].

        Returns
        -------
        latents, None : float32 (n, z), None
        """
        return self.encode(images), None

    def decode(self, latents: Floats) -> Images:
        """Refuse: nothing decodes.

        Parameters
        ----------
        latents : float32 (n, z)

        Raises
        ------
        NetworkError
            Always.
        """
        raise NetworkError("These latents have no decoder.")

    def reconstruct(self, images: Images) -> Images:
        """Refuse: nothing decodes.

        Parameters
        ----------
        images : float32 (n, h, w, c)

        Raises
        ------
        NetworkError
            Always.
        """
        raise NetworkError("These latents have no decoder.")

    restore = reconstruct

"""What the phones of a class have drawn, and where it has landed on the map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from latentlab.images import Pixels

Place = tuple[float, float]


@dataclass(frozen=True)
class Drawing:
    """What one phone has drawn.

    Attributes
    ----------
    pixels : uint8 (h, w, c), 0 to 255
        As the network sees it.
    revision : int
        Grows with each change, over all phones.
    latent : float32 (z,), or None
        None until the network has encoded these pixels.
    place : (float, float) or None
        On the map; while the latent is None, that of the drawing before.
    error : float
        Reconstruction error (MSE).
    is_far : bool
        Whether no training image is near.
    """

    pixels: Pixels
    revision: int = 0
    latent: NDArray[np.float32] | None = None
    place: Place | None = None
    error: float = 0.0
    is_far: bool = False


class Drawings:
    """The last drawing of each phone, by the phone's number."""

    def __init__(self) -> None:
        self._by_phone: dict[int, Drawing] = {}
        self._revision = 0

    def __len__(self) -> int:
        return len(self._by_phone)

    def __contains__(self, phone: int) -> bool:
        return phone in self._by_phone

    def take(self, phone: int, pixels: Pixels) -> None:
        """Take a drawing; it stands where the one before stood until the network has seen it.

        Parameters
        ----------
        phone : int
        pixels : uint8 (h, w, c), 0 to 255
            As the network sees it.
        """
        before = self._by_phone.get(phone, Drawing(pixels))
        self._keep(phone, replace(before, pixels=pixels, latent=None))

    def waiting(self) -> dict[int, Drawing]:
        """Return the drawings that the network has not seen yet.

        Returns
        -------
        dict of int to Drawing
            By the phone's number.
        """
        return {k: drawing for k, drawing in self._by_phone.items() if drawing.latent is None}

    def landed(self, seen: Mapping[int, Drawing]) -> None:
        """Take what the network made of drawings; one that has changed meanwhile waits again.

        Parameters
        ----------
        seen : mapping of int to Drawing
            As `waiting` gave them, with latent, place and error.
        """
        for phone, drawing in seen.items():
            present = self._by_phone.get(phone)
            if present is not None and present.pixels is drawing.pixels:
                self._keep(phone, drawing)
            elif present is not None:
                self._keep(phone, replace(present, place=drawing.place))

    def placed(self, after: int = -1) -> dict[int, Drawing]:
        """Return the drawings that have a place, and a later revision than one.

        Parameters
        ----------
        after : int
            The revision; -1 for all drawings.

        Returns
        -------
        dict of int to Drawing
            By the phone's number.
        """
        return {
            phone: drawing
            for phone, drawing in self._by_phone.items()
            if drawing.place is not None and drawing.revision > after
        }

    def _keep(self, phone: int, drawing: Drawing) -> None:
        self._revision += 1
        self._by_phone[phone] = replace(drawing, revision=self._revision)

"""Weights in a byte each: whole numbers from -127 to 127 with one scale per row.

A decoder is kept at many stages of training, only to be looked at. Rows (of a matrix the weights of
one output, of a convolution those of one channel) differ in size, so each has a scale of its own;
what is small (biases, a handful of weights) stays in half precision.

References
----------
Krishnamoorthi, "Quantizing deep convolutional networks for efficient inference", 2018, section 2:
symmetric quantization per channel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
LARGEST = 127
# Fewer values than this in all or in a row, and scales would take what the bytes save.
SMALL, SHORT = 256, 8


@dataclass(frozen=True)
class Packed:
    """An array in few bytes.

    Attributes
    ----------
    values : int8 or float16, any shape
    scale : float32 (n_rows,) or None
        What a row of int8 values is multiplied by; None for float16.
    """

    values: npt.NDArray[Any]
    scale: Floats | None = None

    @property
    def nbytes(self) -> int:
        """Bytes that it takes."""
        return self.values.nbytes + (0 if self.scale is None else self.scale.nbytes)

    def unpack(self) -> Floats:
        """Return the array as float32; an error of at most half a scale is in it."""
        floats: Floats = self.values.astype(np.float32)
        if self.scale is None:
            return floats
        return floats * self.scale.reshape(-1, *[1] * (floats.ndim - 1))


def pack(array: npt.NDArray[Any]) -> Packed:
    """Pack a finite array; one that ran away is cut at what can be stored.

    Parameters
    ----------
    array : float of any shape

    Returns
    -------
    Packed
    """
    limit = float(np.finfo(np.float16).max)
    floats = np.nan_to_num(array, posinf=limit, neginf=-limit).astype(np.float32)
    if floats.ndim < 2 or floats.size < SMALL or floats[0].size < SHORT:
        return Packed(np.clip(floats, -limit, limit).astype(np.float16))
    largest = np.abs(floats.reshape(len(floats), -1)).max(axis=1)
    scale = (np.where(largest > 0, largest, 1) / LARGEST).astype(np.float32)
    rows = floats / scale.reshape(-1, *[1] * (floats.ndim - 1))
    return Packed(np.rint(rows).astype(np.int8), scale)

"""Weights in a byte each: whole numbers from -127 to 127 with one scale per row.

Stages that follow each other differ little, most of all in the first epoch: with one scale for all
of them, their differences take a third of the bytes when compressed.

A decoder is kept at many stages of training, only to be looked at. Rows (of a matrix the weights of
one output, of a convolution those of one channel) differ in size, so each has a scale of its own;
what is small (biases, a handful of weights) stays in half precision.

References
----------
Krishnamoorthi, "Quantizing deep convolutional networks for efficient inference", 2018, section 2:
symmetric quantization per channel.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
LARGEST = 127
# Fewer values than this in all or in a row, and scales would take what the bytes save.
SMALL, SHORT = 256, 8
# Bytes; a training may ask for 100 MB.
LARGEST_TIMELINE = 200 * 2**20


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
        """Return the array.

        Returns
        -------
        float32, of the array's shape
            Off by at most half a scale.
        """
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
    scale = (largest / LARGEST).astype(np.float32)
    return Packed(_divided(floats, scale), scale)


def pack_stages(stages: Sequence[Packed]) -> tuple[npt.NDArray[np.uint8], Floats]:
    """Compress what one array was at several stages: differences from stage to stage.

    Parameters
    ----------
    stages : sequence of Packed
        In bytes, all of one shape.

    Returns
    -------
    compressed : uint8 (n_bytes,)
    scale : float32 (n_rows,)
        One for all stages, so that early ones are a little coarser than they were.
    """
    scales = [stage.scale for stage in stages if stage.scale is not None]
    common: Floats = np.max(scales, axis=0)
    values = np.stack([_divided(stage.unpack(), common) for stage in stages])
    # Bytes wrap around, there and back.
    changes = np.diff(values, axis=0, prepend=np.zeros_like(values[:1]))
    return np.frombuffer(zlib.compress(changes.tobytes(), 9), np.uint8), common


def unpack_stages(
    compressed: npt.NDArray[np.uint8], shape: tuple[int, ...]
) -> npt.NDArray[np.int8] | None:
    """Return what `pack_stages` has compressed; None if it is not of that shape.

    Parameters
    ----------
    compressed : uint8 (n_bytes,)
        From anywhere: no more is unpacked than the shape asks for.
    shape : (n_stages, n_rows, ...)

    Returns
    -------
    int8, of that shape, or None
        None also where it would be larger than `LARGEST_TIMELINE`, or holds anything else.
    """
    size = math.prod(shape)
    if size > LARGEST_TIMELINE or compressed.ndim != 1:
        return None
    reader = zlib.decompressobj()
    try:
        data = reader.decompress(compressed.tobytes(), size + 1)
    except zlib.error:
        return None
    if len(data) != size or not reader.eof or reader.unused_data:
        return None
    changes = np.frombuffer(data, np.int8).reshape(shape)
    values: npt.NDArray[np.int8] = np.cumsum(changes, axis=0, dtype=np.int8)
    return values


def _divided(floats: Floats, scale: Floats) -> npt.NDArray[np.int8]:
    """Return rows in whole numbers of their scale; a row of zeros has none."""
    divisors = np.where(scale > 0, scale, 1).reshape(-1, *[1] * (floats.ndim - 1))
    return np.rint(floats / divisors).astype(np.int8)

"""Between the types that are stored and the types that are computed with."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int32]


def small(array: Integers) -> npt.NDArray[Any]:
    """Store integers that are never negative in as few bytes as their largest needs.

    Parameters
    ----------
    array : ndarray of int
        Any shape, values from 0.

    Returns
    -------
    ndarray of uint8, uint16 or uint32, of the same shape
    """
    return array.astype(np.min_scalar_type(int(array.max(initial=0))))


def integers(array: npt.NDArray[Any]) -> Integers:
    """Return integers as int32, read-only.

    Parameters
    ----------
    array : int (...)

    Returns
    -------
    int32 (...)
    """
    result = array.astype(np.int32)
    result.flags.writeable = False
    return result


def floats(array: npt.NDArray[Any]) -> Floats:
    """Return floats as float32, read-only.

    Parameters
    ----------
    array : float (...)

    Returns
    -------
    float32 (...)
        Not copied where it is float32 already.
    """
    result = array.astype(np.float32, copy=False)
    result.flags.writeable = False
    return result


def family(tensors: dict[str, npt.NDArray[Any]], prefix: str) -> dict[str, Floats]:
    """Return the tensors whose name starts with a prefix, as float32, without it.

    Parameters
    ----------
    tensors : dict of str to array
    prefix : str
        "projection/" for all maps, say.

    Returns
    -------
    dict of str to float32 array
        Read-only.
    """
    return {
        name.removeprefix(prefix): floats(array)
        for name, array in tensors.items()
        if name.startswith(prefix)
    }

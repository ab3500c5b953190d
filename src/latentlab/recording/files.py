"""Arrays in files, read as if somebody else had written them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from latentlab.errors import DataError
from latentlab.images import printable

MOST_BYTES = 4 * 2**30


def is_file(name: str) -> bool:
    """Say whether images are named by a file, and not by an image set.

    Parameters
    ----------
    name : str

    Returns
    -------
    bool
        From the ending: ``.npy`` or ``.npz``.
    """
    return name.endswith((".npy", ".npz"))


def load_array(path: Path, what: str) -> npt.NDArray[Any]:
    """Read one array from a .npy file; nothing is unpickled.

    Parameters
    ----------
    path : Path
    what : str
        What a sentence calls it: "images".

    Returns
    -------
    ndarray
        In memory, of the type and shape that it was saved with.

    Raises
    ------
    DataError
        If it cannot be read, is too large, or holds objects.
    """
    try:
        if path.suffix == ".npz":
            raise ValueError("an archive of several arrays; save one with numpy.save")
        found = np.load(path, mmap_mode="r", allow_pickle=False)
    except OSError as error:
        reason = error.strerror or "not a NumPy file"
        raise DataError(f"The {what} '{path}' cannot be read ({reason}).") from None
    except (ValueError, EOFError, SyntaxError) as error:
        reason = printable(str(error).splitlines()[0] if str(error) else "damaged", 120)
        raise DataError(f"The {what} '{path}' are no NumPy array ({reason}).") from None
    if found.nbytes > MOST_BYTES:
        raise DataError(
            f"The {what} '{path}' take {found.nbytes / 2**30:.1f} GB, and "
            f"{MOST_BYTES / 2**30:.0f} GB are the most: give fewer, or 8 bits a channel."
        )
    return np.array(found)

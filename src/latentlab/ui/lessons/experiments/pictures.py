"""Which images an experiment shows: test images of a checkpoint, where they are on this machine."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from latentlab.checkpoints import Checkpoint
from latentlab.errors import LatentlabError
from latentlab.images import Images, to_float
from latentlab.ui.input import query
from latentlab.ui.shell import cache, state

DIGIT = "image"


def test_rows(checkpoint: Checkpoint) -> NDArray[np.int64]:
    """Return the first stored test image of each class, as rows of the latent index.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    int64 (n_classes,)
        By label; a class without a test image is left out.
    """
    index, rows = cache.index(checkpoint), query.test_rows(cache.index(checkpoint))
    labels = index.labels[rows]
    return np.array([rows[labels == label][0] for label in np.unique(labels)])


def chosen(rows: NDArray[np.int64], otherwise: int) -> int:
    """Return which of some rows the address names, counted from 0.

    Parameters
    ----------
    rows : int64 (n,)
    otherwise : int
        Where the address names none.

    Returns
    -------
    int
        At most n - 1.
    """
    given = state.from_address(DIGIT) if state.in_address(DIGIT) else None
    number = int(given) if given and given.isdecimal() and len(given) < 5 else otherwise
    return min(number, len(rows) - 1)


def images(checkpoint: Checkpoint, rows: NDArray[np.int64]) -> Images:
    """Return stored images.

    Parameters
    ----------
    checkpoint : Checkpoint
    rows : int64 (n,)
        Of the latent index.

    Returns
    -------
    float32 (n, h, w, c), 0 to 1

    Raises
    ------
    LatentlabError
        If they are not on this machine.
    """
    if cache.originals(checkpoint) is None:
        raise LatentlabError(
            f"This experiment needs the images of {checkpoint.manifest.config.dataset}, which are "
            "not on this machine. Choose a network trained on digits."
        )
    return to_float(cache.pictures_of(checkpoint, rows))

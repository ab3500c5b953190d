"""How a set without published splits is divided: seeded, stratified, the same for ever."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from latentlab.data.image_set import Labels

Rows = npt.NDArray[np.int64]


def stratified(labels: Labels, shares: Sequence[int], *, seed: int) -> list[Rows]:
    """Divide rows into parts in which every class has the same share.

    The rows are shuffled, put in order of their class, and assigned in turn, `sum(shares)` to a
    round; so sizes are exact, and every class is divided evenly.

    Parameters
    ----------
    labels : int array (n,)
    shares : sequence of int
        (7, 1, 2) gives parts of 70, 10 and 20 percent.
    seed : int

    Returns
    -------
    list of int64 arrays
        The rows of each part in ascending order: disjoint, together all of them.
    """
    # numpy promises never to change this generator's stream, and a split must never change.
    shuffled = np.random.RandomState(seed).permutation(len(labels))
    by_class = shuffled[np.argsort(labels[shuffled], kind="stable")]
    parts = np.repeat(np.arange(len(shares)), shares)  # one round: which part gets each row
    part = parts[np.arange(len(labels)) % len(parts)]
    return [np.sort(by_class[part == k]).astype(np.int64) for k in range(len(shares))]

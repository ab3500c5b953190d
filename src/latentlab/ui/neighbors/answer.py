"""The answer to one image: its latent, its reconstruction, its neighbors, its place on the map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from latentlab.analysis.neighbors import Metric, percentile
from latentlab.analysis.projections import place
from latentlab.analysis.stored_index import StoredIndex
from latentlab.analysis.stored_maps import stored_maps
from latentlab.analysis.support import Nearness
from latentlab.checkpoints import Checkpoint
from latentlab.images import Images
from latentlab.ui.input import query as queries
from latentlab.ui.input.query import Query
from latentlab.ui.input.reconstruction import reconstruct
from latentlab.ui.neighbors import spaces
from latentlab.ui.neighbors.spaces import Found
from latentlab.ui.shell import cache
from latentlab.wording import words

# Larger than the errors of so many per cent of the test images, an error is called large.
UNUSUAL = 99.0
NATIVE = "native"

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Answer:
    """Everything the board shows of one query.

    Attributes
    ----------
    query : Query
    row : int or None
        Of the latent index, where it holds the query.
    label : int or None
        Of the query, where it is stored.
    latent : float32 (z,)
    drawn : float32 (h, w, c), 0 to 1
        The reconstruction.
    error : float
        Mean squared error per pixel.
    error_percentile : float
        Of a hundred test images, how many have a smaller error.
    nearness : Nearness
        To the training images, in latent space.
    found : tuple of Found
        One for each space that can be searched.
    recall : float or None
        Which share of the true neighbors in latent space an approximate search finds; None: all.
    """

    query: Query
    row: int | None
    label: int | None
    latent: Floats
    drawn: Images
    error: float
    error_percentile: float
    nearness: Nearness
    found: tuple[Found, ...]
    recall: float | None = None


def answer(
    checkpoint: Checkpoint,
    query: Query,
    *,
    k: int,
    metric: Metric,
    stored: StoredIndex | None = None,
) -> Answer:
    """Ask the network and the three spaces about an image.

    Parameters
    ----------
    checkpoint : Checkpoint
    query : Query
    k : int
        How many neighbors; lowered to what there is.
    metric : {"euclidean", "cosine"}
    stored : StoredIndex, optional
        A database to search latent space with.

    Returns
    -------
    Answer
    """
    index = cache.index(checkpoint)
    seen = reconstruct(checkpoint, query)
    found = tuple(
        spaces.search(checkpoint, query, seen.latent, space, k=k, metric=metric, stored=stored)
        for space in spaces.available(checkpoint)
    )
    tests, everything = queries.test_rows(index), cache.searched(checkpoint)
    stored_row = queries.row_of(everything, query)
    return Answer(
        query=query,
        row=seen.row,
        label=None if stored_row is None else int(everything.labels[stored_row]),
        latent=seen.latent,
        drawn=seen.drawn,
        error=seen.error,
        error_percentile=(
            percentile(seen.error, index.reconstruction_error[tests])
            if words.has_errors(checkpoint)
            else 0.0
        ),
        nearness=seen.nearness,
        found=found,
        recall=None if stored is None else stored.recall,
    )


def place_on(checkpoint: Checkpoint, result: Answer, name: str) -> tuple[Floats, float]:
    """Say where a query lies on a map, and how far apart those lie that chose the place.

    Parameters
    ----------
    checkpoint : Checkpoint
    result : Answer
    name : str
        Of `stored_maps`.

    Returns
    -------
    xy : float32 (2,)
    spread : float
        In map units; 0 where the place is exact.
    """
    coordinates = stored_maps(cache.index(checkpoint))[name]
    if name == NATIVE:
        return result.latent, 0.0
    if result.row is not None:
        return coordinates[result.row], 0.0
    k = min(15, len(coordinates))
    xy, spread = place(result.latent, cache.exact_index(checkpoint), coordinates, k=k)
    return xy[0], float(spread[0])

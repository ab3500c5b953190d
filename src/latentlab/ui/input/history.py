"""Where a visitor is: the image asked about, and the images walked through on the way to it."""

from __future__ import annotations

import re

from latentlab.checkpoints import Checkpoint
from latentlab.ui.input import query as queries
from latentlab.ui.input.query import Query
from latentlab.ui.shell import cache, state

MAX_STEPS = 40
ADDRESS = "image"

_ADDRESS = re.compile(r"(train|validation|test)-(\d{1,9})")


def current(checkpoint: Checkpoint) -> Query:
    """Return the image the visitor asks about.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    Query
        What was brought in last for this image set; else the image the address names; else the
        first test image of the index.
    """
    return trail(checkpoint)[-1]


def trail(checkpoint: Checkpoint) -> tuple[Query, ...]:
    """Return the images walked through, the one that was brought in first; at least one."""
    kept = state.recall(_key(checkpoint), ())
    return kept or (_first(checkpoint),)


def set_image(checkpoint: Checkpoint, query: Query) -> None:
    """Ask about a new image; the walk so far is forgotten."""
    _keep(checkpoint, (query,))


def walk_to(checkpoint: Checkpoint, row: int) -> None:
    """Ask about an image of the index, one step further; a row that does not exist is ignored."""
    if 0 <= row < len(cache.index(checkpoint)):
        steps = (*trail(checkpoint), queries.stored(checkpoint, row))
        _keep(checkpoint, steps[-MAX_STEPS:])


def back_to(checkpoint: Checkpoint, step: int) -> None:
    """Go back to a step of the walk (0 is the image that was brought in)."""
    steps = trail(checkpoint)
    if 0 <= step < len(steps):
        _keep(checkpoint, steps[: step + 1])


def _keep(checkpoint: Checkpoint, steps: tuple[Query, ...]) -> None:
    state.remember(_key(checkpoint), steps)
    last = steps[-1]
    known = last.number is not None and last.split is not None
    state.to_address(**{ADDRESS: f"{last.split}-{last.number}" if known else None})


def _first(checkpoint: Checkpoint) -> Query:
    index = cache.index(checkpoint)
    asked = _ADDRESS.fullmatch(state.from_address(ADDRESS) or "")
    row = queries.find(index, asked[1], int(asked[2])) if asked else None
    if row is None:
        row = int(queries.test_rows(index)[0])
    query = queries.stored(checkpoint, row)
    state.remember(_key(checkpoint), (query,))
    return query


def _key(checkpoint: Checkpoint) -> str:
    """Name the image set: another network that learned from it is asked about the same image."""
    config = checkpoint.manifest.config
    return f"latentlab:trail:{config.dataset}:{checkpoint.manifest.image_shape}"

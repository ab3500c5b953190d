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
        The last input for this image set; else the image the address names; else the
        first test image of the index.
    """
    return trail(checkpoint)[-1]


def trail(checkpoint: Checkpoint) -> tuple[Query, ...]:
    """Return the images walked through, the first input first; at least one."""
    none: tuple[Query, ...] = ()
    kept = state.recall(_key(checkpoint), none)
    changed, asked = state.read_anew(ADDRESS)
    if kept and not changed:
        state.to_address(**{ADDRESS: _name(kept[-1])})
        return kept
    # A link was opened, or the visitor went back: to a step of the walk, if it was one.
    found = _named(checkpoint, asked)
    if found is None and kept:
        return kept
    query = found or queries.stored(checkpoint, int(queries.test_rows(cache.index(checkpoint))[0]))
    walked = [step for step, old in enumerate(kept) if _name(old) == _name(query)]
    steps = kept[: walked[-1] + 1] if walked else (query,)
    _keep(checkpoint, steps)
    return steps


def set_image(checkpoint: Checkpoint, query: Query) -> None:
    """Ask about a new image; the walk so far is forgotten."""
    _keep(checkpoint, (query,))


def walk_to(checkpoint: Checkpoint, row: int) -> None:
    """Ask about a stored image, one step further; a row that does not exist is ignored."""
    if 0 <= row < len(cache.searched(checkpoint)):
        steps = (*trail(checkpoint), queries.stored(checkpoint, row))
        _keep(checkpoint, steps[-MAX_STEPS:])


def back_to(checkpoint: Checkpoint, step: int) -> None:
    """Go back to a step of the walk (0 is the image that was input)."""
    steps = trail(checkpoint)
    if 0 <= step < len(steps):
        _keep(checkpoint, steps[: step + 1])


def _keep(checkpoint: Checkpoint, steps: tuple[Query, ...]) -> None:
    state.remember(_key(checkpoint), steps)
    state.to_address(**{ADDRESS: _name(steps[-1])})


def _name(query: Query) -> str | None:
    """Name an image as the address does; None for one that is not of the image set."""
    known = query.number is not None and query.split is not None
    return f"{query.split}-{query.number}" if known else None


def _named(checkpoint: Checkpoint, name: str | None) -> Query | None:
    asked = _ADDRESS.fullmatch(name or "")
    return queries.numbered(checkpoint, asked[1], int(asked[2])) if asked else None


def _key(checkpoint: Checkpoint) -> str:
    """Name the image set: another network that learned from it is asked about the same image."""
    config = checkpoint.manifest.config
    return f"latentlab:trail:{config.dataset}:{checkpoint.manifest.image_shape}"

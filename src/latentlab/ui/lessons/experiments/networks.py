"""The networks that an experiment compares: those that the address names."""

from __future__ import annotations

from latentlab.checkpoints import Checkpoint
from latentlab.errors import LatentlabError
from latentlab.ui.shell import available, state

WITH = "with"
# Checkpoint names may hold a dot; between two of them stands a comma.
SEPARATOR = ","


def named(otherwise: list[str]) -> list[Checkpoint]:
    """Return the networks of the address, those that exist; else some others.

    Parameters
    ----------
    otherwise : list of str
        Names.

    Raises
    ------
    LatentlabError
        If none of them is on this machine.
    """
    asked = state.from_address(WITH) if state.in_address(WITH) else None
    names = asked.split(SEPARATOR) if asked else otherwise
    by_name = {checkpoint.name: checkpoint for checkpoint in available.checkpoints()[0]}
    found = [by_name[name] for name in names if name in by_name]
    if not found:
        raise LatentlabError(
            f"None of the networks of this experiment is on this machine: {', '.join(names)[:200]}."
        )
    return found


def seed() -> int:
    """Return the seed of the address; 0 where it names none."""
    given = state.from_address("seed") if state.in_address("seed") else None
    return int(given) if given and given.isdecimal() and len(given) < 9 else 0


def draw_again() -> None:
    """Go on to the next seed."""
    state.to_address(seed=str(seed() + 1))

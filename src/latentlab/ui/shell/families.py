"""Families of checkpoints (see `latentlab.checkpoints.families`), as the pages find them."""

from __future__ import annotations

from collections.abc import Iterable

from latentlab.checkpoints import Checkpoint, Family, families
from latentlab.ui.shell import available
from latentlab.ui.shell.shared import SharedCache

_FOUND = SharedCache[tuple[Family, ...]](4)


def found() -> tuple[Family, ...]:
    """Return all families among the checkpoints that can be shown, by name."""
    good, _ = available.checkpoints()
    key = tuple((str(checkpoint.path), checkpoint.fingerprint) for checkpoint in good)
    return _FOUND.get(key, lambda: tuple(families(good)))


def of(checkpoint: Checkpoint) -> Family | None:
    """Return the family that a checkpoint belongs to, if it belongs to one."""
    return next((family for family in found() if checkpoint in family), None)


def folded(networks: Iterable[Checkpoint]) -> list[Checkpoint | Family]:
    """Put a family in the place of its first member; of other networks nothing changes."""
    entries: list[Checkpoint | Family] = []
    for network in networks:
        entry = of(network) or network
        if entry not in entries:
            entries.append(entry)
    return entries


def beside(shown: Checkpoint) -> list[Checkpoint]:
    """Return what can be offered beside a checkpoint, by name: no families but its own."""
    good, _ = available.checkpoints()
    of_others = {
        member.name for family in found() if shown not in family for member in family.members
    }
    return [each for each in good if each.name != shown.name and each.name not in of_others]

"""What stands beside a map: its card, a new image on it, or a test of the map itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from latentlab.checkpoints import Checkpoint
from latentlab.figures.look import Look
from latentlab.ui.map import lineup, new_map, seeds, trust
from latentlab.ui.map.maps import Map


@dataclass(frozen=True)
class Lesson:
    """A test of the map: its title, and what draws it."""

    title: str
    show: Callable[[Checkpoint, Map, Look], None]


# By their names in the address.
LESSONS = {
    "trust": Lesson("Trustworthiness", trust.show),
    "seeds": Lesson("Other seeds", seeds.show),
    "lineup": Lesson("Line-up", lineup.show),
    "compute": Lesson("Compute another", new_map.show),
}

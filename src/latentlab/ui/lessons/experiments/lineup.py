"""The line-up of the Map page, as wide as the window: one real map among seven of noise."""

from __future__ import annotations

from latentlab.checkpoints import Checkpoint
from latentlab.ui.map import lineup, maps
from latentlab.ui.shell import theme


def show(checkpoint: Checkpoint) -> None:
    """Show the line-up, take a guess, and tell."""
    first = next(iter(maps.all_maps(checkpoint).values()))
    lineup.show(checkpoint, first, theme.current(), is_wide=True)

"""The lower half of the Map page: experiments in which the map has to answer for itself."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from latentlab.checkpoints import Checkpoint
from latentlab.figures.look import Look
from latentlab.ui.map import lineup, new_map, seeds, trust
from latentlab.ui.map.maps import Map

Lesson = Callable[[Checkpoint, Map, Look], None]

LESSONS: dict[str, Lesson] = {
    "Can it be trusted?": trust.show,
    "Draw it again": seeds.show,
    "Spot the real one": lineup.show,
    "Compute another map": new_map.show,
}


def choose(checkpoint: Checkpoint, shown: Map, look: Look) -> None:
    """Offer the experiments and show the one that was chosen.

    Parameters
    ----------
    checkpoint : Checkpoint
    shown : Map
    look : Look
    """
    st.divider()
    chosen = st.segmented_control(
        "Put the map to the test", list(LESSONS), key="map-lesson", persist_state="session"
    )
    if chosen in LESSONS:
        LESSONS[chosen](checkpoint, shown, look)

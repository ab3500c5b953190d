"""Eight maps, seven of them of noise: a class has to guess before it is told."""

from __future__ import annotations

import random

import streamlit as st

from latentlab.analysis.lineup import REAL, clustering, shuffled_lineup
from latentlab.analysis.variants import N_POINTS
from latentlab.checkpoints import Checkpoint
from latentlab.figures.lineup import lineup as lineup_of
from latentlab.figures.look import Look
from latentlab.ui.map import point_colors, seeds
from latentlab.ui.map.maps import Map
from latentlab.ui.shell import cache, charts, state

LETTERS = "ABCDEFGH"
CLEARLY_CLUSTERED = 0.75
CLEAR_DIFFERENCE = 0.05
LOW, HIGH = 205, 240  # pixels of a row of four maps: the bar of a lesson leaves less room
ORDER = "map-lineup-shuffled_lineup"


@st.fragment
def show(checkpoint: Checkpoint, shown: Map, look: Look, *, is_wide: bool = False) -> None:
    """Show the line-up, take a guess, and tell.

    Parameters
    ----------
    checkpoint : Checkpoint
    shown : Map
    look : Look
    is_wide : bool
        Whether there is room for the question beside the maps, so that a class sees both.
    """
    index = cache.index(checkpoint)
    if REAL not in index.variants:
        seeds.absent(checkpoint)
        return
    if not state.recall(ORDER, 0):
        _shuffle_again()
    seed = state.recall(ORDER, 0)
    maps_shown, real = shuffled_lineup(index.variants, seed=seed)
    words, picture = st.columns([4, 9], gap="medium") if is_wide else (st.container(),) * 2
    with words:
        st.markdown(
            "One of these maps shows the latents. The other seven show **noise**: in each, the "
            "values of every latent dimension are shuffled among the images. Which is the real one?"
        )
        guess = st.segmented_control(
            "Your guess", list(LETTERS[: len(maps_shown)]), key=f"map-guess-{seed}", width="content"
        )
        told = guess is not None
        if guess is not None:
            _tell(guess, LETTERS[real], [clustering(places) for places in maps_shown], real)
    rows = point_colors.shown_rows(checkpoint)[: len(maps_shown[0])]
    colors = {real: point_colors.class_groups(checkpoint, rows, look)} if told else {}
    drawing = lineup_of(
        maps_shown,
        look,
        names=LETTERS[: len(maps_shown)],
        colors=colors,
        row_height=LOW if is_wide else HIGH,
    )
    with picture:
        charts.show(drawing, key=f"map-lineup-{checkpoint.name}")
    if told:
        words.button(
            "Shuffle again",
            icon=":material/shuffle:",
            on_click=_shuffle_again,
            key="map-shuffled_lineup-again",
        )


def _tell(guess: str, letter: str, clustered: list[float], real: int) -> None:
    if guess == letter:
        st.success(
            f"**{letter}** is right. By chance, one in eight answers is right: count the hands.",
            icon=":material/check:",
        )
    else:
        st.info(
            f"It is **{letter}**, colored now by class. **{guess}** is noise.",
            icon=":material/visibility:",
        )
    noise = [value for number, value in enumerate(clustered) if number != real]
    st.markdown(f"{_verdict(clustered[real], noise)} The first {N_POINTS:,} images at most.")


def _verdict(real: float, noise: list[float]) -> str:
    """Say what follows, from how clustered the maps turned out to be."""
    measured = (
        f"Hopkins statistic (0.5: uniformly random, 1: fully clustered): "
        f"**{real:.2f}** for the real map, **{min(noise):.2f} to {max(noise):.2f}** for the noise."
    )
    noisy = (
        " The shuffled latents form clusters too: clusters alone are no evidence of groups."
        if max(noise) > CLEARLY_CLUSTERED
        else ""
    )
    if real - max(noise) > CLEAR_DIFFERENCE:
        return f"{measured}{noisy} The real map is more clustered than all others."
    return f"{measured}{noisy} The real map is no more clustered than the others."


def _shuffle_again() -> None:
    state.remember(ORDER, random.randint(1, 2**31))

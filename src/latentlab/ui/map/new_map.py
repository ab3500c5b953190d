"""Have another map computed: settings first, then a process of its own with progress and Cancel."""

from __future__ import annotations

import streamlit as st

from latentlab.analysis import umap_learn
from latentlab.analysis.projections import PROJECTIONS
from latentlab.checkpoints import Checkpoint
from latentlab.figures.look import Look
from latentlab.ui.map import computed
from latentlab.ui.map.computed import Job
from latentlab.ui.map.maps import Map
from latentlab.ui.map.request import Asked
from latentlab.ui.shell import cache, state
from latentlab.wording import words

SECONDS_BETWEEN_LOOKS = 1.0
_STARTED = "latentlab:map-started"  # by this visitor, who may cancel it


def show(checkpoint: Checkpoint, shown: Map, look: Look) -> None:
    """Offer the settings, or show how far the map under way is.

    Parameters
    ----------
    checkpoint : Checkpoint
    shown : Map
    look : Look
    """
    job = computed.current()
    if job is not None and job.running:
        _progress()
        return
    if job is not None and job.problem:
        st.error(job.problem, icon=":material/error:")
    _settings(checkpoint)


@st.fragment
def _settings(checkpoint: Checkpoint) -> None:
    n = len(cache.index(checkpoint))
    st.markdown(
        f"Fit a map of your own to the {n:,} stored latents. It is computed in the background and "
        "then stands in the menu above, for everybody, until its file in `runs/maps` is deleted."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.segmented_control(
            "Method",
            ["umap", "tsne"],
            format_func=lambda kind: PROJECTIONS[kind].title,
            default="umap",
            required=True,
            key="map-new-kind",
        )
        asked = _asked(kind == "tsne")
    there = asked.name in computed.finished(checkpoint)
    if there:
        st.caption("This map is there already: choose it in the menu above.")
    elif st.button("Compute", type="primary", icon=":material/play_arrow:", key="map-new-start"):
        state.remember(_STARTED, computed.start(checkpoint, asked).started)
        st.rerun()


def _asked(tsne: bool) -> Asked:
    if tsne:
        perplexity = st.slider(
            "Perplexity",
            5,
            100,
            30,
            key="map-new-perplexity",
            width=260,
            help="About how many neighbors each point tries to keep.",
        )
        return Asked("tsne", _seed(), perplexity=int(perplexity))
    n_neighbors = st.slider(
        "Neighbors",
        2,
        200,
        15,
        key="map-new-neighbors",
        width=260,
        help="How many neighbors each point tries to keep: few show threads, many the large shape.",
    )
    min_dist = st.slider(
        "min_dist",
        0.0,
        0.99,
        0.1,
        step=0.01,
        key="map-new-distance",
        width=260,
        help="How close points may come to one another on the map.",
    )
    metric = st.selectbox(
        "Metric",
        umap_learn.METRICS,
        format_func=str.capitalize,
        key="map-new-metric",
        width=160,
        help="How distance is measured in the latent space, to find each point's neighbors.",
    )
    densmap = st.toggle(
        "densMAP",
        key="map-new-densmap",
        help="Keep the local density, too: tight groups stay tight and loose ones loose.",
    )
    return Asked(
        "umap",
        _seed(),
        n_neighbors=int(n_neighbors),
        min_dist=round(min_dist, 2),
        metric=metric,
        densmap=densmap,
    )


def _seed() -> int:
    return int(
        st.number_input(
            "Seed",
            0,
            999_999,
            0,
            key="map-new-seed",
            width=140,
            help="Another seed, another map of the same latents.",
        )
    )


@st.fragment(run_every=SECONDS_BETWEEN_LOOKS)
def _progress() -> None:
    job = computed.current()
    if job is None or not job.running:
        st.rerun()
    st.progress(job.step / job.n_steps, text=_text(job))
    if state.holds(_STARTED, job.started) or state.is_at_the_machine():
        st.button("Cancel", icon=":material/close:", on_click=job.cancel, key="map-new-cancel")


def _text(job: Job) -> str:
    done = f"step {min(job.step + 1, job.n_steps)} of {job.n_steps}: {job.what}"
    return f"{job.asked.title}, {done}, for {words.duration(job.seconds)} so far"

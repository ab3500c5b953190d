"""Have another map computed: settings first, then a process of its own with progress and Cancel."""

from __future__ import annotations

import streamlit as st

from latentlab.analysis import umap_learn
from latentlab.analysis.projections import PROJECTIONS
from latentlab.checkpoints import Checkpoint
from latentlab.figures.look import Look
from latentlab.jobs import manager, maps
from latentlab.jobs.folder import Job, Status
from latentlab.jobs.map_request import Asked
from latentlab.ui.map.maps import Map
from latentlab.ui.shell import cache, state
from latentlab.wording import words
from latentlab.wording.glossary import meaning

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
    job = maps.current(checkpoint)
    status = job.status() if job else None
    if status and status.is_live:
        _progress(checkpoint)
        return
    if status and status.problem:
        st.error(status.problem, icon=":material/error:")
    if status and status.state == "interrupted":
        st.info("The last map was interrupted; compute it again.", icon=":material/info:")
    _settings(checkpoint)


@st.fragment
def _settings(checkpoint: Checkpoint) -> None:
    n = len(cache.index(checkpoint))
    st.markdown(
        f"Fit another projection to the {n:,} stored latents. It is computed in the background and "
        "then appears in the menu above for everyone, until its file in `runs/maps` is deleted."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.segmented_control(
            "Method",
            ["umap", "tsne"],
            format_func=lambda kind: PROJECTIONS[kind].title,
            default="umap",
            required=True,
            key="map-new-kind",
            help=" ".join(f"{t}: {meaning(t)}" for t in ("UMAP", "t-SNE")),
        )
        asked = _asked(kind == "tsne")
    there = asked.name in maps.finished(checkpoint)
    if there:
        st.caption("This map exists already: choose it in the menu above.")
    elif st.button("Compute", type="primary", icon=":material/play_arrow:", key="map-new-start"):
        state.remember(_STARTED, maps.start(checkpoint, asked).id)
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
            help="The effective number of neighbors of each point.",
        )
        return Asked("tsne", _seed(), perplexity=int(perplexity))
    n_neighbors = st.slider(
        "n_neighbors",
        2,
        200,
        15,
        key="map-new-neighbors",
        width=260,
        help="The number of neighbors in the graph: few keep local detail, many the overall shape.",
    )
    min_dist = st.slider(
        "min_dist",
        0.0,
        0.99,
        0.1,
        step=0.01,
        key="map-new-distance",
        width=260,
        help="The minimum distance between points on the map.",
    )
    metric = st.selectbox(
        "Metric",
        umap_learn.METRICS,
        format_func=str.capitalize,
        key="map-new-metric",
        width=160,
        help="The distance in latent space by which the neighbors of a point are found. "
        f"Euclidean: {meaning('Euclidean distance')} Cosine: {meaning('Cosine distance')}",
    )
    densmap = st.toggle(
        "densMAP",
        key="map-new-densmap",
        width=150,
        help="Also preserves local density: dense clusters stay dense, and sparse ones sparse.",
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
            help="Another seed gives another map of the same latents.",
        )
    )


@st.fragment(run_every=SECONDS_BETWEEN_LOOKS)
def _progress(checkpoint: Checkpoint) -> None:
    job = maps.current(checkpoint)
    status = job.status() if job else None
    if job is None or status is None or not status.is_live:
        st.rerun()
    st.progress(status.step / max(status.n_steps, 1), text=_text(job, status))
    may = state.holds(_STARTED, job.id) or state.is_at_the_machine()
    if may and manager.is_own(job):
        st.button(
            "Cancel",
            icon=":material/close:",
            on_click=manager.cancel,
            args=(job,),
            key="map-new-cancel",
        )


def _text(job: Job, status: Status) -> str:
    asked = maps.asked_for(job)
    title = asked.title if asked else "A map"
    done = f"step {min(status.step + 1, status.n_steps)} of {status.n_steps}: {status.what}"
    return f"{title}, {done}, for {words.duration(status.seconds)} so far"

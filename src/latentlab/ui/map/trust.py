"""How far a map can be trusted, each figure beside the one that chance would give."""

from __future__ import annotations

import numpy as np
import streamlit as st

from latentlab.analysis.quality import N_MAP_NEIGHBORS, N_SAMPLE, trustworthiness
from latentlab.checkpoints import Checkpoint
from latentlab.figures import bars
from latentlab.figures.look import Look
from latentlab.ui.map import maps, point_colors
from latentlab.ui.map.maps import Map
from latentlab.ui.shell import cache, charts
from latentlab.wording import words
from latentlab.wording.glossary import meaning

CODE = """\
near_latent = nearest(latents, 15)             # (n, 15) rows, in latent space
near_map = nearest(map_, 15)                   # (n, 15) rows, on the map
kept = [len(set(a) & set(b)) / 15 for a, b in zip(near_latent, near_map)]
lost = 1 - np.array(kept)                      # the coloring "Neighbors lost"
rank = latent_distances.argsort(1).argsort(1)  # (n, n), 0 is oneself
intruders = np.maximum(np.take_along_axis(rank, near_map, 1) - 15, 0).sum()
trust = 1 - 2 * intruders / (n * 15 * (2 * n - 3 * 15 - 1))
"""


@st.fragment
def show(checkpoint: Checkpoint, shown: Map, look: Look) -> None:
    """Show neighbor agreement and trustworthiness of every map, and of a random layout.

    Parameters
    ----------
    checkpoint : Checkpoint
    shown : Map
        Named first.
    look : Look
    """
    with st.spinner("Comparing the neighbors of every point"):
        found = maps.all_maps(checkpoint)
        kept = {one.title: point_colors.agreement(checkpoint, one).mean for one in found.values()}
        kept["random layout"] = point_colors.agreement(checkpoint, shown).shuffled
        trust = {one.title: _trust(checkpoint, one) for one in found.values()}
        trust["random layout"] = _chance(checkpoint, shown)
    with st.container(key="map-trust"):  # its columns lie below each other where they are narrow
        left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Neighbors kept", anchor=False, help=meaning("Projection"))
        st.markdown(
            f"Share of the {N_MAP_NEIGHBORS} nearest neighbors in latent space that are among the "
            f"{N_MAP_NEIGHBORS} nearest on the map. The others are lost in the projection."
        )
        charts.show(
            bars.shares(kept, look, emphasized=shown.title), key=f"map-kept-{checkpoint.name}"
        )
    with right:
        st.subheader("Trustworthiness", anchor=False, help=meaning("Trustworthiness"))
        n = min(len(cache.index(checkpoint)), N_SAMPLE)
        st.markdown(
            "Penalizes neighbors on the map that are not neighbors in latent space, by their rank "
            "there; 100 % (a trustworthiness of 1) means that there are none. Measured on "
            f"{n:,} images."
        )
        charts.show(
            bars.shares(trust, look, emphasized=shown.title), key=f"map-trust-{checkpoint.name}"
        )
    st.markdown(_meaning(shown, kept))
    with st.expander("How is this computed?", icon=":material/function:"):
        st.code(CODE, language="python")


def _meaning(shown: Map, kept: dict[str, float]) -> str:
    if shown.kind == "native":
        return "This map is the latent space itself, so no neighbor is lost."
    lost = 1 - kept[shown.title]
    return (
        f"**{words.share(lost)} of the nearest neighbors are lost** in {shown.title}. Color the "
        "map by *Neighbors lost* to see where. Search for neighbors in latent space, not on a map."
    )


@cache.kept
def _trust(checkpoint: Checkpoint, shown: Map) -> float:
    stored = checkpoint.manifest.metrics.get("trustworthiness")
    if isinstance(stored, dict) and shown.name in stored:
        return stored[shown.name]
    return trustworthiness(cache.index(checkpoint).latents, shown.coordinates)


@cache.kept
def _chance(checkpoint: Checkpoint, shown: Map) -> float:
    """Measure the same with the places shuffled among the points."""
    latents = cache.index(checkpoint).latents
    shuffled = np.random.default_rng(0).permutation(len(latents))
    return trustworthiness(latents, shown.coordinates[shuffled])

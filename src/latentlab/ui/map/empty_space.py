"""A click beside all points: what the network would draw there, where that can be said."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from latentlab.analysis import Latents
from latentlab.analysis.inverse import disagreement, estimates
from latentlab.analysis.neighbors import percentile
from latentlab.analysis.projections import place
from latentlab.checkpoints import Checkpoint
from latentlab.ui.map import card, maps, tiles
from latentlab.ui.map.companion import Marks
from latentlab.ui.map.maps import Map
from latentlab.ui.map.tiles import Tile
from latentlab.ui.shell import cache
from latentlab.wording import support, words
from latentlab.wording.glossary import help_for, meaning

LETTERS = "ABC"
NAMES = {
    "nearest": "latent of the nearest point",
    "weighted": "weighted mean latent of the 15 nearest points",
    "regression": "latent predicted by a regression",
}

NEAREST = "these images are nearest to it on the map."
N_NEAREST = 6

Spot = tuple[float, float]


def marks(checkpoint: Checkpoint, shown: Map, spot: Spot) -> Marks:
    """Ring the place, and where a latent that stands for it would itself be put on the map."""
    here = {"at": list(spot)}
    if shown.has_inverse:
        return Marks(rings=[here])
    latents = np.stack(list(_estimates(checkpoint, shown, spot).values()))
    landed = place(latents, cache.exact_index(checkpoint), shown.coordinates).xy
    rings = [
        {"at": landed[i].tolist(), "letter": LETTERS[i], "quiet": True} for i in range(len(landed))
    ]
    return Marks(
        rings=[*rings, here], lines=[(list(spot), landed[i].tolist()) for i in range(len(landed))]
    )


def show(checkpoint: Checkpoint, shown: Map, spot: Spot) -> None:
    """Show what stands for a place between the points.

    Parameters
    ----------
    checkpoint : Checkpoint
    shown : Map
    spot : tuple of float
        In the map's own units.
    """
    if shown.kind == "native":
        st.subheader("A latent without an image", anchor=False, help=meaning("Latent"))
        _decoded(checkpoint, np.array([spot], np.float32))
    elif shown.kind == "pca":
        st.subheader("A latent on the PCA plane", anchor=False, help=meaning("PCA"))
        parts = maps.components(checkpoint)
        n_axes = min(2, len(parts.axes))
        latent = parts.mean + np.asarray(spot[:n_axes], np.float32) @ parts.axes[:n_axes]
        _decoded(checkpoint, latent[None].astype(np.float32))
        rest = 1 - float(parts.variance_ratio[:2].sum())
        st.caption(
            f"The map is the plane of PC 1 and PC 2: {words.share(rest)} of the variance of the "
            "latents lies in other directions and is not shown."
        )
    else:
        _stand_ins(checkpoint, shown, spot)


def _decoded(checkpoint: Checkpoint, latent: Latents) -> None:
    found = cache.exact_index(checkpoint).nearest(latent, 1)
    pair = [Tile(cache.pictures_of(checkpoint, found.rows[0])[0], "Nearest image")]
    if checkpoint.manifest.decodes:
        drawn = cache.decode(checkpoint, latent)[0]
        pair.insert(0, Tile(drawn, "Decoded"))
    tiles.row(pair, columns=2, width="19rem")
    nearness = cache.support(checkpoint).of_latents(latent)[0]
    st.markdown(support.distance(nearness))
    if nearness.is_far:
        st.warning(support.none_near(), icon=":material/explore_off:")


def _stand_ins(checkpoint: Checkpoint, shown: Map, spot: Spot) -> None:
    title = shown.title.split(" (")[0]
    st.subheader(f"{title} has no inverse", anchor=False, help=help_for(title))
    if not checkpoint.manifest.decodes:
        st.markdown(f"No latent belongs to this place, and there is no decoder: {NEAREST}")
        nearest = _nearest_on_map(shown, spot)
        images = cache.pictures_of(checkpoint, nearest)
        tiles.row([Tile(image) for image in images], columns=len(images))
        return
    found = _estimates(checkpoint, shown, spot)
    count = {2: "two", 3: "three"}[len(found)]
    st.markdown(
        f"No latent belongs to this place. Here are {count} estimates of one, decoded; lines lead "
        "to where the map would place each."
    )
    latents = np.stack(list(found.values()))
    decoded = cache.decode(checkpoint, latents)
    tiles.row(
        [Tile(decoded[i], f"{LETTERS[i]}: {NAMES[name]}") for i, name in enumerate(found)],
        columns=3,
    )
    apart = disagreement(latents)
    pairs = card.pairs(checkpoint, card.LATENT)
    st.markdown(
        f"The distance between them in latent space is up to **{words.figure(apart)}**, larger "
        f"than for {percentile(apart, pairs):.0f} % of random pairs of images."
    )
    inverse = cache.index(checkpoint).inverses.get(shown.name)
    if inverse is not None:
        st.caption(
            f"The regression was fitted after training; it explains "
            f"{words.share(max(0.0, inverse.explained))} of the variance of the latents of images "
            "that it was not fitted to (R²)."
        )
    else:
        st.caption("This map has no regression: one is fitted for stored maps only.")


def _nearest_on_map(shown: Map, spot: Spot) -> NDArray[np.int64]:
    away = np.square(shown.coordinates - np.array(spot, np.float32)).sum(axis=1)
    rows: NDArray[np.int64] = np.argsort(away)[:N_NEAREST]
    return rows


def _estimates(checkpoint: Checkpoint, shown: Map, spot: Spot) -> dict[str, Latents]:
    index = cache.index(checkpoint)
    return estimates(
        np.array(spot, np.float32),
        index.latents,
        shown.coordinates,
        index.inverses.get(shown.name),
    )

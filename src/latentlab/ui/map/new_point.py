"""Where a new image would stand on the map: by one fixed routine, at once, its doubt drawn.

No map is fitted again. The image is encoded (a stored one has its latent), and its place is the
weighted mean of the places of the 15 nearest latents (`analysis.projections.place`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from latentlab.analysis import Latents
from latentlab.analysis.indexes import neighbors_of
from latentlab.analysis.neighbors import percentile
from latentlab.analysis.projections import Placement, place
from latentlab.checkpoints import Checkpoint
from latentlab.ui.input import Query, image_input
from latentlab.ui.input.reconstruction import Reconstruction, reconstruct
from latentlab.ui.map import maps, tiles
from latentlab.ui.map.companion import Marks
from latentlab.ui.map.maps import Map
from latentlab.ui.map.tiles import Tile
from latentlab.ui.shell import cache
from latentlab.ui.shell.errors import plain
from latentlab.wording import support, words

N_NEIGHBORS = 15
N_LINES = 9

HONEST = (
    "The point is at the weighted mean position of the 15 nearest latents; the circle is their "
    "spread on the map. The projection itself is not computed again."
)
LINES = (
    "Lines lead to its nearest neighbors in latent space; the circle is their spread on the map."
)
MEANS_NOTHING = "Every image is placed somewhere on the map; here its position means nothing."
NATIVE = f"This map is the latent space itself: the position is the latent. {LINES}"


@dataclass(frozen=True)
class NewPoint:
    """A new image and where it came to stand.

    Attributes
    ----------
    query : Query
    seen : Reconstruction
    rows : int64 (k,)
        The nearest latents, without its own.
    placement : Placement
    """

    query: Query
    seen: Reconstruction
    rows: NDArray[np.int64]
    placement: Placement


def ask(checkpoint: Checkpoint, shown: Map) -> NewPoint:
    """Show the image input, and find out where its image stands.

    Parameters
    ----------
    checkpoint : Checkpoint
    shown : Map

    Returns
    -------
    NewPoint
    """
    query = image_input(checkpoint, key="map-bring", preview=False)
    seen = reconstruct(checkpoint, query)
    found = neighbors_of(cache.exact_index(checkpoint), seen.latent, N_NEIGHBORS, exclude=seen.row)
    return NewPoint(
        query=query,
        seen=seen,
        rows=found.rows[0],
        placement=_placed(seen.latent[None], checkpoint, shown),
    )


def marks(shown: Map, point: NewPoint) -> Marks:
    """Draw its place, the spread of its neighbors as a circle, and lines to its nearest."""
    xy = point.placement.xy[0].tolist()
    spread = {
        "at": xy,
        "radius": float(point.placement.spread[0]),
        "far": point.seen.nearness.is_far,
    }
    lines = [(xy, shown.coordinates[row].tolist()) for row in point.rows[:N_LINES]]
    return Marks(rings=[{"at": xy}], lines=lines, spread=spread)


def show(checkpoint: Checkpoint, shown: Map, point: NewPoint) -> None:
    """Show what the network makes of it, and what its place is worth.

    Parameters
    ----------
    checkpoint : Checkpoint
    shown : Map
    point : NewPoint
    """
    tiles.row(
        [
            Tile(point.query.pixels, point.query.source.capitalize()),
            Tile(point.seen.drawn, "Reconstruction"),
        ],
        columns=2,
        width="19rem",
    )
    errors = cache.index(checkpoint).reconstruction_error
    st.markdown(
        f"Reconstruction error (MSE) **{words.figure(point.seen.error)}**: larger than for "
        f"{percentile(point.seen.error, errors):.0f} % of the images on the map."
    )
    if point.seen.row is not None:
        st.markdown("This image is already on the map; the ring marks its point.")
    else:
        spread = float(point.placement.spread[0]) / max(maps.radius(shown), 1e-12)
        st.markdown(
            f"On the map, its {len(point.rows)} nearest neighbors in latent space lie within "
            f"**{words.share(spread)}** of the map's radius around it."
        )
    nearness = point.seen.nearness
    if nearness.is_far:
        said = [support.none_near(was_learned=point.query.was_learned)]
        said += [support.distance(nearness)]
        said += [MEANS_NOTHING] if point.seen.row is None else []
        st.warning(" ".join(said), icon=":material/explore_off:")
    found = LINES if point.seen.row is not None else HONEST
    st.caption(plain(found if shown.kind != "native" else NATIVE))


def _placed(latent: Latents, checkpoint: Checkpoint, shown: Map) -> Placement:
    placed = place(latent, cache.exact_index(checkpoint), shown.coordinates, k=N_NEIGHBORS)
    if shown.kind == "native":
        return Placement(latent.astype(np.float32), placed.spread)
    return placed

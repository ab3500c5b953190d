"""The Map page: what is drawn, the chart, and what stands beside it."""

from __future__ import annotations

import numpy as np
import streamlit as st

from latentlab.analysis.projections import PROJECTIONS
from latentlab.checkpoints import Checkpoint
from latentlab.figures.look import Look
from latentlab.ui.map import (
    card,
    companion,
    empty_space,
    experiments,
    maps,
    new_point,
    point_colors,
    selection,
    tiles,
)
from latentlab.ui.map.companion import Marks, Pick
from latentlab.ui.map.maps import Map
from latentlab.ui.shell import cache, state
from latentlab.ui.shell.errors import plain

# More classes than this cannot be told apart by color and shape alone.
MANY_CLASSES = 10
MODE, LOOK, BRING = "map-beside", "look", "new"
BESIDE = {LOOK: "Inspect", BRING: "Place a new image"} | {
    name: lesson.title for name, lesson in experiments.LESSONS.items()
}
CONFIG = {
    "scrollZoom": True,
    "displaylogo": False,
    "displayModeBar": True,
    "responsive": True,
    "doubleClick": "reset",
    "modeBarButtons": [["pan2d", "lasso2d", "select2d", "zoom2d", "resetScale2d"]],
}


def controls(checkpoint: Checkpoint) -> tuple[Map, str]:
    """Let the visitor choose a map and a coloring.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    shown : Map
    color : str
        See `point_colors.choices`.
    """
    with st.container(horizontal=True, vertical_alignment="center", key="map-controls"):
        shown = _choose_map(checkpoint)
        colors = point_colors.choices(checkpoint, shown)
        key = f"map-color-{checkpoint.fingerprint[:8]}-{shown.name}"
        state.follow_address("color", key, colors, next(iter(colors)))
        color = st.selectbox(
            "Color",
            list(colors),
            format_func=lambda color: f"Color: {colors[color].lower()}",
            key=key,
            persist_state="session",
            label_visibility="collapsed",
            width=300,
        )
        _search(checkpoint)
    state.to_address(map=shown.name, color=color)
    return shown, color


def chart(checkpoint: Checkpoint, shown: Map, color: str, look: Look) -> None:
    """Draw the map.

    Parameters
    ----------
    checkpoint : Checkpoint
    shown : Map
    color : str
    look : Look
    """
    if color == point_colors.LOST:
        with st.spinner("Comparing neighbors"):
            point_colors.agreement(checkpoint, shown)
    drawing = point_colors.drawing(checkpoint, shown, color, look)
    st.plotly_chart(
        drawing.figure,
        key=companion.CHART,
        theme=None,
        config=CONFIG,
        height="stretch",
        alt=drawing.alt,
    )
    counted = _counted(checkpoint, shown)
    st.caption(f"{plain(shown.summary)} {point_colors.explanation(color)} {counted}")


def glance(checkpoint: Checkpoint, look: Look) -> None:
    """Draw the first map alone, with the image of the point at the pointer.

    Parameters
    ----------
    checkpoint : Checkpoint
    look : Look
    """
    shown = next(iter(maps.all_maps(checkpoint).values()))
    st.subheader(f"{plain(shown.title)}: point at an image", anchor=False)
    chart(checkpoint, shown, point_colors.CLASS, look)
    companion.draw_marks(checkpoint, shown, look, Marks(), row=None, on_pick=_nothing)
    tiles.style()
    companion.hover(checkpoint)


def _nothing() -> None:
    """Take a click to which nothing here has an answer."""


@st.fragment
def side(checkpoint: Checkpoint, shown: Map, look: Look) -> None:
    """Show what belongs to the last click or lasso; what one may do, before the first.

    Parameters
    ----------
    checkpoint : Checkpoint
    shown : Map
    look : Look
    """
    # Filled last, but first in place: where it stood after the card, it began anew with each card.
    atlas = st.container(key="map-atlas")
    state.follow_address("beside", MODE, BESIDE, LOOK)
    mode = st.pills(
        "What to do",
        list(BESIDE),
        format_func=BESIDE.__getitem__,
        required=True,
        key=MODE,
        persist_state="session",
        label_visibility="collapsed",
    )
    state.to_address(beside=mode)
    if mode == BRING:
        guest = new_point.ask(checkpoint, shown)
        _draw(checkpoint, shown, look, new_point.marks(shown, guest))
        new_point.show(checkpoint, shown, guest)
    elif mode in experiments.LESSONS:
        _draw(checkpoint, shown, look, Marks())
        experiments.LESSONS[mode].show(checkpoint, shown, look)
    else:
        pick = companion.pick(checkpoint, shown)
        _draw(checkpoint, shown, look, _marks(checkpoint, shown, pick), row=pick.row)
        _show(checkpoint, shown, look, pick)
    with atlas:
        tiles.style()
        companion.hover(checkpoint)


def _draw(
    checkpoint: Checkpoint, shown: Map, look: Look, marks: Marks, *, row: int | None = None
) -> None:
    def look_around() -> None:
        state.remember(MODE, LOOK)

    with st.container(key="map-ears"):
        companion.draw_marks(checkpoint, shown, look, marks, row=row, on_pick=look_around)


def _show(checkpoint: Checkpoint, shown: Map, look: Look, pick: Pick) -> None:
    if pick.row is not None:
        card.show(checkpoint, shown, look, pick.row, pick.before)
    elif pick.at is not None:
        empty_space.show(checkpoint, shown, pick.at)
    elif pick.corners is not None:
        selection.show(checkpoint, shown, look, pick.corners)
    else:
        _invite(shown)


def _choose_map(checkpoint: Checkpoint) -> Map:
    found = maps.all_maps(checkpoint)
    key = f"map-which-{checkpoint.fingerprint[:8]}"
    is_long = bool(set(found) - set(PROJECTIONS))  # long names, and perhaps many
    key = f"{key}-long" if is_long else key
    state.follow_address("map", key, found, next(iter(found)))
    name: str | None
    if is_long:
        name = st.selectbox(
            "Map",
            list(found),
            format_func=lambda name: found[name].title,
            key=key,
            persist_state="session",
            label_visibility="collapsed",
            width=330,
        )
    else:
        name = st.segmented_control(
            "Map",
            list(found),
            format_func=lambda name: found[name].title,
            required=True,
            key=key,
            persist_state="session",
            label_visibility="collapsed",
        )
    return found.get(name or "", next(iter(found.values())))


def _marks(checkpoint: Checkpoint, shown: Map, pick: Pick) -> Marks:
    if pick.row is not None:
        return card.marks(checkpoint, shown, pick.row, pick.before)
    if pick.at is not None:
        return empty_space.marks(checkpoint, shown, pick.at)
    if pick.corners is not None:
        return selection.marks(pick.corners)
    return Marks(found=_found(checkpoint, shown))


def _search(checkpoint: Checkpoint) -> None:
    names = checkpoint.manifest.class_names
    if len(names) > MANY_CLASSES:
        st.multiselect(
            "Find classes",
            range(len(names)),
            format_func=lambda label: names[label],
            key=_search_key(checkpoint),
            placeholder="Find classes",
            label_visibility="collapsed",
            width=320,
        )


def _search_key(checkpoint: Checkpoint) -> str:
    return f"map-find-{checkpoint.fingerprint[:8]}"


def _found(checkpoint: Checkpoint, shown: Map) -> list[list[float]]:
    nothing: list[int] = []
    wanted = state.recall(_search_key(checkpoint), nothing)
    rows = point_colors.shown_rows(checkpoint)
    labels = cache.index(checkpoint).labels[rows]
    places = shown.coordinates[rows[np.isin(labels, wanted)]]
    return [[round(float(x), 4), round(float(y), 4)] for x, y in places]


def _counted(checkpoint: Checkpoint, shown: Map) -> str:
    n, drawn = len(cache.index(checkpoint)), len(point_colors.shown_rows(checkpoint))
    everything = cache.full_index(checkpoint)
    if everything is not None:
        sample = f"{drawn:,} of {len(everything):,} images are drawn, a random sample."
        if maps.crowd(checkpoint, shown) is None:
            return f"{sample} This map knows no others."
        return f"{sample} The shade behind them counts all, on a logarithmic scale."
    if drawn == n:
        return f"All {n:,} stored images are shown."
    return f"{drawn:,} of {n:,} stored images are shown, in the same class proportions."


def _invite(shown: Map) -> None:
    # Only of the latent space itself and of PCA is every place a latent.
    decoded = "the latent" if shown.has_inverse else "an estimate of the latent"
    st.subheader("Every point is an image", anchor=False)
    st.markdown(
        "**Point** at one to see its image.  \n"
        "**Click** one for details, then another to measure the distance between them.  \n"
        f"**Click between** the points to decode {decoded} there.  \n"
        "**Choose the lasso** above the map and circle points to select several.  \n"
        "**Keys**: Tab to the map, arrows to move, Enter for details, Alt+arrow keys to move "
        "between the points."
    )

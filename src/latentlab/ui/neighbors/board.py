"""The board: a component that shows an answer and lets a visitor walk on from it.

It also tells the server of strokes on the drawing canvas, so that a stroke runs the board's part of
the page and not the canvas's. Every word on it is written here; the script only lays out, paints
and reports.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import streamlit as st

from latentlab import web
from latentlab.analysis.stored_maps import stored_maps
from latentlab.checkpoints import Checkpoint
from latentlab.figures import theme
from latentlab.images import to_pixels
from latentlab.ui.input.query import Query
from latentlab.ui.neighbors import answer as answers
from latentlab.ui.neighbors import spaces, wording
from latentlab.ui.neighbors.answer import Answer
from latentlab.ui.neighbors.spaces import Found
from latentlab.ui.shell import bus, cache, state
from latentlab.wording import glossary, words

KEY = "neighbors-board"
# What the board explains where it says it.
TERMS = (
    *("Chance level", "Label agreement", "Latent dimensions", "Latent space", "MSE", "PCA"),
    *("Reconstruction error", "t-SNE", "UMAP"),
)

_BOARD = st.components.v2.component(
    "latentlab_neighbors",
    html='<div id="board"></div>',
    css=web.read("neighbors.css"),
    js=web.read("neighbors.js"),
)


def show(
    checkpoint: Checkpoint,
    result: Answer,
    *,
    map_name: str | None,
    steps: Sequence[Query],
    drawing: int,
) -> None:
    """Show an answer.

    Parameters
    ----------
    checkpoint : Checkpoint
    result : Answer
    map_name : str or None
        Of ``stored_maps``, if there is a map.
    steps : sequence of Query
        The images walked through; the last is the one asked about.
    drawing : int
        Number of the drawing this answers, for the canvas that waits for it.
    """
    blob = message(checkpoint, result, map_name=map_name, steps=steps, drawing=drawing)
    _BOARD(key=KEY, data=blob, on_go_change=lambda: None, on_drawing_change=lambda: None)


def carry_points(checkpoint: Checkpoint, map_name: str | None) -> None:
    """Hand the board the points of a map; they are large, and stay while answers change."""
    if map_name is not None:
        bus.offer(points(checkpoint, map_name), key=f"{KEY}-points")


def clicked() -> tuple[str, int] | None:
    """Return a click that was not acted on yet.

    Returns
    -------
    (str, int) or None
        ``("walk", row)`` for a neighbor, ``("back", step)`` for a breadcrumb.
    """
    said = state.said_by(KEY, "go")
    if not isinstance(said, Mapping) or not state.is_news(f"{KEY}:taken", said.get("click")):
        return None
    where, number = said.get("where"), said.get("number")
    if not isinstance(number, int) or isinstance(number, bool) or where not in ("walk", "back"):
        return None
    return str(where), number


@cache.kept
def points(checkpoint: Checkpoint, map_name: str) -> bytes:
    """Pack the points of a map; they are sent once, not with every answer."""
    from latentlab.export.message import pack

    coordinates = stored_maps(cache.index(checkpoint))[map_name]
    index = cache.index(checkpoint)
    header = {"id": "neighbors points", "map": f"{checkpoint.fingerprint} {map_name}"}
    return pack(header, {"xy": np.asarray(coordinates, np.float32), "labels": index.labels})


def message(
    checkpoint: Checkpoint,
    result: Answer,
    *,
    map_name: str | None,
    steps: Sequence[Query],
    drawing: int,
) -> bytes:
    """Pack an answer for the browser; the parameters are those of `show`."""
    from latentlab.export.message import pack

    rows = np.unique(np.concatenate([found.rows for found in result.found]))
    header = {
        "drawing": drawing,
        "network": checkpoint.fingerprint,
        "shape": list(checkpoint.manifest.image_shape),
        "source": wording.capitalized(result.query.source),
        "label": wording.label_of(checkpoint, result.label),
        "drawn": wording.drawn_caption(checkpoint),
        "sentence": wording.sentence(checkpoint, result),
        "meanings": glossary.helps(*TERMS),
        "warning": wording.warning(result),
        "note": wording.note(checkpoint),
        "legend": wording.legend(result.found),
        "spaces": [_space(checkpoint, result, found, rows) for found in result.found],
        "steps": [wording.capitalized(step.source) for step in steps],
        "map": _map(checkpoint, result, map_name),
        "looks": {"light": asdict(theme.LIGHT), "dark": asdict(theme.DARK)},
    }
    arrays = {
        "query": to_pixels(result.query.pixels),
        "drawn": to_pixels(result.drawn),
        "tiles": cache.pictures_of(checkpoint, rows),
        "steps": to_pixels(np.stack([step.pixels for step in steps])),
    }
    return pack(header, arrays)


def _space(
    checkpoint: Checkpoint, result: Answer, found: Found, rows: np.ndarray[Any, Any]
) -> dict[str, object]:
    index = cache.searched(checkpoint)
    own = wording.label_of(checkpoint, result.label)
    labels = [wording.label_of(checkpoint, label) for label in index.labels[found.rows].tolist()]
    # Where there is one class alone, nothing can agree.
    can_agree = len(checkpoint.manifest.class_names) > 1
    known = [label for label in labels if label is not None] if can_agree else []
    return {
        "title": wording.TITLES[found.space],
        "size": wording.size(checkpoint, found.space) + wording.found_share(result, found.space),
        "agreement": wording.agreement(known, own),
        "chance": wording.chance(
            cache.index(checkpoint), result.label if own else None, len(known)
        ),
        "typical": wording.typical(checkpoint, found),
        "tiles": [
            {
                "row": row,
                "tile": int(np.searchsorted(rows, row)),
                "name": label,
                "label": int(index.labels[row]),
                "distance": words.figure(float(distance)),
                "closer": wording.farther(closer),
                "about": wording.about(index, row, label, float(distance), closer),
            }
            for row, label, distance, closer in zip(
                found.rows.tolist(), labels, found.distances, found.closer.tolist(), strict=True
            )
        ],
    }


def _map(checkpoint: Checkpoint, result: Answer, name: str | None) -> dict[str, object] | None:
    if name is None:
        return None
    coordinates = stored_maps(cache.index(checkpoint))[name]
    xy, spread = answers.place_on(checkpoint, result, name)
    latent = next(found for found in result.found if found.space == spaces.LATENT)
    drawn = latent.rows[latent.rows < len(coordinates)]
    return {
        "id": f"{checkpoint.fingerprint} {name}",
        "title": wording.map_title(name),
        "is_native": name == answers.NATIVE,
        "xy": [float(value) for value in xy],
        "spread": spread,
        "lines": [[float(x), float(y)] for x, y in coordinates[drawn]],
        "about": wording.about_map(len(coordinates), latent.n),
    }

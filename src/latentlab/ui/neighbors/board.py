"""The board: a component that shows an answer and lets a visitor walk on from it.

Every word on it is written here; the script only lays out, paints and reports clicks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from latentlab.checkpoints import Checkpoint, LatentIndex
from latentlab.images import to_pixels
from latentlab.ui import cache, state, theme, words
from latentlab.ui.bring import carrier
from latentlab.ui.bring import query as queries
from latentlab.ui.bring.query import Query
from latentlab.ui.canvas.bundle import bundle
from latentlab.ui.neighbors import answer as answers
from latentlab.ui.neighbors import spaces
from latentlab.ui.neighbors.answer import Answer
from latentlab.ui.neighbors.spaces import Found

KEY = "neighbors-board"

TITLES = {
    spaces.LATENT: "Near in latent space",
    spaces.PIXEL: "Near in pixels",
    spaces.PCA: "Near in PCA",
}
MAP_TITLES = {
    answers.NATIVE: "The latent space itself",
    "umap": "UMAP of the latent space",
    "tsne": "t-SNE of the latent space",
    "pca": "PCA of the latent space",
}
NEVER_SEEN = "The network has never seen a picture like this."
LEGEND = (
    "Below each image: its label and its distance, then how many of 100 random pairs of images are "
    "farther apart. Click an image to walk on from it."
)
NO_IMAGE_NEAR = "No training image is near this latent."

_BOARD = st.components.v2.component(
    "latentlab_neighbors",
    html='<div id="board"></div>',
    css=(Path(__file__).parent / "board.css").read_text(encoding="utf-8"),
    js=bundle("board"),
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
        A key of ``answer.maps``, if there is a map.
    steps : sequence of Query
        The images walked through; the last is the one asked about.
    drawing : int
        Number of the drawing this answers, for the canvas that waits for it.
    """
    blob = message(checkpoint, result, map_name=map_name, steps=steps, drawing=drawing)
    _BOARD(key=KEY, data=blob, on_go_change=lambda: None)
    if map_name is not None:
        carrier.carry(
            cache.built(f"points {map_name}", checkpoint, lambda: points(checkpoint, map_name)),
            key=f"{KEY}-points",
        )


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


def points(checkpoint: Checkpoint, map_name: str) -> bytes:
    """Pack the points of a map; they are sent once, not with every answer."""
    from latentlab.export.message import pack

    coordinates = answers.maps(checkpoint)[map_name]
    index = cache.index(checkpoint)
    header = {"topic": "points", "id": f"{checkpoint.fingerprint} {map_name}"}
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
        "shape": list(checkpoint.manifest.image_shape),
        "source": _capitalized(result.query.source),
        "label": _label_of(checkpoint, cache.index(checkpoint), result.row),
        "drawn": _drawn_caption(checkpoint),
        "sentence": sentence(result),
        "warning": warning(result),
        "note": _note(checkpoint),
        "legend": LEGEND,
        "spaces": [_space(checkpoint, result, found, rows) for found in result.found],
        "steps": [_capitalized(step.source) for step in steps],
        "map": _map(checkpoint, result, map_name),
        "looks": {"light": asdict(theme.LIGHT), "dark": asdict(theme.DARK)},
    }
    arrays = {
        "query": to_pixels(result.query.pixels),
        "drawn": to_pixels(result.drawn),
        "tiles": answers.tiles(checkpoint, rows),
        "steps": to_pixels(np.stack([step.pixels for step in steps])),
    }
    return pack(header, arrays)


def sentence(result: Answer) -> str:
    """Say how well the image was drawn back, and how unusual that is."""
    share = result.error_percentile
    where = (
        f"more unusual than {share:.0f} % of the test images"
        if share >= 50
        else f"better than {100 - share:.0f} % of the test images"
    )
    return f"Error {words.figure(result.error)} per pixel, {where}."


def warning(result: Answer) -> str | None:
    """Say so, in one sentence, when the network cannot know what it is shown."""
    if result.error_percentile >= answers.UNUSUAL:
        return NEVER_SEEN
    return NO_IMAGE_NEAR if result.far >= answers.UNUSUAL else None


def agreement(labels: Sequence[str], own: str | None) -> str:
    """Say how many neighbors share a label: the query's, or the most frequent.

    Parameters
    ----------
    labels : sequence of str
        Of the neighbors; may be empty.
    own : str or None
        Label of the query, where it is known.

    Examples
    --------
    >>> agreement(["4", "9", "4"], "4"), agreement(["4", "9", "9"], None)
    ('2 of 3 are 4 too', '2 of 3 are 9')
    """
    if not labels:
        return ""
    if own is not None:
        return f"{labels.count(own)} of {len(labels)} are {own} too"
    most, count = Counter(labels).most_common(1)[0]
    return f"{count} of {len(labels)} are {most}"


def _space(
    checkpoint: Checkpoint, result: Answer, found: Found, rows: np.ndarray[Any, Any]
) -> dict[str, object]:
    index = cache.index(checkpoint)
    own = _label_of(checkpoint, index, result.row)
    labels = [_label_of(checkpoint, index, row) for row in found.rows.tolist()]
    known = [label for label in labels if label is not None]
    return {
        "title": TITLES[found.space],
        "size": _size(checkpoint, found.space) + _recall(result, found.space),
        "agreement": agreement(known, own),
        "chance": _chance(index, found, own, known),
        "typical": _typical(checkpoint, found.space),
        "tiles": [
            {
                "row": row,
                "tile": int(np.searchsorted(rows, row)),
                "name": label,
                "label": int(index.labels[row]),
                "distance": words.figure(float(distance)),
                "closer": f"{closer:.1f} %" if closer < 99.95 else "> 99.9 %",
                "about": _about(index, row, label, float(distance), closer),
            }
            for row, label, distance, closer in zip(
                found.rows.tolist(), labels, found.distances, found.closer.tolist(), strict=True
            )
        ],
    }


def _about(index: LatentIndex, row: int, label: str | None, distance: float, closer: float) -> str:
    split = queries.SPLIT_NAMES[int(index.splits[row])]
    kind = "Training" if split == "train" else split.capitalize()
    what = f", {label}" if label else ""
    return (
        f"{kind} image {int(index.numbers[row]):,}{what}. Distance {words.figure(distance)}; "
        f"of 100 random pairs of images, {closer:.1f} are farther apart. Click to go there."
    )


def _chance(index: LatentIndex, found: Found, own: str | None, known: list[str]) -> str:
    """Say what shuffled labels would give: the share of the label among all images."""
    if not known:
        return ""
    of_neighbors = index.labels[found.rows]
    label = Counter(of_neighbors.tolist()).most_common(1)[0][0]
    if own is not None:
        label = _label_number(found, index, own, known)
    share = float((index.labels == label).mean())
    return f"{share * len(known):.1f} of {len(known)} with shuffled labels"


def _label_number(found: Found, index: LatentIndex, own: str, known: list[str]) -> int:
    """Return the number of a label that a neighbor has; none has it: the usual share is 0."""
    return int(index.labels[found.rows[known.index(own)]]) if own in known else -1


def _typical(checkpoint: Checkpoint, space: str) -> str:
    measured = checkpoint.manifest.metrics.get("label_agreement")
    if not isinstance(measured, dict) or space not in measured:
        return ""
    return f"{words.share(measured[space])} over all test images"


def _size(checkpoint: Checkpoint, space: str) -> str:
    height, width, channels = checkpoint.manifest.image_shape
    n = checkpoint.manifest.config.latent_dim
    size = height * width * channels if space == spaces.PIXEL else n
    how = ", linear" if space == spaces.PCA else " per image"
    return f"{words.counted(size, 'number')}{how}"


def _recall(result: Answer, space: str) -> str:
    if space != spaces.LATENT or result.recall is None:
        return ""
    return f"; finds {100 * result.recall:.1f} % of the true neighbors"


def _label_of(checkpoint: Checkpoint, index: LatentIndex, row: int | None) -> str | None:
    names = checkpoint.manifest.class_names
    label = -1 if row is None else int(index.labels[row])
    return names[label] if 0 <= label < len(names) else None


def _drawn_caption(checkpoint: Checkpoint) -> str:
    n = words.counted(checkpoint.manifest.config.latent_dim, "number")
    return f"Drawn back from {n}"


def _note(checkpoint: Checkpoint) -> str | None:
    if cache.originals(checkpoint) is not None:
        return None
    return (
        "The original images are not on this machine: what you see is how the network draws them, "
        "and pixels cannot be compared."
    )


def _map(checkpoint: Checkpoint, result: Answer, name: str | None) -> dict[str, object] | None:
    if name is None:
        return None
    coordinates = answers.maps(checkpoint)[name]
    xy, spread = answers.place_on(checkpoint, result, name)
    latent = next(found for found in result.found if found.space == spaces.LATENT)
    return {
        "id": f"{checkpoint.fingerprint} {name}",
        "title": MAP_TITLES[name],
        "xy": [float(value) for value in xy],
        "spread": spread,
        "lines": [[float(x), float(y)] for x, y in coordinates[latent.rows]],
        "about": (
            f"Map of {len(coordinates):,} images. Lines lead to the neighbors in latent space, "
            "wherever the map has put them."
        ),
    }


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]

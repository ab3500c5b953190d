"""The widget: one row of image inputs, and the panel of the chosen one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from latentlab import web
from latentlab.checkpoints import Checkpoint
from latentlab.ui.input import drawing, upload
from latentlab.ui.input import query as queries
from latentlab.ui.input.history import current, set_image
from latentlab.ui.input.query import Query
from latentlab.ui.shell import bus, cache, state

RANDOM_KEY = "r"
DRAW, UPLOAD, CAMERA, PICK = "Draw", "Upload", "Camera", "Pick"
_SHORTCUT = st.components.v2.component("latentlab_shortcut", js=web.read("shortcut.js"))


def image_input(
    checkpoint: Checkpoint,
    *,
    key: str = "bring",
    preview: bool = True,
    voice: str | None = None,
    network: bool = True,
) -> Query:
    """Show the widget and return the image that the visitor asks about.

    Put it into a fragment together with what depends on it: every stroke of a drawing runs it, or
    the fragment of the component that is the canvas's `voice`.

    Parameters
    ----------
    checkpoint : Checkpoint
    key : str
        Unique on the page.
    preview : bool
        Whether the drawing canvas shows what the network sees and draws back. A page that shows
        both itself says no.
    voice : str, optional
        Key of the component that tells of strokes in place of the canvas; see ``drawing.panel``.
    network : bool
        Whether the drawing canvas is given the network. A page that runs it itself says no.

    Returns
    -------
    Query
    """
    with st.container(key=f"{key}-widget", gap="small"):
        st.button(
            f"Random image ({RANDOM_KEY.upper()})",
            icon=":material/casino:",
            key=f"{key}-random",
            help="Takes a random test image, on which the network was not trained.",
            on_click=_take_random,
            args=(checkpoint,),
            width="stretch",
        )
        bus.hide(f"{key}-shortcut")
        _SHORTCUT(key=f"{key}-shortcut", data={"key": RANDOM_KEY, "button": f"{key}-random"})
        # Without an encoder only stored images have latents.
        ways = [DRAW, UPLOAD, CAMERA, PICK] if checkpoint.manifest.encodes else [PICK]
        way = st.segmented_control(
            "Image input",
            ways,
            default=ways[0],
            required=True,
            key=f"{key}-way",
            label_visibility="collapsed",
            width="stretch",
        )
        _panels(preview=preview, voice=voice, network=network)[way or ways[0]](checkpoint, key)
    return current(checkpoint)


def _panels(
    *, preview: bool, voice: str | None, network: bool
) -> dict[str, Callable[[Checkpoint, str], None]]:
    return {
        DRAW: lambda checkpoint, key: drawing.panel(
            checkpoint, key=key, preview=preview, voice=voice, sends_network=network
        ),
        UPLOAD: lambda checkpoint, key: upload.upload(checkpoint, key=key),
        CAMERA: lambda checkpoint, key: upload.camera(checkpoint, key=key),
        PICK: _pick,
    }


def _take_random(checkpoint: Checkpoint) -> None:
    """Take any test image but the one that is there: else it would look as if nothing was done."""
    index = cache.index(checkpoint)
    rows = queries.test_rows(index)
    others = rows[rows != queries.row_of(index, current(checkpoint))]
    row = int(np.random.default_rng().choice(others if len(others) else rows))
    set_image(checkpoint, queries.stored(checkpoint, row))


def _pick(checkpoint: Checkpoint, key: str) -> None:
    """Choose a stored test image by class and number; shows which one is asked about."""
    names = _labels(checkpoint)
    label, number = _picked(checkpoint)
    # The image may come from another input: the boxes say what is on the screen.
    if names:
        state.remember(f"{key}-class", label)
        st.selectbox(
            "Class",
            list(names),
            format_func=names.__getitem__,
            index=None,
            placeholder="Choose a class",
            key=f"{key}-class",
            on_change=_take_picked,
            args=(checkpoint, key),
        )
        if label is None:
            return
    most = len(_rows(checkpoint, label))
    state.remember(f"{key}-number", number)
    st.number_input(
        f"Image number, 1 to {most:,}",
        value=None,
        min_value=1,
        max_value=most,
        key=f"{key}-number",
        on_change=_take_picked,
        args=(checkpoint, key),
    )
    st.caption("Test images whose latents are in the checkpoint.")


def _labels(checkpoint: Checkpoint) -> dict[int, str]:
    """Return the names of the classes of stored test images."""
    labels = np.unique(cache.index(checkpoint).labels[_rows(checkpoint, None)]).tolist()
    names = ((label, checkpoint.manifest.class_name(label)) for label in labels)
    return {label: name for label, name in names if name is not None}


def _rows(checkpoint: Checkpoint, label: int | None) -> np.ndarray:
    index = cache.index(checkpoint)
    rows = queries.test_rows(index)
    return rows if label is None else rows[index.labels[rows] == label]


def _picked(checkpoint: Checkpoint) -> tuple[int | None, int | None]:
    """Return class and number of the image asked about, None where it is none of these."""
    index = cache.index(checkpoint)
    row = queries.row_of(index, current(checkpoint))
    if row is None or row not in queries.test_rows(index):
        return None, None
    label = int(index.labels[row])
    known = label if label in _labels(checkpoint) else None
    return known, int(np.flatnonzero(_rows(checkpoint, known) == row)[0]) + 1


def _take_picked(checkpoint: Checkpoint, key: str) -> None:
    label = state.recall(f"{key}-class", -1)
    rows = _rows(checkpoint, label if label in _labels(checkpoint) else None)
    number = min(max(state.recall(f"{key}-number", 1), 1), len(rows))
    set_image(checkpoint, queries.stored(checkpoint, int(rows[number - 1])))

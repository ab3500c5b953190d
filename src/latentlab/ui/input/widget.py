"""The widget: one row of ways to bring an image in, and the panel of the chosen one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from latentlab import web
from latentlab.checkpoints import Checkpoint
from latentlab.ui.input import carrier, drawing, upload
from latentlab.ui.input import query as queries
from latentlab.ui.input.history import current, set_image
from latentlab.ui.input.query import Query
from latentlab.ui.shell import cache, state

RANDOM_KEY = "r"
DRAW, UPLOAD, CAMERA, PICK = "Draw", "Upload", "Camera", "Pick"
_SHORTCUT = st.components.v2.component("latentlab_shortcut", js=web.read("shortcut.js"))


def image_input(
    checkpoint: Checkpoint, *, key: str = "bring", preview: bool = True, voice: str | None = None
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

    Returns
    -------
    Query
    """
    with st.container(key=f"{key}-widget", gap="small"):
        st.button(
            f"Random image ({RANDOM_KEY.upper()})",
            icon=":material/casino:",
            key=f"{key}-random",
            help="Takes an image that the network never saw while it learned.",
            on_click=_take_random,
            args=(checkpoint,),
            width="stretch",
        )
        carrier.hide(f"{key}-shortcut")
        _SHORTCUT(key=f"{key}-shortcut", data={"key": RANDOM_KEY, "button": f"{key}-random"})
        way = st.segmented_control(
            "Bring an image in",
            [DRAW, UPLOAD, CAMERA, PICK],
            default=DRAW,
            required=True,
            key=f"{key}-way",
            label_visibility="collapsed",
            width="stretch",
        )
        _panels(preview=preview, voice=voice)[way or DRAW](checkpoint, key)
    return current(checkpoint)


def _panels(*, preview: bool, voice: str | None) -> dict[str, Callable[[Checkpoint, str], None]]:
    return {
        DRAW: lambda checkpoint, key: drawing.panel(
            checkpoint, key=key, preview=preview, voice=voice
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
    """Choose a stored test image by class and number."""
    index = cache.index(checkpoint)
    rows = queries.test_rows(index)
    names = dict(enumerate(checkpoint.manifest.class_names))
    found = [label for label in np.unique(index.labels[rows]).tolist() if label in names]
    if found:
        chosen = st.selectbox(
            "Class",
            found,
            format_func=lambda label: names[label],
            key=f"{key}-class",
            on_change=_take_picked,
            args=(checkpoint, key),
        )
        rows = rows[index.labels[rows] == chosen]
    st.number_input(
        f"Number, 1 to {len(rows):,}",
        min_value=1,
        max_value=len(rows),
        key=f"{key}-number",
        on_change=_take_picked,
        args=(checkpoint, key),
    )
    st.caption("Test images of which the checkpoint carries the latent.")


def _take_picked(checkpoint: Checkpoint, key: str) -> None:
    index = cache.index(checkpoint)
    rows = queries.test_rows(index)
    label = state.recall(f"{key}-class", -1)
    if label in index.labels[rows]:
        rows = rows[index.labels[rows] == label]
    number = min(max(state.recall(f"{key}-number", 1), 1), len(rows))
    set_image(checkpoint, queries.stored(checkpoint, int(rows[number - 1])))

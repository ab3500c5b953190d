"""The decode canvas: the latent space at mouse speed, as a component of the page.

``messages.py`` says what Python sends; the script is ``web/explore/``, where ``app.ts`` is where to
begin. Nothing is fetched but what this server offers.
"""

from __future__ import annotations

import streamlit as st

from latentlab import web

ADDRESS_KEY = "canvas-address"
"""Under this key Streamlit keeps what the canvas says of the address, while it is on screen."""

_CANVAS = st.components.v2.component(
    "latentlab_canvas",
    html='<div id="lab"></div>',
    css=web.read("explore.css"),
    js=web.read("explore.js"),
)


def draw(data: bytes) -> None:
    """Draw the canvas; it fills the window below the frame.

    Parameters
    ----------
    data : bytes
        From ``messages.network``. Unchanged bytes are sent only once.
    """
    _CANVAS(key="canvas", data=data)

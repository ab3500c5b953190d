"""The decode canvas: the latent space at mouse speed, as a component of the page.

``messages.py`` says what Python sends; the script is ``web/explore/``, where ``app.ts`` is where to
begin. Nothing is fetched from anywhere.
"""

from __future__ import annotations

from typing import Any

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
_FEEDER = st.components.v2.component("latentlab_feeder", js=web.read("feeder.js"))
_VOICE = st.components.v2.component("latentlab_voice", js=web.read("voice.js"))


def draw(data: bytes) -> None:
    """Draw the canvas; it fills the window below the frame.

    Parameters
    ----------
    data : bytes
        From ``messages.network``. Unchanged bytes are sent only once.
    """
    _CANVAS(key="canvas", data=data)


def feed(data: bytes, *, key: str) -> None:
    """Hand the canvas a further message, without drawing anything.

    Parameters
    ----------
    data : bytes
        From ``messages``.
    key : str
        One for each kind of message.
    """
    _FEEDER(key=f"canvas-feed-{key}", data=data)


def listen(name: str) -> object:
    """Let the canvas say things of one kind.

    Each time it does, the fragment that called this runs again; so nothing large should be in it.

    Parameters
    ----------
    name : str
        "address" (a dict of what the address should hold), "load" (a list of names of networks to
        compare with) or "ask" (latents that the server should decode).

    Returns
    -------
    object
        What was last said, or None. It comes from the browser: believe nothing.
    """
    callbacks: dict[str, Any] = {f"on_{name}_change": lambda: None}
    said = _VOICE(key=f"canvas-{name}", data={"names": [name]}, **callbacks)
    return getattr(said, name, None)

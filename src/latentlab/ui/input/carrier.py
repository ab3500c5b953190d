"""A component without a face that carries large messages to the visible ones, once."""

from __future__ import annotations

import streamlit as st

from latentlab import web

_CARRIER = st.components.v2.component("latentlab_carrier", js=web.read("carrier.js"))
# Without a face it would still take its share of the space between the others.
_FACELESS = "<style>.st-key-{key} {{ position: absolute; }}</style>"


def carry(message: bytes, *, key: str) -> None:
    """Hand a message to the components of the page.

    Parameters
    ----------
    message : bytes
        From ``export.message.pack``, with a ``topic`` in its header; heard by ``web/lib/link.ts``.
    key : str
        Unique on the page.
    """
    hide(key)
    _CARRIER(key=key, data=message)


def hide(key: str) -> None:
    """Let the element of this key take no space."""
    st.html(_FACELESS.format(key=key))

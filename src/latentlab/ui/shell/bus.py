"""What Python and the scripts of a page say beside their own data; see ``web/lib/bus.ts``.

A component whose data changes is sent anew as a whole, and one that speaks makes its part of the
page run again. So large messages, and words of a few bytes, go through components without a face.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from latentlab import web
from latentlab.ui.shell.outbox import OUTBOX

LARGE = 32_768  # bytes; a smaller message is there sooner when it comes with the page

_CARRIER = st.components.v2.component("latentlab_carrier", js=web.read("carrier.js"))
_VOICE = st.components.v2.component("latentlab_voice", js=web.read("voice.js"))
# Without a face it would still take its share of the space between the others, and a phone's page
# could be pushed sideways by as much as it stands to the right.
_FACELESS = "<style>.st-key-{key} {{ position: absolute; width: 1px; }}</style>"


def carry(message: bytes | Mapping[str, object], *, key: str) -> None:
    """Hand a message to the scripts of the page.

    Parameters
    ----------
    message : bytes or mapping
        From ``export.message.pack``, with an ``id`` in its header under which the scripts hear it;
        or something small, as ``id`` and ``value``. What is unchanged is sent only once. What is
        large and the same for every visitor is rather offered.
    key : str
        Unique on the page.
    """
    hide(key)
    _CARRIER(key=key, data=message)


def offer(message: bytes, *, key: str) -> None:
    """Let the scripts of the page fetch a message that is the same for every visitor.

    They hear it as if it had been carried.

    Parameters
    ----------
    message : bytes
        As for `carry`, and the same object each time. A small one is carried.
    key : str
        Unique on the page.
    """
    carry(message if len(message) < LARGE else {"fetch": OUTBOX.offer(message)}, key=key)


def listen(name: str, *, key: str) -> object:
    """Let the scripts of the page say things of one kind.

    Each time one does, the fragment that called this runs again; so nothing large should be in it.

    Parameters
    ----------
    name : str
        What the scripts call it.
    key : str
        Unique on the page.

    Returns
    -------
    object
        What was last said, or None. It comes from the browser: believe nothing.
    """
    callbacks: dict[str, Any] = {f"on_{name}_change": lambda: None}
    said = _VOICE(key=key, data={"names": [name]}, **callbacks)
    return getattr(said, name, None)


def hide(key: str) -> None:
    """Let the element of this key take no space."""
    st.html(_FACELESS.format(key=key))

"""The hourglass: a component that sends an image through the network, layer by layer.

All that moves is computed in the browser (``web/network/``); the server says which image it is.
"""

from __future__ import annotations

import streamlit as st

from latentlab import web
from latentlab.checkpoints import Checkpoint
from latentlab.ui.input import drawing, history, image_input
from latentlab.ui.network import messages
from latentlab.ui.shell import bus, cache, kept_address, torch_ready

WIDGET = "network"
KEY = "network-hourglass"
ADDRESS_KEY = f"{KEY}-address"
ADDRESS = ("part", "z", "degradation", "variant")  # as in web/network/address.ts

_HOURGLASS = st.components.v2.component(
    "latentlab_network",
    html='<div id="network"></div>',
    css=web.read("network.css"),
    js=web.read("network.js"),
)


def show(checkpoint: Checkpoint) -> None:
    """Show image input and hourglass side by side.

    Parameters
    ----------
    checkpoint : Checkpoint
    """
    returned = kept_address.returned(ADDRESS, ADDRESS_KEY)
    if returned:
        bus.carry({"id": "network address", "value": returned}, key=f"{KEY}-returned")
    _conversation(checkpoint)
    # Last, because it is large: the frame of the page and the scripts do not wait for it.
    bus.offer(messages.network(checkpoint), key=f"{KEY}-parts")
    _keep_address()
    torch_ready.first_picture_sent()


def is_drawn(checkpoint: Checkpoint) -> bool:
    """Say whether the hourglass is on screen, or cannot be; call it in a fragment, which then runs.

    Parameters
    ----------
    checkpoint : Checkpoint
    """
    return bus.listen("drawn", key=f"{KEY}-drawn") == checkpoint.fingerprint


@st.fragment
def _conversation(checkpoint: Checkpoint) -> None:
    """Take an image and show the activations of each layer."""
    left, right = st.columns([2.4, 9], gap="medium")
    draws = cache.originals(checkpoint) is None and cache.without_torch(checkpoint) is None
    if draws and not torch_ready.is_loaded():
        with right:
            _picture(checkpoint)
        with left:
            torch_ready.wait()  # how the images look is then found in what the network decodes
    with left:
        image_input(checkpoint, key=WIDGET, preview=False, voice=KEY, network=False)
    with right:
        _picture(checkpoint)


@st.fragment
def _picture(checkpoint: Checkpoint) -> None:
    """Send the image; a stroke runs this alone."""
    said = drawing.take(checkpoint, KEY)
    query = history.current(checkpoint)
    blob = messages.picture(checkpoint, query, drawing=drawing.number_of(said))
    _HOURGLASS(key=KEY, data=blob, on_drawing_change=lambda: None)


@st.fragment
def _keep_address() -> None:
    """Keep what the hourglass wrote into the address, so that Streamlit knows of it too."""
    kept_address.follow(ADDRESS, ADDRESS_KEY)

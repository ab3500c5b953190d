"""The Training page's component: map, images, loss curves and controls.

The script is ``web/training/``, where ``app.ts`` is where to begin.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from latentlab import web

ADDRESS_KEY = "training-address"
"""Under this key Streamlit keeps what the component says of the address, while it is on screen."""

_TRAINING = st.components.v2.component(
    "latentlab_training",
    html='<div id="training"></div>',
    css=web.read("training.css"),
    js=web.read("training.js"),
)


def draw(setting: Mapping[str, object]) -> None:
    """Draw the component; it fills the window below the frame.

    Parameters
    ----------
    setting : mapping of str to JSON values
        What there is to show and to choose from; see ``web/training/messages.ts``.
    """
    _TRAINING(key="training", data=setting)

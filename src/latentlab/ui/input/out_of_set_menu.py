"""The menu of images that are unlike a network's training images."""

from __future__ import annotations

import numpy as np
import streamlit as st

from latentlab.checkpoints import Checkpoint
from latentlab.ui.input.history import set_image
from latentlab.ui.input.out_of_set import OUT_OF_SET, out_of_set_for
from latentlab.ui.input.query import Query


def out_of_set_menu(checkpoint: Checkpoint, *, key: str, question: str) -> None:
    """Offer such images; a click asks about one.

    Parameters
    ----------
    checkpoint : Checkpoint
    key : str
        Of the page: unique in the app.
    question : str
        What to look for.
    """
    with st.popover("Out-of-set images", icon=":material/help:", width="stretch"):
        st.caption(question)
        for name in out_of_set_for(checkpoint.manifest.config.dataset):
            st.button(
                name,
                key=f"{key}-out-of-set-{name}",
                on_click=_bring,
                args=(checkpoint, name),
                width="stretch",
            )


def _bring(checkpoint: Checkpoint, name: str) -> None:
    image = OUT_OF_SET[name](checkpoint.manifest.image_shape, np.random.default_rng())
    set_image(checkpoint, Query(image, name.lower()))

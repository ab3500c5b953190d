"""The Bottleneck page, from top to bottom."""

from __future__ import annotations

import numpy as np
import streamlit as st

from latentlab.checkpoints import Checkpoint, Family
from latentlab.ui.bottleneck import board, row, uses
from latentlab.ui.input import image_input
from latentlab.ui.input.history import set_image
from latentlab.ui.input.out_of_set import OUT_OF_SET, strange_to
from latentlab.ui.input.query import Query
from latentlab.ui.shell import download_panel, families, state, torch_ready
from latentlab.ui.shell.errors import plain
from latentlab.wording import words

WIDGET = "bottleneck"
NOT_HERE = (
    "This image is not on this machine, and its latents are not stored. Draw one, upload one, or "
    "take a random one."
)
CODE = """\
for size in (1, 2, 4, 8, 16, 32, 64):                        # one network each
    z = encoder[size](x)                                     # a VAE's mean
    error[size] = ((decoder[size](z) - x) ** 2).mean()
    W = pca.components_[:size]                               # fitted to the training images
    linear[size] = ((mean + (x - mean) @ W.T @ W).clip(0, 1) - x).square().mean()
    sample[size] = decoder[size](torch.randn(4, size))       # a VAE's prior
"""


def render(checkpoint: Checkpoint) -> None:
    """Draw the page.

    Parameters
    ----------
    checkpoint : Checkpoint
        A member of the family that is shown.
    """
    family = families.of(checkpoint)
    if family is None:
        return
    _choose(family)
    download_panel.panel(checkpoint)
    conversation = st.container()
    uses.section(family)
    with st.expander("How is this computed?", icon=":material/function:"):
        st.code(CODE, language="python")
    with conversation:  # stands first; filled last, because it may wait for PyTorch
        torch_ready.wait()
        _conversation(family, checkpoint.manifest.config.latent_dim)


def _choose(family: Family) -> None:
    """Offer the families that were found."""
    found = families.found()
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen = st.selectbox(
            "Family",
            found,
            index=found.index(family),
            format_func=lambda each: f"{each.name}: {plain(words.family(each))}",
            key=f"bottleneck-family-{family.name}",
            label_visibility="collapsed",
            width=520,
        )
        st.caption("How low should z be? It depends on the task.")
    if chosen != family:
        state.choose_checkpoint(chosen.members[0].name)
        st.rerun()


@st.fragment
def _conversation(family: Family, opened: int) -> None:
    """Bring an image in and see what every size makes of it. The dial runs only this."""
    first = family.members[0]
    left, right = st.columns([8.6, 3], gap="medium")
    with right:
        query = image_input(first, key=WIDGET, preview=False)
        _strangers(first)
    with left:
        chosen = board.asked(family, opened)
        cells = row.row(family, query, chosen.seed)
        if cells is None:
            st.info(NOT_HERE, icon=":material/hide_image:")
        else:
            board.show(family, query, cells, chosen)


def _strangers(checkpoint: Checkpoint) -> None:
    """Offer images that are unlike the training images."""
    with st.popover("Out-of-set images", icon=":material/help:", width="stretch"):
        st.caption("Which sizes can reconstruct it, and which detect that it is unusual?")
        for name in strange_to(checkpoint.manifest.config.dataset):
            st.button(
                name,
                key=f"bottleneck-out-of-set-{name}",
                on_click=_bring_stranger,
                args=(checkpoint, name),
                width="stretch",
            )


def _bring_stranger(checkpoint: Checkpoint, name: str) -> None:
    image = OUT_OF_SET[name](checkpoint.manifest.image_shape, np.random.default_rng())
    set_image(checkpoint, Query(image, name.lower()))

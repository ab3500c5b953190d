"""The Bottleneck page, from top to bottom."""

from __future__ import annotations

import streamlit as st

from latentlab.checkpoints import Checkpoint, Family
from latentlab.ui.bottleneck import board, row, uses
from latentlab.ui.input import image_input
from latentlab.ui.input.out_of_set_menu import out_of_set_menu
from latentlab.ui.shell import cache, download_panel, families, state, torch_ready
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
        if any(cache.without_torch(member) is None for member in family.members):
            torch_ready.wait()
        _conversation(family, checkpoint.manifest.config.latent_dim)
        torch_ready.first_picture_sent()


def _choose(family: Family) -> None:
    """Offer the families that were found."""
    found = families.found()
    with st.container(horizontal=True, vertical_alignment="center", key="bottleneck-heading"):
        chosen = st.selectbox(
            "Family",
            found,
            index=found.index(family),
            format_func=lambda each: f"{each.name}: {plain(words.family(each))}",
            key=f"bottleneck-family-{family.name}",
            label_visibility="collapsed",
            width=520,
        )
        st.caption("How many latent dimensions does each task need?")
    if chosen != family:
        state.choose_checkpoint(chosen.members[0].name)
        st.rerun()


@st.fragment
def _conversation(family: Family, opened: int) -> None:
    """Take an image and show its reconstruction at every z. The dial runs only this."""
    first = family.members[0]
    left, right = st.columns([8.6, 3], gap="medium")
    with right:
        query = image_input(first, key=WIDGET, preview=False)
        out_of_set_menu(
            first,
            key="bottleneck",
            question="At which z is it reconstructed, and at which is it predicted anomalous?",
        )
    with left:
        chosen = board.asked(family, opened)
        cells = row.row(family, query, chosen.seed)
        if cells is None:
            st.info(NOT_HERE, icon=":material/hide_image:")
        else:
            board.show(family, query, cells, chosen)

"""The Restore page, from top to bottom."""

from __future__ import annotations

import numpy as np
import streamlit as st

from latentlab.checkpoints import Checkpoint
from latentlab.images import png, to_pixels
from latentlab.tasks import TASKS
from latentlab.ui.input import image_input
from latentlab.ui.input.history import set_image
from latentlab.ui.input.query import Query
from latentlab.ui.restore import answer, board, networks, photograph
from latentlab.ui.restore.out_of_set import STRANGERS, strange_to
from latentlab.ui.shell import download_panel, state
from latentlab.ui.shell.errors import plain

WIDGET = "restore"
TRAIN = "latentlab train --dataset digits --task denoise --model ae --latent-dim 16"
NOT_HERE = (
    "This image is not on this machine, so there is nothing to restore. Download the images, or "
    "bring in one of your own."
)
CODE = """\
task = tasks.TASKS["denoise"]
degraded = task.degrade(x, strength, seed=0)
restored = task.finish(degraded, network.restore(degraded.images))
psnr = -10 * torch.log10(((restored - x) ** 2).mean())       # x is the clean picture
baselines = [b.restore(degraded) for b in BASELINES["denoise"]]  # scikit-image's, among others
# The best on validation images is shown, through a tone curve that was fitted on these.
"""


def render(checkpoint: Checkpoint) -> None:
    """Draw the page.

    Parameters
    ----------
    checkpoint : Checkpoint
        What the visitor looks at; where it undoes nothing, the first that does is shown.
    """
    found = networks.restorers()
    if not found:
        _empty(checkpoint)
        return
    shown = next((other for other in found if other.name == checkpoint.name), found[0])
    shown = _choose(found, shown)
    download_panel.panel(shown)
    _conversation(shown)
    photograph.panel(shown)
    with st.expander("How is this computed?", icon=":material/function:"):
        st.code(CODE, language="python")


def _empty(checkpoint: Checkpoint) -> None:
    st.header("No network here undoes damage", anchor=False)
    st.write(f"{plain(checkpoint.name)} gives pictures back as they are. Train one that restores:")
    st.code(TRAIN, language="bash", wrap_lines=True)


def _choose(found: list[Checkpoint], shown: Checkpoint) -> Checkpoint:
    """Offer the tasks there is a network for, and the networks of the chosen one."""
    tasks = [name for name in TASKS if any(c.manifest.config.task == name for c in found)]
    left, right = st.columns([7, 5], vertical_alignment="center", gap="medium")
    with left:
        name = st.segmented_control(
            "What to undo",
            tasks,
            default=shown.manifest.config.task,
            required=True,
            format_func=lambda task: TASKS[task].title,
            key=f"restore-task-{shown.name}",
            label_visibility="collapsed",
        )
    of_task = [c for c in found if c.manifest.config.task == name]
    if shown not in of_task:
        _switch(of_task[0])
    with right:
        chosen = st.selectbox(
            "Network",
            of_task,
            index=of_task.index(shown),
            format_func=lambda c: f"{networks.kind(c)} · {c.name}",
            key=f"restore-network-{shown.name}",
            label_visibility="collapsed",
        )
    if chosen.name != shown.name:
        _switch(chosen)
    return shown


def _switch(checkpoint: Checkpoint) -> None:
    state.choose_checkpoint(checkpoint.name)
    st.rerun()


@st.fragment
def _conversation(checkpoint: Checkpoint) -> None:
    """Bring a picture in, damage it, see what is made of it. The slider runs only this."""
    # The board first: on a narrow screen it lies above.
    left, right = st.columns([8.6, 3], gap="medium")
    with right:
        query = image_input(checkpoint, key=WIDGET, preview=False)
        _strangers(checkpoint)
    with left:
        if query.is_absent:
            st.info(NOT_HERE, icon=":material/hide_image:")
            return
        asked = answer.read(board.said(), checkpoint, query.source)
        panels = answer.panels(checkpoint, query, asked)
        board.show(checkpoint, query.source, asked, panels, on_ask=_nothing)
        if said := answer.verdict(checkpoint, asked.strength):
            st.caption(said)
        st.download_button(
            "Download the restored picture",
            png(to_pixels(panels[2].image)),
            file_name=f"{checkpoint.name}.png",
            mime="image/png",
            icon=":material/download:",
            on_click="ignore",
        )


def _strangers(checkpoint: Checkpoint) -> None:
    """Offer pictures that the network was not trained for."""
    with st.popover("Something it never saw", icon=":material/help:", width="stretch"):
        st.caption("Does it restore, or does it invent what it knows?")
        for name in strange_to(checkpoint.manifest.config.dataset):
            st.button(
                name,
                key=f"restore-stranger-{name}",
                on_click=_bring_stranger,
                args=(checkpoint, name),
                width="stretch",
            )


def _bring_stranger(checkpoint: Checkpoint, name: str) -> None:
    image = STRANGERS[name](checkpoint.manifest.image_shape, np.random.default_rng())
    set_image(checkpoint, Query(image, name.lower()))


def _nothing() -> None:
    """Do nothing more: the fragment runs again, and that is what was asked for."""

"""The Restore page, from top to bottom."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from latentlab.checkpoints import Checkpoint, Family
from latentlab.images import png, to_pixels
from latentlab.tasks import TASKS
from latentlab.ui.input import image_input
from latentlab.ui.input.out_of_set_menu import out_of_set_menu
from latentlab.ui.restore import answer, board, networks, photograph
from latentlab.ui.shell import download_panel, families, state

WIDGET = "restore"
NOT_HERE = (
    "This image is not on this machine, so there is nothing to restore. Download the images, or "
    "use one of your own."
)
CODE = """\
task = tasks.TASKS["denoise"]
degraded = task.degrade(x, strength, seed=0)
restored = task.finish(degraded, network.restore(degraded.images))
psnr = -10 * torch.log10(((restored - x) ** 2).mean())       # x is the clean image
baselines = [b.restore(degraded) for b in BASELINES["denoise"]]  # scikit-image's, among others
# The best on validation images is shown, through a tone curve that was fitted on these.
"""


def render(checkpoint: Checkpoint) -> None:
    """Draw the page.

    Parameters
    ----------
    checkpoint : Checkpoint
        The network that restores: this page has one of its own.
    """
    _choose(checkpoint)
    download_panel.panel(checkpoint)
    _conversation(checkpoint)
    photograph.panel(checkpoint)
    with st.expander("How is this computed?", icon=":material/function:"):
        st.code(CODE, language="python")


def _choose(shown: Checkpoint) -> None:
    """Offer the image sets, the tasks there is a network for in this one, and their networks."""
    found = networks.by_image_set()
    tasks = found[networks.image_set(shown)]
    task = shown.manifest.config.task
    with st.container(horizontal=True, vertical_alignment="center"):
        images = st.selectbox(
            "Images",
            list(found),
            index=list(found).index(networks.image_set(shown)),
            format_func=lambda title: f"{title[:1].upper()}{title[1:]}",
            key=f"restore-images-{shown.name}",
            label_visibility="collapsed",
            width=290,
        )
        wanted = st.segmented_control(
            "Task",
            list(tasks),
            default=task,
            required=True,
            format_func=lambda name: TASKS[name].title,
            key=f"restore-task-{shown.name}",
            label_visibility="collapsed",
        )
        chosen = _choose_network(tasks[task], shown)
    if images != networks.image_set(shown):
        of_set = found[images]
        _switch(of_set.get(task, next(iter(of_set.values())))[0])
    if wanted != task:
        _switch(tasks[wanted or task][0])
    if chosen != shown:
        _switch(chosen)


def _choose_network(offered: list[Checkpoint], shown: Checkpoint) -> Checkpoint:
    """Offer networks; those that differ only in the size of the latent are one, with its sizes."""
    entries, own = families.folded(offered), families.of(shown)
    chosen = st.selectbox(
        "Network",
        entries,
        index=entries.index(own or shown),
        format_func=networks.title,
        key=f"restore-network-{shown.name}",
        label_visibility="collapsed",
        width=350,
    )
    if not isinstance(chosen, Family):
        return chosen
    if chosen != own:
        return chosen.members[-1]
    size = st.segmented_control(
        "z",
        chosen.sizes,
        default=shown.manifest.config.latent_dim,
        required=True,
        format_func=lambda size: f"z = {size}",
        key=f"restore-size-{shown.name}",
        label_visibility="collapsed",
    )
    return next((m for m in chosen.members if m.manifest.config.latent_dim == size), shown)


def _switch(checkpoint: Checkpoint) -> None:
    state.choose_restorer(checkpoint.name)
    st.rerun()


@st.fragment
def _conversation(checkpoint: Checkpoint) -> None:
    """Take an image, degrade it and restore it. The slider runs only this."""
    # The board first: on a narrow screen it lies above.
    left, right = st.columns([8.6, 3], gap="medium")
    with right:
        query = image_input(checkpoint, key=WIDGET, preview=False)
        out_of_set_menu(
            checkpoint,
            key="restore",
            question="Does it restore the image, or turn it into a training-set image?",
        )
    with left:
        if query.is_absent:
            st.info(NOT_HERE, icon=":material/hide_image:")
            return
        asked = answer.read(_said(checkpoint), checkpoint, query.source)
        _keep(checkpoint, asked)
        panels = answer.panels(checkpoint, query, asked)
        board.show(checkpoint, query.source, asked, panels, on_ask=_nothing)
        if said := answer.verdict(checkpoint, asked.strength):
            st.caption(said)
        st.download_button(
            "Download the restored image",
            png(to_pixels(panels[2].image)),
            file_name=f"{checkpoint.name}.png",
            mime="image/png",
            icon=":material/download:",
            on_click="ignore",
        )


def _said(checkpoint: Checkpoint) -> dict[str, object]:
    """Return what the board asks for, with the degradation of the address where that is newer."""
    said = board.said()
    given = dict(said) if isinstance(said, Mapping) else {}
    task = checkpoint.manifest.config.task
    told = given if given.get("task") == task else {}
    texts = {
        "strength": _text(told.get("strength")),
        "kind": _text(told.get("kind")) if len(TASKS[task].kinds) > 1 else None,
        "seed": _text(told.get("seed") or None),
    }
    for name, (field, text) in zip(state.DEGRADATION, texts.items(), strict=True):
        newest = state.latest(name, text)
        given[field] = newest if field == "kind" else _number(newest)
    return given | {"task": task}


def _text(value: object) -> str | None:
    if isinstance(value, int | float):
        return f"{value:.10g}"
    return value if isinstance(value, str) else None


def _number(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return None


def _keep(checkpoint: Checkpoint, asked: answer.Asked) -> None:
    """Let the address say what is shown."""
    kind = asked.kind if len(TASKS[checkpoint.manifest.config.task].kinds) > 1 else None
    values = (f"{asked.strength:g}", kind, f"{asked.seed}" if asked.seed else None)
    state.to_address(**dict(zip(state.DEGRADATION, values, strict=True)))


def _nothing() -> None:
    """Do nothing more: the fragment runs again, and that is what was asked for."""

"""The checkpoint picker: what the whole app is looking at, in the top bar of every page."""

from __future__ import annotations

import streamlit as st

from latentlab.checkpoints import Checkpoint
from latentlab.errors import unknown_name
from latentlab.ui.shell import cache, state
from latentlab.ui.shell.errors import plain
from latentlab.ui.shell.pictures import data_uri
from latentlab.wording import words

NO_LATENT = "has no latent that this page could show."
TRAIN = "latentlab train --dataset digits --model vae --latent-dim 2"


def current(*, needs_latent: bool = True) -> Checkpoint:
    """Return the checkpoint that the visitor looks at.

    Pages call it first. Where a page is opened without the frame of ``app.py``, the picker draws
    itself. Where there is no checkpoint, the page ends here, with what to do about it.

    Parameters
    ----------
    needs_latent : bool
        Whether the page shows latents: then a network that has none (a U-Net) is not offered it,
        and the page says which one it shows instead.

    Returns
    -------
    Checkpoint
        The chosen one; the first, if none was chosen or the chosen one does not exist.
    """
    good, _ = cache.checkpoints()
    if not good:
        _empty()
        st.stop()
    if not state.frame_drawn():
        draw()
    chosen = _chosen(good)
    if not needs_latent or words.shows_latents(chosen):
        return chosen
    instead = next(
        (
            checkpoint
            for checkpoint in cache.in_order_of_opening(good)
            if words.shows_latents(checkpoint)
        ),
        None,
    )
    if instead is None:
        st.info(f"{plain(chosen.name)} {NO_LATENT} Train another: `{TRAIN}`")
        st.stop()
    st.caption(f"{plain(chosen.name)} {NO_LATENT} Showing {plain(instead.name)}.")
    return instead


def draw() -> None:
    """Draw the picker in the top bar, with a thumbnail and a plain line for every checkpoint."""
    good, _ = cache.checkpoints()
    if not good:
        return
    chosen = _chosen(good)
    state.to_address(checkpoint=chosen.name)
    with (
        st.container(key="picker"),
        st.popover(
            f"{_picture(chosen)} {plain(words.line(chosen))}",
        ),
    ):
        st.caption("Every checkpoint is a network that was trained before.")
        for checkpoint in good:
            _choice(checkpoint, chosen=checkpoint.name == chosen.name)
        list_refused()


def explain_missing() -> None:
    """Say so, in one sentence, when the address names a checkpoint that is not there."""
    good, refused = cache.checkpoints()
    asked = state.chosen_checkpoint()
    if asked is None or not good or asked in {checkpoint.name for checkpoint in good}:
        return
    reasons = [folder.reason for folder in refused if folder.name == asked]
    sentence = reasons[0] if reasons else unknown_name("checkpoint", asked, [c.name for c in good])
    st.warning(f"{plain(sentence)} Showing {plain(_chosen(good).name)} instead.")


def list_refused() -> None:
    """List the folders that cannot be shown, one quiet sentence each."""
    _, refused = cache.checkpoints()
    for folder in refused:
        st.caption(f":material/block: {plain(folder.reason)}")


def _chosen(good: tuple[Checkpoint, ...]) -> Checkpoint:
    asked = state.chosen_checkpoint()
    by_name = {checkpoint.name: checkpoint for checkpoint in good}
    return by_name.get(asked or "", cache.in_order_of_opening(good)[0])


def _picture(checkpoint: Checkpoint) -> str:
    return f"![]({data_uri(cache.thumbnail(checkpoint))})"


def _choice(checkpoint: Checkpoint, *, chosen: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.image(cache.thumbnail(checkpoint), width=56, output_format="PNG")
        st.button(
            f"**{plain(checkpoint.name)}**  \n{plain(words.line(checkpoint))}",
            key=f"pick-{checkpoint.name}",
            type="tertiary",
            icon=":material/check:" if chosen else None,
            on_click=state.choose_checkpoint,
            args=(checkpoint.name,),
            width="stretch",
        )


def _empty() -> None:
    with st.container(key="empty-state"):
        st.header("No checkpoint yet", anchor=False)
        st.write(
            "A checkpoint is a trained network together with what it learned. Train the first one "
            "in a terminal; it takes about a minute and needs no download:"
        )
        st.code(TRAIN, language="bash", wrap_lines=True)
        st.write(f"It appears here by itself, from the folder `{cache.root()}`.")
        st.button("Look again", icon=":material/refresh:")
        list_refused()

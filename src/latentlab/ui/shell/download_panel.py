"""The panel that says where a checkpoint's images are, and fetches them if they are missing."""

from __future__ import annotations

import streamlit as st

from latentlab import data
from latentlab.checkpoints import Checkpoint, originals
from latentlab.errors import DataError
from latentlab.ui.shell import cache, downloads, state
from latentlab.ui.shell.errors import plain
from latentlab.wording import words

LOOK_EVERY_SECONDS = 0.5


def panel(checkpoint: Checkpoint) -> None:
    """Draw the panel; nothing where the images are on this machine.

    Parameters
    ----------
    checkpoint : Checkpoint
    """
    name = checkpoint.manifest.config.dataset
    download = downloads.find(name)
    if download is not None and download.running:
        _progress(name)
        return
    problem = cache.lookup(checkpoint).problem
    if problem is None:
        return
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key="images-missing"
    ):
        is_here = "have changed" if problem == "changed" else "are not on this machine"
        st.markdown(
            f"**The original images ({plain(words.image_set(checkpoint.manifest.config))}) "
            f"{is_here}.** Empty tiles stand in their place."
        )
        if problem == "changed" or _download_size(name) is None:
            st.markdown(plain(originals.explanation(checkpoint, problem)))
        else:
            _offer(name)
        if download is not None and download.problem:
            st.error(plain(download.problem), icon=":material/error:")


def _offer(name: str) -> None:
    if not state.is_at_the_machine():
        st.markdown("They can be downloaded on the machine that runs this app.")
        return
    st.button(
        f"Download them ({_download_size(name)})",
        icon=":material/download:",
        on_click=_start,
        args=(name,),
        key="download",
        help="Fetches the images once and keeps them in the data folder of this machine.",
    )


def _start(name: str) -> None:
    downloads.start(name)


@st.fragment(run_every=LOOK_EVERY_SECONDS)
def _progress(name: str) -> None:
    download = downloads.find(name)
    if download is None or not download.running:
        st.rerun()
    with st.container(border=True, key="images-coming"):
        share = f" ({words.share(download.share)})" if download.total else ""
        st.progress(download.share, text=f"{plain(download.what)}{share}")
        if state.is_at_the_machine():
            st.button("Cancel", on_click=download.cancel, key="cancel-download")


def _download_size(name: str) -> str | None:
    try:
        return data.dataset(name).download
    except DataError:
        return None

"""Torch takes seconds to import: it is loaded beside the first paint, never in front of it."""

from __future__ import annotations

import logging
import sys
import threading

import streamlit as st

LOGGER = logging.getLogger(__name__)
POLL_SECONDS = 0.2
# To load a library of this size stops every other thread, the one that serves the page too: it
# comes after the first picture, or when nobody has come for a while.
PICTURE_SECONDS = 1.0
IDLE_SECONDS = 10.0
WAITING = "Loading PyTorch. This happens once, when the app has just started."

_begun = threading.Lock()
_failed = threading.Event()
_drawn = threading.Event()


def wait() -> None:
    """Stop the page here, with a word, until networks can be used; it then draws itself again."""
    if is_loaded():
        return
    begin()
    st.caption(WAITING)
    _draw_again_when_loaded()
    st.stop()


def begin() -> None:
    """Start to load torch in the background; does nothing the second time."""
    if _begun.acquire(blocking=False):
        threading.Thread(target=_load, name="load-torch", daemon=True).start()


def first_picture_sent() -> None:
    """Say that a page needs nothing more for its first picture."""
    if not _drawn.is_set():
        timer = threading.Timer(PICTURE_SECONDS, _drawn.set)
        timer.daemon = True
        timer.start()


def await_first_picture() -> None:
    """Wait until somebody has seen a picture, or nobody has come for a while."""
    _drawn.wait(IDLE_SECONDS)


def is_loaded() -> bool:
    """Say whether networks can be used at once, or never: then the page will say why."""
    return _failed.is_set() or hasattr(sys.modules.get("latentlab.codec"), "load_codec")


@st.fragment(run_every=POLL_SECONDS)
def _draw_again_when_loaded() -> None:
    if is_loaded():
        st.rerun()


def _load() -> None:
    try:
        import latentlab.codec  # noqa: F401
    except Exception:
        LOGGER.exception("Torch could not be loaded.")
        _failed.set()

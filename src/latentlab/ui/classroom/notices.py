"""One sentence about what a button did: a callback leaves it, and the panel shows it once."""

from __future__ import annotations

import streamlit as st

from latentlab.ui.shell import state

_KEY = "class:notice"


def leave(sentence: str) -> None:
    """Leave a sentence, Markdown, for the panel that is drawn next."""
    state.remember(_KEY, sentence)


def show() -> None:
    """Show what was left, once."""
    sentence = state.recall(_KEY, "")
    state.remember(_KEY, "")
    if sentence:
        st.info(sentence)

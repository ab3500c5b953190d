"""Which of the two themes the visitor's browser shows."""

from __future__ import annotations

import streamlit as st

from latentlab.figures.look import Look
from latentlab.figures.theme import DARK, LIGHT


def current() -> Look:
    """Return the look of the theme that the visitor's browser shows."""
    return DARK if st.context.theme.type == "dark" else LIGHT

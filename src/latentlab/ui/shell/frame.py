"""The frame around every page: window title, wordmark, style, checkpoint picker."""

from __future__ import annotations

from importlib.resources import files

import streamlit as st

from latentlab import web
from latentlab.ui.shell import picker, state

ASSETS = files("latentlab.ui.shell") / "assets"


def draw() -> None:
    """Draw what every page shares. ``app.py`` calls it once per run, before the page."""
    st.set_page_config(
        page_title="latentlab",
        page_icon=str(ASSETS / "favicon.png"),
        layout="wide",
        initial_sidebar_state="collapsed",
        menu_items={"About": "**latentlab** shows what an autoencoder has learned."},
    )
    st.logo(str(ASSETS / "wordmark.png"), size="medium")
    st.html(f"<style>{web.read('frame.css')}</style>")
    state.set_frame_drawn()
    picker.explain_missing()
    picker.draw()

"""Put a figure on the page: as wide as its column, in our own colors, with its text alternative."""

from __future__ import annotations

import streamlit as st

from latentlab.figures.styled import Drawing

CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False}


def show(drawing: Drawing, *, key: str) -> None:
    """Show a drawing.

    Parameters
    ----------
    drawing : Drawing
    key : str
        Unique on the page; carries the checkpoint's name where the drawing does.
    """
    st.plotly_chart(drawing.figure, key=key, theme=None, config=CONFIG, alt=drawing.alt)

"""Tiles in a grid or a row: images of one size, each with at most one line below it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from latentlab.images import Pixels, png
from latentlab.ui.shell.pictures import data_uri

# Enlarged in whole steps to at least so many pixels; the page scales them as blocks.
SIDE = 112
FAR = "far"


def show(
    pixels: Pixels,
    *,
    captions: Sequence[str] = (),
    marks: Sequence[str] = (),
    columns: int = 0,
    share: float = 1.0,
    key: str,
) -> None:
    """Show images as tiles.

    Parameters
    ----------
    pixels : uint8 (n, h, w, c), 0 to 255
    captions : sequence of str, optional
        One for each; what is shown is escaped.
    marks : sequence of str, optional
        One for each: "far" puts a red border around it, "" none.
    columns : int
        Tiles in a row; 0: as many as have room.
    share : float
        Of the page's height that they may take, 0 to 1.
    key : str
        Unique on the page.
    """
    marks = marks or [""] * len(pixels)
    captions = captions or [""] * len(pixels)
    rows = "".join(
        f'<figure class="{escape(mark)}"><img alt="{escape(caption or f"image {number + 1}")}" '
        f'src="{_address(tile)}"><figcaption>{escape(caption)}</figcaption></figure>'
        for number, (tile, caption, mark) in enumerate(zip(pixels, captions, marks, strict=True))
    )
    columns = columns or len(pixels)
    size = f"--columns:{columns};--rows:{-(-len(pixels) // columns)};--share:{share}"
    with st.container(key=key):
        st.html(f'<div class="tiles" style="{size}">{rows}</div>')


def _address(tile: Pixels) -> str:
    return data_uri(png(tile, scale=max(1, -(-SIDE // max(tile.shape[:2])))))

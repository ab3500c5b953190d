"""Pictures in rows, alike in size, each with one line below; crisp pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import cast

import numpy as np
import streamlit as st

from latentlab.images import Images, Pixels, png, to_pixels
from latentlab.ui.shell.pictures import data_uri

STYLE = """
<style>
[data-testid="stLayoutWrapper"]:has(> .st-key-map-ears),
[data-testid="stLayoutWrapper"]:has(> .st-key-map-atlas) { position: absolute; }
.latentlab-map-marks { outline: none; }
.latentlab-map-marks:focus-visible { box-shadow: inset 0 0 0 2px; }
.st-key-map-chart .modebar-btn:focus-visible { outline: 2px solid currentcolor !important; }
.map-tiles { display: grid; gap: 0.5rem; margin: 0.25rem 0; }
.map-tiles figure { margin: 0; min-width: 0; }
.map-tiles img {
  display: block; width: 100%; image-rendering: pixelated; border-radius: 0.25rem;
}
.map-tiles figcaption {
  font-size: max(16px, 0.82rem); line-height: 1.25; margin-top: 0.2rem; opacity: 0.85;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
.map-facts {
  border-collapse: collapse; font-size: max(16px, 0.92rem); font-variant-numeric: tabular-nums;
}
.map-facts th, .map-facts td {
  text-align: left; font-weight: 400; padding: 0.15rem 0.9rem 0.15rem 0; vertical-align: top;
}
.map-facts th { opacity: 0.75; white-space: nowrap; }
.map-bar { display: inline-block; height: 0.6em; border-radius: 0.3em; margin-right: 0.5em; }
</style>
"""


@dataclass(frozen=True)
class Tile:
    """A picture and what it is.

    Attributes
    ----------
    picture : ndarray, shape (h, w, c)
        uint8, or float32 in [0, 1].
    caption : str
        One short line; may come from outside.
    """

    picture: Pixels | Images
    caption: str = ""


def row(tiles: Sequence[Tile], *, columns: int, width: str = "100%") -> None:
    """Show pictures in rows.

    Parameters
    ----------
    tiles : sequence of Tile
    columns : int
        How many stand side by side.
    width : str
        Of the whole, in CSS.
    """
    figures = "".join(_figure(tile) for tile in tiles)
    st.html(
        f'<div class="map-tiles" style="grid-template-columns:repeat({columns},minmax(0,1fr));'
        f'width:min(100%,{width})">{figures}</div>'
    )


def facts(rows: Sequence[tuple[str, str]]) -> None:
    """Show names and values in two columns; the values may be HTML made here."""
    body = "".join(f"<tr><th>{escape(name)}</th><td>{value}</td></tr>" for name, value in rows)
    st.html(f'<table class="map-facts">{body}</table>')


def bar(share: float, color: str) -> str:
    """Draw a share of 1 as a bar of at most six letters' width, for `facts`."""
    return f'<span class="map-bar" style="width:{6 * share:.2f}em;background:{color}"></span>'


def style() -> None:
    """Put the style of all this on the page, once."""
    st.html(STYLE)


def _as_pixels(picture: Pixels | Images) -> Pixels:
    if picture.dtype == np.uint8:
        return cast(Pixels, picture)
    return to_pixels(cast(Images, picture))


def _figure(tile: Tile) -> str:
    picture = _as_pixels(tile.picture)
    scale = max(1, 112 // max(picture.shape[:2]))
    caption = escape(tile.caption)
    return (
        f'<figure><img src="{data_uri(png(picture, scale=scale))}" alt="{caption}">'
        f"<figcaption>{caption}</figcaption></figure>"
    )

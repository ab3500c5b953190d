"""Plotly figures as HTML that needs no network: one script beside the page serves them all."""

from __future__ import annotations

import plotly
import plotly.offline

from latentlab.figures.look import Look
from latentlab.figures.styled import FONT, Drawing

SCRIPT = "plotly.min.js"
CONFIG = {"displaylogo": False, "responsive": True, "displayModeBar": False}


def script() -> bytes:
    """Return Plotly's own JavaScript, to be written beside the page as ``SCRIPT``.

    Returns
    -------
    bytes
        UTF-8, some megabytes.
    """
    text: str = plotly.offline.get_plotlyjs()
    return text.encode()


def fragment(drawing: Drawing, identity: str) -> str:
    """Return a figure as a piece of a page that has loaded ``SCRIPT``.

    Parameters
    ----------
    drawing : Drawing
        Its words become the text alternative.
    identity : str
        Of the element; unique on the page.

    Returns
    -------
    str
        HTML.
    """
    body: str = drawing.figure.to_html(
        full_html=False, include_plotlyjs=False, config=CONFIG, div_id=identity
    )
    return body


def page(drawing: Drawing, title: str, look: Look, *, script_path: str = SCRIPT) -> str:
    """Return a figure as a page of its own.

    Parameters
    ----------
    drawing : Drawing
    title : str
        Plain text without markup.
    look : Look
    script_path : str
        Where ``SCRIPT`` lies, seen from the page.

    Returns
    -------
    str
        HTML.
    """
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{title}</title><script src="{script_path}"></script>'
        f"<style>body{{margin:24px;background:{look.background};color:{look.ink};"
        f"font-family:{FONT}}}</style></head><body><h1>{title}</h1>"
        f"{fragment(drawing, 'figure')}</body></html>\n"
    )


def version() -> str:
    """Return Plotly's version: a page is made anew when it changes."""
    return str(plotly.__version__)

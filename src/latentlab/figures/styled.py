"""A figure with the look that all share."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

import plotly.graph_objects as go

from latentlab.figures.look import Look

FONT = "Source Sans, system-ui, sans-serif"
FONT_SIZE = 15

# Plotly looks for pandas among the loaded modules, and stumbles over one that another thread (the
# server's warm-up) is in the middle of loading; to import it here is to wait until it is whole.
import_module("pandas")


@dataclass(frozen=True)
class Drawing:
    """A figure, and what it shows for those who cannot see it.

    Attributes
    ----------
    figure : go.Figure
    alt : str
        One or two sentences with the figures that matter.
    """

    figure: go.Figure
    alt: str


def styled(figure: go.Figure, look: Look, *, height: int | None) -> go.Figure:
    """Give a figure the app's look: transparent, hairline grid, no toolbar of its own.

    Parameters
    ----------
    figure : go.Figure
        Changed in place and returned.
    look : Look
    height : int or None
        In pixels; None for the container's, which gives the width, too.

    Returns
    -------
    go.Figure
    """
    figure.update_layout(
        template="none",
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONT, "size": FONT_SIZE, "color": look.ink},
        colorway=list(look.categorical),
        hoverlabel={
            "bgcolor": look.surface,
            "bordercolor": look.line,
            "font": {"family": FONT, "size": FONT_SIZE, "color": look.ink},
        },
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        dragmode=False,
    )
    axis = {
        "automargin": True,
        "gridcolor": look.line,
        "gridwidth": 1,
        "zeroline": False,
        "linecolor": look.line,
        "tickcolor": look.line,
        "title": {"standoff": 10, "font": {"color": look.muted, "size": FONT_SIZE}},
        "tickfont": {"color": look.muted},
        "fixedrange": True,
    }
    figure.update_xaxes(**axis)
    figure.update_yaxes(**axis)
    return figure

"""Maps: one point per image, drawn with WebGL, colored by class or by a number.

A figure is the same bytes for the same arguments, so that the browser keeps its zoom. What a
visitor does (cursor, lines, rings) is drawn above it and never changes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from latentlab.analysis.crowd import Crowd
from latentlab.figures.look import Look
from latentlab.figures.styled import Drawing, styled

# Perceptually uniform, readable with every kind of color vision.
COLORSCALE = "Cividis"

Coordinates = NDArray[np.float32]


@dataclass(frozen=True)
class Group:
    """Points that share a color, a shape and a line of the legend.

    Attributes
    ----------
    name : str
        From outside, perhaps: shown as it is.
    rows : ndarray of int64, shape (m,)
        Rows of the map.
    color : str
    glyph : str
        A marker of Plotly's.
    """

    name: str
    rows: NDArray[np.int64]
    color: str
    glyph: str = "circle"


@dataclass(frozen=True)
class Values:
    """One number per point, and what it means.

    Attributes
    ----------
    title : str
        Beside the color bar, in a few words.
    values : ndarray of float32, shape (n,)
    top : float or None
        Where the colors end; the 99th percentile if not given, so that one odd point does not take
        all contrast.
    """

    title: str
    values: NDArray[np.float32]
    top: float | None = None


@dataclass(frozen=True)
class Axes:
    """What the two directions of a map are called; None where they mean nothing.

    Attributes
    ----------
    x, y : str or None
    """

    x: str | None = None
    y: str | None = None


def grouped(
    coordinates: Coordinates,
    groups: Sequence[Group],
    look: Look,
    *,
    axes: Axes,
    subject: str,
    behind: Crowd | None = None,
) -> Drawing:
    """Draw a map with a color per group; a click in the legend shows one alone.

    Parameters
    ----------
    coordinates : ndarray of float32, shape (n, 2)
    groups : sequence of Group
        Every row in at most one.
    look : Look
    axes : Axes
    subject : str
        What is drawn, for those who cannot see it.
    behind : Crowd, optional
        All images, where the points are but a sample of them.

    Returns
    -------
    Drawing
        ``customdata`` of every point is its row.
    """
    figure = _with_crowd(behind, look)
    size = _size(sum(len(group.rows) for group in groups))
    for group in groups:
        figure.add_scattergl(
            x=coordinates[group.rows, 0],
            y=coordinates[group.rows, 1],
            customdata=group.rows.astype(np.int32),
            name=escaped(group.name),
            mode="markers",
            hoverinfo="skip",
            marker={"size": size, "color": group.color, "symbol": group.glyph, "opacity": 0.8},
        )
    counted = ", ".join(f"{group.name} {len(group.rows)}" for group in groups[:12])
    more = f" and {len(groups) - 12} more" if len(groups) > 12 else ""
    figure = _finished(figure, look, axes)
    figure.update_layout(
        showlegend=True,
        legend={
            "orientation": "v",
            # Beside the points: above them it would cover some.
            "x": 1.01,
            "xanchor": "left",
            "y": 0.94,
            "yanchor": "top",
            "itemclick": "toggleothers",
            "itemdoubleclick": "toggle",
            "itemsizing": "constant",
        },
    )
    return Drawing(figure, f"{subject} Points by group: {counted}{more}.")


def valued(
    coordinates: Coordinates,
    values: Values,
    look: Look,
    *,
    axes: Axes,
    subject: str,
    rows: NDArray[np.int64] | None = None,
    behind: Crowd | None = None,
) -> Drawing:
    """Draw a map with a color for each point's number.

    Parameters
    ----------
    coordinates : ndarray of float32, shape (n, 2)
    values : Values
    look : Look
    axes : Axes
    subject : str
        What is drawn, for those who cannot see it.
    rows : ndarray of int64, shape (m,), optional
        Those to draw; all by default.
    behind : Crowd, optional
        All images, where the points are but a sample of them.

    Returns
    -------
    Drawing
        ``customdata`` of every point is its row.
    """
    chosen = np.arange(len(coordinates)) if rows is None else rows
    shown = np.asarray(values.values, np.float32)[chosen]
    low = float(shown.min())
    top = float(np.percentile(shown, 99)) if values.top is None else values.top
    figure = _with_crowd(behind, look)
    figure.add_scattergl(
        x=coordinates[chosen, 0],
        y=coordinates[chosen, 1],
        customdata=chosen.astype(np.int32),
        mode="markers",
        hoverinfo="skip",
        showlegend=False,
        marker={
            "size": _size(len(chosen)),
            "color": shown,
            "colorscale": COLORSCALE,
            "cmin": low,
            "cmax": max(top, low + 1e-12),
            "opacity": 0.85,
            "colorbar": {
                "title": {"text": escaped(values.title), "side": "right"},
                "thickness": 12,
                "outlinewidth": 0,
                "len": 0.7,
                "tickfont": {"color": look.muted},
            },
        },
    )
    range_ = f"{low:.3g} to {float(shown.max()):.3g}"
    return Drawing(_finished(figure, look, axes), f"{subject} Colored by {values.title}, {range_}.")


def escaped(text: str) -> str:
    """Write text from outside so that Plotly shows it and reads no markup or formula in it.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        Cut to 60 characters.

    Examples
    --------
    >>> escaped("<a href=x>$y$</a>")
    '&lt;a href=x&gt;y&lt;/a&gt;'
    """
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("$", "")[:60]
    )


def _with_crowd(behind: Crowd | None, look: Look) -> go.Figure:
    """Begin a figure with what lies below its points: darker where more images are."""
    figure = go.Figure()
    if behind is not None:
        red, green, blue = (int(look.muted[i : i + 2], 16) for i in (1, 3, 5))
        levels = np.where(behind.counts > 0, np.log(np.maximum(behind.counts, 1)), np.nan)
        figure.add_heatmap(
            x=behind.x,
            y=behind.y,
            z=levels.astype(np.float32),
            colorscale=[[0, f"rgba({red},{green},{blue},0.15)"], [1, look.muted]],
            showscale=False,
            hoverinfo="skip",
        )
    return figure


def _finished(figure: go.Figure, look: Look, axes: Axes) -> go.Figure:
    styled(figure, look, height=None)
    figure.update_layout(
        dragmode="pan",
        hovermode=False,  # what lies under the pointer is found beside the figure, with its image
        modebar={
            "orientation": "h",
            "bgcolor": "rgba(0,0,0,0)",
            "color": look.muted,
            "activecolor": look.accent,
        },
        newselection={"line": {"color": look.accent, "width": 2, "dash": "solid"}},
        selectionrevision="kept",
        uirevision="kept",
    )
    for update, title in ((figure.update_xaxes, axes.x), (figure.update_yaxes, axes.y)):
        named = title is not None
        update(
            fixedrange=False,
            title_text=escaped(title or ""),
            showticklabels=named,
            showgrid=named,
            showline=named,
            ticks="",
        )
    figure.update_yaxes(scaleanchor="x", scaleratio=1)
    return figure


def _size(n_points: int) -> float:
    """Make points smaller where there are more: 9 pixels for a hundred, 3 for sixty thousand."""
    return float(np.clip(17.0 * max(n_points, 1) ** -0.155, 3.0, 9.0).round(1))

"""Several maps side by side, of which one is real."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from latentlab.figures.look import Look
from latentlab.figures.scatter import Coordinates, Group, escaped
from latentlab.figures.styled import Drawing, styled


def lineup(
    maps: Sequence[Coordinates],
    look: Look,
    *,
    names: Sequence[str],
    colors: Mapping[int, Sequence[Group]] | None = None,
    row_height: int = 240,
) -> Drawing:
    """Draw several maps side by side, alike but for their points.

    Parameters
    ----------
    maps : sequence of ndarray of float32, shape (m, 2)
        Each in the unit square.
    look : Look
    names : sequence of str
        One above each map.
    colors : mapping of int to sequence of Group, optional
        Maps (by number) whose points are drawn in color.
    row_height : int
        Of four maps, in pixels.

    Returns
    -------
    Drawing
    """
    n_columns = 4
    n_rows = -(-len(maps) // n_columns)
    figure = go.Figure()
    for number, places in enumerate(maps):
        plain = [Group("", np.arange(len(places)), look.muted)]
        for group in (colors or {}).get(number, plain):
            figure.add_scattergl(
                x=places[group.rows, 0] + 1.15 * (number % n_columns),
                y=places[group.rows, 1] - 1.3 * (number // n_columns),
                mode="markers",
                hoverinfo="skip",
                showlegend=False,
                marker={"size": 3, "color": group.color, "opacity": 0.6},
            )
        figure.add_annotation(
            x=1.15 * (number % n_columns) + 0.5,
            y=1.09 - 1.3 * (number // n_columns),
            text=f"<b>{escaped(names[number])}</b>",
            showarrow=False,
            font={"size": 18, "color": look.accent if number in (colors or {}) else look.ink},
        )
    styled(figure, look, height=row_height * n_rows)
    figure.update_xaxes(visible=False, range=[-0.05, 1.15 * n_columns - 0.1])
    figure.update_yaxes(
        visible=False, range=[-1.3 * (n_rows - 1) - 0.05, 1.2], scaleanchor="x", scaleratio=1
    )
    return Drawing(figure, f"{len(maps)} maps side by side, named {', '.join(names)}.")

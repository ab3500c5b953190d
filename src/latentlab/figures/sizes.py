"""Figures against the size of the latent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from latentlab.figures.look import Look
from latentlab.figures.styled import Drawing, styled

SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross")


@dataclass(frozen=True)
class Line:
    """One line of the chart.

    Attributes
    ----------
    values : sequence of float (k,)
    errors : sequence of float (k,), optional
        Half the length of the bar at each value; what has none is drawn dotted.
    """

    values: Sequence[float]
    errors: Sequence[float] | None = None


def size_curves(
    sizes: Sequence[int],
    lines: Mapping[str, Line],
    look: Look,
    *,
    unit: str,
    height: int = 280,
) -> Drawing:
    """Draw figures against the size of the latent, one line for each.

    Parameters
    ----------
    sizes : sequence of int (k,)
        Ascending.
    lines : mapping of str to Line
        By what a student should call them.
    look : Look
    unit : str
        Of the values, as the vertical axis says it.
    height : int
        In pixels.

    Returns
    -------
    Drawing
    """
    figure = go.Figure()
    ticks = [str(size) for size in sizes]
    for number, (name, line) in enumerate(lines.items()):
        color = look.categorical[number]
        figure.add_scatter(
            x=ticks,
            y=list(line.values),
            name=name,
            mode="lines+markers",
            line={"width": 2.5, "color": color, "dash": "solid" if line.errors else "dot"},
            marker={"size": 8, "symbol": SYMBOLS[number % len(SYMBOLS)]},
            error_y={"array": list(line.errors), "color": color, "thickness": 1.5, "width": 3}
            if line.errors
            else None,
            hovertemplate=f"{name}: %{{y:.3g}}<extra></extra>",
        )
    styled(figure, look, height=height)
    figure.update_layout(hovermode="x unified", showlegend=True)
    figure.update_xaxes(title_text="z, latent dimensions", showgrid=False, type="category")
    figure.update_yaxes(title_text=unit)
    return Drawing(figure, _spoken(sizes, lines, unit))


def _spoken(sizes: Sequence[int], lines: Mapping[str, Line], unit: str) -> str:
    parts = [
        f"{name} goes from {line.values[0]:.3g} to {line.values[-1]:.3g}"
        for name, line in lines.items()
    ]
    return f"{unit} for {sizes[0]} to {sizes[-1]} latent dimensions: {'; '.join(parts)}."

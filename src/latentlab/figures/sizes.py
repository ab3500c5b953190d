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
        Half the length of the bar at each value.
    color : str, optional
        By default one for each line.
    is_beside : bool
        Drawn dotted: what the others are compared with.
    """

    values: Sequence[float]
    errors: Sequence[float] | None = None
    color: str | None = None
    is_beside: bool = False


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
        color = line.color or look.categorical[number]
        figure.add_scatter(
            x=ticks,
            y=list(line.values),
            name=name,
            mode="lines+markers",
            line={"width": 2.5, "color": color, "dash": "dot" if line.is_beside else "solid"},
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


def auc_curves(sizes: Sequence[int], lines: Mapping[str, Line], look: Look) -> Drawing:
    """Draw AUC, from 0 to 1, against the size of the latent, with the line of chance.

    Parameters
    ----------
    sizes : sequence of int (k,)
        Ascending.
    lines : mapping of str to Line
        By what a student should call the kind of anomaly.
    look : Look

    Returns
    -------
    Drawing
    """
    drawing = size_curves(sizes, lines, look, unit="AUC (0.5: chance)", height=330)
    figure = drawing.figure
    figure.add_hline(y=0.5, line={"color": look.muted, "width": 1.5, "dash": "dot"})
    figure.update_yaxes(range=[-0.03, 1.03], dtick=0.25)
    return drawing


def _spoken(sizes: Sequence[int], lines: Mapping[str, Line], unit: str) -> str:
    parts = [
        f"{name} goes from {line.values[0]:.3g} to {line.values[-1]:.3g}"
        for name, line in lines.items()
    ]
    return f"{unit} for {sizes[0]} to {sizes[-1]} latent dimensions: {'; '.join(parts)}."

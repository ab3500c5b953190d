"""Curves of AUC by kind of anomaly, against the number of latent dimensions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from latentlab.figures.look import Look
from latentlab.figures.styled import Drawing, styled

SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross")


def auc_curves(
    sizes: Sequence[int],
    curves: Mapping[str, Sequence[float]],
    look: Look,
    *,
    colors: Sequence[str],
    height: int = 330,
) -> Drawing:
    """Draw AUC against latent size, one line for each kind of anomaly.

    Parameters
    ----------
    sizes : sequence of int (k,)
        Of the latent.
    curves : mapping of str to sequence of float (k,)
        AUC from 0 to 1, by what a student should call the kind.
    look : Look
    colors : sequence of str
        One for each curve.
    height : int
        In pixels.

    Returns
    -------
    Drawing
    """
    figure = go.Figure()
    ticks = [str(size) for size in sizes]
    for number, (name, values) in enumerate(curves.items()):
        figure.add_scatter(
            x=ticks,
            y=list(values),
            name=name,
            mode="lines+markers",
            line={"width": 2.5, "color": colors[number]},
            marker={"size": 9, "symbol": SYMBOLS[number % len(SYMBOLS)]},
            hovertemplate=f"{name}: %{{y:.2f}}<extra></extra>",
        )
    styled(figure, look, height=height)
    figure.update_layout(hovermode="x unified", showlegend=True)
    figure.add_hline(y=0.5, line={"color": look.muted, "width": 1.5, "dash": "dot"})
    figure.update_xaxes(title_text="latent dimensions", showgrid=False, type="category")
    figure.update_yaxes(title_text="AUC (0.5: chance)", range=[-0.03, 1.03], dtick=0.25)
    return Drawing(figure, _spoken(sizes, curves))


def _spoken(sizes: Sequence[int], curves: Mapping[str, Sequence[float]]) -> str:
    parts = [
        f"{name} goes from {values[0]:.2f} to {values[-1]:.2f}" for name, values in curves.items()
    ]
    return f"AUC for {sizes[0]} to {sizes[-1]} latent dimensions: {'; '.join(parts)}."

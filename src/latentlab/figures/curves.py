"""Curves over time: how a loss fell while the network learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from latentlab.figures.look import Look
from latentlab.figures.styled import Drawing, styled

# Below this, every epoch gets its tick; Plotly would put ticks at halves.
FEW_EPOCHS = 12


def learning_curves(
    epochs: Sequence[float],
    curves: Mapping[str, Sequence[float]],
    look: Look,
    *,
    unit: str,
    height: int = 300,
) -> Drawing:
    """Draw one line per curve, each named at its end.

    Parameters
    ----------
    epochs : sequence of float (n,)
        Counted from 1.
    curves : mapping of str to sequence of float (n,)
        Values to draw, by what a student should call them.
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
    for number, (name, values) in enumerate(curves.items()):
        figure.add_scatter(
            x=list(epochs),
            y=list(values),
            name=name,
            mode="lines" if len(values) > 1 else "markers",
            line={
                "width": 2.5,
                "color": look.categorical[number],
                "dash": "solid" if number == 0 else "dot",
            },
            hovertemplate=f"{name}: %{{y:.4g}}<extra></extra>",
        )
    styled(figure, look, height=height)
    figure.update_layout(hovermode="x unified", showlegend=True)
    figure.update_xaxes(title_text="epoch", showgrid=False)
    if len(epochs) <= FEW_EPOCHS:
        figure.update_xaxes(dtick=1)
    figure.update_yaxes(title_text=unit)
    return Drawing(figure, _spoken(curves, unit))


def _spoken(curves: Mapping[str, Sequence[float]], unit: str) -> str:
    parts = [
        f"{name} goes from {values[0]:.3g} to {values[-1]:.3g}"
        for name, values in curves.items()
        if len(values)
    ]
    return f"Learning curves in {unit}: {'; '.join(parts)}."

"""Bars: one value per name, read at a glance."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import plotly.graph_objects as go

from latentlab.figures.look import Look
from latentlab.figures.styled import Drawing, styled

ROW_HEIGHT = 44
VALUE_WIDTH = 56  # pixels for "100 %" beside the longest bar, however narrow the chart is


def columns(
    values: Mapping[str, float],
    look: Look,
    *,
    unit: str,
    muted: Collection[str] = (),
    height: int = 300,
) -> Drawing:
    """Draw upright bars, in the order given.

    Parameters
    ----------
    values : mapping of str to float
    look : Look
    unit : str
        Of the values, as the vertical axis says it.
    muted : collection of str
        Names whose bars are drawn without color.
    height : int
        In pixels.

    Returns
    -------
    Drawing
    """
    figure = go.Figure(
        go.Bar(
            x=list(values),
            y=list(values.values()),
            marker={"color": [look.quiet if n in muted else look.categorical[0] for n in values]},
            hovertemplate="%{x}: %{y:.3g}<extra></extra>",
        )
    )
    styled(figure, look, height=height)
    figure.update_layout(bargap=0.1 if len(values) > 40 else max(0.3, 0.8 - 0.05 * len(values)))
    figure.update_xaxes(type="category", showgrid=False, nticks=16)
    figure.update_yaxes(title_text=unit, rangemode="tozero")
    return Drawing(figure, _spoken(values, unit))


def shares(values: Mapping[str, float], look: Look, *, emphasized: str) -> Drawing:
    """Draw lying bars from 0 to 100 %, each with its name and its value.

    Parameters
    ----------
    values : mapping of str to float
        Shares from 0 to 1, drawn from top to bottom.
    look : Look
    emphasized : str
        The bar that the others are compared with.

    Returns
    -------
    Drawing
    """
    names = list(values)
    figure = go.Figure(
        go.Bar(
            x=list(values.values()),
            y=names,
            orientation="h",
            text=[f"{100 * value:.0f} %" for value in values.values()],
            textposition="outside",
            cliponaxis=False,
            marker={
                "color": [look.categorical[0] if n == emphasized else look.quiet for n in names]
            },
            hoverinfo="skip",
        )
    )
    styled(figure, look, height=ROW_HEIGHT * len(names) + 16)
    figure.update_layout(bargap=0.45, margin={"r": VALUE_WIDTH})
    figure.update_xaxes(range=[0, 1], visible=False)
    figure.update_yaxes(autorange="reversed", showgrid=False, tickfont={"color": look.ink})
    return Drawing(figure, _spoken({n: 100 * v for n, v in values.items()}, "percent"))


def _spoken(values: Mapping[str, float], unit: str) -> str:
    shown = [f"{name} {value:.3g}" for name, value in list(values.items())[:12]]
    more = f" and {len(values) - 12} more" if len(values) > 12 else ""
    return f"Bars in {unit}: {', '.join(shown)}{more}."

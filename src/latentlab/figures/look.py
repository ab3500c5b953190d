"""The colors that every figure is drawn with; Explore needs them before it needs Plotly."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """The colors of one theme, each as ``#rrggbb``.

    Attributes
    ----------
    name : str
        "light" or "dark".
    background, surface : str
        Behind everything, and behind a card.
    ink, muted, line : str
        Text, secondary text, and hairlines.
    quiet : str
        Data that others are compared with.
    accent : str
        What the user does: cursor, pin, selection. Never data.
    warning, error : str
        Far from all data; something to mend.
    categorical : tuple of ten str
        Classes, in order.
    """

    name: str
    background: str
    surface: str
    ink: str
    muted: str
    line: str
    quiet: str
    accent: str
    warning: str
    error: str
    categorical: tuple[str, ...]

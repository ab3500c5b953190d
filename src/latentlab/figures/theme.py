"""Two themes of our own: dark "observatory" for a dim room, light "paper" for print and daylight.

``.streamlit/config.toml`` repeats these colors for Streamlit's own widgets; a test compares them.
The ten class colors were found by search: in each theme, under normal vision and under simulated
deuteranopia and protanopia, every two of them and the accent differ by at least 12 in CIEDE2000,
and each has a contrast of at least 3:1 with the background. A test measures that too.
"""

from __future__ import annotations

from latentlab.figures.look import Look

CATEGORICAL_DARK = (
    "#1684fe",
    "#ec8c66",
    "#378d7b",
    "#968000",
    "#e396bb",
    "#c1ec11",
    "#f40c72",
    "#a7fde5",
    "#f9dda3",
    "#847ba5",
)
CATEGORICAL_LIGHT = (
    "#263887",
    "#f94371",
    "#4f947a",
    "#d7700f",
    "#8d24f0",
    "#845b01",
    "#a61d58",
    "#0b4a3e",
    "#72230c",
    "#7788bf",
)

# Color is never alone: one marker shape per class, by Plotly's names.
GLYPHS = (
    "circle",
    "square",
    "diamond",
    "triangle-up",
    "cross",
    "star",
    "triangle-down",
    "x",
    "pentagon",
    "hourglass",
)

DARK = Look(
    name="dark",
    background="#0b1020",
    surface="#151c31",
    ink="#e6eaf4",
    muted="#98a3bd",
    line="#2a3350",
    quiet="#55628a",
    accent="#4dd8ff",
    warning="#ffb547",
    error="#ff7a70",
    categorical=CATEGORICAL_DARK,
)
LIGHT = Look(
    name="light",
    background="#faf7f0",
    surface="#f0ebdf",
    ink="#1f2330",
    muted="#5d6270",
    line="#d9d2c2",
    quiet="#a39c8c",
    accent="#00708a",
    warning="#8a5200",
    error="#b3261e",
    categorical=CATEGORICAL_LIGHT,
)


def class_color(label: int, look: Look) -> str:
    """Return the color of a class; after ten classes they repeat, and the glyph shifts.

    Parameters
    ----------
    label : int
    look : Look

    Returns
    -------
    str
        ``#rrggbb``.
    """
    return look.categorical[label % len(look.categorical)]


def class_glyph(label: int) -> str:
    """Return the marker shape of a class, so that no two of a hundred share color and shape.

    Parameters
    ----------
    label : int

    Returns
    -------
    str
        One of `GLYPHS`, Plotly's names.
    """
    return GLYPHS[(label + label // len(GLYPHS)) % len(GLYPHS)]

"""A map of latents, one trace per class, for a page that is read without the app."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from latentlab.figures.look import Look
from latentlab.figures.styled import Drawing, styled

MOST_POINTS = 3000


def label_map(
    coordinates: npt.NDArray[np.floating],
    labels: npt.NDArray[np.integer],
    class_names: Sequence[str],
    look: Look,
    *,
    glyph: Callable[[int], str],
    height: int = 620,
) -> Drawing:
    """Draw a dot per image, colored and shaped by class; the legend hides and shows classes.

    Parameters
    ----------
    coordinates : float (n, 2)
        At most the first ``MOST_POINTS`` are drawn, so that the page stays quick.
    labels : int (n,)
        Rows of `class_names`.
    class_names : sequence of str
    look : Look
    glyph : callable
        From a label to one of Plotly's marker names.
    height : int
        In pixels.

    Returns
    -------
    Drawing
    """
    coordinates, labels = coordinates[:MOST_POINTS], labels[:MOST_POINTS]
    figure = go.Figure()
    present = [int(label) for label in np.unique(labels)]
    for label in present:
        rows = np.flatnonzero(labels == label)
        figure.add_scatter(
            x=coordinates[rows, 0].round(4).tolist(),
            y=coordinates[rows, 1].round(4).tolist(),
            name=str(class_names[label]),
            mode="markers",
            customdata=rows.tolist(),
            marker={
                "size": 6,
                "opacity": 0.8,
                "color": look.categorical[label % len(look.categorical)],
                "symbol": glyph(label),
            },
            hovertemplate=f"{class_names[label]}, row %{{customdata}}<extra></extra>",
        )
    styled(figure, look, height=height)
    figure.update_layout(dragmode="zoom")
    figure.update_xaxes(visible=False, fixedrange=False)
    figure.update_yaxes(visible=False, fixedrange=False, scaleanchor="x")
    return Drawing(figure, f"Map of {len(labels):,} images in {len(present)} classes.")

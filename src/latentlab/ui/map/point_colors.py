"""What the points of a map are colored by, and the figure that follows from it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from latentlab.analysis.quality import NeighborAgreement, neighbor_agreement
from latentlab.analysis.selection import drawn_rows
from latentlab.checkpoints import Checkpoint
from latentlab.data import SPLITS
from latentlab.data.classes import UNLABELED
from latentlab.figures import scatter, theme
from latentlab.figures.look import Look
from latentlab.figures.scatter import Group, Values
from latentlab.figures.styled import Drawing
from latentlab.ui.map import maps
from latentlab.ui.map.maps import Map
from latentlab.ui.shell import cache
from latentlab.wording import words

CLASS, ERROR, LOST, SPLIT = "class", "error", "lost", "split"
FACTOR = "factor:"


def choices(checkpoint: Checkpoint, shown: Map) -> dict[str, str]:
    """Return what this map can be colored by: a name for each, as on screen."""
    found = {CLASS: "Class"}
    if words.has_errors(checkpoint):
        found[ERROR] = "Reconstruction error"
    if shown.kind != "native":  # which loses none
        found[LOST] = "Neighbors lost"
    found[SPLIT] = "Split"
    for name in cache.index(checkpoint).factors:
        found[f"{FACTOR}{name}"] = name.replace("_", " ").capitalize()
    return found


def explanation(color: str) -> str:
    """Say in one sentence what a coloring shows."""
    return {
        CLASS: "Click a class in the legend to show it alone, and again to show all.",
        ERROR: "Mean squared error per pixel between an image and its reconstruction.",
        LOST: "Share of the 15 nearest neighbors in latent space that are not among the 15 nearest "
        "on this map.",
        SPLIT: "Training, validation and test images.",
    }.get(color, "A factor from which the image was generated. The network is not given it.")


@cache.kept
def drawing(checkpoint: Checkpoint, shown: Map, color: str, look: Look) -> Drawing:
    """Return the figure of a map; the same object for the same question."""
    index, rows = cache.index(checkpoint), shown_rows(checkpoint)
    axes = maps.axes(checkpoint, shown)
    subject, behind = f"A map of {len(rows)} images: {shown.title}.", maps.crowd(checkpoint, shown)
    if color in (CLASS, SPLIT):
        groups = (
            class_groups(checkpoint, rows, look)
            if color == CLASS
            else _split_groups(index.splits, rows, look)
        )
        return scatter.grouped(
            shown.coordinates, groups, look, axes=axes, subject=subject, behind=behind
        )
    return scatter.valued(
        shown.coordinates,
        _values(checkpoint, shown, color),
        look,
        axes=axes,
        subject=subject,
        rows=rows,
        behind=behind,
    )


@cache.kept
def agreement(checkpoint: Checkpoint, shown: Map) -> NeighborAgreement:
    """Return how many neighbors in latent space are neighbors on a map."""
    return neighbor_agreement(cache.index(checkpoint).latents, shown.coordinates)


@cache.kept
def shown_rows(checkpoint: Checkpoint) -> NDArray[np.int64]:
    """Return the rows that a map draws: all, up to 60,000.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    int64 (n,)
        Of the latent index.
    """
    return drawn_rows(cache.index(checkpoint).labels)


def class_groups(checkpoint: Checkpoint, rows: NDArray[np.int64], look: Look) -> list[Group]:
    """Return the rows by class, each with its color, its shape and its name.

    Parameters
    ----------
    checkpoint : Checkpoint
    rows : int64 (n,)
        Of the latent index.
    look : Look

    Returns
    -------
    list of Group
        By label.
    """
    labels = cache.index(checkpoint).labels[rows]
    return [
        Group(
            checkpoint.manifest.class_name(label) or UNLABELED,
            rows[labels == label],
            theme.class_color(int(label), look),
            theme.class_glyph(int(label)),
        )
        for label in np.unique(labels)
    ]


def _values(checkpoint: Checkpoint, shown: Map, color: str) -> Values:
    index = cache.index(checkpoint)
    if color == LOST:
        error = agreement(checkpoint, shown).projection_error
        return Values("share of neighbors lost", error, top=1.0)
    if color.startswith(FACTOR):
        name = color.removeprefix(FACTOR)
        return Values(name.replace("_", " "), index.factors[name])
    return Values("MSE per pixel", index.reconstruction_error)


def _split_groups(splits: NDArray[np.uint8], rows: NDArray[np.int64], look: Look) -> list[Group]:
    groups = [
        Group(name, rows[splits[rows] == code], look.categorical[code], theme.class_glyph(code))
        for code, name in enumerate(SPLITS)
    ]
    return [group for group in groups if len(group.rows)]

"""The images that a lasso selects: their classes, their mean, a gallery, and two downloads."""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from latentlab.analysis.selection import Selection, inside, spread_over, summarize
from latentlab.checkpoints import Checkpoint
from latentlab.data import SPLITS
from latentlab.data.classes import UNLABELED
from latentlab.figures import bars
from latentlab.figures.look import Look
from latentlab.ui.map import tiles
from latentlab.ui.map.companion import Marks
from latentlab.ui.map.maps import Map
from latentlab.ui.map.tiles import Tile
from latentlab.ui.shell import cache, charts
from latentlab.wording import words

N_GALLERY = 24
N_CLASSES = 12

Corners = NDArray[np.float64]
Rows = NDArray[np.int64]


def marks(corners: Corners) -> Marks:
    """Draw the loop itself, so that it stays when the figure's own is gone."""
    return Marks(loop=corners.tolist())


def show(checkpoint: Checkpoint, shown: Map, look: Look, corners: Corners) -> None:
    """Show what is inside a loop.

    Parameters
    ----------
    checkpoint : Checkpoint
    shown : Map
    look : Look
    corners : ndarray of float64, shape (m, 2)
        In the map's own units.
    """
    index = cache.index(checkpoint)
    rows = inside(corners, shown.coordinates)
    st.subheader(words.counted(len(rows), "image") + " selected", anchor=False)
    if len(rows) == 0:
        st.markdown("The loop contains no point. Draw it around some.")
        return
    found = summarize(
        rows,
        index.latents,
        index.labels,
        cache.codec(checkpoint) if checkpoint.manifest.decodes else None,
        pixels=cache.originals(checkpoint),
    )
    _classes(checkpoint, look, found)
    _means(found)
    st.markdown(f"**{min(len(rows), N_GALLERY)} of the selected images**")
    chosen = spread_over(rows, N_GALLERY)
    images = cache.pictures_of(checkpoint, chosen)
    tiles.row([Tile(image) for image in images], columns=8)
    _downloads(checkpoint, shown, rows)


def _classes(checkpoint: Checkpoint, look: Look, found: Selection) -> None:
    counts = {
        checkpoint.manifest.class_name(label) or UNLABELED: float(count)
        for label, count in list(found.counts.items())[:N_CLASSES]
    }
    drawing = bars.columns(counts, look, unit="images", height=190)
    charts.show(drawing, key=f"map-classes-{checkpoint.name}")


def _means(found: Selection) -> None:
    if found.decoded_mean is None:
        if found.mean_image is not None:
            tiles.row([Tile(found.mean_image, "Mean image")], columns=3)
        return
    pair = [Tile(found.decoded_mean, "Decoded mean of the latents")]
    if found.mean_image is not None:
        difference = np.abs(found.mean_image - found.decoded_mean)
        pair = [
            Tile(found.mean_image, "Mean image"),
            *pair,
            Tile(difference, f"Difference, {words.figure(found.difference)} on average"),
        ]
    tiles.row(pair, columns=3)
    if found.mean_image is not None:
        st.caption(
            "The mean image blurs what differs between the images. The decoded mean latent is one "
            "image; where the selection mixes classes, it need not look like any of them."
        )


def _downloads(checkpoint: Checkpoint, shown: Map, rows: Rows) -> None:
    name = f"{checkpoint.name}-{shown.kind}-{len(rows)}-images"
    with st.container(horizontal=True):
        st.download_button(
            "Table (CSV)",
            lambda: as_csv(checkpoint, shown, rows),
            file_name=f"{name}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            help="One row per image: number, class, map coordinates, reconstruction error, latent.",
        )
        st.download_button(
            "Arrays (NPZ)",
            lambda: as_npz(checkpoint, shown, rows),
            file_name=f"{name}.npz",
            mime="application/octet-stream",
            icon=":material/download:",
            on_click="ignore",
            help="For numpy.load: the same as arrays, with the images if they are on this machine.",
        )


def as_csv(checkpoint: Checkpoint, shown: Map, rows: Rows) -> bytes:
    """Write some rows of the index as a table, in UTF-8 with a header."""
    index = cache.index(checkpoint)
    stream = io.StringIO()
    writer = csv.writer(stream)
    latent_names = [f"z{i + 1}" for i in range(index.latents.shape[1])]
    writer.writerow(
        ["split", "number", "label", "class", "x", "y", "error", *index.factors, *latent_names]
    )
    for row in rows:
        label = int(index.labels[row])
        writer.writerow(
            [
                SPLITS[index.splits[row]],
                int(index.numbers[row]),
                label,
                _harmless(checkpoint.manifest.class_name(label) or ""),
                *(f"{value:.6g}" for value in shown.coordinates[row]),
                f"{index.reconstruction_error[row]:.6g}",
                *(f"{values[row]:.6g}" for values in index.factors.values()),
                *(f"{value:.6g}" for value in index.latents[row]),
            ]
        )
    return stream.getvalue().encode()


def as_npz(checkpoint: Checkpoint, shown: Map, rows: Rows) -> bytes:
    """Write some rows of the index as arrays."""
    index, pixels = cache.index(checkpoint), cache.originals(checkpoint)
    arrays: dict[str, NDArray[Any]] = {
        "latents": index.latents[rows],
        "coordinates": shown.coordinates[rows],
        "labels": index.labels[rows],
        "class_names": np.array(checkpoint.manifest.class_names),
        "splits": np.array(SPLITS)[index.splits[rows]],
        "numbers": index.numbers[rows],
        "reconstruction_error": index.reconstruction_error[rows],
        **{f"factor_{name}": values[rows] for name, values in index.factors.items()},
    }
    if pixels is not None:
        arrays["images"] = pixels[rows]
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)  # type: ignore[arg-type]
    return stream.getvalue()


def _harmless(text: str) -> str:
    """Keep a spreadsheet from reading a class name as a formula."""
    return f"'{text}" if text[:1] in "=+-@\t" else text

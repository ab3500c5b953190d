"""The card beside the map: what is behind a clicked point, how far it is from the last one."""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from latentlab.analysis.distances import compare, pair_distances
from latentlab.analysis.neighbors import percentile
from latentlab.checkpoints import Checkpoint
from latentlab.data import SPLITS
from latentlab.data.classes import UNLABELED
from latentlab.figures.look import Look
from latentlab.ui.map import tiles
from latentlab.ui.map.companion import Marks
from latentlab.ui.map.maps import Map
from latentlab.ui.map.tiles import Tile
from latentlab.ui.shell import cache
from latentlab.ui.shell.errors import plain
from latentlab.wording import support, words

N_SHOWN = 6  # of the nine stored neighbors


def marks(checkpoint: Checkpoint, shown: Map, row: int, before: int | None) -> Marks:
    """Ring a point, and lead lines to its nearest in latent space, wherever the map put them."""
    places = shown.coordinates
    neighbors = cache.index(checkpoint).neighbors[row]
    rings = [{"at": places[row].tolist()}]
    if before is not None:
        rings.insert(0, {"at": places[before].tolist(), "quiet": True})
    lines = [(places[row].tolist(), places[other].tolist()) for other in neighbors]
    return Marks(rings=rings, lines=lines)


def show(checkpoint: Checkpoint, shown: Map, look: Look, row: int, before: int | None) -> None:
    """Show a point's card.

    Parameters
    ----------
    checkpoint : Checkpoint
    shown : Map
    look : Look
    row : int
        The point.
    before : int or None
        The point clicked before it.
    """
    index = cache.index(checkpoint)
    split = SPLITS[index.splits[row]]
    st.subheader(plain(class_name(checkpoint, row)), anchor=False)
    st.caption(f"{_SPLIT_WORDS[split]} {index.numbers[row]:,}")
    image = cache.pictures_of(checkpoint, np.array([row]))[0]
    pair = [Tile(image, "Image")]
    if checkpoint.manifest.decodes:
        drawn = cache.decode(checkpoint, index.latents[[row]])[0]
        pair.append(Tile(drawn, "Reconstruction"))
    tiles.row(pair, columns=2, width="19rem")
    if words.has_errors(checkpoint):
        error = float(index.reconstruction_error[row])
        rank = percentile(error, index.reconstruction_error)
        st.markdown(
            f"Reconstruction error (MSE) **{words.figure(error)}**: larger than for {rank:.0f} % "
            "of the images on the map."
        )
    nearness = cache.support(checkpoint).of_row(row)
    if nearness.is_far:
        none = support.none_near(was_learned=split == "train")
        st.markdown(f"{none} {support.distance(nearness)}")
    _factors(checkpoint, row)
    _neighbors(checkpoint, row)
    if before is not None:
        _distances(checkpoint, shown, look, row, before)
    else:
        st.caption("Click a second point to measure the distance between the two.")


_SPLIT_WORDS = {
    "train": "Training image",
    "validation": "Validation image",
    "test": "Test image",
}


def class_name(checkpoint: Checkpoint, row: int) -> str:
    """Return the name of a point's class, as it is written."""
    label = int(cache.index(checkpoint).labels[row])
    return checkpoint.manifest.class_name(label) or UNLABELED.capitalize()


def references(checkpoint: Checkpoint, shown: Map) -> dict[str, NDArray[np.float32]]:
    """Return the distances of random pairs in every space, for ranks.

    Parameters
    ----------
    checkpoint : Checkpoint
    shown : Map

    Returns
    -------
    dict of str to float32 (n_pairs,)
        By the names that `spaces` gives.
    """
    return {
        name: pairs(checkpoint, name, shown if name == MAP else None)
        for name in spaces(checkpoint, shown)
    }


@cache.kept
def pairs(checkpoint: Checkpoint, space: str, shown: Map | None = None) -> NDArray[np.float32]:
    """Return the distances of random pairs in pixel space, in latent space or on a map.

    Parameters
    ----------
    checkpoint : Checkpoint
    space : str
        A name that `spaces` gives.
    shown : Map, optional
        Where the space is a map.

    Returns
    -------
    float32 (n_pairs,)
        Euclidean, in the units of the space.
    """
    if space == PIXELS:
        pixels = cache.originals(checkpoint)
        assert pixels is not None  # noqa: S101 - `spaces` says so
        return pair_distances(pixels)
    return pair_distances(cache.index(checkpoint).latents if shown is None else shown.coordinates)


PIXELS, LATENT, MAP = "in pixel space", "in latent space", "on this map"


def spaces(checkpoint: Checkpoint, shown: Map) -> dict[str, NDArray[np.generic]]:
    """Return the spaces in which two images can be compared.

    Parameters
    ----------
    checkpoint : Checkpoint
    shown : Map

    Returns
    -------
    dict of str to array (n, ...)
        Row for row the latent index: uint8 pixels where they are on this machine, float32 latents,
        and float32 (n, 2) places on the map.
    """
    index, pixels = cache.index(checkpoint), cache.originals(checkpoint)
    found: dict[str, NDArray[np.generic]] = {} if pixels is None else {PIXELS: pixels}
    return {**found, LATENT: index.latents, MAP: shown.coordinates}


def _factors(checkpoint: Checkpoint, row: int) -> None:
    known = cache.index(checkpoint).factors
    if known:
        tiles.facts(
            [(name.replace("_", " "), words.figure(float(v[row]))) for name, v in known.items()]
        )


def _neighbors(checkpoint: Checkpoint, row: int) -> None:
    index = cache.index(checkpoint)
    rows = index.neighbors[row][:N_SHOWN]
    distances = np.linalg.norm(index.latents[rows] - index.latents[row], axis=1)
    found = cache.pictures_of(checkpoint, rows)
    st.markdown(
        "**Nearest neighbors in latent space**, with their distances. Lines on the map lead to "
        "them."
    )
    tiles.row(
        [Tile(found[i], words.figure(float(distances[i]))) for i in range(len(rows))],
        columns=N_SHOWN,
    )


def _distances(checkpoint: Checkpoint, shown: Map, look: Look, row: int, before: int) -> None:
    name = plain(class_name(checkpoint, before))
    st.markdown(f"**Distance from the previous point** ({name}, the dashed ring)")
    found = compare(row, before, spaces(checkpoint, shown), references(checkpoint, shown))
    tiles.facts(
        [
            (
                space,
                f"{tiles.bar(distance.percentile / 100, look.quiet)}"
                f"{escape(words.figure(distance.value))}, larger than for "
                f"{distance.percentile:.0f} % of random pairs",
            )
            for space, distance in found.items()
        ]
    )

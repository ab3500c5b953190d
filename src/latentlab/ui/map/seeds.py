"""Other seeds: points glide from one map of the same latents to another."""

from __future__ import annotations

import numpy as np
import streamlit as st

from latentlab.analysis.variants import Change, change, variants
from latentlab.checkpoints import Checkpoint
from latentlab.export.message import pack
from latentlab.figures import theme
from latentlab.figures.look import Look
from latentlab.ui.map import companion
from latentlab.ui.map.maps import Map
from latentlab.ui.shell import cache
from latentlab.wording import words

ABSENT = "This checkpoint has no maps of other seeds. To train one that has:"
COMMAND = "latentlab train --config {path} --map-variants true --name {name}-maps"


@st.fragment
def show(checkpoint: Checkpoint, shown: Map, look: Look) -> None:
    """Show the stored variants of UMAP; what to do, where there are none.

    Parameters
    ----------
    checkpoint : Checkpoint
    shown : Map
    look : Look
    """
    if not any(name.startswith("seed/") for name in cache.index(checkpoint).variants):
        absent(checkpoint)
        return
    st.markdown(
        "UMAP of the same latents with five seeds, then with fewer and more neighbors. Each map is "
        "aligned with the first, so **what still moves is placed by the seed or the setting, not "
        "by the data**. Before you play it: will the clusters keep their positions?"
    )
    companion.scrub(_message(checkpoint, look))


def absent(checkpoint: Checkpoint) -> None:
    """Say that nothing of the kind is stored, and how to have it."""
    st.markdown(ABSENT)
    path = f"checkpoints/{checkpoint.name}/checkpoint.json"
    st.code(COMMAND.format(path=path, name=checkpoint.name), language="bash", wrap_lines=True)


@cache.kept
def _message(checkpoint: Checkpoint, look: Look) -> bytes:
    index = cache.index(checkpoint)
    names = [variant.name for variant in variants() if variant.name in index.variants]
    stack = np.stack([index.variants[name] for name in names])
    labels = index.labels[: stack.shape[1]]
    changes = [change(stack[0], places) for places in stack]
    header = {
        "id": f"{checkpoint.fingerprint} {look.name}",
        "colors": [theme.class_color(label, look) for label in range(int(labels.max()) + 1)],
        "variants": [
            {"title": _title(name), "text": _text(found, first=number == 0)}
            for number, (name, found) in enumerate(zip(names, changes, strict=True))
        ],
    }
    return pack(header, {"maps": stack.astype(np.float32), "labels": labels})


def _title(name: str) -> str:
    family, number = name.split("/")
    return f"Seed {int(number) + 1}" if family == "seed" else f"{number} neighbors"


def _text(found: Change, *, first: bool) -> str:
    if first:
        return (
            "Seed 1, 15 neighbors: the map with which the others are compared. "
            "It shows the first of the stored images, colored by class."
        )
    return (
        f"Compared with seed 1: {words.share(found.kept)} of each point's 15 neighbors are the "
        f"same; points move by {words.share(found.moved)} of the map's radius; the rank "
        f"correlation of the distances between random pairs is {found.rank_correlation:.2f} (1: "
        "the same order)."
    )

"""The Explore page's conversation with the canvas: what it is given, what it asks for."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import streamlit as st

from latentlab.checkpoints import Checkpoint
from latentlab.images import to_pixels
from latentlab.ui.explore import component, messages
from latentlab.ui.map import page as map_page
from latentlab.ui.shell import (
    available,
    bus,
    cache,
    download_panel,
    families,
    frame,
    kept_address,
    theme,
)

# What the canvas keeps in the address; the same names as in web/explore/address.ts.
ADDRESS = (
    *("points", "grid", "even", "shade", "fog", "solo", "plane", "at", "pin"),
    *("A", "B", "C", "D", "E", "F"),
    *("tool", "with", "match", "curve", "over", "present"),
    *("loop1", "loop2", "beside", "round", "angle"),
)
MOST_OTHERS = 3
MOST_ROWS = 256  # that one question to the server may hold
NO_LATENT = (
    "This network repairs images and keeps no latent of them, so there is no map to explore. "
    "Choose an autoencoder above, or give this one an image on the page Restore."
)

NO_DECODER = (
    "There is no decoder for these latents, so nothing can be decoded between the images. Below, "
    "each image stands at its place; Map and Neighbors show all that is known of the latents."
)


def render(checkpoint: Checkpoint) -> None:
    """Draw the decode canvas for a checkpoint.

    Parameters
    ----------
    checkpoint : Checkpoint
        What to explore.
    """
    if not _latent_size(checkpoint):
        st.info(NO_LATENT, icon=":material/explore_off:")
        return
    if not checkpoint.manifest.decodes:
        _offer_others(checkpoint)
        return
    frame.fill_window()
    returned = kept_address.returned(ADDRESS, component.ADDRESS_KEY)
    download_panel.panel(checkpoint)
    component.draw(_network(checkpoint))
    _keep_address()
    _compare(checkpoint)
    _reencode(checkpoint)
    if cache.full_index(checkpoint) is not None:
        _count_all(checkpoint)
    _answer(checkpoint)
    bus.offer(_extras(checkpoint), key="canvas-feed-extras")
    if cache.originals(checkpoint) is not None:
        bus.offer(_originals(checkpoint), key="canvas-feed-originals")
    if returned:
        bus.carry(messages.address(checkpoint, returned), key="canvas-feed-address")


def same_images(checkpoint: Checkpoint) -> list[Checkpoint]:
    """Return the other checkpoints that learned from the same images, by name."""
    return [other for other in families.beside(checkpoint) if _alike(other, checkpoint)]


def reencoders(checkpoint: Checkpoint) -> list[Checkpoint]:
    """Return the other checkpoints with a latent of the same images, whatever their task."""
    good, _ = available.checkpoints()
    return [
        other
        for other in good
        if other.name != checkpoint.name and _related(other, checkpoint) and other.manifest.encodes
    ]


def _offer_others(checkpoint: Checkpoint) -> None:
    st.info(NO_DECODER, icon=":material/explore_off:")
    with st.container(horizontal=True):
        st.page_link("pages/map.py", label="Map", icon=":material/scatter_plot:")
        st.page_link("pages/neighbors.py", label="Neighbors", icon=":material/hub:")
    map_page.glance(checkpoint, theme.current())


@st.fragment(key="canvas-keep-address")
def _keep_address() -> None:
    """Keep what the canvas wrote into the address, so that Streamlit knows of it too."""
    kept_address.follow(ADDRESS, component.ADDRESS_KEY)


@st.fragment(key="canvas-compare")
def _compare(checkpoint: Checkpoint) -> None:
    """Send the networks that the comparison asks for, as long as they exist."""
    known = _asked(bus.listen("load", key="canvas-load"), same_images(checkpoint))
    for place, other in enumerate(known[:MOST_OTHERS]):
        bus.offer(_network(other), key=f"canvas-feed-other-{place}")


@st.fragment(key="canvas-reencode")
def _reencode(checkpoint: Checkpoint) -> None:
    """Send both halves of the networks that re-encode, as long as they exist."""
    known = _asked(bus.listen("reencode", key="canvas-reencode-ask"), reencoders(checkpoint))
    for place, other in enumerate(known[:MOST_OTHERS]):
        bus.offer(_reencoder(other), key=f"canvas-feed-reencoder-{place}")


@st.fragment(key="canvas-count-all")
def _count_all(checkpoint: Checkpoint) -> None:
    """Send the latents of all images when somebody looks at their density: they are large."""
    asked = bus.listen("count", key="canvas-count") == checkpoint.fingerprint
    if asked and (everything := _everything(checkpoint)) is not None:
        bus.offer(everything, key="canvas-feed-all")


@st.fragment(key="canvas-answer")
def _answer(checkpoint: Checkpoint) -> None:
    """Decode for a browser that cannot: one question at a time, and only plausible ones."""
    question = _question(bus.listen("ask", key="canvas-ask"), checkpoint.manifest.config.latent_dim)
    if question is not None and checkpoint.manifest.decodes:
        name, latents = question
        images = to_pixels(cache.codec(checkpoint).decode(latents))
        bus.carry(messages.answer(checkpoint, name, images), key="canvas-feed-answer")


def _network(checkpoint: Checkpoint) -> bytes:
    others = tuple(other.fingerprint for other in reencoders(checkpoint))
    return _message(checkpoint, others, cache.originals(checkpoint) is not None)


@cache.kept
def _message(checkpoint: Checkpoint, others: tuple[str, ...], originals_are_here: bool) -> bytes:
    return messages.network(
        checkpoint,
        cache.index(checkpoint),
        cache.networks(checkpoint),
        cache.support(checkpoint),
        others=[other for other in same_images(checkpoint) if other.fingerprint in others],
        reencoders=[other for other in reencoders(checkpoint) if other.fingerprint in others],
        originals=originals_are_here,
    )


@cache.kept
def _extras(checkpoint: Checkpoint) -> bytes:
    return messages.extras(checkpoint, cache.index(checkpoint), cache.networks(checkpoint))


@cache.kept
def _everything(checkpoint: Checkpoint) -> bytes | None:
    full = cache.full_index(checkpoint)
    return messages.everything(checkpoint, cache.index(checkpoint), full) if full else None


@cache.kept
def _reencoder(checkpoint: Checkpoint) -> bytes:
    return messages.reencoder(checkpoint, cache.networks(checkpoint))


@cache.kept
def _originals(checkpoint: Checkpoint) -> bytes:
    pixels = cache.originals(checkpoint)
    assert pixels is not None  # noqa: S101 - asked for only where they are
    return messages.originals(checkpoint, pixels)


def _question(
    ask: object, latent_dim: int
) -> tuple[str, np.ndarray[Any, np.dtype[np.float32]]] | None:
    if not isinstance(ask, dict) or not isinstance(ask.get("latents"), list):
        return None
    values = ask["latents"]
    if not values or len(values) % latent_dim or len(values) > MOST_ROWS * latent_dim:
        return None
    if not all(isinstance(value, (int, float)) and math.isfinite(value) for value in values):
        return None
    return str(ask.get("id"))[:80], np.array(values, np.float32).reshape(-1, latent_dim)


def _latent_size(checkpoint: Checkpoint) -> int:
    """Say how many numbers a latent has, from the manifest alone; 0 where there is none."""
    spec = checkpoint.manifest.tensors.get("index.safetensors/latents")
    return spec.shape[1] if spec is not None and len(spec.shape) == 2 else 0


def _alike(one: Checkpoint, other: Checkpoint) -> bool:
    return _related(one, other) and one.manifest.config.task == other.manifest.config.task


def _related(one: Checkpoint, other: Checkpoint) -> bool:
    a, b = one.manifest, other.manifest
    same_set = a.config.dataset == b.config.dataset and a.image_shape == b.image_shape
    return same_set and _latent_size(one) > 0 and a.decodes


def _asked(said: object, offered: list[Checkpoint]) -> list[Checkpoint]:
    """Return those that the browser asks for by name, of those that there are."""
    by_name = {other.name: other for other in offered}
    wanted = said if isinstance(said, list) else []
    return [by_name[name] for name in wanted if isinstance(name, str) and name in by_name]

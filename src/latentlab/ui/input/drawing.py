"""The drawing canvas: a component of our own, with the network inside the browser."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping

import numpy as np
import streamlit as st

from latentlab import web
from latentlab.analysis import preprocess
from latentlab.checkpoints import Checkpoint
from latentlab.errors import ImageError
from latentlab.images import Images, to_float
from latentlab.ui.input.history import current, set_image
from latentlab.ui.input.image_statistics import image_statistics
from latentlab.ui.input.query import Query
from latentlab.ui.shell import bus, cache, state

SOURCE = "your drawing"
LAST = "latentlab:drawing"  # in the session: number of the drawing that was asked about last
HINT = "Draw here, with a mouse, a finger or a pen"
# Paint for images with color; eight that are easily told apart on any ground, and black and white.
INKS = {
    "Red": "#e6194b",
    "Orange": "#f58231",
    "Yellow": "#ffe119",
    "Green": "#3cb44b",
    "Cyan": "#42d4f4",
    "Blue": "#4363d8",
    "Purple": "#911eb4",
    "Magenta": "#f032e6",
    "White": "#ffffff",
    "Black": "#000000",
}
# A drawing is at most 128 x 128 x 3 bytes; whatever is longer was not sent by our canvas.
MAX_TEXT = 100_000
# Figures are drawn about three quarters as tall as the canvas, then brought to the set's size.
DRAWN_SIDE = 0.75
BRUSH, BRUSHES = 0.08, (0.03, 0.25)  # of the canvas: the usual width, the thinnest and the thickest

_COMPONENT = st.components.v2.component(
    "latentlab_drawing",
    html='<div id="drawing"></div>',
    css=web.read("drawing.css"),
    js=web.read("drawing.js"),
)


def panel(
    checkpoint: Checkpoint,
    *,
    key: str,
    preview: bool,
    voice: str | None = None,
    sends_network: bool = True,
) -> None:
    """Show the canvas.

    Parameters
    ----------
    checkpoint : Checkpoint
    key : str
        Unique on the page.
    preview : bool
        Whether to show what the network sees and draws back.
    voice : str, optional
        Key of the component that tells the server of a drawing in place of the canvas; whoever
        shows that component calls `take`, and the component answers the canvas.
    sends_network : bool
        Whether the canvas is given the network, so that it can reconstruct what is drawn.
    """
    own = f"{key}-drawing"
    said = take(checkpoint, own) if voice is None else heard(voice)
    _COMPONENT(
        data=message(
            checkpoint, preview=preview, speaks=voice is None, cleared=_cleared(checkpoint)
        ),
        key=own,
        on_drawing_change=lambda: None,
    )
    if voice is None:
        # The canvas keeps a stroke back until the one before it has been answered.
        bus.carry({"id": "answered", "value": number_of(said)}, key=f"{own}-answering")
    if sends_network and said.get("has") != checkpoint.fingerprint:
        bus.offer(network(checkpoint), key=f"{key}-network")


def take(checkpoint: Checkpoint, voice: str) -> Mapping[str, object]:
    """Ask about the drawing, if it is not the one that was asked about before.

    Parameters
    ----------
    checkpoint : Checkpoint
    voice : str
        Key of the component that tells of it.

    Returns
    -------
    mapping
        What `heard` returns.
    """
    said = heard(voice)
    # What was drawn for another network stays said, and may have another shape: look only once.
    if state.is_news(f"{voice}:drawing", said.get("id")):
        image = decoded(said, checkpoint.manifest.image_shape)
        if image is not None:
            set_image(checkpoint, Query(image, SOURCE))
            state.remember(LAST, number_of(said))
    return said


def heard(voice: str) -> Mapping[str, object]:
    """Return what was said of a drawing last; anything may be in it: browsers can be edited."""
    said = state.said_by(voice, "drawing")
    return said if isinstance(said, Mapping) else {}


def number_of(said: Mapping[str, object]) -> int:
    """Return the number of a drawing, 0 if there was none."""
    number = said.get("id")
    return number if isinstance(number, int) else 0


def message(
    checkpoint: Checkpoint, *, preview: bool, speaks: bool = True, cleared: int = 0
) -> bytes:
    """Pack what the canvas needs to know: how the images of the set look.

    Parameters
    ----------
    checkpoint : Checkpoint
    preview : bool
    speaks : bool
        Whether the canvas tells the server of drawings itself.
    cleared : int
        Number of the last drawing if another image has taken its place since, else 0.

    Returns
    -------
    bytes
        For ``web/lib/message.ts``.
    """
    from latentlab.export.message import pack

    header: dict[str, object] = {
        **described(checkpoint),
        "fingerprint": f"{checkpoint.fingerprint} {preview} {speaks}",
        "network": checkpoint.fingerprint,
        "hint": HINT,
        "preview": preview,
        "speaks": speaks,
        "cleared": cleared,
        "latent_dim": checkpoint.manifest.config.latent_dim,
    }
    return pack(header, {})


def described(checkpoint: Checkpoint) -> dict[str, object]:
    """Describe for a canvas how the images of a set look; see ``web/drawing/preprocess.ts``."""
    seen = image_statistics(checkpoint)
    return {
        "set": checkpoint.manifest.config.dataset,
        "shape": list(seen.shape),
        "ground": seen.ground.tolist(),
        "is_figure": seen.is_figure,
        "extent": seen.extent,
        "by_box": seen.by_box,
        "inks": _inks(seen),
        "brush": float(np.clip(DRAWN_SIDE * seen.stroke, *BRUSHES)) if seen.stroke else BRUSH,
        "brushes": list(BRUSHES),
    }


@cache.kept
def network(checkpoint: Checkpoint) -> bytes:
    """Pack the network for the browser; without weights if the browser cannot run it.

    The canvas says that it has it, and from then on it is not sent or even looked at.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    bytes
        For `bus.carry`.
    """
    from latentlab.export.message import pack

    header: dict[str, object] = {"id": "drawing network", "network": checkpoint.fingerprint}
    found = cache.networks(checkpoint)
    if found is None or found.encoder is None or found.decoder is None:
        return pack(header, {})  # the server answers
    specs = {"encoder": found.encoder.header(), "decoder": found.decoder.header()}
    weights = {"encoder": found.encoder.weights, "decoder": found.decoder.weights}
    return pack({**header, "specs": specs}, weights)


def decoded(sent: object, shape: tuple[int, int, int]) -> Images | None:
    """Read a drawing as the canvas sends it.

    Parameters
    ----------
    sent : object
        A mapping with ``pixels`` in base64; anything else is no drawing.
    shape : (int, int, int)

    Returns
    -------
    float32 (h, w, c), 0 to 1, or None
        None where nothing was drawn.

    Raises
    ------
    ImageError
        If it is not one of this network's images.
    """
    text = sent.get("pixels") if isinstance(sent, Mapping) else None
    if not isinstance(text, str) or not text:
        return None
    try:
        content = base64.b64decode(text[:MAX_TEXT], validate=True)
    except (binascii.Error, ValueError):
        raise ImageError("The drawing did not arrive whole; draw one more stroke.") from None
    if len(content) != np.prod(shape):
        raise ImageError(
            f"The drawing has {len(content):,} values and the network takes {shape[0]}x{shape[1]}"
            f"x{shape[2]}; reload the page."
        )
    return to_float(np.frombuffer(content, np.uint8).reshape(shape))


def _cleared(checkpoint: Checkpoint) -> int:
    return 0 if current(checkpoint).source == SOURCE else state.recall(LAST, 0)


def _inks(seen: preprocess.ImageStatistics) -> dict[str, str]:
    if seen.shape[2] == 3:
        return INKS
    name = "White" if seen.is_dark else "Black"
    return {name: INKS[name]}

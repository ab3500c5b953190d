"""The latent space as one file: points, decoder weights and a runtime, for a course page.

It opens from disk, asks no server for anything and decodes under the pointer. Weights travel in
half precision. Image sets that are not ours to pass on appear only as reconstructions.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import numpy.typing as npt

from latentlab import web
from latentlab.errors import LatentlabError
from latentlab.export.browser import BrowserNetwork
from latentlab.export.message import pack
from latentlab.images import Pixels, mosaic, png

Floats = npt.NDArray[np.float32]

MAX_ORIGINALS_BYTES = 900_000
MAX_BYTES = 32_000_000  # more than this no phone opens gladly
SPRITE_COLUMNS = 64


@dataclass(frozen=True)
class Explorer:
    """What the page shows.

    Attributes
    ----------
    title, about : str
        The heading, and a line of explanation.
    decoder : BrowserNetwork
        From a latent to an image in [0, 1].
    latents : float32 (n, z)
        Of all stored training images: what is near is measured to them alone, as everywhere.
    labels : int (n,)
        Rows of `class_names`.
    class_names : sequence of str
    origin : float32 (z,)
    axes : float32 (2, z)
        The plane that the map shows.
    extent : (float, float, float, float)
        Left, right, low, high: the part of it that is worth showing.
    far : float
        Distance from which on no training image is near.
    originals : uint8 (n, h, w, c) or None
        Only of image sets that may be passed on.
    """

    title: str
    about: str
    decoder: BrowserNetwork
    latents: Floats
    labels: npt.NDArray[np.integer]
    class_names: Sequence[str]
    origin: Floats
    axes: Floats
    extent: tuple[float, float, float, float]
    far: float
    originals: Pixels | None


def page(explorer: Explorer, themes: Mapping[str, Mapping[str, str]], colors: Any) -> bytes:
    """Return the page.

    Parameters
    ----------
    explorer : Explorer
    themes : mapping
        For "light" and "dark", the colors of the page by name.
    colors : mapping
        For "light" and "dark", the class colors in order.

    Returns
    -------
    bytes
        HTML in UTF-8, without any address in it.

    Raises
    ------
    LatentlabError
        If the network is too large for a page.
    """
    data = base64.b64encode(_message(explorer, colors)).decode()
    if len(data) > MAX_BYTES:
        raise LatentlabError(
            f"The page would have {len(data) / 1e6:.0f} MB, and {MAX_BYTES / 1e6:.0f} MB is what a "
            "phone can open; train a smaller network for it."
        )
    script, style, body = (web.read(f"takehome.{kind}") for kind in ("js", "css", "html"))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(explorer.title)}</title>\n<style>\n{_theme_css(themes)}"
        f"{style}</style>\n</head>\n<body>\n{body}"
        "<noscript>This page decodes in the browser and needs JavaScript.</noscript>\n"
        f'<script id="data" type="application/octet-stream">{data}</script>\n'
        f'<script type="module">\n{script}</script>\n</body>\n</html>\n'
    ).encode()


def halved(network: BrowserNetwork) -> BrowserNetwork:
    """Return a network with its weights in half precision.

    Parameters
    ----------
    network : BrowserNetwork

    Returns
    -------
    BrowserNetwork
        float16; weights beyond its range are cut to it.
    """
    weights = np.clip(network.weights, -65504, 65504).astype(np.float16)
    return BrowserNetwork(network.layers, weights, network.input_shape, network.output_shape)


def _message(explorer: Explorer, colors: Any) -> bytes:
    latents = explorer.latents
    places = ((latents - explorer.origin) @ explorer.axes.T).astype(np.float32)
    labels = np.asarray(explorer.labels, np.int32)
    arrays: dict[str, npt.NDArray[Any]] = {
        "weights": explorer.decoder.weights,
        "latents": latents.astype(np.float32),
        "places": places,
        "labels": labels,
        "origin": np.asarray(explorer.origin, np.float32),
        "axes": np.asarray(explorer.axes, np.float32),
    }
    sprite = _sprite(explorer.originals)
    if sprite is not None:
        arrays["originals"] = np.frombuffer(sprite, np.uint8)
    header: dict[str, object] = {
        "title": explorer.title,
        "about": explorer.about,
        "decoder": explorer.decoder.header(),
        "classes": list(explorer.class_names),
        "extent": list(explorer.extent),
        "far": explorer.far,
        "colors": colors,
        "columns": SPRITE_COLUMNS,
    }
    return pack(header, arrays)


def _sprite(originals: Pixels | None) -> bytes | None:
    """Return all originals in one picture, unless they would make the page heavy."""
    if originals is None:
        return None
    sprite = png(mosaic(originals, SPRITE_COLUMNS))
    return sprite if len(sprite) <= MAX_ORIGINALS_BYTES else None


def _theme_css(themes: Mapping[str, Mapping[str, str]]) -> str:
    def rules(theme: Mapping[str, str]) -> str:
        return " ".join(f"--{name}: {value};" for name, value in theme.items())

    return (
        f":root {{ color-scheme: light dark; {rules(themes['light'])} }}\n"
        "@media (prefers-color-scheme: dark) { :root {" + rules(themes["dark"]) + "} }\n"
    )

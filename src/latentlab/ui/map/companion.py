"""The invisible component that works on the map's chart, and what it is told and says."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

import numpy as np
import streamlit as st
from PIL import Image

from latentlab import web
from latentlab.checkpoints import Checkpoint
from latentlab.export.message import pack
from latentlab.figures.look import Look
from latentlab.images import mosaic
from latentlab.ui.map.maps import Map, radius
from latentlab.ui.shell import bus, cache, state
from latentlab.ui.shell.pictures import reduced
from latentlab.wording import words

CHART = "map-chart"
KEY = "map-marks"

LARGEST_TILE = 32
ATLAS_SIDE = 3600  # pixels; beyond, browsers take long to open it
MOST_CORNERS = 24  # as many as an address holds; web/map/marks.ts sends no more

# In the address: the row that was clicked, and perhaps the one before; x and y of an empty place,
# or of each corner of a loop.
POINT, PLACE = "point", "place"
_SAID, _BY_ADDRESS = "latentlab:map-said", "latentlab:map-by-address"
_PLACE_IS_ON = "latentlab:map-of-place"

Place = list[float]


@dataclass(frozen=True)
class Pick:
    """What a visitor has last done on the map; at most one of the three.

    Attributes
    ----------
    row : int or None
        The point that was clicked.
    before : int or None
        The point that was clicked before it.
    at : tuple of float or None
        The empty place that was clicked.
    corners : ndarray of float64, shape (m, 2), or None
        The loop that was drawn.
    """

    row: int | None = None
    before: int | None = None
    at: tuple[float, float] | None = None
    corners: np.ndarray[Any, np.dtype[np.float64]] | None = None


@dataclass(frozen=True)
class Marks:
    """What is drawn above the chart, in data units.

    Attributes
    ----------
    rings : sequence of mapping
        ``at``, and perhaps ``letter`` and ``quiet``.
    lines : sequence of pairs of places
    loop : sequence of places
    found : sequence of places
        Points that were searched for.
    spread : mapping or None
        ``at``, ``radius``, ``far``.
    """

    rings: Sequence[Mapping[str, Any]] = ()
    lines: Sequence[tuple[Place, Place]] = ()
    loop: Sequence[Place] = ()
    found: Sequence[Place] = ()
    spread: Mapping[str, Any] | None = None

    def message(self) -> dict[str, Any]:
        """Return them as JSON can carry them; what is empty is left out."""
        return {name: value for name, value in asdict(self).items() if value}


_MARKS = st.components.v2.component("latentlab_map_marks", js=web.read("map_marks.js"))
_SCRUB = st.components.v2.component(
    "latentlab_map_scrub",
    html='<div id="scrub"></div>',
    css=web.read("map_scrub.css"),
    js=web.read("map_scrub.js"),
)


def hover(checkpoint: Checkpoint) -> None:
    """Let the image of the point under the pointer appear at once.

    The images of the set where they are on this machine, else empty tiles.
    """
    here = cache.originals(checkpoint) is not None
    bus.offer(_atlas(checkpoint, here), key="map-hover")


def pick(checkpoint: Checkpoint, shown: Map) -> Pick:
    """Return what the visitor has last done here, proven to be possible.

    It stands in the address, which wins when it has changed. A clicked point stays when the map
    changes; a place and a loop belong to one map.
    """
    said = state.said_by(KEY, "pick")
    (point_is_new, point), (place_is_new, place) = map(state.read_anew, (POINT, PLACE))
    if state.is_news(_SAID, said) and isinstance(said, Mapping):
        state.remember(_BY_ADDRESS, False)
    elif point_is_new or place_is_new:
        state.remember(_BY_ADDRESS, True)
        state.remember(_PLACE_IS_ON, shown.name)
    if not state.recall(_BY_ADDRESS, True):
        picked = _picked(said, checkpoint, shown)
    elif rows := _rows(point):
        picked = _point(*rows, n=len(shown.coordinates))
    elif state.recall(_PLACE_IS_ON, "") == shown.name:
        picked = _somewhere(_pairs(place), shown)
    else:
        picked = Pick()
    state.to_address(**_written(picked))
    return picked


def _picked(said: object, checkpoint: Checkpoint, shown: Map) -> Pick:
    if not isinstance(said, Mapping) or said.get("of") != checkpoint.fingerprint[:16]:
        return Pick()
    if said.get("kind") == "point":
        return _point(said.get("row"), said.get("before"), n=len(shown.coordinates))
    if said.get("map") != shown.name:
        return Pick()
    places = [said.get("at")] if said.get("kind") == "place" else said.get("corners")
    return _somewhere(places, shown)


def _rows(written: str | None) -> list[int]:
    parts = (written or "").split("_")[:2]
    return [int(text) for text in parts if re.fullmatch("[0-9]{1,9}", text)]


def _pairs(written: str | None) -> list[object]:
    parts = (written or "").split("_")
    return [parts[i : i + 2] for i in range(0, len(parts), 2)]


def _somewhere(places: object, shown: Map) -> Pick:
    if not isinstance(places, list) or len(places) > MOST_CORNERS:
        return Pick()
    found = _places(places, shown)
    if found is None or len(found) == 2:
        return Pick()
    if len(found) == 1:
        return Pick(at=(float(found[0, 0]), float(found[0, 1])))
    return Pick(corners=found)


def _written(picked: Pick) -> dict[str, str | None]:
    rows = [row for row in (picked.row, picked.before) if row is not None]
    places = picked.at if picked.corners is None else picked.corners.ravel()
    return {
        POINT: "_".join(map(str, rows)) or None,
        PLACE: None if places is None else "_".join(f"{value:.9g}" for value in places),
    }


def _point(row: object, before: object = None, *, n: int) -> Pick:
    now, then = _row(row, n), _row(before, n)
    return Pick(row=now, before=then if then != now else None)


def draw_marks(
    checkpoint: Checkpoint,
    shown: Map,
    look: Look,
    marks: Marks,
    *,
    row: int | None,
    on_pick: Callable[[], None],
) -> None:
    """Draw above the chart, and listen to it.

    Parameters
    ----------
    checkpoint : Checkpoint
    shown : Map
    look : Look
    marks : Marks
    row : int or None
        The point whose card is shown: the next click is compared with it.
    on_pick : callable
        Called when the visitor has done something on the map; `pick` then says what.
    """
    _MARKS(
        key=KEY,
        data={
            "chart": CHART,
            "of": checkpoint.fingerprint[:16],
            "map": shown.name,
            "marks": marks.message(),
            "look": {name: getattr(look, name) for name in COLORS},
            **({} if row is None else {"row": row}),
        },
        on_pick_change=on_pick,
    )


COLORS = ("background", "surface", "ink", "muted", "line", "accent", "warning")


def scrub(data: bytes) -> None:
    """Show maps that glide into one another; the bytes are from `variants.message`."""
    _SCRUB(key="map-scrub", data=data)


@cache.kept
def _atlas(checkpoint: Checkpoint, originals_are_here: bool) -> bytes:
    index = cache.index(checkpoint)
    pixels = cache.pictures_of(checkpoint, np.arange(len(index)))
    columns = math.ceil(math.sqrt(len(pixels)))
    small = reduced(pixels, min(LARGEST_TILE, ATLAS_SIDE // columns))
    stream = BytesIO()
    picture = mosaic(small, columns=columns)
    # Lossless, and fast: level 1.
    Image.fromarray(picture.squeeze()).save(stream, "PNG", compress_level=1)
    header = {
        "id": "map atlas",
        "of": checkpoint.fingerprint[:16],
        "mime": "image/png",
        "columns": columns,
        "tile": [small.shape[2], small.shape[1]],
        "classes": list(checkpoint.manifest.class_names),
    }
    arrays: dict[str, np.ndarray[Any, Any]] = {
        "picture": np.frombuffer(stream.getvalue(), np.uint8),
        "labels": index.labels,
        "errors": index.reconstruction_error[: len(index) if words.has_errors(checkpoint) else 0],
    }
    return pack(header, arrays)


def _row(value: object, n: int) -> int | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return None
    return int(value) if 0 <= value < n else None


def _places(values: Sequence[object], shown: Map) -> np.ndarray[Any, np.dtype[np.float64]] | None:
    try:
        places = np.array(values, dtype=np.float64)
    except (TypeError, ValueError):
        return None
    if places.ndim != 2 or places.shape[1] != 2 or not (np.abs(places) < 1e9).all():
        return None
    # To a thousandth of the map or so: an address is short, and whoever opens it sees the same.
    rounded: np.ndarray[Any, np.dtype[np.float64]] = places.round(
        max(0, 2 - math.floor(math.log10(max(radius(shown), 1e-6))))
    )
    return rounded

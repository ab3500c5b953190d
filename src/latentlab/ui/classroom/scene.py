"""The map on which drawings and guesses of a class land, and the network that places them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

import numpy as np

from latentlab.analysis.projections import place
from latentlab.checkpoints import Checkpoint
from latentlab.classroom.activity import Activity
from latentlab.classroom.drawings import Drawing, Place
from latentlab.images import to_float
from latentlab.ui.input import drawing as canvas
from latentlab.ui.map import maps
from latentlab.ui.map.maps import Map
from latentlab.ui.shell import available, cache

# Enough to see the clusters; a phone paints them at once.
MOST_POINTS = 2000
LATENT_UNITS = "in latent units"
MAP_UNITS = "in units of the map"


def checkpoint_of(activity: Activity) -> Checkpoint | None:
    """Return the network of an activity, unless it is gone."""
    good, _ = available.checkpoints()
    return next((each for each in good if each.fingerprint == activity.checkpoint), None)


@cache.kept
def message(checkpoint: Checkpoint) -> bytes:
    """Pack the map and what the drawing canvas has to know.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    bytes
        For ``web/classroom/messages.ts``: places (n, 2), labels (n,).
    """
    from latentlab.export.message import pack

    shown, index = _map(checkpoint), cache.index(checkpoint)
    rows = _spread_rows(len(index))
    header = {
        **canvas.described(checkpoint),
        "id": "scene",
        "class_names": list(checkpoint.manifest.class_names),
        "units": LATENT_UNITS if shown.kind == "native" else MAP_UNITS,
    }
    arrays = {
        "places": np.asarray(shown.coordinates[rows], np.float32),
        "labels": np.asarray(index.labels[rows], np.int32),
    }
    return pack(header, arrays)


@cache.kept
def picture(checkpoint: Checkpoint, row: int) -> bytes:
    """Pack the image of a row of the latent index: what the class guesses about."""
    from latentlab.export.message import pack

    pixels = cache.pictures_of(checkpoint, np.array([row]))[0]
    return pack({"id": "picture", "row": row}, {"pixels": np.ascontiguousarray(pixels)})


def place_of_row(checkpoint: Checkpoint, row: int) -> Place:
    """Return where an image of the latent index stands on the map."""
    x, y = _map(checkpoint).coordinates[row].tolist()
    return x, y


def land(checkpoint: Checkpoint, drawn: Mapping[int, Drawing]) -> dict[int, Drawing]:
    """Let the network encode drawings, all at once, and find their places.

    Parameters
    ----------
    checkpoint : Checkpoint
    drawn : mapping of int to Drawing
        At least one, of the network's own shape.
    """
    codec, shown = cache.codec(checkpoint), _map(checkpoint)
    images = to_float(np.stack([drawing.pixels for drawing in drawn.values()]))
    latents = codec.encode(images)
    errors = ((codec.decode(latents) - images) ** 2).mean(axis=(1, 2, 3))
    if shown.kind == "native":
        places = latents
    else:
        places = place(latents, cache.exact_index(checkpoint), shown.coordinates).xy
    support = cache.support(checkpoint).of_latents(latents)
    return {
        phone: replace(
            drawing,
            latent=latents[i],
            place=cast(Place, tuple(places[i].tolist())),
            error=float(errors[i]),
            is_far=support[i].is_far,
        )
        for i, (phone, drawing) in enumerate(drawn.items())
    }


def _map(checkpoint: Checkpoint) -> Map:
    return next(iter(maps.all_maps(checkpoint).values()))


def _spread_rows(n: int) -> np.ndarray:
    return np.unique(np.linspace(0, n - 1, min(n, MOST_POINTS)).astype(np.int64))

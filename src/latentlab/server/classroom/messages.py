"""What phones and projector are told; ``web/classroom/messages.ts`` reads it."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from latentlab.classroom.activity import Activity, Mine, View
from latentlab.classroom.drawings import Drawing, Place
from latentlab.ui.classroom import scene

Told = dict[str, Any]


async def scenery(activity: Activity, sent: set[tuple[object, ...]]) -> list[bytes]:
    """Return the map and the picture of an activity, unless they were sent on this connection.

    Parameters
    ----------
    activity : Activity
    sent : set
        What was sent before; the new is added. One map and one picture at a time are kept.

    Returns
    -------
    list of bytes
        Messages for the browser; empty where the activity has no map, or both were sent.
    """
    if not activity.checkpoint:
        return []
    wanted: list[tuple[object, ...]] = [("scene", activity.checkpoint)]
    if activity.row is not None:
        wanted.append(("picture", activity.checkpoint, activity.row))
    missing = [each for each in wanted if each not in sent]
    if not missing:
        return []
    sent.clear()
    sent.update(wanted)
    return await asyncio.to_thread(_packed, activity, missing)


def _packed(activity: Activity, wanted: list[tuple[object, ...]]) -> list[bytes]:
    checkpoint = scene.checkpoint_of(activity)
    if checkpoint is None:
        return []
    return [
        scene.message(checkpoint)
        if each[0] == "scene"
        else scene.picture(checkpoint, activity.row or 0)
        for each in wanted
    ]


async def for_phone(view: View, mine: Mine) -> Told:
    """Describe the class to one phone: others' answers only when they are shown to all.

    Parameters
    ----------
    view : View
    mine : Mine
        What this phone has answered.
    """
    return _asked(view) | {"mine": mine._asdict()} | await _revealed(view, mine.place)


async def for_projector(view: View, n_phones: int) -> Told:
    """Describe the class to the projector."""
    shown: Told = {"n_phones": n_phones, "n_answers": view.n_answers, "hidden": [*view.hidden]}
    revealed = await _revealed(view, None)
    if "truth" in revealed:
        truth = revealed["truth"]
        revealed["guesses"] = [
            {"phone": phone, "place": place, "distance": math.dist(place, truth)}
            for phone, place in view.guesses.items()
        ]
    return _asked(view) | shown | revealed


def drawings(number: int, placed: Mapping[int, Drawing]) -> bytes:
    """Pack drawings and where they are on the map.

    Parameters
    ----------
    number : int
        Of the activity.
    placed : mapping of int to Drawing
        By the phone's number; at least one.

    Returns
    -------
    bytes
        As ``export.message`` packs it: ``pixels`` uint8 (n, h, w, c), in the order of ``items``.
    """
    from latentlab.export.message import pack

    items = [
        {"phone": phone, "place": drawing.place, "is_far": drawing.is_far, "error": drawing.error}
        for phone, drawing in placed.items()
    ]
    pixels = np.stack([drawing.pixels for drawing in placed.values()])
    return pack({"id": "drawings", "number": number, "items": items}, {"pixels": pixels})


def _asked(view: View) -> Told:
    activity = view.activity
    return {
        "kind": "state",
        "number": view.number,
        "activity": activity.kind,
        "prompt": activity.prompt,
        "choices": list(activity.choices),
        "phase": view.phase,
        "ended": view.ended,
    }


async def _revealed(view: View, place: Place | None) -> Told:
    if view.phase != "revealed":
        return {}
    activity = view.activity
    found: Told = {"counts": list(view.counts), "answer": activity.answer}
    if activity.kind == "rank":
        found["ranks"] = list(view.mean_ranks)
    if activity.row is not None:
        checkpoint = await asyncio.to_thread(scene.checkpoint_of, activity)
        if checkpoint is not None:
            truth = scene.place_of_row(checkpoint, activity.row)
            found["truth"] = truth
            found["distance"] = None if place is None else math.dist(place, truth)
    return found

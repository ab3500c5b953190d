"""Encode the drawings of a class: all that wait at once, beside the server."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from latentlab.ui.classroom import scene

if TYPE_CHECKING:
    from latentlab.classroom.room import Room

LOGGER = logging.getLogger(__name__)

# Between two batches: what comes meanwhile is encoded together.
PAUSE_SECONDS = 0.1

_working: dict[str, asyncio.Task[None]] = {}


def wake(room: Room) -> None:
    """Begin to encode, unless it is being done."""
    if room.key not in _working:
        task = asyncio.create_task(_work(room))
        _working[room.key] = task
        task.add_done_callback(lambda _: _working.pop(room.key, None))


async def _work(room: Room) -> None:
    try:
        while await asyncio.to_thread(_land, room):
            await asyncio.sleep(PAUSE_SECONDS)
    except Exception:
        LOGGER.exception("The drawings of the class could not be encoded.")


def _land(room: Room) -> bool:
    """Encode what waits; say whether anything did."""
    view, waiting = room.view(), room.waiting()
    checkpoint = scene.checkpoint_of(view.activity)
    if not waiting or checkpoint is None:
        return False
    room.landed(view.number, scene.land(checkpoint, waiting))
    return True

"""The projector's connection: it shows the class, and carries the teacher's words."""

from __future__ import annotations

import asyncio
import hmac
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, ValidationError
from starlette.websockets import WebSocketDisconnect

from latentlab import classroom
from latentlab.server.classroom import landing, messages
from latentlab.server.classroom.bounds import HELLO_SECONDS
from latentlab.server.classroom.changes import GONE, Changes, until_one_ends
from latentlab.strict import Strict
from latentlab.ui.classroom import comparison
from latentlab.ui.shell.hosts import is_loopback

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

    from latentlab.classroom.room import Room

# At most 10 times a second: what comes meanwhile travels together.
PAUSE_SECONDS = 0.1


class Hello(Strict):
    """The first word of a projector: the key that the teacher's page was told."""

    key: Annotated[str, Field(max_length=100)]


class Command(Strict):
    """What the teacher wants; `phone` is whose drawing or guess to hide or to show."""

    do: Literal["open", "frozen", "revealed", "clear", "hide", "show"]
    phone: Annotated[int, Field(ge=0, le=10_000)] = 0


async def attend(websocket: WebSocket) -> None:
    """Show the class until the projector leaves; from this machine, and with the key only."""
    await websocket.accept()
    room = await _admitted(websocket)
    if room is None:
        with suppress(*GONE):
            await websocket.close(1008)
        return
    landing.wake(room)
    with Changes(room, answers=True) as changes:
        await until_one_ends(
            lambda: _listen(websocket, room), _Screen(websocket, room, changes).run
        )


async def _admitted(websocket: WebSocket) -> Room | None:
    room = classroom.current()
    host = websocket.client.host if websocket.client else ""
    try:
        async with asyncio.timeout(HELLO_SECONDS):
            said = Hello.model_validate_json(await websocket.receive_text())
    except (TimeoutError, WebSocketDisconnect, ValidationError, KeyError):
        return None
    is_right = room is not None and hmac.compare_digest(said.key.encode(), room.key.encode())
    return room if is_right and is_loopback(host) else None


async def _listen(websocket: WebSocket, room: Room) -> None:
    while True:
        try:
            command = Command.model_validate_json(await websocket.receive_text())
        except ValidationError:
            continue
        match command.do:
            case "clear":
                room.clear()
            case "hide" | "show":
                room.hide(command.phone, hidden=command.do == "hide")
            case phase:
                room.set_phase(phase)


@dataclass
class _Screen:
    """What one projector has been sent so far."""

    websocket: WebSocket
    room: Room
    changes: Changes

    async def run(self) -> None:
        told: messages.Told = {}
        scenery: set[tuple[object, ...]] = set()
        number, revision = -1, -1
        compared: tuple[object, ...] = ()
        while True:
            view = self.room.view()
            for content in await messages.scenery(view.activity, scenery):
                await self.websocket.send_bytes(content)
            state = await messages.for_projector(view, self.room.n_connected)
            if state != told:
                await self.websocket.send_json(state)
                told = state
            if view.ended:
                await self.websocket.close()
                return
            if view.number != number:
                number, revision = view.number, -1
            placed = self.room.placed(after=revision)
            if placed:
                revision = max(drawing.revision for drawing in placed.values())
                await self.websocket.send_bytes(messages.drawings(number, placed))
            wanted = (number, view.phase, view.hidden)
            if view.activity.kind == "draw" and view.phase == "revealed" and wanted != compared:
                compared = wanted
                content = await asyncio.to_thread(comparison.message, view, self.room.placed())
                await self.websocket.send_bytes(content)
            await asyncio.sleep(PAUSE_SECONDS)
            await self.changes.wait()

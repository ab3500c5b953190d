"""A phone's connection: it says a code, is told what the class is asked, and answers."""

from __future__ import annotations

import asyncio
import hmac
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.websockets import WebSocketDisconnect

from latentlab import classroom
from latentlab.classroom.activity import AnswerError
from latentlab.classroom.said import Draw, Guess, Hello, Ping, Rank, Said, Vote, heard
from latentlab.server.classroom import landing, messages
from latentlab.server.classroom.bounds import HELLO_SECONDS, Allowance, WrongCodes
from latentlab.server.classroom.changes import GONE, Changes, until_one_ends

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

    from latentlab.classroom.room import Room

NO_CLASS = "No class is running. Ask your teacher."
WRONG_CODE = "This is not the code of the class. Look at the screen in front."
ELSEWHERE = 4000  # this phone has come back in another tab
REFUSED = 4001

_WRONG_CODES = WrongCodes()
# The newest connection of each phone; the one before is closed.
_PRESENT: dict[tuple[str, int], WebSocket] = {}


async def attend(websocket: WebSocket) -> None:
    """Let a phone take part until it leaves or the class ends."""
    await websocket.accept()
    try:
        async with asyncio.timeout(HELLO_SECONDS):
            room, number = await _welcomed(websocket)
    except AnswerError as refusal:
        await websocket.send_json({"kind": "refused", "text": str(refusal)})
        await websocket.close(REFUSED)
        return
    except (TimeoutError, WebSocketDisconnect):
        with suppress(*GONE):
            await websocket.close()
        return
    key = (room.key, number)
    before, _PRESENT[key] = _PRESENT.get(key), websocket
    if before is not None:
        with suppress(*GONE):
            await before.close(ELSEWHERE)
    room.connect(number, 1)
    try:
        await _Visit(websocket, room, number).run()
    finally:
        room.connect(number, -1)
        if _PRESENT.get(key) is websocket:
            del _PRESENT[key]


async def _welcomed(websocket: WebSocket) -> tuple[Room, int]:
    said = heard(await _received(websocket))
    room = classroom.current()
    if room is None:
        raise AnswerError(NO_CLASS)
    if not isinstance(said, Hello) or not hmac.compare_digest(
        said.code.encode(), room.code.encode()
    ):
        await _WRONG_CODES.wait()
        raise AnswerError(WRONG_CODE)
    return room, room.admit(said.phone)


async def _received(websocket: WebSocket) -> str:
    message = await websocket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code") or 1005)
    return str(message.get("text") or "")


@dataclass
class _Visit:
    """One phone that is in the class."""

    websocket: WebSocket
    room: Room
    number: int
    answered: list[dict[str, object]] = field(default_factory=list)

    async def run(self) -> None:
        with Changes(self.room, answers=False) as changes:
            await until_one_ends(lambda: self._listen(changes), lambda: self._speak(changes))

    async def _listen(self, changes: Changes) -> None:
        """Take one answer after the other, none faster than is allowed."""
        allowance = Allowance()
        while True:
            text = await _received(self.websocket)
            await asyncio.sleep(allowance.spend())
            try:
                said = heard(text)
                self._take(said)
                self.answered.append({"kind": "taken", "turn": getattr(said, "turn", 0)})
            except AnswerError as refusal:
                self.answered.append({"kind": "not_taken", "text": str(refusal)})
            changes.note()

    def _take(self, said: Said) -> None:
        if isinstance(said, Vote):
            self.room.vote(self.number, said.number, said.choice)
        elif isinstance(said, Rank):
            self.room.rank(self.number, said.number, said.order)
        elif isinstance(said, Guess):
            self.room.guess(self.number, said.number, (said.x, said.y))
        elif isinstance(said, Draw):
            pixels = said.decoded(self.room.view().activity.shape)
            self.room.draw(self.number, said.number, pixels)
            landing.wake(self.room)
        elif not isinstance(said, Ping):
            raise AnswerError("You are in the class already.")

    async def _speak(self, changes: Changes) -> None:
        """Send what is asked whenever it changes, and say what was taken."""
        told: dict[str, object] = {}
        scenery: set[tuple[object, ...]] = set()
        while True:
            view = self.room.view()
            for content in await messages.scenery(view.activity, scenery):
                await self.websocket.send_bytes(content)
            answered, self.answered = self.answered, []
            state = await messages.for_phone(view, self.room.mine(self.number))
            for message in (*answered, *([state] if state != told else [])):
                await self.websocket.send_json(message)
            told = state
            if view.ended:
                await self.websocket.close()
                return
            await changes.wait()

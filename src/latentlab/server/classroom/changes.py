"""Waits in the server's event loop for what other threads change."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Self

import anyio
from starlette.websockets import WebSocketDisconnect

if TYPE_CHECKING:
    from latentlab.classroom.room import Room


# What sending to a connection raises that the other side has closed.
GONE = (WebSocketDisconnect, RuntimeError)


async def until_one_ends(*works: Callable[[], Awaitable[None]]) -> None:
    """Do several things at once until one of them ends, or the connection does."""
    async with anyio.create_task_group() as group:

        async def do(work: Callable[[], Awaitable[None]]) -> None:
            with suppress(*GONE):
                await work()
            group.cancel_scope.cancel()

        for work in works:
            group.start_soon(do, work)


class Changes:
    """The changes of a room; many that come at once are one.

    Parameters
    ----------
    room : Room
    answers : bool
        Whether answers of phones count.
    """

    def __init__(self, room: Room, *, answers: bool) -> None:
        self._room, self._answers = room, answers
        self._event = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._stop: Callable[[], None] = lambda: None

    def __enter__(self) -> Self:
        self._stop = self._room.listen(self._tell, answers=self._answers)
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def note(self) -> None:
        """Note a change of one's own, in the event loop."""
        self._event.set()

    async def wait(self) -> None:
        """Wait for a change since the last call."""
        await self._event.wait()
        self._event.clear()

    def _tell(self) -> None:
        with suppress(RuntimeError):  # the server has stopped
            self._loop.call_soon_threadsafe(self._event.set)

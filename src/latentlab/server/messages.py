"""Answer where the scripts of a page fetch large messages; see ``ui/shell/outbox.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response

from latentlab.ui.shell.outbox import OUTBOX, PATH

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

# A name stands for its bytes for ever. Only the visitor's own browser keeps them: they may hold
# images that are not everybody's.
KEEP = {"cache-control": "private, max-age=86400, immutable"}
GONE = "This message is not here any more; reload the page."


class Messages:
    """Answer what lies below ``/messages``; go on for everything else."""

    def __init__(self, app: ASGIApp, base_path: str = "") -> None:
        self.app = app
        self.start = f"/{base_path}/{PATH}/" if base_path else f"/{PATH}/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the bytes that were offered under a name."""
        if scope["type"] != "http" or not scope["path"].startswith(self.start):
            await self.app(scope, receive, send)
            return
        message = OUTBOX.get(scope["path"].removeprefix(self.start))
        found = scope["method"] == "GET" and message is not None
        answer = (
            Response(message, media_type="application/octet-stream", headers=KEEP)
            if found
            else PlainTextResponse(GONE, 404, {"cache-control": "no-store"})
        )
        await answer(scope, receive, send)

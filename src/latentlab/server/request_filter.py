"""What a visitor's browser may ask of the server: what concerns the visitor's own screen.

Streamlit lets every browser do more: empty the caches that all visitors share, write files into the
project's folder. Nothing in this app asks for that, so whoever does is not answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Run the page for me, stop my run, take my file, I am still here.
OWN = ("rerun_script", "stop_script", "file_urls_request", "app_heartbeat")
# Of the further requests: the file behind a download button that I was shown.
OWN_REQUESTS = ("deferred_file",)


class OwnScreenOnly:
    """Drop what a browser asks for beyond its own screen."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Go on, with the incoming messages of a websocket filtered."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return

        async def receive_own() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive" or is_own(message.get("bytes")):
                    return message

        await self.app(scope, receive_own, send)


def is_own(content: bytes | None) -> bool:
    """Say whether a message concerns only the screen of the visitor who sent it.

    Parameters
    ----------
    content : bytes or None
        A ``BackMsg``; None for a message that is text, which no browser sends.

    Returns
    -------
    bool
        True also for what is no ``BackMsg``.
    """
    if content is None:
        return False
    try:
        message = BackMsg.FromString(content)
    except DecodeError:
        return True  # Streamlit hangs up on it
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload") in OWN_REQUESTS
    return kind in OWN

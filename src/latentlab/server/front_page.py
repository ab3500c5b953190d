"""The document that every address of the app answers with, before any of our code has run.

Streamlit's own says "Streamlit" in the window title, flashes white in a dark room, and looks for
its server below the page's address first, which fails and costs a round trip. The style of the
frame is in it too: sent by a page's run, it would come a moment after what it places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from latentlab import web
from latentlab.figures import theme
from latentlab.server.origins import check_script

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Validators of the file on disk say nothing about the document that is sent.
DROPPED_HEADERS = (b"etag", b"last-modified", b"content-length", b"accept-ranges")
# The document is small and is edited anyway: never compressed, never "not modified".
IGNORED_HEADERS = (b"accept-encoding", b"if-none-match", b"if-modified-since")


def edited(document: str, base_path: str = "") -> str:
    """Return Streamlit's document with our title and style, and the server's address.

    Parameters
    ----------
    document : str
        HTML as Streamlit serves it.
    base_path : str
        Where the app lives on its host, without slashes around it; empty for the top.

    Returns
    -------
    str
        HTML.
    """
    path = f"/{base_path}" if base_path else ""
    head = (
        f"<style>html{{background:{theme.LIGHT.background}}}"
        "@media (prefers-color-scheme: dark)"
        f"{{html{{background:{theme.DARK.background}}}}}</style>"
        "<script>window.__streamlit="
        f'{{BACKEND_BASE_URL: window.location.origin + "{path}"}}</script>'
        f'<script type="module">{web.read("history.js")}</script>'
    )
    document = document.replace("<title>Streamlit</title>", "<title>latentlab</title>")
    document = document.replace("</head>", head + "</head>", 1)
    # At the end of the document: where Streamlit's own style, which it writes into the head as
    # pages come, says as much of a thing as ours, ours holds.
    tail = f"<style>{web.read('frame.css')}</style>{check_script(path)}"
    return document.replace("</body>", f"{tail}</body>", 1)


class FrontPage:
    """Edit HTML documents on their way out."""

    def __init__(self, app: ASGIApp, base_path: str = "") -> None:
        self.app = app
        self.base_path = base_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Go on, and hold an HTML answer back until it is complete and edited."""
        if scope["type"] != "http" or not _asks_for_document(scope):
            await self.app(scope, receive, send)
            return
        kept = [header for header in scope["headers"] if header[0] not in IGNORED_HEADERS]
        await self.app({**scope, "headers": kept}, receive, _Editor(send, self.base_path))


class _Editor:
    def __init__(self, send: Send, base_path: str) -> None:
        self.send = send
        self.base_path = base_path
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_document(message):
            self.start = message
        elif self.start is None:
            await self.send(message)
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self.start)

    async def _finish(self, start: Message) -> None:
        body = edited(self.body.decode(), self.base_path).encode()
        headers = [header for header in start["headers"] if header[0] not in DROPPED_HEADERS]
        headers.append((b"content-length", str(len(body)).encode()))
        await self.send({**start, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})


def _asks_for_document(scope: Scope) -> bool:
    accepted = dict(scope["headers"]).get(b"accept", b"")
    return scope["method"] == "GET" and b"text/html" in accepted


def _is_document(message: Message) -> bool:
    headers = dict(message["headers"])
    is_html = headers.get(b"content-type", b"").startswith(b"text/html")
    return message["status"] == 200 and is_html and b"content-encoding" not in headers

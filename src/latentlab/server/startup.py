"""How the server behaves: quick answers, no other origins, safe headers, a model that is warm.

``app.py`` hands these pieces to ``st.App``, so that a plain ``streamlit run app.py`` has them. The
settings that Streamlit reads itself are in ``.streamlit/config.toml``.
"""

from __future__ import annotations

import gc
import logging
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.middleware import Middleware
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager
from threadpoolctl import threadpool_limits

from latentlab.jobs import manager
from latentlab.jobs.launch import LIMITS_SET
from latentlab.server.classroom.routes import ClassMode
from latentlab.server.descriptors import DescriptorWatch, raise_limit
from latentlab.server.front_page import FrontPage
from latentlab.server.logs import limit_rate
from latentlab.server.messages import Messages
from latentlab.server.old_addresses import OldAddresses
from latentlab.server.origins import OnlyOwnOrigins
from latentlab.server.request_filter import OwnScreenOnly
from latentlab.server.uploads import BoundedUploads
from latentlab.ui.shell.hosts import addresses, base_path

if TYPE_CHECKING:
    import streamlit as st
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOGGER = logging.getLogger(__name__)

# Every session decodes in its own thread; one thread each beats thirty sessions with two.
THREAD_LIMITS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

# The browser may run the app's own files and what they make (blob: modules and workers, compiled
# wasm); plotly.js compiles its WebGL drawing at run time, hence 'unsafe-eval'. Nothing else.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
        "worker-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
# Bytes of one message from a browser; and what the servers of websockets call that limit.
MOST_INCOMING = 4 * 2**20
MESSAGE_LIMITS = ("max_size", "max_message_size", "max_fragment_size")
SECURITY_HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(self), geolocation=(), microphone=()",
}


def prepare(home: Path) -> None:
    """Set what must be set before torch is imported and before a checkpoint is looked for.

    Parameters
    ----------
    home : Path
        The folder of ``app.py``; checkpoints are beside it unless LATENTLAB_CHECKPOINTS says
        otherwise.
    """
    own = [name for name in THREAD_LIMITS if name not in os.environ]
    os.environ.update(dict.fromkeys(own, "1"))
    os.environ.setdefault(LIMITS_SET, ",".join(own))  # a second script run finds them set
    raise_limit()
    os.environ.setdefault("LATENTLAB_CHECKPOINTS", str(home / "checkpoints"))


def middleware() -> list[Middleware]:
    """Return what every request passes through, outermost first."""
    return [
        Middleware(Connection),
        Middleware(SecurityHeaders),
        Middleware(OnlyOwnOrigins, base_path=base_path()),
        Middleware(DescriptorWatch),
        Middleware(ClassMode, base_path=base_path()),
        Middleware(Messages, base_path=base_path()),
        Middleware(BoundedUploads),
        Middleware(OwnScreenOnly),
        Middleware(OldAddresses),
        Middleware(FrontPage, base_path=base_path()),
    ]


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Start the server's own work: the warm model, the address, the browser; end its jobs."""
    # A first visitor who asks for a page's own address would otherwise meet Streamlit's older
    # router, which runs the page without the frame around it.
    PagesManager.uses_pages_directory = False
    limit_rate()
    # numpy was imported before `prepare` could speak to it. Two threads that wait for each other in
    # a busy class make a search nine times slower than one.
    threadpool_limits(1, user_api="blas")
    threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()
    _announce()
    yield
    manager.shut_down()


class Connection:
    """Set up each connection: answers leave at once, and what comes in is small.

    Streamlit's socket waits for more to send, and the browser waits before it acknowledges:
    together 44 ms per answer. Measured: reruns fall from 48 to 6-11 ms.

    Streamlit has one limit for messages out and in. What a page sends is a drawing at most, so that
    a few connections cannot fill the memory with messages that never end.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Set it up, then go on."""
        protocol = getattr(receive, "__self__", None)
        transport = getattr(protocol, "transport", None)
        connection = transport.get_extra_info("socket") if transport is not None else None
        if connection is not None and connection.family != getattr(socket, "AF_UNIX", None):
            try:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError:
                LOGGER.debug("The connection was closed before it could be sped up.")
        if scope["type"] == "websocket":
            _limit_messages(protocol)
        await self.app(scope, receive, send)


def _limit_messages(protocol: object) -> None:
    """Limit the size of one message, all its fragments together."""
    for name in MESSAGE_LIMITS:
        for holder in (protocol, getattr(protocol, "conn", None)):
            if hasattr(holder, name):
                setattr(holder, name, MOST_INCOMING)


class SecurityHeaders:
    """Add the headers that keep other sites out and guesses down to every HTTP answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = [(name.encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Go on, with the headers added to the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                added = [header for header in self.headers if header[0] not in present]
                message["headers"] = [*message["headers"], *added]
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _announce() -> None:
    """Say on the terminal where the app is, and open it there if somebody sits in front."""
    where = addresses()
    sys.stdout.write("\n  latentlab is at " + "\n  and, in this network, at ".join(where) + "\n\n")
    sys.stdout.flush()
    if not config.get_option("server.headless"):
        threading.Thread(target=webbrowser.open, args=(where[0],), daemon=True).start()


def _warm_up() -> None:
    """Load the first model, and what Neighbors searches, before the first student asks for it.

    What is loaded by then stays for good: freezing keeps the garbage collector from walking
    through torch again and again.
    """
    from latentlab.ui.neighbors import spaces
    from latentlab.ui.shell import cache, torch_ready

    try:
        cache.warm()
        torch_ready.await_first_picture()
        for checkpoint in cache.warm_torch():
            spaces.warm(checkpoint)
    except Exception:
        LOGGER.exception("The first model could not be loaded in advance.")
    gc.collect()
    gc.freeze()

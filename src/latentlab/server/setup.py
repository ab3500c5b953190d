"""How the server behaves: quick answers, no strangers, safe headers, a model that is warm.

``app.py`` hands these pieces to ``st.App``, so that a plain ``streamlit run app.py`` has them. The
settings that Streamlit reads itself are in ``.streamlit/config.toml``.
"""

from __future__ import annotations

import gc
import ipaddress
import logging
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager
from threadpoolctl import threadpool_limits

from latentlab.jobs import control
from latentlab.jobs.process import LIMITS_SET
from latentlab.server.front_page import FrontPage
from latentlab.server.old_addresses import OldAddresses
from latentlab.server.request_filter import OwnScreenOnly
from latentlab.ui.shell.hosts import is_loopback

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
SECURITY_HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(self), geolocation=(), microphone=()",
}
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


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
    os.environ.setdefault("LATENTLAB_CHECKPOINTS", str(home / "checkpoints"))


def middleware() -> list[Middleware]:
    """Return what every request passes through, outermost first."""
    return [
        Middleware(NoDelay),
        Middleware(SecurityHeaders),
        Middleware(NoStrangers),
        Middleware(OwnScreenOnly),
        Middleware(OldAddresses),
        Middleware(FrontPage, base_path=_base_path()),
    ]


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Start the server's own work: the warm model, the address, the browser; end its jobs."""
    # A first visitor who asks for a page's own address would otherwise meet Streamlit's older
    # router, which runs the page without the frame around it.
    PagesManager.uses_pages_directory = False
    # numpy was imported before `prepare` could speak to it. Two threads that wait for each other in
    # a busy class make a search nine times slower than one.
    threadpool_limits(1, user_api="blas")
    threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()
    _announce()
    yield
    control.shut_down()


def addresses() -> list[str]:
    """Return the addresses at which the app can be opened, this machine's own first."""
    port = config.get_option("server.port")
    hosts = ["localhost"] if is_loopback(_bound_to()) else ["localhost", *_own_addresses()]
    return [f"http://{host}:{port}/{_base_path()}" for host in hosts]


def is_welcome(host_header: str, *, bound_to: str, names: Collection[str] = ()) -> bool:
    """Say whether a Host header may be answered.

    A web page elsewhere can point a name of its own at this machine (DNS rebinding) and would then
    pass for the app itself. It cannot do so with an address written in digits, so those are
    welcome wherever the server was opened to the network on purpose.

    Parameters
    ----------
    host_header : str
        As sent, with or without a port.
    bound_to : str
        The address that the server listens on.
    names : collection of str
        Further names to accept, in lower case; ``*.school.org`` accepts every name below.
    """
    try:
        parts = urlsplit(f"//{host_header}")
        host = (parts.hostname or "").rstrip(".")
        _ = parts.port
    except ValueError:
        return False
    if not host or parts.username is not None or parts.path or parts.query or parts.fragment:
        return False
    if is_loopback(host):
        return True
    if any(host == name or (name[:2] == "*." and host.endswith(name[1:])) for name in names):
        return True
    return not is_loopback(bound_to) and _is_address(host)


class NoDelay:
    """Send every answer at once.

    Streamlit's socket waits for more to send, and the browser waits before it acknowledges:
    together 44 ms per answer. Measured: reruns fall from 48 to 6-11 ms.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Switch the delay off on this connection, then go on."""
        transport = getattr(getattr(receive, "__self__", None), "transport", None)
        connection = transport.get_extra_info("socket") if transport is not None else None
        if connection is not None and connection.family != getattr(socket, "AF_UNIX", None):
            try:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError:
                LOGGER.debug("The connection was closed before it could be sped up.")
        await self.app(scope, receive, send)


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


class NoStrangers:
    """Refuse requests for a name that is not ours, or sent by another site's page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 to strangers; go on for everybody else."""
        if scope["type"] not in ("http", "websocket") or _may_enter(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()  # the opening message must be taken before it can be refused
            await send({"type": "websocket.close", "code": 1008})
        else:
            refusal = PlainTextResponse(
                "latentlab does not answer at this address. Open it at one of the addresses that "
                "were printed when it started, or name this host in --server.allowedHosts.\n",
                status_code=403,
            )
            await refusal(scope, receive, send)


def _may_enter(scope: Scope) -> bool:
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    host = headers.get(b"host", "")
    if not is_welcome(host, bound_to=_bound_to(), names=_accepted_names()):
        return False
    origin = headers.get(b"origin")
    if origin is None or (scope["type"] == "http" and scope["method"] in SAFE_METHODS):
        return True
    trusted = config.get_option("server.corsAllowedOrigins") or ()
    return urlsplit(origin).netloc.lower() == host.lower() or origin in trusted


def _base_path() -> str:
    return str(config.get_option("server.baseUrlPath") or "").strip("/")


def _bound_to() -> str:
    return str(config.get_option("server.address") or "0.0.0.0")  # noqa: S104 - Streamlit's own


def _accepted_names() -> set[str]:
    names = {str(name).strip().lower() for name in config.get_option("server.allowedHosts") or ()}
    if config.is_manually_set("browser.serverAddress"):
        names.add(str(config.get_option("browser.serverAddress")).lower())
    if not is_loopback(_bound_to()):
        own = socket.gethostname().lower()
        names |= {own, f"{own.split('.')[0]}.local"}
    return names


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _own_addresses() -> list[str]:
    """Return this machine's address in the local network, found without sending anything."""
    bound = _bound_to()
    if bound not in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        return [bound]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # reserved for documentation; UDP sends no packet here
            return [str(probe.getsockname()[0])]
        except OSError:
            return [socket.gethostname()]


def _announce() -> None:
    """Say on the terminal where the app is, and open it there if somebody sits in front."""
    where = addresses()
    sys.stdout.write("\n  latentlab is at " + "\n  and, in this network, at ".join(where) + "\n\n")
    sys.stdout.flush()
    if not config.get_option("server.headless"):
        threading.Thread(target=webbrowser.open, args=(where[0],), daemon=True).start()


def _warm_up() -> None:
    """Load the first model before the first student asks for it.

    What is loaded by then stays for good: freezing keeps the garbage collector from walking
    through torch again and again.
    """
    from latentlab.ui.shell import cache

    try:
        cache.warm()
    except Exception:
        LOGGER.exception("The first model could not be loaded in advance.")
    gc.collect()
    gc.freeze()

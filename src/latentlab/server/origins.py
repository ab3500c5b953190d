"""Who is answered: requests for a name that is ours, from pages that are ours.

A proxy that passes another Host header makes our own page look like another site's. The page says
so itself (it asks `CHECK` when it is opened), and so does the log.
"""

from __future__ import annotations

import ipaddress
import logging
import socket
from collections.abc import Collection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.responses import HTMLResponse, PlainTextResponse, Response
from streamlit import config

from latentlab.images import printable
from latentlab.ui.shell.hosts import bound_to, is_loopback

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

LOGGER = logging.getLogger(__name__)

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
# Where a page asks whether it may talk to the app; opened in a browser, it says so on the screen.
CHECK = "/check"
PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
# Each origin is told of once, and no more origins than this.
MOST_TOLD = 100
# Anything but a refusal is left to the app. The sentence is text, never markup.
SCRIPT = """<script>fetch("%(path)s/check",{method:"POST"}).then(async a=>{
if(a.status===403||%(always)s)document.body.textContent=await a.text()}).catch(()=>{})</script>"""
REACHED = "latentlab can be used at this address.\n"
NOT_OURS = (
    "latentlab does not answer at this address. Open it at one of the addresses that were printed "
    "when it started, or name this host in --server.allowedHosts.\n"
)


class OnlyOwnOrigins:
    """Refuse requests for a name that is not ours, or sent by another site's page."""

    def __init__(self, app: ASGIApp, base_path: str = "") -> None:
        self.app = app
        self.path = f"/{base_path}" if base_path else ""
        self.told: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 to other origins; go on for everybody else."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        problem = refusal(scope)
        if problem and problem != NOT_OURS:
            self._tell(problem)
        if scope["type"] == "websocket" and problem:
            await receive()  # the opening message must be taken before it can be refused
            await send({"type": "websocket.close", "code": 1008})
        elif problem:
            await PlainTextResponse(problem, status_code=403)(scope, receive, send)
        elif scope["type"] == "http" and scope["path"] == f"{self.path}{CHECK}":
            await self._checked(scope["method"])(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _checked(self, method: str) -> Response:
        if method == "POST":
            return PlainTextResponse(REACHED)
        return HTMLResponse(f"<!doctype html><body>{check_script(self.path, always=True)}</body>")

    def _tell(self, sentence: str) -> None:
        if sentence not in self.told and len(self.told) < MOST_TOLD:
            self.told.add(sentence)
            LOGGER.warning(sentence.strip())


def check_script(path: str, *, always: bool = False) -> str:
    """Return the script with which a page asks whether it may talk to the app.

    Parameters
    ----------
    path : str
        Where the app lives on its host: empty, or with a slash before it.
    always : bool
        Show the answer also if it is yes.

    Returns
    -------
    str
        HTML.
    """
    return SCRIPT % {"path": path, "always": str(always).lower()}


def refusal(scope: Scope) -> str:
    """Say why a request is not answered; empty if it is.

    Parameters
    ----------
    scope : Scope
        Of a request or a websocket.

    Returns
    -------
    str
        A sentence or two.
    """
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    host = headers.get(b"host", "")
    if not is_welcome(host, bound_to=bound_to(), names=_accepted_names()):
        return NOT_OURS
    origin = headers.get(b"origin")
    if origin is None or (scope["type"] == "http" and scope["method"] in SAFE_METHODS):
        return ""
    trusted = config.get_option("server.corsAllowedOrigins") or ()
    if origin in trusted or _place(origin) == _place(f"{scope['scheme']}://{host}"):
        return ""
    shown = printable(origin)
    # A websocket's scheme under the name that people type.
    here = f"{scope['scheme'].replace('ws', 'http')}://{printable(host)}"
    return (
        f"latentlab refused a page of {shown} that asked for {here}. If a proxy stands between, "
        "let it pass on the headers Host and X-Forwarded-Proto, or start latentlab with "
        f"--server.corsAllowedOrigins={shown} (see docs/serving.md).\n"
    )


def _place(origin: str) -> tuple[bool, str, int | None]:
    """Take an origin apart: whether it is encrypted, the host, the port."""
    try:
        parts = urlsplit(origin)
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return (False, "", None)
    # A websocket's scheme is that of the page which opens it, under another name.
    return (parts.scheme in ("https", "wss"), (parts.hostname or "").lower(), port)


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


def _accepted_names() -> set[str]:
    names = {str(name).strip().lower() for name in config.get_option("server.allowedHosts") or ()}
    if config.is_manually_set("browser.serverAddress"):
        names.add(str(config.get_option("browser.serverAddress")).lower())
    if not is_loopback(bound_to()):
        own = socket.gethostname().lower()
        names |= {own, f"{own.split('.')[0]}.local"}
    return names


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True

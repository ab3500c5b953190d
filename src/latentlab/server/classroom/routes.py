"""The addresses of class mode: one page for every phone, and two live connections."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route, WebSocketRoute

from latentlab import web
from latentlab.figures import theme
from latentlab.server.classroom import phone, projector

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from latentlab.figures.look import Look

# Below the app's own address; `web/classroom` knows the same names.
PATH = "/class"


class ClassMode:
    """Answer what lies below ``/class``; go on for everything else."""

    def __init__(self, app: ASGIApp, base_path: str = "") -> None:
        self.app = app
        self.path = f"/{base_path}{PATH}" if base_path else PATH
        self.router = Starlette(
            routes=[
                Route(self.path, page),
                WebSocketRoute(f"{self.path}/phone", phone.attend),
                WebSocketRoute(f"{self.path}/projector", projector.attend),
            ]
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Route a request of class mode."""
        is_request = scope["type"] in ("http", "websocket")
        if is_request and f"{scope['path']}/".startswith(f"{self.path}/"):
            await self.router(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def page(_request: Request) -> HTMLResponse:
    """Return the phones' page: one document that loads nothing."""
    parts = {
        "/* look */": _variables(),
        "/* style */": web.read("class_phone.css"),
        '{"looks": 0}': json.dumps({"light": asdict(theme.LIGHT), "dark": asdict(theme.DARK)}),
        "/* script */": web.read("class_phone.js"),
    }
    document = web.read("class_phone.html")
    for mark, text in parts.items():
        document = document.replace(mark, text)
    return HTMLResponse(document, headers={"cache-control": "no-store"})


def _variables() -> str:
    """Give the page the names of colors that Streamlit gives our components."""
    dark = f"@media (prefers-color-scheme: dark) {{ {_named(theme.DARK)} }}"
    return f"{_named(theme.LIGHT)}\n{dark}"


def _named(look: Look) -> str:
    values = {
        "--st-background-color": look.background,
        "--st-secondary-background-color": look.surface,
        "--st-text-color": look.ink,
        "--st-border-color": look.line,
        "--st-primary-color": look.accent,
        "--st-orange-text-color": look.warning,
        "--st-red-text-color": look.error,
        "--st-font": "system-ui, sans-serif",
        "--muted": look.muted,
        "--quiet": look.quiet,
    }
    return ":root { " + " ".join(f"{name}: {value};" for name, value in values.items()) + " }"

"""Pages with another name: it leads to the page, with all that the link says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import URL
from starlette.responses import RedirectResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

# The first page of the menu lives at the top; its name is what one would type, as for the others.
NEW_NAMES = {"explore": "", "latent_plane": "", "overview": "network"}


class OldAddresses:
    """Redirect a page's old address to its new one, once and for good."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer an old address; let everything else through."""
        new = redirected(scope["path"]) if scope["type"] == "http" else None
        if new is None:
            await self.app(scope, receive, send)
            return
        address = URL(scope=scope).replace(path=new, scheme="", netloc="")
        await RedirectResponse(str(address), status_code=301)(scope, receive, send)


def redirected(path: str) -> str | None:
    """Return the path that stands in an old one's place, or None if the path is not an old one.

    Parameters
    ----------
    path : str
        Of a request, with the slash before it.

    Returns
    -------
    str or None

    Examples
    --------
    >>> redirected("/overview"), redirected("/class/latent_plane"), redirected("/map")
    ('/network', '/class/', None)
    """
    above, _, name = path.rstrip("/").rpartition("/")
    return f"{above}/{NEW_NAMES[name]}" if name in NEW_NAMES else None

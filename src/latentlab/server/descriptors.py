"""File descriptors: as many as the system allows, and one sentence before they run out.

Shells of macOS allow a process 256. A visitor needs a handful: the connection, and three for the
event loop of each thread that runs a page.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, cast

from streamlit.runtime import Runtime

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send
    from streamlit.runtime.session_manager import SessionStorage

LOGGER = logging.getLogger(__name__)

# Enough for a thousand visitors; systems differ in how many they grant at once.
WANTED = (65_536, 10_240, 4_096, 1_024)
# Share of the limit above which it is told.
NEAR = 0.9
OPEN = Path("/dev/fd")


def raise_limit() -> int | None:
    """Raise the soft limit of open files as far as the system lets this process.

    Returns
    -------
    int or None
        The limit now; None where the system has none (Windows).
    """
    try:
        import resource
    except ImportError:
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    for wanted in WANTED:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        if soft != resource.RLIM_INFINITY and most > soft:
            try:
                resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
                return most
            except (OSError, ValueError):
                continue  # macOS grants less than it says
    return soft


class DescriptorWatch:
    """When a connection comes and few file descriptors are left: say so, and let go of some.

    Streamlit keeps the session of a visitor who has left for two minutes, in case of a return.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.told = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count at each new connection of a page, and go on."""
        if scope["type"] == "websocket":
            self._look()
        await self.app(scope, receive, send)

    def _look(self) -> None:
        used, limit = in_use(), raise_limit()
        near = limit is not None and used > NEAR * limit > 0
        if near and not self.told:
            LOGGER.warning(
                "%d of %d file descriptors are in use; when none is left, nobody can connect. "
                "Close unused browser tabs, or start latentlab after `ulimit -n 4096`.",
                used,
                limit,
            )
        if near:
            release_closed()
        self.told = near


def release_closed() -> int:
    """End the sessions of visitors who have left, with all that they hold; return how many."""
    if not Runtime.exists():
        return 0
    manager = getattr(Runtime.instance(), "_session_mgr", None)
    storage: SessionStorage | None = getattr(manager, "_session_storage", None)
    left = [] if storage is None else storage.list()
    for kept in left:
        cast("SessionStorage", storage).delete(kept.session.id)
        kept.session.shutdown()
    return len(left)


def in_use() -> int:
    """Count the open file descriptors of this process; 0 where the system does not tell."""
    try:
        return sum(1 for _ in OPEN.iterdir())
    except OSError:
        return 0

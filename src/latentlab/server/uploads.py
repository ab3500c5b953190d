"""How much of what visitors upload is kept in memory: a bound for each session and one for all.

Streamlit bounds one file and keeps every file until its session ends. A visitor looks at one
picture at a time, so the oldest of a session go first; where all sessions together hold too much,
the next file is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse
from streamlit import config
from streamlit.runtime import Runtime

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send
    from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

MEGABYTE = 2**20
MOST_OF_ONE = 60 * MEGABYTE
MOST_OF_ALL = 600 * MEGABYTE
# What a form adds around its file: as much as Streamlit allows for it.
AROUND = 64 * 1024
ENDPOINT = "/_stcore/upload_file/"
TOO_LARGE = "The file is larger than the {n} MB that a picture may have.\n"
FULL = "The server holds as many uploads as it has room for; try again when others have left.\n"


class BoundedUploads:
    """Make room for an upload before it comes, or refuse it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Go on, without the length of the form, which is longer than the file in it."""
        is_upload = scope["type"] == "http" and scope["method"] == "PUT"
        if not is_upload or ENDPOINT not in scope["path"]:
            await self.app(scope, receive, send)
            return
        most = int(config.get_option("server.maxUploadSize")) * MEGABYTE
        length = _length(scope)
        if length > most + AROUND:
            sentence = TOO_LARGE.format(n=most // MEGABYTE)
            await PlainTextResponse(sentence, status_code=413)(scope, receive, send)
            return
        session = scope["path"].split(ENDPOINT)[1].split("/")[0]
        if Runtime.exists() and not make_room(_manager(), session, min(length or most, most)):
            await PlainTextResponse(FULL, status_code=413)(scope, receive, send)
            return
        kept = [header for header in scope["headers"] if header[0] != b"content-length"]
        await self.app({**scope, "headers": kept}, receive, send)
        if Runtime.exists():  # several may have come at once
            make_room(_manager(), session, 0)


def make_room(manager: MemoryUploadedFileManager, session: str, n_bytes: int) -> bool:
    """Remove the oldest files of a session until so many bytes fit beside the rest.

    Parameters
    ----------
    manager : MemoryUploadedFileManager
    session : str
    n_bytes : int
        About to come.

    Returns
    -------
    bool
        False where all sessions together hold too much.
    """
    own = list(manager.file_storage.get(session, {}).values())
    used = sum(len(file.data) for file in own)
    for file in own:
        if used + n_bytes <= MOST_OF_ONE:
            break
        manager.remove_file(session, file.file_id)
        used -= len(file.data)
    everyone = list(manager.file_storage.values())
    total = sum(len(file.data) for files in everyone for file in list(files.values()))
    return total + n_bytes <= MOST_OF_ALL


def _manager() -> MemoryUploadedFileManager:
    manager: MemoryUploadedFileManager = Runtime.instance().uploaded_file_mgr  # type: ignore[assignment]
    return manager


def _length(scope: Scope) -> int:
    """Return what the request says of its length; 0 where it says nothing."""
    given = dict(scope["headers"]).get(b"content-length", b"")
    return int(given) if given.isdigit() and len(given) < 20 else 0

"""One visitor without a browser: speaks Streamlit's protocol, remembers what a browser remembers.

The messages are those of `streamlit.proto`. A `Visitor` keeps the elements on its screen by their
place, the state of its widgets and the large messages that need not be sent twice, so that the
server has the same work as with a real browser.
"""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
from streamlit.proto.AutoRerun_pb2 import AutoRerun
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Common_pb2 import FileUploaderState, FileURLs, UploadedFileInfo
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from latentlab.export.message import unpack
from latentlab.ui.shell.outbox import PATH

Message = tuple[dict[str, Any], dict[str, Any]]
XSRF = "_streamlit_xsrf"
WAIT_SECONDS = 60.0
FINISHED = (
    ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY,
    ForwardMsg.ScriptFinishedStatus.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
)


class ProtocolError(Exception):
    """The server did not do what a browser would expect of it."""


@dataclass
class Answer:
    """What came back for one thing that was sent.

    Attributes
    ----------
    seconds : float
        From the moment of sending until the script had finished and all of it had arrived.
    deltas : list of Delta
        What was drawn.
    address : str or None
        The query string, if the server changed it.
    fetched : mapping of str to bytes
        What came by an address of its own, by its name.
    """

    seconds: float = 0.0
    deltas: list[Delta] = field(default_factory=list)
    address: str | None = None
    fetched: Mapping[str, bytes] = field(default_factory=dict)

    def bodies(self, key: str) -> list[bytes]:
        """Return the bytes that components with this key were given."""
        found = (delta.new_element.bidi_component for delta in self.deltas)
        return [
            self.fetched.get(_to_fetch(body) or "", body.bytes)
            for body in found
            if body.id.endswith(f"-{key}")
        ]

    def message(self, key: str) -> Message:
        """Return the one message for the component with this key, unpacked."""
        bodies = self.bodies(key)
        if len(bodies) != 1:
            raise ProtocolError(f"{len(bodies)} messages for {key!r}, not one: {self.problems()}")
        return unpack(bodies[0])

    def problems(self) -> list[str]:
        """Return the sentences on the screen that tell of an error."""
        found = [delta.new_element for delta in self.deltas]
        errors = [each.alert.body for each in found if each.WhichOneof("type") == "alert"]
        traces = [
            each.exception.message for each in found if each.WhichOneof("type") == "exception"
        ]
        return errors + traces


class Visitor:
    """A browser tab on the app, as the server sees it; use it with ``async with``."""

    def __init__(self, url: str, *, origin: str | None = None, name: str | None = None) -> None:
        self.url = url
        self.origin = origin or url
        self.name = name
        self.session_id = ""
        self.page = ""
        self.query = ""
        self.widgets: dict[str, WidgetState] = {}
        self.said: dict[str, dict[str, object]] = {}
        self.fragments: dict[str, str] = {}
        self.uploaded: list[FileURLs] = []
        self.other_kinds: list[str] = []
        self._page_hash = ""
        self._again: AutoRerun | None = None
        self._cached: dict[str, ForwardMsg] = {}
        self._fetched: dict[str, bytes] = {}
        self._socket: ClientConnection | None = None
        self._http: httpx.AsyncClient | None = None

    async def __aenter__(self) -> Visitor:
        # Both ends would otherwise hang up after five seconds, and meet at times.
        kept = httpx.Limits(keepalive_expiry=1.0)
        self._http = httpx.AsyncClient(base_url=self.url, timeout=WAIT_SECONDS, limits=kept)
        await self._http.get("/_stcore/health")
        here = urlsplit(self.url)
        self._socket = await connect(
            f"ws://{self.name or here.netloc}/_stcore/stream",
            host=here.hostname,
            port=here.port,
            origin=Origin(self.origin),
            subprotocols=[Subprotocol("streamlit"), Subprotocol(self._http.cookies[XSRF])],
            additional_headers={"Cookie": f"{XSRF}={self._http.cookies[XSRF]}"},
            max_size=None,
            compression=None,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._socket is not None
        assert self._http is not None
        await self._socket.close()
        await self._http.aclose()

    async def open(self, page: str = "", query: str = "", *, waits: bool = True) -> Answer:
        """Open a page by its name in the address; the first is ``""``.

        One that keeps asking to be asked, `waits` or not, is asked by `again`.
        """
        self.page, self.query, self._page_hash = page, query, ""
        self.widgets.clear()
        self.said.clear()
        began = time.perf_counter()
        answer = await self._run(ClientState(page_name=page))
        while waits and self._again is not None:  # it has something to wait for
            answer = await self.again()
        answer.seconds = time.perf_counter() - began
        return answer

    @property
    def pause(self) -> float:
        """Seconds after which the page asks to be asked again; 0 where it does not."""
        return 0.0 if self._again is None else float(self._again.interval)

    async def again(self) -> Answer:
        """Ask once more after the time that the page has set, as its browser does by itself."""
        assert self._again is not None
        await asyncio.sleep(self.pause)
        state = ClientState(page_script_hash=self._page_hash, is_auto_rerun=True)
        state.fragment_id = self._again.fragment_id
        return await self._run(state)

    async def press(self, key: str) -> Answer:
        """Press a button."""
        return await self.change(key, WidgetState(trigger_value=True), stays=False)

    async def say(self, key: str, name: str, value: object) -> Answer:
        """Let a component of the page say something under a name; what it said before stays."""
        said = self.said.setdefault(key, {})
        said[name] = value
        return await self.change(key, WidgetState(json_value=json.dumps(said)))

    async def choose(self, key: str, value: str) -> Answer:
        """Choose one of a row of buttons, by the text on it."""
        chosen = WidgetState()
        chosen.string_array_value.data.append(value)
        return await self.change(key, chosen)

    async def upload(self, key: str, name: str, content: bytes) -> Answer:
        """Upload a file as the widget does: ask for an address, send the file, then the widget."""
        assert self._http is not None
        began = time.perf_counter()
        wanted = BackMsg()
        wanted.file_urls_request.request_id = str(uuid.uuid4())
        wanted.file_urls_request.file_names.append(name)
        wanted.file_urls_request.session_id = self.session_id
        await self.send(wanted)
        urls = (await self._until("file_urls_response")).file_urls_response.file_urls[0]
        self.uploaded.append(urls)
        sent = await self.request("PUT", urls.upload_url, files={name: (name, content)})
        if sent.status_code != 204:
            raise ProtocolError(f"The upload was answered with {sent.status_code}: {sent.text}")
        info = UploadedFileInfo(file_id=urls.file_id, name=name, size=len(content), file_urls=urls)
        state = FileUploaderState(uploaded_file_info=[info])
        answer = await self.change(key, WidgetState(file_uploader_state_value=state))
        answer.seconds = time.perf_counter() - began
        return answer

    async def request(self, method: str, path: str, **content: Any) -> httpx.Response:
        """Send a request as the page's own scripts would."""
        assert self._http is not None
        headers = {"X-Xsrftoken": self._http.cookies[XSRF]}
        return await self._http.request(method, path, headers=headers, **content)

    def widget_id(self, key: str) -> str:
        """Return Streamlit's own name for the widget with a key."""
        for known in self.fragments:
            if known.endswith(f"-{key}"):
                return known
        raise ProtocolError(f"No widget with the key {key!r} is on the page {self.page!r}.")

    async def send(self, message: BackMsg) -> None:
        """Send any message."""
        assert self._socket is not None
        await self._socket.send(message.SerializeToString())

    async def change(self, key: str, value: WidgetState, *, stays: bool = True) -> Answer:
        """Give a widget a value; a press of a button does not stay."""
        value.id = self.widget_id(key)
        if stays:
            self.widgets[value.id] = value
        state = ClientState(page_script_hash=self._page_hash, fragment_id=self.fragments[value.id])
        return await self._run(state, *([] if stays else [value]))

    async def _run(self, state: ClientState, *triggers: WidgetState) -> Answer:
        state.query_string = self.query
        state.context_info.url = f"{self.url}/{self.page}"
        state.widget_states.widgets.extend([*self.widgets.values(), *triggers])
        state.cached_message_hashes.extend(self._cached)
        if not state.fragment_id:  # the whole page is drawn anew
            self._clear()
        answer = Answer()
        began = time.perf_counter()
        await self.send(BackMsg(rerun_script=state))
        while True:
            status = (await self._until("script_finished", answer)).script_finished
            if status != ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN:
                break
            self._clear()
        await self._fetch(answer)
        answer.seconds = time.perf_counter() - began
        if status not in FINISHED:
            raise ProtocolError(f"The script ended with status {status}.")
        return answer

    async def _fetch(self, answer: Answer) -> None:
        """Fetch what components are told to, once, as a browser's cache would have it."""
        answer.fetched = self._fetched
        for delta in answer.deltas:
            name = _to_fetch(delta.new_element.bidi_component)
            if name is not None and name not in self._fetched:
                found = await self.request("GET", f"/{PATH}/{name}")
                if found.status_code != 200:
                    raise ProtocolError(f"A message was answered with {found.status_code}.")
                self._fetched[name] = found.content

    def _clear(self) -> None:
        self.fragments.clear()
        self._again = None

    async def _until(self, kind: str, answer: Answer | None = None) -> ForwardMsg:
        assert self._socket is not None
        async with asyncio.timeout(WAIT_SECONDS):
            while True:
                raw = await self._socket.recv()
                message: ForwardMsg = ForwardMsg.FromString(raw)
                self._take(message, answer)
                if message.WhichOneof("type") == kind:
                    return message

    def _take(self, message: ForwardMsg, answer: Answer | None) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.session_id = message.new_session.initialize.session_id
        elif kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
        elif kind == "auto_rerun":
            self._again = message.auto_rerun
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
            if answer is not None:
                answer.address = self.query
        elif kind not in ("delta", "ref_hash"):
            self.other_kinds.append(str(kind))
        else:
            if kind == "ref_hash":
                message = self._cached[message.ref_hash]
            elif message.metadata.cacheable:
                self._cached[message.hash] = message
            self._draw(message.delta, answer)

    def _draw(self, delta: Delta, answer: Answer | None) -> None:
        if answer is not None:
            answer.deltas.append(delta)
        element = delta.new_element
        kind = element.WhichOneof("type")
        widget = getattr(getattr(element, kind), "id", "") if kind else ""
        if widget:
            self.fragments[widget] = delta.fragment_id


def _to_fetch(body: BidiComponent) -> str | None:
    """Return the name of the message that a component is told to fetch, or None."""
    said = json.loads(body.json) if body.WhichOneof("data") == "json" else None
    name = said.get("fetch") if isinstance(said, dict) else None
    return name if isinstance(name, str) else None

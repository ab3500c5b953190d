"""What a visitor may not do: be a stranger, see what others brought, change what others see.

The blocks below each make many attempts on a running app and return those that succeeded.
"""

from __future__ import annotations

import asyncio
import io
import os
import re
import sys
import tempfile
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote

# Before torch: what is worked out here beside the class needs one thread.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import httpx
import numpy as np
import psutil
import streamlit
from benchmarks.promises import Row, record
from benchmarks.setting import setting
from classroom import Expected, lesson
from google.protobuf.message import Message
from PIL import Image
from protocol import XSRF, Answer, Visitor
from serving import serve
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileUploaderState, UploadedFileInfo
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import InvalidStatus

from latentlab.server import startup as server_module

HOME = Path(__file__).resolve().parents[2]
CHECKPOINT, OTHER = "digits-vae-z2", "shapes-vae-z8"
HOSTS = ("evil.example", "localhost.evil.example", "user@localhost", "192.0.2.7", "2130706433")
ORIGINS = ("http://evil.example", "null", "http://localhost.evil.example", "https://localhost")
PATHS = ("/", "/neighbors", "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics")
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "[here](http://evil.example)",
    "![](http://evil.example/x.png)",
    "**bold** `code` $x^2$ :material/home: :red[red]",
    '"><svg onload=alert(1)>',
    "<a href='javascript:alert(1)'>x</a>",
    "\u202egnp.exe",
)
# What each kind of text may not hold as it is: Markdown takes a backslash before it.
ACTIVE = {"html": "<\u202e", "markdown": "<[*`$:\u202e"}
# Elements whose texts are no Markdown: a component's own script, and the name beside an upload.
PLAIN = {"bidi_component", "code", "file_uploader", "text"}
# Files that the server has and no address may give away: some lie next to a folder that is served.
OUTSIDE = (
    *(HOME / name for name in ("app.py", "pyproject.toml", ".streamlit/config.toml")),
    HOME / "checkpoints" / CHECKPOINT / "checkpoint.json",
    Path(streamlit.__file__),
    Path(streamlit.__file__).parent / "web" / "bootstrap.py",
    Path(server_module.__file__),
    Path("/etc/passwd"),
)
# What files may be asked for below.
SERVED = (
    *("", "/static", "/static/js", "/app/static", "/media", "/_stcore/upload_file/x/y"),
    *("/component/latentlab", "/_stcore/bidi-components/latentlab"),
)
MARKER = "marker.txt"
TOP = "../" * 12
SPELLINGS: tuple[Callable[[str], str], ...] = (
    lambda path: path,
    lambda path: path.replace("../", "%2e%2e/"),
    lambda path: path.replace("../", "..%2f"),
    lambda path: path.replace("/", "%2f"),
    lambda path: path.replace("../", "%252e%252e%252f"),
    lambda path: path.replace("/", "%5c"),
)


def main() -> int:
    checkpoints = HOME / "checkpoints"
    expected = Expected(checkpoints / CHECKPOINT)
    with (
        tempfile.TemporaryDirectory() as scratch,
        serve(Path(scratch) / "server.log", checkpoints=checkpoints) as server,
    ):
        url = server.url
        with connections(server.process.pid) as seen:
            strangers = asyncio.run(strangers_let_in(url))
            cleared = asyncio.run(cleared_for_others(url, foreign_kinds()))
            peeked = asyncio.run(uploads_seen_by_others(url, 20))
            rendered = asyncio.run(rendered_as_markup(url))
            read, n_asked = files_read(url, marked(Path(scratch)))
            found = asyncio.run(lesson(url, expected, OTHER, students=10, seconds=20))
        tracebacks = server.output().count("Traceback")
    for address in sorted(seen.outside):
        print(f"    connected to {address}")
    n_others = len(foreign_kinds())
    rows = [
        _none("a foreign Host or Origin let in", strangers, len(HOSTS) * len(PATHS) + 9),
        _none("one visitor's request that changed what others see", cleared, n_others),
        _none("an upload that another session could read, replace or delete", peeked, 20 * 4),
        _none("text from a name or an address that renders as markup", rendered, 3 * len(HOSTILE)),
        _none("a file outside that an address gave away", read, n_asked),
        _none("answers of another session", found.wrong + found.errors, found.n_actions),
        Row(
            "connections of the server that left the machine",
            "0",
            f"{len(seen.outside)}, looked {seen.looks:,} times",
            bool(seen.looks) and not seen.outside,
        ),
        Row("tracebacks in the server's log", "0", str(tracebacks), tracebacks == 0),
    ]
    note = f"Attempts on a running app, each that succeeds is counted. {setting('streamlit')}"
    return record("Contained: visitors", "python tests/torture contained", rows, note)


def _none(what: str, succeeded: list[str], n: int) -> Row:
    for each in succeeded[:5]:
        print(f"    {what}: {each}")
    return Row(what, "0", f"{len(succeeded)} of {n:,}", not succeeded)


async def strangers_let_in(url: str) -> list[str]:
    """Come under another name, or from another site's page."""
    let_in = []
    for host, path in product(HOSTS, PATHS):
        if _status(url + path, {"Host": host}) != 403:
            let_in.append(f"{path} for the host {host}")
    visits: list[tuple[str | None, str]] = [
        (host, f"http://{host}") for host in HOSTS if "@" not in host
    ]
    visits += [(None, origin) for origin in ORIGINS]
    for name, origin in visits:
        try:
            async with Visitor(url, origin=origin, name=name):
                let_in.append(f"websocket for host {host}, origin {origin}")
        except InvalidStatus as refusal:
            if refusal.response.status_code != 403:
                let_in.append(f"websocket, status {refusal.response.status_code}")
    if uploading(url, ORIGINS[0]) != 403:
        let_in.append("an upload from another site's page")
    if uploading(url, url) != 400:  # nobody's session: it got that far
        let_in.append("no upload: the app's own page is refused too, so that nothing was tried")
    return let_in


def uploading(url: str, origin: str) -> int:
    """Upload a file, with a right token, from a page of some origin; return the status."""
    with httpx.Client(base_url=url) as client:
        client.get("/_stcore/health")
        headers = {"Origin": origin, "X-Xsrftoken": client.cookies[XSRF]}
        files = {"a.png": ("a.png", picture(0))}
        address = "/_stcore/upload_file/a/b"
        return client.put(address, headers=headers, files=files).status_code


def foreign_kinds() -> list[BackMsg]:
    """Return a message of every kind that concerns more than the visitor's own screen."""
    own = {"rerun_script", "stop_script", "file_urls_request", "app_heartbeat"}
    messages = []
    for each in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields:
        message = BackMsg()
        if each.name in own:
            continue
        if each.message_type is None:
            setattr(message, each.name, True)
        else:
            getattr(message, each.name).install_skills.SetInParent()
        messages.append(message)
    return messages


async def cleared_for_others(url: str, messages: Sequence[BackMsg]) -> list[str]:
    """Ask for everything that Streamlit would do for all; a walk that is forgotten tells of it.

    Streamlit empties all caches and the visitor's own memory in one step, so that a visitor who
    still remembers the walk has emptied nothing.
    """
    done = []
    for message in messages:
        kind = message.WhichOneof("type")
        async with Visitor(url) as visitor:
            board = _board(await visitor.open("neighbors", f"checkpoint={CHECKPOINT}"))
            await visitor.say("neighbors-board", "go", _walk(board, 1))
            await visitor.send(message)
            answer = await visitor.say("neighbors-board", "go", _walk(board, 2))
            steps = len(_board(answer)["steps"])
            if steps != 3:
                done.append(f"{kind}: the walk has {steps} steps, not 3")
            others = [each for each in visitor.other_kinds if each != "session_status_changed"]
            if set(others) & {"git_info_changed", "backend_operation_response"}:
                done.append(f"{kind}: answered with {others}")
    return done


async def uploads_seen_by_others(url: str, n: int) -> list[str]:
    """Bring a picture in; then another visitor tries to show, fetch, replace and delete it."""
    seen = []
    for number in range(n):
        async with Visitor(url) as owner, Visitor(url) as other:
            for visitor in (owner, other):
                await visitor.open("neighbors", f"checkpoint={CHECKPOINT}")
                await visitor.choose("neighbors-way", "Upload")
            name = f"secret-{number}.png"
            before = await owner.upload("neighbors-file", name, picture(number))
            urls = owner.uploaded[-1]
            stolen = UploadedFileInfo(file_id=urls.file_id, name=name, size=9, file_urls=urls)
            state = FileUploaderState(uploaded_file_info=[stolen])
            answer = await other.change(
                "neighbors-file", WidgetState(file_uploader_state_value=state)
            )
            if any(name in str(body) for body in answer.bodies("neighbors-board")):
                seen.append(f"{name} on another's screen")
            seen += await _tried(owner, other, name, picture(number))
            again = await owner.press("neighbors-random")
            kept = await owner.choose("neighbors-fit", "Stretch")
            if again.problems() or kept.problems() or not kept.bodies("neighbors-board"):
                seen.append(f"{name} replaced or deleted: {kept.problems()}")
            elif name not in _board(kept)["source"]:
                seen.append(f"{name} is gone for its owner")
            elif not np.array_equal(_query(kept), _query(before)):  # a square fits in any way
                seen.append(f"{name} is another picture")
    return seen


async def _tried(owner: Visitor, other: Visitor, name: str, content: bytes) -> list[str]:
    """Fetch, delete and replace the file; say what was given away, and what could not be tried."""
    urls = owner.uploaded[-1]
    found = []
    for address in (urls.upload_url, f"/media/{urls.file_id}", f"/media/{urls.file_id}.png"):
        if content in (await other.request("GET", address)).content:
            found.append(f"{name} at {address}")
    # Who does not know the session cannot even name the file.
    guessed = urls.upload_url.replace(owner.session_id, other.session_id)
    forged = {name: (name, picture(10**6))}
    for method, body in (("DELETE", {}), ("PUT", {"files": forged})):
        status = (await other.request(method, guessed, **body)).status_code
        if status != 204:
            found.append(f"{method} of {name} was not tried: {status}")
    return found


async def rendered_as_markup(url: str, texts: Sequence[str] = HOSTILE) -> list[str]:
    """Write hostile text wherever a visitor can, and read how it comes back."""
    found = []
    for text in texts:
        async with Visitor(url) as visitor:
            named = await visitor.open("neighbors", f"checkpoint={quote(text)}")
            addressed = await visitor.open(
                "neighbors", f"checkpoint={CHECKPOINT}&image={quote(text)}"
            )
            await visitor.choose("neighbors-way", "Upload")
            uploaded = await visitor.upload("neighbors-file", f"{text}.png", picture(0))
            _board(uploaded)  # it was taken
            places = {"checkpoint": named, "image": addressed, "file": uploaded}
            found += [
                f"{place}: {text}" for place, answer in places.items() if markup(answer, text)
            ]
    return found


def markup(answer: Answer, text: str) -> bool:
    """Say whether a text stands unescaped where Markdown or HTML is read: a body, label or help."""
    escaped = re.compile("".join(rf"\\?{re.escape(letter)}" for letter in text))
    for delta in answer.deltas:
        kind = delta.new_element.WhichOneof("type")
        if kind in PLAIN:
            continue
        active = ACTIVE["html" if kind == "html" else "markdown"]
        found = [each for body in _texts(delta) for each in escaped.findall(body)]
        if kind != "html":
            found = [re.sub(r"\\[^\w\s\u202e]", "", each) for each in found]
        if any(letter in each for each in found for letter in active):
            return True
    return False


def _texts(message: Message) -> Iterator[str]:
    """Yield all text in a message of the protocol, and in those inside it."""
    for _, value in message.ListFields():
        single = isinstance(value, str | bytes) or not isinstance(value, Sequence)
        for each in [value] if single else value:
            if isinstance(each, str):
                yield each
            elif isinstance(each, Message):
                yield from _texts(each)


def marked(folder: Path) -> Path:
    """Write a file to where the server was started, to be asked for; return its path."""
    path = folder / MARKER
    path.write_text("This file is nobody's business but the server's own.")
    return path


def files_read(url: str, *more: Path) -> tuple[list[str], int]:
    """Ask for files outside in every way that may lead out; return what was read, of how many.

    A path climbs from the folder that is served as far as the top, or one to three folders, or
    begins at the top at once. What was read is told by the file's own first bytes.
    """
    asked: set[str] = set()
    read = []
    files = {each: each.read_bytes()[:200] for each in (*OUTSIDE, *more) if each.is_file()}
    for (file, content), served, spell in product(files.items(), SERVED, SPELLINGS):
        whole = file.as_posix().lstrip("/")
        ways = [f"{TOP}{whole}", f"/{whole}", *("../" * n + file.name for n in range(4))]
        for path in {f"{served}/{spell(quote(way))}" for way in ways} - asked:
            asked.add(path)
            try:
                with urllib.request.urlopen(url + path, timeout=5) as answer:
                    body = answer.read(100_000)
            except urllib.error.HTTPError:
                continue
            if content in body:
                read.append(path)
    return read, len(asked)


@dataclass
class Watch:
    """How often somebody looked, and the addresses outside this machine that were seen."""

    looks: int = 0
    outside: set[str] = field(default_factory=set)


@contextmanager
def connections(pid: int) -> Iterator[Watch]:
    """Collect the addresses outside this machine that a process talks to meanwhile."""
    watch, ended = Watch(), threading.Event()
    process = psutil.Process(pid)

    def look() -> None:
        while not ended.wait(0.05):
            for each in [process, *process.children(recursive=True)]:
                with suppress(psutil.NoSuchProcess):  # a child may end at any time
                    there = [c.raddr.ip for c in each.net_connections("inet") if c.raddr]
                    watch.outside.update(ip for ip in there if ip not in ("127.0.0.1", "::1"))
                    watch.looks += each == process

    with ThreadPoolExecutor(1) as pool:
        looking = pool.submit(look)
        try:
            yield watch
        finally:
            ended.set()
            looking.result()  # whatever else kept it from looking is raised here


def picture(seed: int) -> bytes:
    """Return a small picture as a file."""
    stream = io.BytesIO()
    noise = np.random.default_rng(seed).integers(0, 256, (40, 40), dtype=np.uint8)
    Image.fromarray(noise).save(stream, "PNG")
    return stream.getvalue()


def _query(answer: Answer) -> np.ndarray:
    return np.asarray(answer.message("neighbors-board")[1]["query"])


def _board(answer: Answer) -> dict[str, Any]:
    return answer.message("neighbors-board")[0]


def _walk(board: dict[str, object], click: int) -> dict[str, Any]:
    row = board["spaces"][0]["tiles"][click]["row"]  # type: ignore[index]
    return {"where": "walk", "number": row, "click": click}


def _status(url: str, headers: dict[str, str], method: str = "GET") -> int:
    request = urllib.request.Request(url, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        return refusal.code


if __name__ == "__main__":
    sys.exit(main())

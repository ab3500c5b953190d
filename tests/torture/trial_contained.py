"""What a visitor may not do: be a stranger, see what others brought, change what others see.

The blocks below each make many attempts on a running app and return those that succeeded.
"""

from __future__ import annotations

import asyncio
import io
import os
import sys
import tempfile
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from urllib.parse import quote

# Before torch: what is worked out here beside the class needs one thread.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import psutil
from benchmarks.promises import Row, record
from benchmarks.setting import setting
from classroom import Expected, lesson
from PIL import Image
from protocol import Answer, Visitor
from serving import serve
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileUploaderState, UploadedFileInfo
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import InvalidStatus

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
# Files that the server has and no address may give away.
OUTSIDE = ("app.py", "checkpoint.json", "etc/passwd", "pyproject.toml", ".streamlit/config.toml")
WAYS_OUT = (
    *("/{}", "/../{}", "/static/../{}", "/static/..%2f{}", "/static/%2e%2e/%2e%2e/{}"),
    *("/component/latentlab/../../{}", "/component/../{}", "/media/../{}", "/media/..%2f{}"),
    *("/_stcore/bidi-components/latentlab/../../{}", "/app/static/../{}", "/app/static/{}"),
    *("/static//{}", "/static/..%5c{}", "/_stcore/upload_file/x/..%2f..%2f{}"),
)
MARKS = ("root:", "[project]", "st.App(", "maxUploadSize", '"format"')


def main() -> int:
    checkpoints = HOME / "checkpoints"
    expected = Expected(checkpoints / CHECKPOINT)
    with (
        tempfile.TemporaryDirectory() as scratch,
        serve(Path(scratch) / "server.log", checkpoints=checkpoints) as server,
    ):
        url = server.url
        with connections(server.process.pid) as outside:
            strangers = asyncio.run(strangers_let_in(url))
            cleared = asyncio.run(cleared_for_others(url, foreign_kinds()))
            peeked = asyncio.run(uploads_seen_by_others(url, 20))
            rendered = asyncio.run(rendered_as_markup(url))
            read = files_read(url)
            found = asyncio.run(lesson(url, expected, OTHER, students=10, seconds=20))
        tracebacks = server.output().count("Traceback")
    n_others = len(foreign_kinds())
    rows = [
        _none("a foreign Host or Origin let in", strangers, len(HOSTS) * len(PATHS) + 9),
        _none("one visitor's request that changed what others see", cleared, n_others),
        _none("an upload that another session could read, replace or delete", peeked, 20 * 4),
        _none("text from a name or an address that renders as markup", rendered, 3 * len(HOSTILE)),
        _none("a file outside that an address gave away", read, len(OUTSIDE) * len(WAYS_OUT)),
        _none("answers of another session", found.wrong + found.errors, found.n_actions),
        _none("connections of the server that left the machine", sorted(outside), None),
        Row("tracebacks in the server's log", "0", str(tracebacks), tracebacks == 0),
    ]
    note = f"Attempts on a running app, each that succeeds is counted. {setting('streamlit')}"
    return record("Contained: visitors", "python tests/torture contained", rows, note)


def _none(what: str, succeeded: list[str], n: int | None) -> Row:
    for each in succeeded[:5]:
        print(f"    {what}: {each}")
    of = "" if n is None else f" of {n:,}"
    return Row(what, "0", f"{len(succeeded)}{of}", not succeeded)


async def strangers_let_in(url: str) -> list[str]:
    """Come under another name, or from another site's page."""
    let_in = []
    for host, path in product(HOSTS, PATHS):
        if _status(url + path, {"Host": host}) != 403:
            let_in.append(f"{path} for the host {host}")
    visits = [(host, f"http://{host}") for host in HOSTS if "@" not in host]
    visits += [(None, origin) for origin in ORIGINS]
    for host, origin in visits:
        try:
            async with Visitor(url, origin=origin, name=host):
                let_in.append(f"websocket for host {host}, origin {origin}")
        except InvalidStatus as refusal:
            if refusal.response.status_code != 403:
                let_in.append(f"websocket, status {refusal.response.status_code}")
    if _status(f"{url}/_stcore/upload_file/a/b", {"Origin": ORIGINS[0]}, "PUT") != 403:
        let_in.append("an upload from another site's page")
    return let_in


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
            await owner.upload("neighbors-file", name, picture(number))
            urls = owner.uploaded[-1]
            stolen = UploadedFileInfo(file_id=urls.file_id, name=name, size=9, file_urls=urls)
            state = FileUploaderState(uploaded_file_info=[stolen])
            answer = await other.change(
                "neighbors-file", WidgetState(file_uploader_state_value=state)
            )
            if any(name in str(body) for body in answer.bodies("neighbors-board")):
                seen.append(f"{name} on another's screen")
            if (await other.request("GET", urls.upload_url)).content == picture(number):
                seen.append(f"{name} by its address")
            # Who does not know the session cannot even name the file.
            guessed = urls.upload_url.replace(owner.session_id, other.session_id)
            await other.request("DELETE", guessed)
            await other.request("PUT", guessed)
            again = await owner.press("neighbors-random")
            kept = await owner.choose("neighbors-fit", "Stretched")
            if again.problems() or kept.problems() or not kept.bodies("neighbors-board"):
                seen.append(f"{name} replaced or deleted: {kept.problems()}")
            elif name not in _board(kept)["source"]:
                seen.append(f"{name} is gone for its owner")
    return seen


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
            uploaded = await visitor.upload("neighbors-file", f"{text}.png", b"no picture")
            places = {"checkpoint": named, "image": addressed, "file": uploaded}
            found += [
                f"{place}: {text}" for place, answer in places.items() if markup(answer, text)
            ]
    return found


def markup(answer: Answer, text: str) -> bool:
    """Say whether a text stands unescaped where Markdown or HTML is read."""
    for delta in answer.deltas:
        element = delta.new_element
        kind = element.WhichOneof("type")
        bodies = {
            "markdown": element.markdown.body,
            "alert": element.alert.body,
            "html": element.html.body,
        }
        if text in bodies.get(str(kind), "") and any(each in text for each in "<[*`$:!"):
            return True
    return False


def files_read(url: str) -> list[str]:
    """Ask for files outside by every way out that the addresses may leave open."""
    read = []
    for way, file in product(WAYS_OUT, OUTSIDE):
        path = way.format(file)
        try:
            with urllib.request.urlopen(url + path, timeout=5) as answer:
                text = answer.read(100_000).decode("utf-8", "replace")
        except urllib.error.URLError:
            continue
        if any(mark in text for mark in MARKS):
            read.append(path)
    return read


@contextmanager
def connections(pid: int) -> Iterator[set[str]]:
    """Collect the addresses outside this machine that a process talks to meanwhile."""
    outside: set[str] = set()
    process, ended = psutil.Process(pid), threading.Event()

    def look() -> None:
        while not ended.wait(0.05):
            for each in [process, *process.children(recursive=True)]:
                there = [c.raddr.ip for c in each.net_connections("inet") if c.raddr]
                outside.update(ip for ip in there if ip not in ("127.0.0.1", "::1"))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield outside
    finally:
        ended.set()
        thread.join()


def picture(seed: int) -> bytes:
    """Return a small picture as a file."""
    stream = io.BytesIO()
    noise = np.random.default_rng(seed).integers(0, 256, (40, 40), dtype=np.uint8)
    Image.fromarray(noise).save(stream, "PNG")
    return stream.getvalue()


def _board(answer: Answer) -> dict[str, object]:
    return answer.message("neighbors-board")[0]


def _walk(board: dict[str, object], click: int) -> dict[str, object]:
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

"""What is bounded: uploads, log messages, file descriptors, and who is answered by which scheme."""

from __future__ import annotations

import logging
import sys
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit import config
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from latentlab.server import descriptors, front_page, origins, startup, uploads
from latentlab.server.logs import SECONDS, RateLimit
from latentlab.ui.shell import hosts


def add(manager: MemoryUploadedFileManager, session: str, name: str, n_bytes: int) -> None:
    manager.add_file(session, UploadedFileRec(name, name, "image/png", bytes(n_bytes)))


def test_a_sessions_oldest_uploads_go_and_all_together_are_bounded(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_OF_ONE", 100)
    monkeypatch.setattr(uploads, "MOST_OF_ALL", 250)
    manager = MemoryUploadedFileManager("/upload")
    for name in "abcd":
        assert uploads.make_room(manager, "one", 30)
        add(manager, "one", name, 30)
    assert list(manager.file_storage["one"]) == ["b", "c", "d"]
    for session in ("two", "three"):
        add(manager, session, "x", 75)
    assert uploads.make_room(manager, "four", 10)
    assert not uploads.make_room(manager, "four", 11)
    manager.remove_session_files("two")
    assert uploads.make_room(manager, "four", 60)


async def _length(request: Request) -> PlainTextResponse:
    return PlainTextResponse(request.headers.get("content-length", "unknown"))


def test_a_file_of_exactly_the_limit_is_let_through_and_no_larger_form(monkeypatch):
    real = config.get_option
    options = {"server.maxUploadSize": 1, "server.address": "localhost"}
    monkeypatch.setattr(config, "get_option", lambda name: options.get(name, real(name)))
    path = "/_stcore/upload_file/{session}/{file}"
    app = Starlette(routes=[Route(path, _length, methods=["PUT"])], middleware=startup.middleware())
    client = TestClient(app, base_url="http://localhost:8501")
    form = {"files": ("a.png", bytes(2**20))}
    assert client.put("/_stcore/upload_file/s/f", files=form).text == "unknown"
    form = {"files": ("a.png", bytes(2**20 + uploads.AROUND))}
    refused = client.put("/_stcore/upload_file/s/f", files=form)
    assert (refused.status_code, "1 MB" in refused.text) == (413, True)


def test_the_same_message_is_written_a_few_times_a_minute_and_counted():
    now = [0.0]
    limit = RateLimit(most=3, clock=lambda: now[0])

    def passes(text: str) -> str | None:
        record = logging.LogRecord("asyncio", logging.ERROR, "x.py", 7, text, ("there",), None)
        # Two handlers ask, and hear the same.
        first, second = limit.filter(record), limit.filter(record)
        assert first == second
        return record.getMessage() if first else None

    assert [passes("nothing left %s") for _ in range(10)].count(None) == 7
    assert passes("something else %s") == "something else there"
    now[0] += SECONDS
    assert passes("nothing left %s") == "nothing left there (7 more were left out)"


def test_every_handler_is_limited_once(monkeypatch):
    from latentlab.server.logs import limit_rate

    handler = logging.StreamHandler()
    logger = logging.getLogger("latentlab.test-of-limits")
    logger.addHandler(handler)
    limit_rate()
    limit_rate()
    assert [isinstance(each, RateLimit) for each in handler.filters] == [True]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_the_limit_of_open_files_is_raised_and_told_of_when_it_is_near(monkeypatch, caplog):
    import resource

    limits = {"now": (256, resource.RLIM_INFINITY)}
    monkeypatch.setattr(resource, "getrlimit", lambda _: limits["now"])

    def grant(_: int, wanted: tuple[int, int]) -> None:
        if wanted[0] > 10_240:
            raise ValueError("more than the system has")
        limits["now"] = wanted

    monkeypatch.setattr(resource, "setrlimit", grant)
    assert descriptors.raise_limit() == 10_240
    assert limits["now"] == (10_240, resource.RLIM_INFINITY)
    assert descriptors.raise_limit() == 10_240
    monkeypatch.setattr(descriptors, "raise_limit", lambda: 100)
    watch = descriptors.DescriptorWatch(lambda *_: None)  # type: ignore[arg-type, return-value]
    for used in (50, 95, 96, 50, 95):
        monkeypatch.setattr(descriptors, "in_use", lambda used=used: used)
        watch._look()
    assert [record.getMessage()[:9] for record in caplog.records] == ["95 of 100", "95 of 100"]


def scope(origin: str, *, scheme: str = "ws", host: str = "localhost:8501") -> dict[str, object]:
    headers = [(b"host", host.encode()), (b"origin", origin.encode())]
    return {"type": "websocket", "scheme": scheme, "headers": headers}


@pytest.mark.parametrize(
    ("origin", "scheme", "host", "welcome"),
    [
        ("http://localhost:8501", "ws", "localhost:8501", True),
        ("https://localhost:8501", "ws", "localhost:8501", False),
        ("https://localhost", "wss", "localhost", True),
        ("https://localhost", "wss", "localhost:443", True),
        ("http://localhost:443", "wss", "localhost", False),
        ("http://localhost:notaport", "ws", "localhost", False),
    ],
)
def test_an_origin_is_a_scheme_too(origin, scheme, host, welcome):
    assert (origins.refusal(scope(origin, scheme=scheme, host=host)) == "") is welcome


@pytest.fixture
def client() -> TestClient:
    app = Starlette(middleware=startup.middleware())
    return TestClient(app, base_url="http://localhost:8501")


def test_a_proxy_that_changes_the_host_is_told_of_once_on_screen_and_in_the_log(client, caplog):
    asked = {"origin": "http://lab.example"}
    for _ in range(2):
        refused = client.post(origins.CHECK, headers=asked)
    assert refused.status_code == 403
    assert "--server.corsAllowedOrigins=http://lab.example" in refused.text
    assert [r.getMessage() for r in caplog.records] == [refused.text.strip()]


def test_the_check_page_asks_as_a_page_does(client):
    page = client.get(origins.CHECK)
    assert page.headers["content-type"].startswith("text/html")
    assert 'fetch("/check",{method:"POST"})' in page.text
    assert client.post(origins.CHECK, headers={"origin": "http://localhost:8501"}).text == (
        origins.REACHED
    )
    document = front_page.edited("<html><head></head><body></body></html>", "class")
    assert 'fetch("/class/check",{method:"POST"})' in document


def test_messages_from_a_browser_are_small_whatever_goes_out():
    conn = SimpleNamespace(max_message_size=10**8, max_fragment_size=None)
    startup._limit_messages(SimpleNamespace(conn=conn))
    assert conn.max_message_size == conn.max_fragment_size == startup.MOST_INCOMING


def test_an_ipv6_address_is_printed_in_brackets(monkeypatch):
    options = {"server.address": "fe80::1", "server.port": 8501, "server.baseUrlPath": ""}
    real = config.get_option
    monkeypatch.setattr(config, "get_option", lambda name: options.get(name, real(name)))
    assert hosts.addresses() == ["http://localhost:8501/", "http://[fe80::1]:8501/"]

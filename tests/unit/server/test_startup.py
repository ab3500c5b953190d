"""Who is let in, and what every answer carries."""

import asyncio
import gc
import os
import socket
import tomllib
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager
from threadpoolctl import threadpool_info, threadpool_limits
from tiny import write_tiny

from latentlab.server import front_page, origins, startup
from latentlab.ui.neighbors import spaces
from latentlab.ui.shell import available, cache, hosts, torch_ready

DOCUMENT = "<html><head><title>Streamlit</title></head><body></body></html>"


async def _document(request: object) -> HTMLResponse:
    return HTMLResponse(DOCUMENT, headers={"etag": "old"})


async def _text(request: object) -> PlainTextResponse:
    return PlainTextResponse("hello")


async def _echo(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text("hello")
    await websocket.close()


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    options = {"server.address": "localhost"}
    real = config.get_option
    monkeypatch.setattr(config, "get_option", lambda name: options.get(name, real(name)))
    routes = [
        Route("/", _document),
        Route("/text", _text, methods=["GET", "PUT"]),
        WebSocketRoute("/stream", _echo),
    ]
    return TestClient(
        Starlette(routes=routes, middleware=startup.middleware()), base_url="http://localhost:8501"
    )


@pytest.mark.parametrize(
    ("host", "bound_to", "welcome"),
    [
        ("localhost:8501", "localhost", True),
        ("127.0.0.1:8501", "localhost", True),
        ("[::1]:8501", "localhost", True),
        ("app.localhost", "localhost", True),
        ("evil.example:8501", "localhost", False),
        ("localhost.evil.example", "localhost", False),
        ("evil.example", "0.0.0.0", False),
        ("192.168.1.20:8501", "localhost", False),
        ("192.168.1.20:8501", "0.0.0.0", True),
        ("[fe80::1]:8501", "::", True),
        ("192.168.1.20:8501", "192.168.1.20", True),
        ("lab.school.org", "0.0.0.0", True),
        ("room3.class.school.org", "0.0.0.0", True),
        ("class.school.org.evil.example", "0.0.0.0", False),
        ("", "0.0.0.0", False),
        ("user@localhost", "0.0.0.0", False),
        ("localhost/path", "0.0.0.0", False),
        ("localhost:notaport", "0.0.0.0", False),
        ("2130706433", "localhost", False),
    ],
)
def test_only_our_own_names_are_answered(host, bound_to, welcome):
    names = {"lab.school.org", "*.class.school.org"}
    assert origins.is_welcome(host, bound_to=bound_to, names=names) is welcome


def test_strangers_are_refused_with_a_sentence(client):
    answer = client.get("/text", headers={"host": "evil.example"})
    assert answer.status_code == 403
    assert "does not answer at this address" in answer.text
    assert client.get("/text").text == "hello"


@pytest.mark.parametrize(
    ("headers", "welcome"),
    [
        ({}, True),
        ({"origin": "http://localhost:8501"}, True),
        ({"origin": "http://evil.example"}, False),
        ({"origin": "null"}, False),
        ({"origin": "http://evil.example", "host": "evil.example"}, False),
    ],
)
def test_websocket_of_another_site_is_refused(client, headers, welcome):
    url = "ws://localhost:8501/stream"
    if welcome:
        with client.websocket_connect(url, headers=headers) as websocket:
            assert websocket.receive_text() == "hello"
        return
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(url, headers=headers):
        pass


def test_another_site_cannot_change_anything(client):
    assert client.put("/text", headers={"origin": "http://evil.example"}).status_code == 403
    assert client.put("/text", headers={"origin": "http://localhost:8501"}).status_code == 200


def test_every_answer_carries_the_security_headers(client):
    for answer in (client.get("/"), client.get("/text"), client.get("/nowhere")):
        for name, value in startup.SECURITY_HEADERS.items():
            assert answer.headers[name] == value
    assert "default-src 'self'" in startup.CONTENT_SECURITY_POLICY
    assert "http" not in startup.CONTENT_SECURITY_POLICY


def test_document_is_ours_and_complete(client):
    answer = client.get("/", headers={"accept": "text/html", "accept-encoding": "gzip"})
    assert "<title>latentlab</title>" in answer.text
    assert "BACKEND_BASE_URL: window.location.origin" in answer.text
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert "etag" not in answer.headers
    assert client.get("/text", headers={"accept": "text/html"}).text == "hello"


def test_the_style_of_the_frame_comes_before_what_it_places():
    document = front_page.edited(DOCUMENT)
    head, _, body = document.partition("</head>")
    # After all that is in the head, where Streamlit writes its own.
    assert ".st-key-picker" in body
    assert ".st-key-picker" not in head


def test_document_knows_the_path_it_is_served_below():
    assert 'window.location.origin + "/lab"' in front_page.edited(DOCUMENT, "lab")


def test_threads_and_checkpoints_are_set_before_torch_is_imported(monkeypatch, tmp_path):
    for name in (*startup.THREAD_LIMITS, "LATENTLAB_CHECKPOINTS"):
        monkeypatch.delenv(name, raising=False)
    startup.prepare(tmp_path)
    assert os.environ["OMP_NUM_THREADS"] == "1"
    assert available.root() == tmp_path / "checkpoints"
    monkeypatch.setenv("LATENTLAB_CHECKPOINTS", "elsewhere")
    startup.prepare(tmp_path)
    assert available.root() == Path("elsewhere")


def test_searches_use_one_thread_each_though_numpy_is_there_already(monkeypatch):
    monkeypatch.setattr(startup, "_warm_up", lambda: None)
    monkeypatch.setattr(startup, "_announce", lambda: None)
    monkeypatch.setattr(PagesManager, "uses_pages_directory", None)

    async def threads() -> set[int]:
        async with startup.lifespan(None):  # type: ignore[arg-type]
            found = threadpool_info()
            return {each["num_threads"] for each in found if each["user_api"] == "blas"}

    with threadpool_limits(2, user_api="blas"):
        assert asyncio.run(threads()) == {1}


def test_address_in_the_network_is_told_only_when_it_is_open(monkeypatch):
    real = config.get_option
    for address, count in (("localhost", 1), ("0.0.0.0", 2), ("10.1.2.3", 2)):
        options = {"server.address": address, "server.port": 8765}
        monkeypatch.setattr(config, "get_option", lambda n, o=options: o.get(n, real(n)))
        found = hosts.addresses()
        assert len(found) == count
        assert found[0] == "http://localhost:8765/"
    assert found[1] == "http://10.1.2.3:8765/"


def test_connections_answer_without_delay():
    seen = []

    class Transport:
        def get_extra_info(self, name: str) -> socket.socket:
            return connection

    class Cycle:
        transport = Transport()

        async def receive(self) -> dict[str, str]:
            return {"type": "http.request"}

    async def app(scope: object, receive: object, send: object) -> None:
        seen.append(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    with socket.socket() as connection:
        asyncio.run(startup.Connection(app)({"type": "http"}, Cycle().receive, None))
    assert seen == [1]


def test_warming_up_survives_a_broken_checkpoint(monkeypatch, caplog):
    def fail() -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(cache, "warm", fail)
    try:
        startup._warm_up()
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
    assert "could not be loaded in advance" in caplog.text


def test_what_the_first_question_needs_is_built_before_it(tmp_path, monkeypatch):
    write_tiny(tmp_path, "digits-vae-z2")
    monkeypatch.setenv("LATENTLAB_CHECKPOINTS", str(tmp_path))
    monkeypatch.setattr(torch_ready, "await_first_picture", lambda: None)
    try:
        startup._warm_up()
    finally:
        gc.unfreeze()
    for kind in ("ExactIndex", "PixelIndex"):
        monkeypatch.setattr(spaces, kind, None)  # to build another fails
    spaces.warm(available.checkpoints()[0][0])


def test_settings_that_streamlit_reads_itself():
    path = Path(__file__).resolve().parents[3] / ".streamlit" / "config.toml"
    settings = tomllib.loads(path.read_text(encoding="utf-8"))
    assert settings["runner"]["postScriptGC"] is False
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["server"]["address"] == "localhost"
    assert settings["server"]["showEmailPrompt"] is False
    assert settings["server"]["maxUploadSize"] <= 20
    assert settings["server"]["enableXsrfProtection"] is True
    assert settings["client"]["showErrorDetails"] == "none"
    assert "://" not in str(settings["theme"]), "no font is fetched"

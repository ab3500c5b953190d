"""Downloads, from a server of our own on this machine."""

import hashlib
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from latentlab.data import download
from latentlab.errors import DataError

CONTENT = b"0123456789" * 100_000
MD5 = hashlib.md5(CONTENT).hexdigest()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/missing":
            self.send_error(404)
            return
        body = {"/short": CONTENT[: len(CONTENT) // 2], "/wrong": b"other" * 1000}.get(
            self.path, CONTENT
        )
        self.send_response(200)
        if self.path != "/unknown-length":
            n_bytes = len(CONTENT) if self.path == "/short" else len(body)
            self.send_header("Content-Length", str(n_bytes))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def fetch(urls: list[str], target: Path, told: list | None = None) -> None:
    report = (lambda *args: told.append(args)) if told is not None else lambda *args: None
    download.fetch(urls, target, md5=MD5, report=report)


def test_a_file_arrives_with_progress(server, tmp_path):
    told: list[tuple[int, int]] = []
    target = tmp_path / "new" / "file"
    fetch([f"{server}/file"], target, told)
    assert target.read_bytes() == CONTENT
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert list(target.parent.iterdir()) == [target]


def test_a_server_may_keep_the_length_to_itself(server, tmp_path):
    told: list[tuple[int, int]] = []
    fetch([f"{server}/unknown-length"], tmp_path / "file", told)
    assert told[-1] == (len(CONTENT), 0)


@pytest.mark.parametrize("first", ["/missing", "/short", "/wrong"])
def test_the_next_mirror_is_tried(server, tmp_path, first):
    fetch([server + first, f"{server}/file"], tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == CONTENT


@pytest.mark.parametrize("path", ["/missing", "/short", "/wrong"])
def test_what_did_not_arrive_whole_leaves_nothing(server, tmp_path, path):
    with pytest.raises(ConnectionError):
        fetch([server + path], tmp_path / "file")
    assert list(tmp_path.iterdir()) == []


def test_an_interruption_leaves_nothing(server, tmp_path):
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        download.fetch([f"{server}/file"], tmp_path / "file", md5=MD5, report=interrupt)
    assert list(tmp_path.iterdir()) == []


def test_only_web_addresses_are_opened(tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(CONTENT)
    with pytest.raises(ConnectionError, match="web address"):
        fetch([secret.as_uri()], tmp_path / "file")


def test_a_silent_network_is_given_up_on(tmp_path, monkeypatch):
    monkeypatch.setattr(download, "CONNECT_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        begin = time.monotonic()
        with pytest.raises(ConnectionError, match="no answer"):
            fetch([f"http://127.0.0.1:{port}/{k}" for k in range(3)], tmp_path / "file")
        assert time.monotonic() - begin < 3


def test_the_usual_patience_is_under_ten_seconds():
    assert download.CONNECT_SECONDS < 10


def test_a_folder_that_cannot_be_made_is_named(server, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DataError, match="cannot be saved"):
        fetch([f"{server}/x"], tmp_path / "file" / "below")

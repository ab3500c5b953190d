"""The attempts of ``trial_contained.py``, a few of each, on a running app."""

import asyncio
import os
import socket
import subprocess
import sys
import threading
import urllib.error
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import psutil
import pytest
import trial_contained as trial
from protocol import Answer
from serving import Server
from streamlit.proto.Delta_pb2 import Delta

from latentlab.ui.shell.errors import plain


def test_strangers_are_refused(small_server: Server):
    assert asyncio.run(trial.strangers_let_in(small_server.url)) == []


def test_nobody_clears_or_changes_what_others_see(small_server: Server):
    messages = trial.foreign_kinds()
    assert messages[0].WhichOneof("type") == "clear_cache"
    assert asyncio.run(trial.cleared_for_others(small_server.url, messages[:1])) == []


def test_uploads_are_seen_by_their_owner_alone(small_server: Server):
    assert asyncio.run(trial.uploads_seen_by_others(small_server.url, 1)) == []


def test_names_are_shown_as_they_are_written(small_server: Server):
    texts = (*trial.HOSTILE[:2], trial.HOSTILE[-1])
    assert asyncio.run(trial.rendered_as_markup(small_server.url, texts)) == []


@pytest.mark.parametrize("text", trial.HOSTILE)
def test_a_text_that_renders_would_be_noticed(text: str):
    def shown(words: str) -> bool:
        body, label, block = Delta(), Delta(), Delta()
        body.new_element.markdown.body = f"There is no {words} here."
        label.new_element.checkbox.label = words
        block.add_block.expandable.label = words
        found = {trial.markup(Answer(deltas=[each]), text) for each in (body, label, block)}
        assert len(found) == 1
        return found.pop()

    assert shown(text)
    assert not shown(plain(text))


def test_no_address_gives_a_file_away_and_nothing_leaves_the_machine(small_server: Server):
    marker = trial.marked(small_server.log.parent)
    with trial.connections(small_server.process.pid) as seen:
        read, n = trial.files_read(small_server.url, marker)
    assert read == []
    assert n > 1000
    assert seen.looks > 0
    assert seen.outside == set()


def test_a_file_given_away_would_be_noticed_and_so_is_a_server_that_is_gone(tmp_path):
    class Careless(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = Path(f"{tmp_path}/{unquote(self.path)}")
            self.send_response(200 if path.is_file() else 404)
            self.end_headers()
            self.wfile.write(path.read_bytes() if path.is_file() else b"")

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Careless) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        read, _ = trial.files_read(url, trial.marked(tmp_path))
        server.shutdown()
    assert f"/{trial.MARKER}" in read
    assert any(path.endswith("/app.py") and "../" in path for path in read)
    with pytest.raises(urllib.error.URLError):
        trial.files_read(url)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell of connected datagrams")
def test_a_connection_is_noticed_after_another_process_has_ended(monkeypatch):
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        gone = psutil.Process(child.pid)
    monkeypatch.setattr(psutil.Process, "children", lambda *_, **__: [gone])
    with trial.connections(os.getpid()) as seen, socket.socket(type=socket.SOCK_DGRAM) as line:
        while seen.looks < 2:
            pass
        line.connect(("127.0.0.2", 9))  # nothing is sent
        while not seen.outside:
            pass
    assert seen.outside == {"127.0.0.2"}

"""Messages that scripts fetch: the same bytes, by a name that stands for them, and no others."""

import hashlib

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from latentlab.server import messages
from latentlab.ui.shell import bus
from latentlab.ui.shell.outbox import Outbox

REST = Starlette(routes=[Route("/{path:path}", lambda request: PlainTextResponse("the app"))])


@pytest.fixture
def outbox(monkeypatch):
    own = Outbox()
    monkeypatch.setattr(messages, "OUTBOX", own)
    return own


@pytest.mark.parametrize("base", ["", "deep/below"])
def test_what_was_offered_is_sent_as_it_is_and_kept_by_the_browser_alone(outbox, base):
    client = TestClient(messages.Messages(REST, base))
    content = bytes(range(256)) * 1000
    name = outbox.offer(content)
    assert name == hashlib.sha256(content).hexdigest()
    start = f"/{base}" if base else ""
    found = client.get(f"{start}/messages/{name}")
    assert (found.status_code, found.content) == (200, content)
    assert {"private", "immutable"} <= set(found.headers["cache-control"].split(", "))
    assert client.get(f"{start}/map").text == "the app"


@pytest.mark.parametrize(
    "name", ["", "0" * 64, "../../etc/passwd", "%2e%2e/checkpoint.json", "a/b"]
)
def test_another_name_is_answered_with_one_sentence(outbox, name):
    outbox.offer(b"seven")
    found = TestClient(messages.Messages(REST)).get(f"/messages/{name}")
    assert found.status_code in (200, 404)
    assert found.text in (messages.GONE, "the app")
    assert found.content != b"seven"


def test_nothing_is_changed_by_an_address(outbox):
    name = outbox.offer(b"seven")
    client = TestClient(messages.Messages(REST))
    assert {client.request(verb, f"/messages/{name}").status_code for verb in ("PUT", "POST")} == {
        404
    }


def test_the_same_message_is_hashed_once(monkeypatch):
    outbox, message = Outbox(), bytes(99)
    name = outbox.offer(message)
    monkeypatch.setattr("latentlab.ui.shell.outbox.sha256", None)
    assert outbox.offer(message) == name


def test_of_too_much_what_was_offered_longest_ago_goes():
    outbox = Outbox(most_bytes=250)
    first, second, third = (bytes([i]) * 100 for i in range(3))
    names = [outbox.offer(first), outbox.offer(second)]
    outbox.offer(first)  # a page still shows it
    names.append(outbox.offer(third))
    assert [outbox.get(name) for name in names] == [first, None, third]


def test_equal_messages_of_two_objects_are_one_until_both_are_gone():
    outbox = Outbox(most_bytes=250)
    one, other = bytes(100), bytearray(100)
    name = outbox.offer(one)
    assert outbox.offer(bytes(other)) == name
    outbox.offer(b"3" * 100)
    assert outbox.get(name) == one
    outbox.offer(b"4" * 100)
    assert outbox.get(name) is None


def test_a_small_message_comes_with_the_page(monkeypatch):
    carried = []
    monkeypatch.setattr(bus, "carry", lambda message, key: carried.append(message))
    bus.offer(bytes(bus.LARGE - 1), key="small")
    bus.offer(bytes(bus.LARGE), key="large")
    name = hashlib.sha256(bytes(bus.LARGE)).hexdigest()
    assert carried == [bytes(bus.LARGE - 1), {"fetch": name}]
    assert bus.OUTBOX.get(name) == bytes(bus.LARGE)

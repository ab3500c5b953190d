"""Phones and projector at the web server: who gets in, what is refused, nobody delays others."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect
from streamlit import config
from tiny import write_tiny

from latentlab import classroom
from latentlab.checkpoints import open_checkpoint
from latentlab.classroom.activity import Activity
from latentlab.classroom.room import Room
from latentlab.export.message import unpack
from latentlab.server import startup
from latentlab.server.classroom import bounds, phone
from latentlab.server.classroom.routes import ClassMode
from latentlab.ui.shell import cache

HERE = "http://localhost:8501"
PHONE, SCREEN = "ws://localhost:8501/class/phone", "ws://localhost:8501/class/projector"
VOTE = Activity("vote", "<b>Is it?</b>", ("<img src=x>", "No"), answer=1)


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    real = config.get_option
    options = {"server.address": "localhost"}
    monkeypatch.setattr(config, "get_option", lambda name: options.get(name, real(name)))
    monkeypatch.setattr(bounds, "WRONG_SECONDS", 0.0)
    app = Starlette(middleware=startup.middleware())
    with TestClient(app, base_url=HERE, client=("127.0.0.1", 50000)) as client:
        yield client


@pytest.fixture
def room() -> Iterator[Room]:
    yield classroom.start()
    classroom.end()


class Pupil:
    """A phone as the page of the phone speaks."""

    def __init__(self, session: WebSocketTestSession, name: str, code: str) -> None:
        self.session, self.turn, self.state = session, 0, {}
        self.say(kind="hello", code=code, phone=name)

    def say(self, **said: object) -> None:
        self.session.send_text(json.dumps(said))

    def hear(self, kind: str = "state", **wanted: object) -> dict[str, Any]:
        """Return the next message of a kind that says so; what is asked is noted on the way."""
        while True:
            message = self.session.receive()
            if message["type"] == "websocket.close":
                raise WebSocketDisconnect(message["code"])
            if message.get("text") is None:
                continue
            said = json.loads(message["text"])
            if said["kind"] == "state":
                self.state = said
            if said["kind"] == kind and wanted.items() <= said.items():
                return said

    def answer(self, kind: str, **said: object) -> dict[str, Any]:
        self.turn += 1
        self.say(kind=kind, turn=self.turn, number=self.state["number"], **said)
        return self.hear("taken")


def name(n: int) -> str:
    return f"phone-{n:012d}"


def join(client: TestClient, room: Room, n: int) -> Any:
    """Return a session and the pupil who speaks through it, as a context."""
    return _Joined(client, name(n), room.code)


class _Joined:
    def __init__(self, client: TestClient, name: str, code: str) -> None:
        self.session = client.websocket_connect(PHONE)
        self.name, self.code = name, code

    def __enter__(self) -> Pupil:
        pupil = Pupil(self.session.__enter__(), self.name, self.code)
        pupil.hear()
        return pupil

    def __exit__(self, *error: object) -> None:
        self.session.__exit__(*error)


def test_the_page_loads_nothing_and_can_only_be_read(client):
    page = client.get("/class")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["content-security-policy"]
    assert not [mark for mark in ("/* look */", "/* style */", '{"looks": 0}') if mark in page.text]
    assert "src=" not in page.text.split("<script")[0]
    assert {client.post("/class").status_code for _ in range(200)} == {405}
    assert client.get("/class/").status_code in (200, 307, 404)
    assert client.get("/class/key").status_code == 404


def test_the_page_lies_below_the_apps_own_path():
    async def other(scope, receive, send):
        await PlainTextResponse("the app")(scope, receive, send)

    client = TestClient(ClassMode(other, "lab"))
    assert "latentlab" in client.get("/lab/class").text
    for path in ("/class", "/lab/classes", "/lab"):
        assert client.get(path).text == "the app"


def test_a_class_that_is_not_running_lets_nobody_in(client):
    with client.websocket_connect(PHONE) as session:
        refused = Pupil(session, name(1), "000000").hear("refused")
        assert refused["text"] == phone.NO_CLASS


@pytest.mark.parametrize("code", ["", "12", "x", "0000000", "\u0660" * 6])
def test_a_forged_code_lets_nobody_in(client, room, code):
    with client.websocket_connect(PHONE) as session:
        pupil = Pupil(session, name(1), code)
        assert pupil.hear("refused")["text"] == phone.WRONG_CODE
        with pytest.raises(WebSocketDisconnect):
            pupil.hear()
    assert not room._phones


def test_another_sites_page_cannot_open_a_connection(client, room):
    for path in (PHONE, SCREEN):
        with (
            pytest.raises(WebSocketDisconnect),
            client.websocket_connect(path, headers={"origin": "http://evil.example"}),
        ):
            pass


def test_votes_are_counted_once_and_shown_only_at_the_reveal(client, room):
    room.pose(VOTE)
    with join(client, room, 1) as first, join(client, room, 2) as second:
        assert first.state["prompt"] == "<b>Is it?</b>"  # text; the page never parses it
        assert "answer" not in first.state
        assert "counts" not in first.state
        for choice in (0, 1, 1):
            first.answer("vote", choice=choice)
        second.answer("vote", choice=0)
        room.set_phase("revealed")
        shown = first.hear(phase="revealed")
        assert shown["counts"] == [1, 1]
        assert shown["answer"] == 1
        assert shown["mine"]["choice"] == 1
        first.say(kind="vote", turn=9, number=shown["number"], choice=0)
        assert "closed" in first.hear("not_taken")["text"]
    assert room.view().counts == (1, 1)


def test_a_ranking_is_taken_and_its_mean_is_shown_at_the_reveal(client, room):
    room.pose(Activity("rank", "Most alike first", ("a", "b")))
    with join(client, room, 1) as pupil:
        pupil.say(kind="rank", turn=1, number=pupil.state["number"], order=[1, 1])
        assert "every choice once" in pupil.hear("not_taken")["text"]
        pupil.answer("rank", order=[1, 0])
        assert "ranks" not in pupil.state
        room.set_phase("revealed")
        shown = pupil.hear(phase="revealed")
        assert shown["ranks"] == [2, 1]
        assert shown["mine"]["ranking"] == [1, 0]


def test_a_phone_that_slept_comes_back_to_the_present_question(client, room):
    room.pose(VOTE)
    with join(client, room, 1) as pupil:
        pupil.answer("vote", choice=1)
    room.pose(Activity("vote", "And now?", ("A", "B")))
    with join(client, room, 1) as pupil:
        assert pupil.state["prompt"] == "And now?"
        assert pupil.state["mine"]["choice"] is None
        pupil.say(kind="vote", turn=1, number=pupil.state["number"] - 1, choice=0)  # said asleep
        assert "moved on" in pupil.hear("not_taken")["text"]
        room.pose(VOTE)
        assert pupil.hear(prompt=VOTE.prompt)["mine"]["choice"] == 1
    assert len(room._phones) == 1


def test_the_newest_connection_of_a_phone_is_the_one(client, room):
    with join(client, room, 1) as before, join(client, room, 1):
        with pytest.raises(WebSocketDisconnect) as closed:
            before.hear("never")
        assert closed.value.code == phone.ELSEWHERE
    assert len(room._phones) == 1


def test_what_is_no_message_of_ours_gets_a_sentence_and_the_connection_stays(client, room):
    room.pose(VOTE)
    with join(client, room, 1) as pupil:
        for text in ("{", '{"kind":"reveal"}', "x" * 80_000):
            pupil.session.send_text(text)
            assert pupil.hear("not_taken")["text"]
        pupil.session.send_bytes(b"\xff\xfe")
        assert pupil.hear("not_taken")["text"]
        pupil.answer("vote", choice=0)


def test_a_phone_that_posts_a_thousand_times_delays_nobody(client, room):
    room.pose(VOTE)
    with join(client, room, 1) as loud, join(client, room, 2) as quiet:
        number = loud.state["number"]
        for turn in range(1000):
            loud.say(kind="vote", turn=turn, number=number, choice=turn % 2)
        quiet.answer("vote", choice=1)  # the thousand would take a minute
        assert sum(room.view().counts) <= 2


def test_an_allowance_is_a_burst_and_then_so_many_a_second():
    now = 0.0
    allowance = bounds.Allowance(clock=lambda: now)
    waits = [allowance.spend() for _ in range(1000)]
    assert waits[: int(bounds.BURST)] == [0.0] * int(bounds.BURST)
    assert waits[-1] == pytest.approx((1000 - bounds.BURST) / bounds.PER_SECOND)
    now = 1000.0
    assert allowance.spend() == 0.0


def test_the_projector_needs_the_key_and_this_machine(client, room):
    for key in ("", room.code, room.key[:-1]):
        with client.websocket_connect(SCREEN) as session:
            session.send_json({"key": key})
            assert session.receive()["type"] == "websocket.close"
    elsewhere = TestClient(client.app, base_url=HERE, client=("192.168.1.7", 50000))
    with elsewhere.websocket_connect(SCREEN) as session:
        session.send_json({"key": room.key})
        assert session.receive()["type"] == "websocket.close"


def test_the_teacher_leads_from_the_projector(client, room):
    room.pose(VOTE)
    with client.websocket_connect(SCREEN) as screen:
        screen.send_json({"key": room.key})
        assert screen.receive_json()["n_phones"] == 0
        with join(client, room, 1) as pupil:
            pupil.answer("vote", choice=0)
            while screen.receive_json()["n_answers"] != 1:
                pass
            screen.send_json({"do": "everything"})  # no word of ours
            screen.send_json({"do": "frozen"})
            pupil.hear(phase="frozen")
            screen.send_json({"do": "revealed"})
            assert pupil.hear(phase="revealed")["counts"] == [1, 0]
            screen.send_json({"do": "clear"})
            pupil.hear(phase="open")
            classroom.end()
            pupil.hear(ended=True)


def test_drawings_land_on_the_map_and_are_compared(client, room, tmp_path, monkeypatch):
    write_tiny(tmp_path, "tiny")
    monkeypatch.setenv("LATENTLAB_CHECKPOINTS", str(tmp_path))
    cache.forget()
    checkpoint = open_checkpoint(tmp_path / "tiny")
    shape = checkpoint.manifest.image_shape
    room.pose(Activity("draw", "Draw", checkpoint=checkpoint.fingerprint, shape=shape, label=0))
    with client.websocket_connect(SCREEN) as screen:
        screen.send_json({"key": room.key})
        with join(client, room, 1) as first, join(client, room, 2) as second:
            for n, pupil in enumerate((first, second)):
                pixels = np.full(shape, 50 * n, np.uint8)
                pupil.answer("draw", pixels=base64.b64encode(pixels.tobytes()).decode())
            assert received(screen, "scene")[1]["places"].shape[1] == 2
            landed: dict[int, np.ndarray] = {}
            while len(landed) < 2:
                header, arrays = received(screen, "drawings")
                places = {item["phone"]: item["place"] for item in header["items"]}
                landed |= dict(zip(places, arrays["pixels"], strict=True))
                assert np.isfinite(list(places.values())).all()
            assert sorted(int(pixels.max()) for pixels in landed.values()) == [0, 50]
            second.say(kind="draw", turn=5, number=second.state["number"], pixels="AAAA")
            assert "whole" in second.hear("not_taken")["text"]
            screen.send_json({"do": "revealed"})
            header, arrays = received(screen, "comparison")
            assert len(header["titles"]) == len(arrays["pixels"]) == 4
            assert int(arrays["pixels"][0].max()) == 25  # the mean of the pixels
            screen.send_json({"do": "hide", "phone": room.admit(name(2))})
            assert int(received(screen, "comparison")[1]["pixels"][0].max()) == 0


def test_guesses_are_measured_from_where_the_image_landed(client, room, tmp_path, monkeypatch):
    write_tiny(tmp_path, "tiny")
    monkeypatch.setenv("LATENTLAB_CHECKPOINTS", str(tmp_path))
    cache.forget()
    checkpoint = open_checkpoint(tmp_path / "tiny")
    x, y = checkpoint.index().latents[3].tolist()
    room.pose(
        Activity(
            "guess",
            "Where?",
            checkpoint=checkpoint.fingerprint,
            row=3,
            shape=checkpoint.manifest.image_shape,
        )
    )
    with join(client, room, 1) as pupil:
        pupil.answer("guess", x=x + 3.0, y=y + 4.0)
        assert "truth" not in pupil.state
        room.set_phase("revealed")
        shown = pupil.hear(phase="revealed")
        assert shown["truth"] == pytest.approx([x, y])
        assert shown["distance"] == pytest.approx(5.0)


def received(screen: WebSocketTestSession, wanted: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the next blob of a kind that the projector is sent."""
    while True:
        content = screen.receive().get("bytes")
        if content:
            header, arrays = unpack(content)
            if header["id"] == wanted:
                return header, arrays

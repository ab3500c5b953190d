"""The teacher's panel of class mode: it starts, asks, saves what may be saved, and ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from screens import visible_text
from streamlit.testing.v1 import AppTest

from latentlab import classroom
from latentlab.classroom.activity import Activity
from latentlab.classroom.room import Room
from latentlab.data import drawings
from latentlab.errors import DataError
from latentlab.ui.classroom import questions, saving
from latentlab.ui.shell import state

NAME = "0123456789abcdef"


@pytest.fixture
def room() -> Iterator[Room]:
    yield classroom.start()
    classroom.end()


@pytest.fixture
def app(open_app) -> AppTest:
    return open_app("lessons.py")


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    return app.run()


def test_a_class_begins_and_ends_on_the_lessons_page(app):
    press(app, "class-start")
    room = classroom.current()
    assert room is not None
    assert "listens on this machine only" in visible_text(app)
    phone = room.admit(NAME)
    press(app, "class-end")
    assert classroom.current() is None
    assert "Everything that the phones sent was deleted" in visible_text(app)
    assert room.view().ended
    assert not room.mine(phone).has_drawn


def test_only_the_machine_that_runs_the_app_leads_a_class(room, open_app, monkeypatch):
    monkeypatch.setattr(state, "is_at_the_machine", lambda: False)
    app = open_app("lessons.py")
    keys = {button.key for button in app.button}
    assert not {key for key in keys if key and key.startswith("class-")}
    assert room.key not in str(app)
    assert "A class is running" in visible_text(app)
    step = ("a lesson", 1)
    asked = Activity("vote", "Is it?", ("A", "B"), 0)
    assert questions.follow_lesson(step, asked, revealed=False) is None
    assert room.view().activity.kind == "wait"


def test_the_teacher_asks_for_votes_drawings_and_guesses(room, app):
    app.segmented_control(key="class-way").set_value("Vote").run()
    press(app, "class-pose")
    assert "at least two choices" in visible_text(app)
    app.text_input(key="class-question").set_value(" <b>Is it?</b> ").run()
    press(app, "class-pose")
    asked = room.view().activity
    assert (asked.kind, asked.prompt, asked.choices) == ("vote", "<b>Is it?</b>", ("True", "False"))
    app.segmented_control(key="class-way").set_value("Draw").run()
    press(app, "class-pose")
    asked = room.view().activity
    assert (asked.kind, asked.label, len(asked.shape)) == ("draw", 7, 3)
    app.segmented_control(key="class-way").set_value("Guess").run()
    press(app, "class-pose")
    asked = room.view().activity
    assert (asked.kind, asked.row is None) == ("guess", False)
    app.segmented_control(key="class-way").set_value("Join").run()
    press(app, "class-pose")
    assert room.view().activity.kind == "wait"


def test_drawings_are_saved_after_the_class_was_asked(room, app, tmp_path, monkeypatch):
    monkeypatch.setenv("LATENTLAB_DATA_ROOT", str(tmp_path))
    app.segmented_control(key="class-way").set_value("Draw").run()
    press(app, "class-pose")
    view = room.view()
    phones = [room.admit(f"{NAME}{n}") for n in range(30)]
    for n, phone in enumerate(phones):
        room.draw(phone, view.number, np.full(view.activity.shape, n, np.uint8))
    landed = {
        phone: replace(drawing, latent=np.zeros(2, np.float32), place=(0.0, 0.0))
        for phone, drawing in room.waiting().items()
    }
    room.landed(view.number, landed)
    app.run()
    press(app, "class-save")
    assert "No phone has agreed yet" in visible_text(app)
    assert not list(tmp_path.iterdir())
    press(app, "class-consent")
    for phone in phones[:25]:
        room.vote(phone, room.view().number, 0)
    app.text_input(key="class-folder").set_value("sevens").run()
    press(app, "class-save")
    assert "25 drawings are saved" in visible_text(app)
    files = sorted((tmp_path / "sevens").iterdir())
    assert [path.name for path in files[:2]] == ["drawing-001.png", "drawing-002.png"]
    assert len(files) == 25
    assert "There are 25 drawings, and 200 or more are needed" in visible_text(app)
    assert drawings.count(tmp_path) == 25


@pytest.mark.parametrize("name", ["", "../away", "a/b", ".hidden"])
def test_a_folder_elsewhere_or_twice_is_refused(tmp_path, monkeypatch, name):
    monkeypatch.setenv("LATENTLAB_DATA_ROOT", str(tmp_path / "images"))
    drawn = [np.zeros((2, 2, 1), np.uint8)]
    with pytest.raises(DataError):
        saving.save(drawn, name)
    saving.save(drawn, "mine")
    with pytest.raises(DataError, match="already"):
        saving.save(drawn, "mine")
    assert [path.name for path in tmp_path.iterdir()] == ["images"]

"""Lessons without a browser: the address says which runs, on every page."""

import pytest
from screens import visible_text

from latentlab.classroom import Room
from latentlab.classroom.activity import Activity
from latentlab.lessons import library
from latentlab.ui.lessons import bar, running
from latentlab.ui.lessons.experiments import EXPERIMENTS

HOLES = next(lesson for lesson in library()[0] if lesson.name == "holes")
LESSON = {"lesson": "axes", "step": "2"}


def test_a_lesson_stays_while_the_visitor_walks_and_picks(open_app):
    app = open_app("network.py", **LESSON)
    assert {name: app.query_params[name] for name in LESSON} == LESSON
    app.button(key="pick-digits-ae-z2").click().run()
    assert {name: app.query_params[name] for name in LESSON} == LESSON
    app.switch_page("pages/map.py").run()
    assert {name: app.query_params[name] for name in LESSON} == LESSON


def test_a_new_step_forgets_what_the_last_one_had_chosen(open_app):
    app = open_app("map.py", **LESSON, color="error", beside="trust")
    app.query_params.clear()
    for name, value in {"lesson": "axes", "step": "1", "map": "native"}.items():
        app.query_params[name] = value
    app.run()
    assert "reveal" not in app.query_params
    assert app.query_params["step"] == "1"


@pytest.mark.parametrize("step", ["0", "-3", "99", "two", "9" * 400, "²"])
def test_a_step_that_does_not_exist_leads_to_one_that_does(open_app, step):
    app = open_app("lessons.py", lesson="axes", step=step)
    assert not app.exception
    assert not app.error


def test_an_unknown_lesson_or_experiment_is_named_in_one_sentence(open_app):
    app = open_app(lesson="hols")
    assert "no lesson called 'hols'. Did you mean 'holes'?" in app.error[0].value
    app.run()
    assert not app.error
    app = open_app("lessons.py", experiment="sampels")
    assert "no experiment called 'sampels'. Did you mean 'samples'?" in app.error[0].value


def test_an_empty_name_ends_the_lesson(open_app):
    app = open_app("lessons.py", lesson="", step="2")
    assert "lesson" not in app.query_params
    assert "step" not in app.query_params


@pytest.mark.parametrize("name", EXPERIMENTS)
@pytest.mark.parametrize("checkpoint", ["digits-ae-z2", "digits-vae-z2", "digits-vae-z5-beta4"])
def test_every_experiment_opens_or_says_why_not(open_app, name, checkpoint):
    app = open_app("lessons.py", experiment=name, checkpoint=checkpoint, **{"with": checkpoint})
    assert not app.exception
    assert EXPERIMENTS[name].title in visible_text(app) or app.subheader
    assert "a bug in latentlab" not in visible_text(app)


def test_the_bar_leads_from_question_to_answer_to_the_next_lesson():
    asked = bar.message(running.Running(HOLES, 1, revealed=False, full=True), "Lessons")
    assert "reveal=1" in asked["addresses"]["next"]
    assert asked["addresses"]["next"].endswith("&full=1")
    assert asked["reveal"] == ""
    room = Room()
    room.pose(Activity("vote", "Which?", tuple(HOLES.steps[0].question.choices)))
    for phone, choice in enumerate((0, 0, 0, 1, 1, 1, 1)):
        room.vote(phone, room.view().number, choice)
    told = bar.message(running.Running(HOLES, 1, revealed=True, full=False), "Map", room.view())
    assert "lesson=vae-blur" in told["addresses"]["next"]
    assert told["away"]
    assert told["votes"] == [3, 4, 0]
    assert [choice["right"] for choice in told["choices"]] == [True, False, False]
    assert "7.53" in told["reveal"]

"""Lessons as files: what is read, what is refused and in which words, where each step leads."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from latentlab.analysis.edits import EDITS
from latentlab.lessons import (
    CONTROLS,
    OWN_VARIABLE,
    Lesson,
    LessonError,
    library,
    read_folders,
    read_lesson,
)
from latentlab.ui.lessons.experiments import EXPERIMENTS

TOP = Path(__file__).parents[3]
SHIPPED = {lesson.name: lesson for lesson in read_folders(TOP / "lessons")[0]}
WHOLE = """
title: Holes
claim: There are none.
minutes: 4
checkpoint: digits-vae-z2
seed: 3
steps:
  - open: https://localhost:8501/map?color=error
    question: {text: "Are there?", choices: [No, Yes], answer: B}
    reveal: There are {n}.
    figures:
      n: {metric: holes, of: {checkpoint: digits-vae-z2}, value: 1200}
  - explore?A=0_1
"""
QUESTION = "question:"
NEAREST = "steps 1 {} 1 names no part of a page: '{}'; the nearest names are {}"


def written(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_lesson_is_read_as_it_was_written(tmp_path):
    lesson = read_lesson(written(tmp_path, WHOLE))
    first, second = lesson.steps
    assert (lesson.name, lesson.minutes, first.page) == ("mine", 4, "map")
    assert first.question is not None
    assert first.question.choices == ("No", "Yes")  # to YAML itself: false, true
    assert first.revealed == "There are 1,200."
    assert second.parameters == {"A": "0_1"}


def test_an_address_carries_the_lesson_and_what_its_step_leaves_open(tmp_path):
    lesson = read_lesson(written(tmp_path, WHOLE))
    parts = urlsplit(lesson.address(1, revealed=True))
    assert parts.path == "./map"
    assert {name: value for name, (value,) in parse_qs(parts.query).items()} == {
        "checkpoint": "digits-vae-z2",
        "seed": "3",
        "color": "error",
        "lesson": "mine",
        "step": "1",
        "reveal": "1",
    }
    assert urlsplit(lesson.address(2)).path == "./"  # the first page of the menu


def test_a_list_of_addresses_is_a_lesson(tmp_path):
    path = written(tmp_path, "- /?checkpoint=a&A=0_1\n- http://h:1/base/anomalies\n", "my-tour.yml")
    lesson = read_lesson(path)
    assert lesson.title == "My tour"
    assert [step.open for step in lesson.steps] == ["explore?checkpoint=a&A=0_1", "anomalies"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("minutes: 4", "minutes: four"), "minutes has to be a whole number."),
        (("title: Holes", "name: x"), "title is missing."),
        (("minutes: 4", "minute: 4"), "minute is not a field of a lesson."),
        (("choices: [No, Yes]", "choices: [No]"), "steps 1 question choices needs at least 2"),
        (("choices: [No, Yes]", "choices: No"), "steps 1 question choices has to be a list."),
        (("answer: B", "answer: C"), "has the answer C, but only 2 choices."),
        (("answer: B", "answer: Yes"), "steps 1 question answer is wrong"),
        (("answer: B", "answer: B, rank: true"), "is a ranking, so no choice is the answer"),
        (("There are {n}", "There are {m}"), "says {m}, but has no figure of that name."),
        (("value: 1200", "value: many"), "steps 1 figures n value has to be a number."),
        ((QUESTION, f"lit: [pickr]\n    {QUESTION}"), NEAREST.format("lit", "pickr", "picker, ")),
        (
            (QUESTION, f"covered: ['sampels']\n    {QUESTION}"),
            NEAREST.format("covered", "sampels", "samples, "),
        ),
        (
            ("explore?A=0_1", "{open: map, covered: [map]}"),
            "steps 2 is covered until the class has voted, but has no question.",
        ),
        (("https://localhost:8501/map", "../../etc"), ""),
        (("https://localhost:8501/map?color=error", "???"), ""),
        (("https://localhost:8501/map", "m%2Fap"), "names no page: 'm%2Fap"),
    ],
)
def test_each_wrong_field_is_named_in_one_sentence(tmp_path, change, sentence):
    path = written(tmp_path, WHOLE.replace(*change))
    if not sentence:  # it leads somewhere in the app, wherever that is
        assert re.fullmatch(r"[a-z]+(\?.*)?", read_lesson(path).steps[0].open)
        return
    with pytest.raises(LessonError) as caught:
        read_lesson(path)
    assert str(caught.value).startswith("mine.yaml: ")
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: [", "mine.yaml is no YAML: line 1, "),
        ("a: &x [1]\nb: *x", "mine.yaml uses an alias"),
        ("[" * 5000, "mine.yaml cannot be read"),
        ("just words", "holds neither fields nor addresses"),
        ("", "holds neither fields nor addresses"),
        ("!!python/object/apply:os.system 5", "holds neither fields nor addresses"),
        ("- x\n" * 40_000, "mine.yaml is larger than 100 kB."),
    ],
)
def test_what_is_no_lesson_is_refused(tmp_path, text, sentence):
    with pytest.raises(LessonError, match=re.escape(sentence)):
        read_lesson(written(tmp_path, text))


def test_a_teachers_folder_adds_lessons_and_replaces_shipped_ones(tmp_path, monkeypatch):
    written(tmp_path, WHOLE)
    written(tmp_path, WHOLE.replace("Holes", "Other holes"), "holes.yaml")
    written(tmp_path, "a: [", "broken.yaml")
    monkeypatch.setenv(OWN_VARIABLE, str(tmp_path))
    lessons, refused = library()
    assert {*SHIPPED, "mine"} == {lesson.name for lesson in lessons}
    assert next(each for each in lessons if each.name == "holes").title == "Other holes"
    assert [each.name for each in refused] == ["broken"]
    monkeypatch.setenv(OWN_VARIABLE, str(tmp_path / "gone"))
    assert len(library()[0]) == len(SHIPPED)


def test_the_shipped_lessons_fill_a_class():
    lessons, refused = read_folders(TOP / "lessons")
    assert refused == []
    assert len(lessons) == 15
    assert sum(lesson.minutes for lesson in lessons) == 45
    assert [lesson.place for lesson in lessons] == list(range(1, 16))


@pytest.mark.parametrize("lesson", SHIPPED.values(), ids=SHIPPED)
def test_a_shipped_lesson_has_all_that_a_class_needs(lesson: Lesson):
    question = lesson.steps[0].question
    assert question is not None
    assert question.answer or question.rank
    assert any(step.when_true for step in lesson.steps)
    assert any(step.figures for step in lesson.steps)
    for step in lesson.steps:
        assert step.reveal
        assert (TOP / "pages" / f"{step.page}.py").is_file()
        assert step.parameters.get("experiment", "samples") in EXPERIMENTS
        assert not step.picture or (TOP / "lessons" / step.picture).is_file()
        for name in ("checkpoint", "network"):
            named = step.parameters.get(name)
            assert named is None or (TOP / "checkpoints" / named).is_dir()


def test_the_documentation_names_every_part_of_a_page():
    text = (TOP / "docs" / "lessons.md").read_text(encoding="utf-8")
    table = text.split("| page | names |")[1].split("\n\n")[0]
    assert set(re.findall(r"`(.+?)`", table)) == set(CONTROLS)


def test_no_still_picture_shows_images_that_may_not_be_passed_on():
    for lesson in SHIPPED.values():
        for step in lesson.steps:
            if step.picture:
                names = [step.parameters.get(key, "") for key in ("checkpoint", "network", "with")]
                assert not re.search("mnist|cifar", " ".join(names)), step.picture


def test_the_class_ranks_what_the_experiment_changes():
    (step,) = SHIPPED["error-measure"].steps
    assert step.question is not None
    assert step.question.rank
    assert step.question.choices == tuple(EDITS)

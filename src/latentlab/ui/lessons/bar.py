"""The bar that every page shows while a lesson runs: claim, question, answer, and the way on."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from latentlab import web
from latentlab.classroom.activity import Activity, Kind, View
from latentlab.errors import unknown_name
from latentlab.lessons import LETTERS, Lesson, LessonError, library, selectors
from latentlab.ui.classroom import access, questions
from latentlab.ui.lessons import running, stills
from latentlab.ui.lessons.running import Running
from latentlab.ui.shell import errors

_BAR = st.components.v2.component(
    "latentlab_lesson_bar",
    html='<div id="bar"></div>',
    css=web.read("lesson_bar.css"),
    js=web.read("lesson_bar.js"),
)


def draw(page: str, menu: Sequence[str]) -> None:
    """Draw the bar, if a lesson runs; the frame calls it before the page.

    Parameters
    ----------
    page : str
        The title of the page that is shown.
    menu : sequence of str
        The titles of all pages.
    """
    with errors.guard():
        now = running.current()
        if now is not None:
            with st.container(key="lesson-bar"):
                _BAR(key="lesson-bar-face", data=message(now, page, _ask(now)))
            names = [title.lower() for title in menu]
            if now.step.page not in names:
                raise LessonError(unknown_name("page", now.step.page, names))


def _ask(now: Running) -> View | None:
    """Ask the class that takes part by phone, if there is one; return its answers when revealed."""
    question = now.step.question
    activity = Activity()
    if question:
        answer = LETTERS.index(question.answer) if question.answer else None
        kind: Kind = "rank" if question.rank else "vote"
        activity = Activity(kind, question.text, question.choices, answer)
    return questions.follow_lesson((now.lesson.name, now.number), activity, revealed=now.revealed)


def message(now: Running, page: str, view: View | None = None) -> dict[str, object]:
    """Say everything that the bar shows.

    Parameters
    ----------
    now : Running
    page : str
        The title of the page that is shown.
    view : View, optional
        The class with its answers, where one was asked and they are shown.
    """
    step, lesson, room = now.step, now.lesson, questions.led_here()
    question = step.question
    is_here = page.lower() == step.page
    return {
        "title": lesson.title,
        "claim": lesson.claim,
        "place": f"{now.number} of {len(lesson.steps)}",
        "action": step.action or "",
        "question": question.text if question else "",
        "choices": [
            {"letter": letter, "text": text, "right": question.answer == letter}
            for letter, text in zip(LETTERS, question.choices, strict=False)
        ]
        if question
        else [],
        "votes": list(view.counts) if view and view.activity.kind == "vote" else [],
        "ranks": list(view.mean_ranks) if view else [],
        "ranked": bool(question and question.rank),
        "revealed": now.revealed,
        "reveal": step.revealed if now.revealed else "",
        "reveals": step.has_reveal and not now.revealed,
        "when_true": step.when_it_is_true if now.revealed else "",
        "picture": stills.address(step),
        "lit": selectors(step.lit) if is_here else [],
        "covered": selectors(step.covered) if is_here and not now.revealed else [],
        "away": not is_here,
        "full": now.full,
        "classroom": access.of(room) if room else None,
        "addresses": _addresses(now),
    }


def _addresses(now: Running) -> dict[str, str]:
    """Say where each button leads; a place without a way on has none."""
    lesson, number = now.lesson, now.number
    full = "&full=1" if now.full else ""
    found = {
        "here": lesson.address(number, revealed=now.revealed) + full,
        "full": lesson.address(number, revealed=now.revealed) + ("" if now.full else "&full=1"),
        "back": _back(now),
        "next": _next(now),
        "link": lesson.address(number),
    }
    return {
        name: address + (full if name in ("back", "next") and address else "")
        for name, address in found.items()
    }


def _next(now: Running) -> str:
    """Reveal, then the next step, then the next lesson."""
    lesson, number = now.lesson, now.number
    if now.step.has_reveal and not now.revealed:
        return lesson.address(number, revealed=True)
    if number < len(lesson.steps):
        return lesson.address(number + 1)
    after = _beside(lesson, +1)
    return after.address(1) if after else ""


def _back(now: Running) -> str:
    lesson, number = now.lesson, now.number
    if now.revealed:
        return lesson.address(number)
    if number > 1:
        return lesson.address(number - 1, revealed=lesson.steps[number - 2].has_reveal)
    before = _beside(lesson, -1)
    return before.address(1) if before else ""


def _beside(lesson: Lesson, by: int) -> Lesson | None:
    names = [other.name for other in library()[0]]
    place = names.index(lesson.name) + by
    return library()[0][place] if 0 <= place < len(names) else None

"""The Lessons page: the list of lessons, or the experiment that the address names."""

from __future__ import annotations

import streamlit as st

from latentlab import web
from latentlab.checkpoints import Checkpoint
from latentlab.lessons import Lesson, library
from latentlab.ui.classroom import panel as classroom
from latentlab.ui.lessons import experiments
from latentlab.ui.shell import state, torch_ready
from latentlab.ui.shell.errors import plain

SHEET = "Autoencoders: what do you expect?"
OWN = (
    "To add your own lessons, write text files (a list of addresses is enough) and start the app "
    "with --lessons FOLDER."
)

_LIST = st.components.v2.component(
    "latentlab_lessons",
    html='<div id="lessons"></div>',
    css=web.read("lessons.css"),
    js=web.read("lessons.js"),
)


def render(checkpoint: Checkpoint) -> None:
    """Draw the page.

    Parameters
    ----------
    checkpoint : Checkpoint
        The network that an experiment shows where its address names no other.
    """
    asked = state.from_address("experiment") if state.in_address("experiment") else None
    if asked is not None:
        torch_ready.wait()
        experiments.show(asked, checkpoint)
        return
    classroom.render(checkpoint)
    lessons, refused = library()
    _LIST(
        key="lesson-list",
        data={"lessons": [_listed(lesson) for lesson in lessons], "sheet": SHEET, "own": OWN},
    )
    for lesson in refused:
        st.caption(f":material/block: {plain(lesson.reason)}")


def _listed(lesson: Lesson) -> dict[str, object]:
    return {
        "title": lesson.title,
        "claim": lesson.claim,
        "minutes": lesson.minutes,
        "address": lesson.address(1),
        "steps": [
            {"question": step.question.text, "choices": list(step.question.choices)}
            for step in lesson.steps
            if step.question
        ],
    }

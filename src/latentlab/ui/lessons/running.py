"""Which lesson runs, and at which step: the address says it, on every page."""

from __future__ import annotations

from dataclasses import dataclass

from latentlab.errors import unknown_name
from latentlab.lessons import Lesson, LessonError, Step, library
from latentlab.ui.shell import state

SEEN = "lesson:seen"


@dataclass(frozen=True)
class Running:
    """A lesson that runs.

    Attributes
    ----------
    lesson : Lesson
    number : int
        Of the step, from 1.
    revealed : bool
        Whether the answer is shown.
    full : bool
        Whether everything but the experiment and the bar is hidden.
    """

    lesson: Lesson
    number: int
    revealed: bool
    full: bool

    @property
    def step(self) -> Step:
        """The present step."""
        return self.lesson.steps[self.number - 1]


def current() -> Running | None:
    """Return the lesson that the address names, or that ran before the visitor changed page.

    Raises
    ------
    LessonError
        Once, if there is no lesson of that name.
    """
    if state.in_address("lesson"):
        # What is absent was taken away, and is not to be remembered.
        state.to_address(**{name: None for name in state.LESSON if not state.in_address(name)})
    name = state.from_address("lesson")
    if not name:
        end()
        return None
    lessons = {lesson.name: lesson for lesson in library()[0]}
    if name not in lessons:
        end()
        raise LessonError(unknown_name("lesson", name, lessons))
    lesson = lessons[name]
    given = state.from_address("step") or "1"
    number = min(max(int(given) if given.isdecimal() else 1, 1), len(lesson.steps))
    running = Running(
        lesson,
        number,
        revealed=state.from_address("reveal") == "1",
        full=state.from_address("full") == "1",
    )
    if state.is_news(SEEN, (name, number)):
        state.only_address()
    return running


def end() -> None:
    """Let the lesson end; the page stays."""
    state.to_address(**dict.fromkeys(state.LESSON))

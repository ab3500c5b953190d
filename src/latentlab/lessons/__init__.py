"""Lessons: text files that lead a class through the pages, one claim and one experiment each.

A lesson is a YAML file. Its steps name addresses of the app, so whatever a link can show can be a
step; a plain list of addresses is a lesson too. ``docs/lessons.md`` says how to write one. What
else the app does with a lesson (the bar, the votes) asks this package and knows no file.
"""

from latentlab.lessons.controls import CONTROLS, selectors
from latentlab.lessons.reading import (
    OWN_VARIABLE,
    LessonError,
    RefusedLesson,
    folders,
    library,
    read_folders,
    read_lesson,
)
from latentlab.lessons.schema import LETTERS, Figure, Lesson, Question, Step

__all__ = [
    "CONTROLS",
    "LETTERS",
    "OWN_VARIABLE",
    "Figure",
    "Lesson",
    "LessonError",
    "Question",
    "RefusedLesson",
    "Step",
    "folders",
    "library",
    "read_folders",
    "read_lesson",
    "selectors",
]

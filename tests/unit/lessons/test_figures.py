"""Every figure that a lesson states is computed again."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from latentlab.lessons import read_folders

TOP = Path(__file__).parents[3]
sys.path.append(str(TOP / "scripts"))

import lesson_figures  # noqa: E402

FIGURES = [
    pytest.param(figure, id=f"{lesson.name}-{name}")
    for lesson in read_folders(TOP / "lessons")[0]
    for step in lesson.steps
    for name, figure in step.figures.items()
]


@pytest.mark.parametrize("figure", FIGURES)
def test_the_experiment_shows_what_the_lesson_says(figure):
    found = lesson_figures.computed(figure)
    assert found == pytest.approx(figure.value, rel=0.006, abs=figure.tolerance)


def test_a_figure_is_written_where_it_stands():
    lesson = next(each for each in read_folders(TOP / "lessons")[0] if each.name == "holes")
    text = (TOP / "lessons" / "holes.yaml").read_text(encoding="utf-8")
    figure = lesson.steps[0].figures["ae"]
    changed = lesson_figures.written(text, figure, 12.3)
    assert f"value: {figure.value:g}" in text
    assert changed == text.replace(f"value: {figure.value:g}", "value: 12.3")

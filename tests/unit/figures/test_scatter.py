from __future__ import annotations

import numpy as np
import pytest

from latentlab.figures.lineup import lineup
from latentlab.figures.scatter import Axes, Group, Values, escaped, grouped, valued
from latentlab.figures.theme import DARK, LIGHT

PLACES = np.random.default_rng(0).normal(size=(50, 2)).astype(np.float32)
GROUPS = [
    Group("zero", np.arange(0, 30), "#112233"),
    Group("<b>one</b>", np.arange(30, 50), "#445566", "square"),
]


def draw(look=LIGHT):
    return grouped(PLACES, GROUPS, look, axes=Axes("a", "b"), subject="A map.")


def test_every_point_carries_its_row_whatever_group_it_is_in():
    figure = draw().figure
    rows = np.concatenate([trace.customdata for trace in figure.data])
    places = np.concatenate([np.stack([t.x, t.y], axis=1) for t in figure.data])
    assert rows.tolist() == list(range(50))
    assert np.array_equal(places, PLACES[rows])


def test_the_same_question_gives_the_same_bytes_so_that_zoom_survives():
    assert draw().figure.to_json() == draw().figure.to_json()
    assert draw(DARK).figure.to_json() != draw().figure.to_json()


def test_the_legend_solos_and_names_from_outside_are_not_read_as_markup():
    figure = draw().figure
    legend = figure.layout.legend
    assert legend.itemclick == "toggleothers"
    assert (legend.xanchor, legend.x > 1) == ("left", True), "it would cover points"
    assert [trace.name for trace in figure.data] == ["zero", "&lt;b&gt;one&lt;/b&gt;"]
    assert escaped("$x$ & <a href='javascript:1'>") == "x &amp; &lt;a href='javascript:1'&gt;"
    assert len(escaped("x" * 4000)) == 60


def test_the_text_alternative_counts_the_groups():
    assert draw().alt == "A map. Points by group: zero 30, <b>one</b> 20."


def test_one_odd_value_does_not_take_all_the_contrast():
    values = np.linspace(0, 1, 50, dtype=np.float32)
    values[7] = 100
    drawing = valued(PLACES, Values("error", values), LIGHT, axes=Axes(), subject="A map.")
    marker = drawing.figure.data[0].marker
    assert marker.cmin == 0
    assert marker.cmax == pytest.approx(np.percentile(values, 99))
    assert marker.colorbar.title.text == "error"
    assert "0 to 100" in drawing.alt


def test_a_constant_value_can_be_drawn():
    values = Values("error", np.zeros(50, np.float32), top=0.0)
    figure = valued(PLACES, values, LIGHT, axes=Axes(), subject="").figure
    assert figure.data[0].marker.cmax > figure.data[0].marker.cmin


def test_directions_without_meaning_have_no_numbers():
    figure = grouped(PLACES, GROUPS, LIGHT, axes=Axes(), subject="").figure
    assert figure.layout.xaxis.showticklabels is False
    assert draw().figure.layout.xaxis.title.text == "a"
    assert figure.layout.yaxis.scaleanchor == "x"


def test_a_sample_of_rows_can_be_drawn():
    values = Values("error", np.arange(50, dtype=np.float32))
    rows = np.array([3, 9])
    figure = valued(PLACES, values, LIGHT, axes=Axes(), subject="", rows=rows).figure
    assert figure.data[0].customdata.tolist() == [3, 9]
    assert figure.data[0].marker.color.tolist() == [3, 9]


def test_in_a_line_up_only_the_one_that_was_told_has_colors():
    maps = [np.random.default_rng(i).uniform(size=(50, 2)).astype("f4") for i in range(8)]
    hidden = lineup(maps, LIGHT, names="ABCDEFGH").figure
    assert len({trace.marker.color for trace in hidden.data}) == 1
    told = lineup(maps, LIGHT, names="ABCDEFGH", colors={2: GROUPS}).figure
    assert {trace.marker.color for trace in told.data} == {LIGHT.muted, "#112233", "#445566"}
    assert [note.text for note in told.layout.annotations] == [f"<b>{c}</b>" for c in "ABCDEFGH"]

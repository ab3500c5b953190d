"""Figures draw what they are given, in the theme's colors, and can be heard as well as seen."""

import pytest

from latentlab.figures import bars, curves, theme

LOOKS = (theme.LIGHT, theme.DARK)


@pytest.mark.parametrize("look", LOOKS)
def test_learning_curves(look):
    drawing = curves.learning_curves(
        [1, 2, 3], {"seen": [9.0, 5.0, 4.0], "other": [9.5, 6.0, 5.5]}, look, unit="nats"
    )
    seen, other = drawing.figure.data
    assert (list(seen.x), list(seen.y)) == ([1, 2, 3], [9.0, 5.0, 4.0])
    assert seen.line.color == look.categorical[0]
    assert seen.line.dash != other.line.dash, "curves differ by more than color"
    assert "seen goes from 9 to 4" in drawing.alt
    assert look.accent not in str(drawing.figure.to_dict())


def test_one_epoch_is_a_visible_mark():
    drawing = curves.learning_curves([1], {"seen": [9.0]}, theme.DARK, unit="nats")
    assert drawing.figure.data[0].mode == "markers"


@pytest.mark.parametrize("look", LOOKS)
def test_columns_mute_what_is_idle(look):
    drawing = bars.columns({"z2": 3.0, "z1": 0.01}, look, unit="nats", muted=["z1"])
    assert list(drawing.figure.data[0].x) == ["z2", "z1"]
    assert list(drawing.figure.data[0].marker.color) == [look.categorical[0], look.quiet]
    assert drawing.alt == "Bars in nats: z2 3, z1 0.01."


def test_long_lists_are_not_read_out_in_full():
    drawing = bars.columns({f"z{n}": 1.0 for n in range(256)}, theme.DARK, unit="nats")
    assert "and 244 more" in drawing.alt


def test_shares_are_read_from_top_to_bottom():
    drawing = bars.shares({"a": 0.87, "b": 0.09}, theme.LIGHT, emphasized="a")
    assert drawing.figure.layout.margin.r >= 50, "a value beside a full bar would be cut"
    assert list(drawing.figure.data[0].text) == ["87 %", "9 %"]
    assert drawing.figure.layout.yaxis.autorange == "reversed"
    assert "a 87" in drawing.alt

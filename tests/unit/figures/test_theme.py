"""Colors that stay apart, for everybody and in both themes."""

import tomllib
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from colors import DEUTERANOPIA, NORMAL, PROTANOPIA, _ciede2000, contrast, difference

from latentlab.figures import theme
from latentlab.figures.look import Look

CONFIG = Path(__file__).resolve().parents[3] / ".streamlit" / "config.toml"
LOOKS = [pytest.param(theme.LIGHT, id="light"), pytest.param(theme.DARK, id="dark")]

# In CIEDE2000. Around 2 is just noticeable side by side; 12 is told apart across a scatter plot.
CLEARLY_APART = 12.0
READABLE_TEXT = 4.5
READABLE_MARKS = 3.0


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_difference_is_that_of_the_published_pairs(one, other, expected):
    assert _ciede2000(np.array(one), np.array(other)) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(
    "vision", [NORMAL, DEUTERANOPIA, PROTANOPIA], ids=["all", "deutan", "protan"]
)
def test_class_colors_and_accent_stay_apart(look: Look, vision):
    found = {
        pair: difference(*pair, vision)
        for pair in combinations((*look.categorical, look.accent), 2)
    }
    closest = min(found, key=lambda pair: found[pair])
    assert found[closest] >= CLEARLY_APART, (closest, found[closest])


@pytest.mark.parametrize("look", LOOKS)
def test_marks_and_text_can_be_seen(look: Look):
    assert len(set(look.categorical)) == 10
    for color in (*look.categorical, look.accent):
        assert contrast(color, look.background) >= READABLE_MARKS, color
    for background in (look.background, look.surface):
        for color in (look.ink, look.muted, look.accent, look.warning, look.error):
            assert contrast(color, background) >= READABLE_TEXT, (color, background)


def test_classes_never_share_color_and_glyph():
    seen = {(theme.class_color(n, theme.DARK), theme.class_glyph(n)) for n in range(100)}
    assert len(seen) == 100
    assert len(set(theme.GLYPHS)) == 10


@pytest.mark.parametrize("look", LOOKS)
def test_streamlit_is_told_the_same_colors(look: Look):
    told = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"][look.name]
    assert told["primaryColor"] == told["linkColor"] == look.accent
    assert told["backgroundColor"] == look.background
    assert told["secondaryBackgroundColor"] == look.surface
    assert told["textColor"] == look.ink
    assert told["borderColor"] == look.line
    assert told["orangeTextColor"] == look.warning
    assert told["redTextColor"] == look.error
    assert tuple(told["chartCategoricalColors"]) == look.categorical

"""The README's picture is drawn from what the benchmarks recorded, and from nothing else."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from benchmarks import promises
from benchmarks.promises import Row, record
from scripts import benchmark_picture as picture

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def drawn(tmp_path, monkeypatch):
    """Record rows under a section of speeds; return the words and the colors of the picture."""
    monkeypatch.setattr(promises, "PAGE", tmp_path / "promises.md")
    monkeypatch.setattr(picture, "PAGE", tmp_path / "promises.md")
    monkeypatch.setattr(picture, "PICTURE", tmp_path / "picture.svg")

    def draw(section: str, *rows: Row) -> tuple[set[str], set[str]]:
        record(f"Speed: {section}", "python -m benchmarks", rows)
        assert picture.main() == 0
        tree = ElementTree.parse(tmp_path / "picture.svg")
        words = {element.text or "" for element in tree.iter(f"{SVG}text")}
        return words, {element.get("fill") or "" for element in tree.iter()}

    return draw


def test_a_ratio_a_time_and_a_growth_are_drawn(drawn):
    words, _ = drawn("UMAP", Row("60,000 x 16: times less CPU", "3", "5.8", True))
    assert {"UMAP, 60,000 × 16, against a plain call", "5.8×"} <= words
    words, _ = drawn("first paint", Row("warm: first picture", "3 s", "1.52 s", True))
    assert {"second visitor: first picture", "1.5 s", "5.8×"} <= words
    growth = Row(
        "encode", "", "0.02, 0.2, 2.5, 1,025 s; exponent 1.01, in the last step 1.00", None
    )
    words, colors = drawn("growth", growth)
    assert {"encoding", "20 ms to 1,025 s", "exponent 1.01"} <= words
    assert picture.FALLEN not in colors


@pytest.mark.parametrize(
    ("section", "row"),
    [
        ("UMAP", Row("60,000 x 16: times less CPU", "3", "2.9", False)),
        ("map of 20,000", Row("chosen in the menu: drawn", "2 s", "2100 ms", False)),
    ],
)
def test_what_fell_short_is_red(drawn, section, row):
    assert picture.FALLEN in drawn(section, row)[1]


def test_what_was_not_measured_is_left_out(drawn):
    words, _ = drawn("training", Row("times sooner than the classic recipe", "10", "11", True))
    assert not [text for text in words if "pythae" in text or "map" in text]

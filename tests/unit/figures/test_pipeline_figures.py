"""Charts as PNG: the right size, the data where it belongs, any number of classes."""

import io

import numpy as np
from PIL import Image

from latentlab.figures import label_map, offline, sheets, static
from latentlab.figures.theme import LIGHT, class_glyph

COLORS = {Image.new("RGB", (1, 1), color).getpixel((0, 0)) for color in LIGHT.categorical}


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def colors_in(png: bytes) -> set[object]:
    picture = opened(png)
    return {color for _, color in picture.getcolors(picture.width * picture.height) or []}


def test_a_map_shows_every_class_in_its_color() -> None:
    places = np.random.default_rng(0).normal(size=(200, 2)).astype(np.float32)
    labels = np.arange(200) % 10
    png = static.map_png(places, labels, [str(i) for i in range(10)], LIGHT)
    assert opened(png).size == (800, 800)
    assert len(COLORS & colors_in(png)) == 10


def test_bars_stand_on_zero_and_grow_with_the_value() -> None:
    picture = opened(static.columns_png({"a": 1.0, "b": 2.0}, LIGHT, unit="nats"))
    blue = np.all(np.asarray(picture) == picture.getpixel((300, 410)), axis=-1)
    left, right = blue[:, : picture.width // 2].sum(), blue[:, picture.width // 2 :].sum()
    assert 1.9 < right / left < 2.1


def test_odd_data_still_gives_a_chart() -> None:
    for curves in ({"one": [1.0]}, {"flat": [2.0, 2.0]}, {}):
        xs = list(range(len(next(iter(curves.values()), []))))
        assert opened(static.curves_png(xs, curves, LIGHT, x_title="x", unit="y")).width == 900
    same = np.zeros((5, 2), np.float32)
    assert opened(static.map_png(same, np.zeros(5, int), ["only"], LIGHT)).width == 800
    many = {f"z{i}": 1.0 for i in range(256)}
    assert opened(static.columns_png(many, LIGHT, unit="nats")).width == 900


def test_sheets_hold_every_picture_at_whole_pixels() -> None:
    pictures = np.full((3, 4, 5, 1), 7, np.uint8)
    rows = opened(sheets.rows_png([pictures, pictures], ["a", "bb"], LIGHT, scale=3, gap=2))
    assert np.all(np.asarray(rows) == 7, axis=-1).sum() >= 2 * 3 * 4 * 5 * 9
    words = [("one", "at 0.1")] * 3
    gallery = opened(sheets.gallery_png(pictures, words, LIGHT, title="t", tile_pixels=10))
    assert np.all(np.asarray(gallery) == 7, axis=-1).sum() >= 3 * 4 * 5 * 4


def test_a_chart_on_a_page_needs_no_network() -> None:
    places = np.zeros((4, 2), np.float32)
    drawing = label_map.label_map(places, np.arange(4) % 2, ["x", "y"], LIGHT, glyph=class_glyph)
    page = offline.page(drawing, "Title", LIGHT)
    assert f'src="{offline.SCRIPT}"' in page
    assert "https://cdn" not in page
    assert [trace.name for trace in drawing.figure.data] == ["x", "y"]
    assert len(offline.script()) > 1_000_000

"""What arrives from the drawing canvas, and what it knows of the images it is to look like."""

import base64

import numpy as np
import pytest
from chromium import as_base64, blank_page, load_modules

from latentlab.analysis import preprocess
from latentlab.analysis.resampling import resample
from latentlab.errors import ImageError
from latentlab.ui.input.drawing import decoded

SHAPE = (28, 28, 1)
SEE = """([pixels, side, statistics, centered]) => {
    const bytes = Uint8Array.from(atob(pixels), (letter) => letter.charCodeAt(0));
    const context = new OffscreenCanvas(side, side).getContext('2d');
    const picture = context.createImageData(side, side);
    bytes.forEach((tone, i) => picture.data.set([tone, tone, tone, 255], 4 * i));
    context.putImageData(picture, 0, 0);
    return [...lab.whatTheNetworkSees(context, statistics, centered)];
}"""


def sent(pixels: np.ndarray) -> dict[str, object]:
    return {"id": 1, "pixels": base64.b64encode(pixels.astype(np.uint8).tobytes()).decode()}


def test_drawing_arrives_as_it_was_drawn():
    pixels = np.arange(784) % 256
    image = decoded(sent(pixels), SHAPE)
    assert image.shape == SHAPE
    assert image.dtype == np.float32
    assert np.allclose(image.ravel() * 255, pixels)


@pytest.mark.parametrize("nothing", [None, {}, "x", {"pixels": ""}, {"pixels": 3}, {"id": 1}])
def test_nothing_drawn_is_no_drawing(nothing):
    assert decoded(nothing, SHAPE) is None


@pytest.mark.parametrize(
    "text", ["%%%", "AAAA", "A" * 90_001, base64.b64encode(bytes(785)).decode(), "A" * 10_000_000]
)
def test_drawing_of_another_size_or_no_drawing_at_all_is_refused(text):
    with pytest.raises(ImageError):
        decoded({"id": 1, "pixels": text}, SHAPE)


@pytest.mark.e2e
@pytest.mark.parametrize("by_box", [False, True])
@pytest.mark.parametrize("extent", [20 / 28, 0.95])
def test_browser_and_server_see_the_same(extent, by_box):
    side = 28 * 9
    drawn = np.zeros((side, side, 1), np.uint8)
    drawn[30:50, 60:190] = 255
    drawn[50:200, 150:175] = 255
    image = (drawn / np.float32(255)).astype(np.float32)
    seen = preprocess.ImageStatistics(SHAPE, np.zeros(1, np.float32), True, extent, by_box)
    statistics = {
        "shape": SHAPE,
        "ground": [0],
        "is_figure": True,
        "extent": extent,
        "by_box": by_box,
    }
    with blank_page() as page:
        load_modules(page, "drawing/preprocess.ts")
        asked = [as_base64(drawn.tobytes()), side, statistics]
        centered = np.array(page.evaluate(SEE, [*asked, True])).reshape(SHAPE)
        whole = np.array(page.evaluate(SEE, [*asked, False])).reshape(SHAPE)
    assert np.abs(whole - resample(image, (0, 0, side, side), SHAPE[:2])).max() < 1e-4
    assert np.abs(centered - preprocess.cut_figure(image, seen)).max() < 0.02

"""The drawing canvas by itself: which drawings it tells the server of, and when."""

import pytest
from chromium import as_base64, blank_page, load_module

from latentlab import web
from latentlab.export.message import pack

pytestmark = pytest.mark.e2e

MOUNT = """(message) => {
    window.told ??= [];
    document.body.innerHTML = '<div id="drawing"></div>';
    window.takeDown = lab.default({
        data: Uint8Array.from(atob(message), (letter) => letter.charCodeAt(0)),
        parentElement: document.body,
        setStateValue: (_, drawing) => window.told.push(drawing),
    });
}"""
TAKE_DOWN = "() => window.takeDown()"
ANSWER = """() => {
    const bus = globalThis[Symbol.for('latentlab.bus')];
    bus.last.set('answered', window.told.at(-1).id);
    bus.target.dispatchEvent(new CustomEvent('said', { detail: 'answered' }));
}"""
N_TOLD = """() => new Promise((done) => requestAnimationFrame(() =>
    requestAnimationFrame(() => done(window.told.length))))"""


def message(side: int = 28, **changes: object) -> str:
    header = {
        "fingerprint": f"canvas {side}",
        "network": f"network {side}",
        "set": "digits",
        "shape": [side, side, 1],
        "ground": [0.0],
        "is_figure": True,
        "extent": 0.7,
        "by_box": True,
        "inks": {"White": "#ffffff"},
        "brush": 0.08,
        "brushes": [0.03, 0.25],
        "hint": "Draw here",
        "preview": False,
        "speaks": True,
        "latent_dim": 2,
        **changes,
    }
    return as_base64(pack(header, {}))


def draw(page, x):
    page.mouse.move(x, 60)
    page.mouse.down()
    page.mouse.move(x + 40, 150, steps=4)
    page.mouse.up()


@pytest.fixture
def canvas():
    with blank_page() as page:
        load_module(page, web.read("drawing.js"))
        page.evaluate(MOUNT, message())
        yield page


def test_the_last_drawing_is_told_even_if_none_is_answered(canvas):
    draw(canvas, 40)
    draw(canvas, 120)
    last = canvas.evaluate("globalThis[Symbol.for('latentlab.bus')].last.get('seen').id")
    assert canvas.evaluate("window.told[0].id") < last
    canvas.wait_for_function("id => window.told.at(-1).id === id", arg=last)


def test_an_old_drawing_is_told_again_only_for_another_size_or_after_a_change(canvas):
    draw(canvas, 40)
    canvas.evaluate(ANSWER)  # what was told first; what waited is told
    n_told = canvas.evaluate(N_TOLD)
    for side, n_more in ((28, 0), (32, 1), (28, 0)):
        canvas.evaluate(TAKE_DOWN)
        canvas.evaluate(MOUNT, message(side))
        n_told += n_more
        assert canvas.evaluate(N_TOLD) == n_told
    canvas.get_by_role("button", name="Center").click()
    assert canvas.evaluate(N_TOLD) == n_told + 1


def test_a_drawing_that_was_not_told_is_told_by_the_next_canvas(canvas):
    draw(canvas, 40)
    draw(canvas, 120)
    n_told = canvas.evaluate(N_TOLD)
    canvas.evaluate(TAKE_DOWN)
    canvas.evaluate(MOUNT, message())
    assert canvas.evaluate(N_TOLD) == n_told + 1


def test_a_color_of_the_brush_is_chosen_by_its_name(canvas):
    canvas.evaluate(TAKE_DOWN)
    inks = {"Red": "#ff0000", "Sky blue": "#66bbff"}
    canvas.evaluate(MOUNT, message(shape=[28, 28, 3], ground=[0.0, 0.0, 0.0], inks=inks))
    for name in inks:
        button = canvas.get_by_role("button", name=name)
        button.click()
        assert button.get_attribute("aria-pressed") == "true"

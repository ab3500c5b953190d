"""Drawings on every page in a real browser: the last stroke counts, and none comes back unasked."""

import pytest
from playwright.sync_api import Locator, expect
from serving import draw, settle
from waiting import until

SECONDS = 30_000
PICTURES = {
    "map": ".map-tiles img",
    "restore": "#restore .row canvas",
    "anomalies": ".judged img",
    "neighbors": "#board .query canvas",
}
IS_LAST_ANSWERED = """() => {
    const { last } = globalThis[Symbol.for('latentlab.bus')];
    return last.get('answered') === last.get('seen')?.id;
}"""
IS_LAST_SEEN = """(picture) => {
    const { last } = globalThis[Symbol.for('latentlab.bus')];
    const { shape: [height, width], seen } = last.get('seen');
    const context = new OffscreenCanvas(width, height).getContext('2d');
    context.imageSmoothingEnabled = false;
    context.drawImage(picture, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    return seen.every((tone, i) => Math.abs(data[4 * i] - tone) <= 2);
}"""


def expect_last_seen(picture: Locator) -> None:
    """Wait until the server has taken the whole drawing and a picture is what is seen of it."""
    picture.page.wait_for_function(IS_LAST_ANSWERED, timeout=SECONDS)
    until(lambda: bool(picture.evaluate(IS_LAST_SEEN)))


@pytest.mark.parametrize(
    ("name", "checkpoint"),
    [
        ("map", "digits-vae-z2"),
        ("restore", "digits-denoise"),
        ("anomalies", "mnist-normal-no7-z2"),
        ("neighbors", "mnist-vae-z2"),
    ],
)
def test_a_drawing_is_taken_to_its_last_stroke(app_server, visit, name, checkpoint):
    page = visit(app_server, f"/{name}?checkpoint={checkpoint}")
    if name == "map":
        page.get_by_text("Place a new image").click()
    picture = page.locator(PICTURES[name]).first
    expect(picture).to_be_visible(timeout=SECONDS)
    settle(page)
    draw(page, [(0.25, 0.25), (0.75, 0.25), (0.45, 0.85)])
    draw(page, [(0.3, 0.55), (0.7, 0.55)])
    expect_last_seen(picture)


def test_an_old_drawing_does_not_replace_a_random_image(app_server, visit):
    page = visit(app_server, "/neighbors?checkpoint=mnist-vae-z2")
    caption = page.locator("#board .query figcaption")
    picture = page.locator("#board .query canvas")
    expect(picture).to_be_visible(timeout=SECONDS)
    draw(page, [(0.25, 0.25), (0.75, 0.25), (0.45, 0.85)])
    expect(caption).to_have_text("Your drawing", timeout=SECONDS)
    expect_last_seen(picture)
    page.locator("body").press("r")
    expect(caption).to_contain_text("Test image", timeout=SECONDS)
    random = caption.inner_text()
    canvas = page.locator("#drawing canvas.paper")
    links = page.locator("[data-testid=stTopNavLink]")

    def go_to(name: str) -> None:
        links.filter(has_text=name).click()
        settle(page)

    def back_to_draw() -> None:
        page.get_by_text("Upload", exact=True).click()
        expect(canvas).to_have_count(0)
        page.get_by_text("Draw", exact=True).click()

    for leave in (back_to_draw, lambda: (go_to("Anomalies"), go_to("Neighbors"))):
        leave()
        expect(canvas).to_be_visible(timeout=SECONDS)
        # Nothing shows that nothing happens: so long an old drawing would take to come back.
        page.wait_for_timeout(1500)
        settle(page)
        expect(caption).to_have_text(random)

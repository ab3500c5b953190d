"""The Neighbors page in a real browser: draw, press R, walk, upload, go back."""

import io
from collections.abc import Callable
from contextlib import suppress

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from serving import Server, draw, settle

SECONDS = 30_000
# The first frames of a camera are black.
SEES = """() => {
    const video = document.querySelector('video');
    if (!video?.videoWidth) return false;
    const context = new OffscreenCanvas(32, 32).getContext('2d');
    context.drawImage(video, 0, 0, 32, 32);
    const { data } = context.getImageData(0, 0, 32, 32);
    return data.some((tone, i) => i % 4 < 3 && tone > 100);
}"""


@pytest.fixture
def neighbors(app_server: Server, visit: Callable[..., Page]) -> Page:
    page = visit(app_server, "/neighbors?checkpoint=mnist-vae-z2")
    expect(page.locator("#board .tile").first).to_be_visible(timeout=SECONDS)
    return page


def caption(page: Page):
    return page.locator("#board .query figcaption")


def draw_seven(page: Page) -> None:
    draw(page, [(0.25, 0.25), (0.75, 0.25), (0.45, 0.85)])


def paper_photo() -> bytes:
    tones = np.full((600, 800), 215.0)
    tones[100:500, 380:440] = 40
    stream = io.BytesIO()
    Image.fromarray(tones.astype(np.uint8)).save(stream, "JPEG")
    return stream.getvalue()


def test_drawn_seven_is_recognized_and_walked_from(neighbors: Page):
    page = neighbors
    draw_seven(page)
    expect(caption(page)).to_have_text("Your drawing", timeout=SECONDS)
    agreement = page.locator("#board .agreement").first
    expect(agreement).to_contain_text("of 9 are 7", timeout=SECONDS)
    for step in range(1, 4):
        page.locator("#board .space").first.locator(".tile").nth(step).click()
        expect(page.locator("#board .step")).to_have_count(step + 1, timeout=SECONDS)
    page.get_by_text("← Back").click()
    expect(page.locator("#board .step")).to_have_count(3, timeout=SECONDS)
    page.locator("#board .step").first.click()
    expect(caption(page)).to_have_text("Your drawing", timeout=SECONDS)


def test_network_answers_in_the_browser_and_undo_and_clear_work(neighbors: Page):
    page = neighbors
    page.evaluate(
        """() => {
            window.seen = 0;
            const { last, target } = globalThis[Symbol.for('latentlab.bus')];
            target.addEventListener('said', ({ detail: topic }) => {
                if (topic === 'seen' && last.get('seen').drawn) window.seen += 1;
            });
        }"""
    )
    draw_seven(page)
    page.wait_for_function("window.seen > 0", timeout=SECONDS)
    undo, clear = (page.get_by_role("button", name=name) for name in ("Undo (Ctrl+Z)", "Clear"))
    expect(undo).to_be_enabled()
    undo.click()
    expect(clear).to_be_disabled()
    expect(page.locator("#drawing .hint")).to_be_visible()


def test_r_brings_a_random_image_but_not_while_typing(neighbors: Page):
    page = neighbors
    before = caption(page).inner_text()
    page.locator("body").press("r")
    expect(caption(page)).not_to_have_text(before, timeout=SECONDS)
    assert "image=test-" in page.url


def test_photograph_on_paper_is_inverted_and_shown_as_the_network_sees_it(neighbors: Page):
    page = neighbors
    page.get_by_text("Upload", exact=True).click()
    file = {"name": "<b>one</b>.jpg", "mimeType": "image/jpeg", "buffer": paper_photo()}
    page.locator("input[type=file]").set_input_files(file)
    expect(caption(page)).to_have_text("Your image <b>one</b>.jpg", timeout=SECONDS)
    expect(page.locator("#board .agreement").first).to_contain_text("are 1", timeout=SECONDS)
    expect(page.get_by_text("Invert")).to_be_visible()


def test_photo_taken_with_the_camera_becomes_the_question(
    app_server: Server, visit: Callable[..., Page]
):
    page = visit(app_server, "/neighbors?checkpoint=mnist-vae-z2", permissions=["camera"])
    expect(page.locator("#board .tile").first).to_be_visible(timeout=SECONDS)
    page.get_by_text("Camera", exact=True).click()
    shutter = page.get_by_role("button", name="Take Photo")
    expect(shutter).to_be_enabled(timeout=SECONDS)
    settle(page)
    page.wait_for_function(SEES)
    taken = page.get_by_role("button", name="Clear photo")
    for _ in range(5):  # Streamlit's button does nothing while its camera starts anew
        shutter.click()
        with suppress(AssertionError):
            expect(taken).to_be_visible(timeout=5_000)
            break
    expect(caption(page)).to_have_text("Your photo", timeout=SECONDS)

"""The Restore page in a real browser: the slider, the brush, the wipe, a whole photograph."""

import io
import re

import numpy as np
from PIL import Image
from playwright.sync_api import Page, expect
from serving import Server


def open_board(visit, server: Server, checkpoint: str, **options) -> Page:
    page = visit(server, f"/restore?checkpoint={checkpoint}", **options)
    page.wait_for_selector("#restore .row canvas")
    return page


def figures(page: Page) -> list[str]:
    return page.locator("#restore .figure").all_text_contents()


def test_slider_changes_the_damage_and_the_figures(app_server, visit):
    page = open_board(visit, app_server, "digits-denoise")
    before = figures(page)
    slider = page.locator("#restore input[type=range]")
    slider.fill("0.6")
    expect(page.locator("#restore output")).to_have_text("0.6")
    expect(page.locator("#restore .warning")).to_contain_text("Stronger than any degradation")
    expect(page.locator("#restore .figure").nth(1)).not_to_have_text(before[1])
    damaged = [float(text.split()[1]) for text in (before[1], figures(page)[1])]
    assert damaged[1] < damaged[0]


def test_a_mark_can_be_painted_and_is_taken_back(app_server, visit):
    page = open_board(visit, app_server, "digits-unwatermark")
    damaged = page.locator("#restore .figure").nth(1)
    stamped = damaged.text_content()
    page.get_by_role("button", name="Paint the mask").click()
    expect(damaged).not_to_contain_text("dB")
    box = page.locator("#restore .row canvas").nth(1).bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 20, box["y"] + 40, steps=5)
    page.mouse.up()
    expect(damaged).to_contain_text("dB")
    page.get_by_role("button", name="Clear the mask").click()
    expect(page.get_by_role("button", name="Paint the mask")).to_be_visible()
    expect(damaged).to_have_text(stamped)


def test_painting_ends_with_its_picture(app_server, visit):
    page = open_board(visit, app_server, "digits-unwatermark")
    damaged = page.locator("#restore .figure").nth(1)
    page.get_by_role("button", name="Paint the mask").click()
    expect(damaged).not_to_contain_text("dB")  # nothing is painted yet
    page.get_by_role("button", name="Random image").click()
    expect(page.get_by_role("button", name="Paint the mask")).to_be_visible()
    expect(damaged).to_contain_text("dB")


def test_the_wipe_follows_the_keys_and_the_pointer(app_server, visit):
    page = open_board(visit, app_server, "digits-denoise")
    wipe = page.get_by_role("slider", name="Wipe between two images")
    assert wipe.get_attribute("aria-valuenow") == "50"
    wipe.press("ArrowRight")
    assert wipe.get_attribute("aria-valuenow") == "55"
    wipe.scroll_into_view_if_needed()
    box = wipe.bounding_box()
    page.mouse.move(box["x"] + 0.1 * box["width"], box["y"] + 20)
    assert wipe.get_attribute("aria-valuenow") == "10"


def test_the_board_fits_a_phone(app_server, visit):
    page = open_board(visit, app_server, "digits-denoise", width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    first = page.locator("#restore .row canvas").first.bounding_box()
    assert first["y"] < 844
    touch = "stage => getComputedStyle(stage).touchAction"
    assert page.locator("#restore .stage").evaluate(touch) == "pan-y"  # a finger on it scrolls


def test_a_photograph_of_twelve_megapixels_can_be_cancelled(app_server, visit):
    page = open_board(visit, app_server, "cifar10-denoise-unet")
    tones = np.linspace(0, 255, 4000 * 3000 * 3, dtype=np.uint8).reshape(3000, 4000, 3)
    stream = io.BytesIO()
    Image.fromarray(tones).save(stream, "JPEG")
    page.get_by_text("A photograph at full resolution").click()
    page.get_by_text("Yours", exact=True).click()
    chosen = page.locator("[data-testid=stFileUploader] input[type=file]").last
    chosen.set_input_files(
        {"name": "large.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}
    )
    page.get_by_text("large.jpg").wait_for()
    page.get_by_role("button", name="Restore it").click()
    progress = page.get_by_text(re.compile("^Restoring: "))
    progress.wait_for(timeout=30_000)
    page.get_by_role("button", name="Cancel").click()
    expect(progress).to_have_count(0, timeout=10_000)
    expect(page.get_by_text("The network restores overlapping tiles")).to_be_visible()
    expect(page.get_by_role("button", name="Restore it")).to_be_enabled()
    expect(page.locator("[data-testid=stAlert]")).to_have_count(0)

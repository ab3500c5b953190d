"""The drawers behind Explore's "More": latent arithmetic, re-encoding, turned axes.

On the shipped networks, since what they teach is measured on them.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from serving import Server

SHOWN = "(canvas) => canvas.toDataURL()"


@pytest.fixture
def explore(app_server: Server, visit: Callable[..., Page]) -> Callable[..., Page]:
    """Open Explore on the digits: ``explore("&A=0_0")``."""

    def open_page(query: str = "") -> Page:
        page = visit(app_server, f"/?checkpoint=digits-vae-z2{query}")
        page.wait_for_selector("#lab[data-ready=true]", state="attached")
        return page

    return open_page


def choose(page: Page, title: str) -> None:
    """Open a drawer by keys: where the mouse had clicked it would hover over the map."""
    page.get_by_role("button", name="More", exact=True).press("Enter")
    page.locator(".menu").get_by_role("button", name=title).press("Enter")
    expect(page.locator(".drawer h2")).to_have_text(title)
    name = page.locator(".drawer h2").get_by_role("button", name=title)
    expect(name).to_have_attribute("aria-description", re.compile(r"\. \w"))


def other_than(canvas: Locator, seen: str) -> None:
    """Wait until a canvas shows something new."""
    end = time.monotonic() + 20
    while canvas.evaluate(SHOWN) == seen:
        assert time.monotonic() < end, "The picture is still the same."


def loop(page: Page, left: float, top: float, right: float, bottom: float) -> None:
    """Draw a loop with the mouse; places are shares of the map."""
    box = page.locator(".map").bounding_box()
    assert box is not None
    corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in corners]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=6)
    page.mouse.up()


def test_latent_arithmetic_with_pins_with_loops_and_with_keys(explore):
    page = explore("&A=0.5_1&B=-1_0.2&C=1_-1")
    choose(page, "Latent arithmetic")
    found = page.locator(".terms .found figure")
    expect(found).to_have_count(4)
    expect(found.nth(1)).to_contain_text("nearest image: ")
    expect(page.locator(".agreement")).to_contain_text(
        re.compile(r"mean cosine similarity 0\.\d+\. Chance level .*: [−\d]")
    )
    expect(page.locator(".agreement rect.found")).not_to_have_count(0)
    random = found.nth(2).locator("canvas")
    seen = random.evaluate(SHOWN)
    page.get_by_role("button", name="Another direction").click()
    other_than(random, seen)
    # Two piles, drawn around points; the step starts at the chosen pin.
    page.get_by_role("button", name="Group 1").click()
    loop(page, 0.38, 0.25, 0.5, 0.55)
    expect(page.get_by_role("button", name=re.compile(r"Group 1: \d+"))).to_be_visible()
    page.get_by_role("button", name="Group 2").click()
    loop(page, 0.5, 0.55, 0.6, 0.95)
    expect(page.locator(".terms")).to_contain_text("group 2")
    expect(page.locator(".agreement")).to_contain_text("from both groups")
    expect(page).to_have_url(re.compile("tool=arithmetic.*loop1=.*loop2=|loop1=.*loop2="))
    # The same with keys.
    page.get_by_role("button", name="Clear").click()
    expect(page).not_to_have_url(re.compile("loop"))
    page.locator(".map").focus()
    page.keyboard.press("l")
    for turn in ("ArrowLeft", "ArrowUp", "ArrowRight"):
        page.keyboard.press("Enter")
        for _ in range(4):
            page.keyboard.press(turn)
    page.keyboard.press("l")
    expect(page).to_have_url(re.compile("loop1="))


def test_re_encoding_walks_in_three_networks(explore):
    page = explore("&A=0.5_1")
    choose(page, "Re-encoding")
    walks = page.locator(".walk .label")
    expect(walks).to_have_count(3)
    for name in ("digits-vae-z2", "digits-ae-z2", "digits-denoise"):
        expect(page.locator(".walks")).to_contain_text(name)
    for number in range(3):
        expect(walks.nth(number)).to_contain_text(re.compile(r"MSE to the first image 0\.\d+"))
    # The last round shows what the filmstrip ends with, on the map and beside it.
    page.get_by_label("round").fill("50")
    expect(page.locator(".where")).to_have_text("After 50 rounds of re-encoding")
    expect(page).to_have_url(re.compile("round=50"))
    large = page.locator("canvas.large").evaluate(SHOWN)
    assert page.locator(".walk").nth(1).locator("canvas").last.evaluate(SHOWN) == large
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_label("round")).not_to_have_value("50")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="digits-denoise", exact=True).click()
    expect(walks).to_have_count(2)
    expect(page).to_have_url(re.compile("beside=digits-ae-z2(&|$)"))
    page.get_by_label("add a network").select_option("digits-vae-z2-seed1")
    expect(walks).to_have_count(3)


def test_turned_axes_change_traversals_and_no_loss(explore):
    page = explore("&A=0.5_1")
    choose(page, "Rotate the axes")
    cells = page.locator(".loss td")
    expect(page.locator(".turn")).to_have_count(4)  # two of this network, two of the second seed
    expect(page.locator(".turns")).to_contain_text("digits-vae-z2-seed1")
    first = page.locator(".turn canvas").first
    expect(cells.nth(2)).to_have_text(re.compile(r"0\.02\d+"))
    before = first.evaluate(SHOWN)
    page.get_by_label("angle in degrees").fill("40")
    expect(page.locator(".loss")).to_contain_text("40°")
    other_than(first, before)
    figures = cells.all_text_contents()[2:]
    assert figures[0] == figures[1]  # MSE
    assert figures[2] == figures[3]  # KL divergence
    expect(page).to_have_url(re.compile("angle=40"))
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("angle=41"))

"""The Map page with a real pointer: images at the pointer, cards, lassos, gliding maps."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect
from serving import HOME, Server, settle, when_still
from waiting import until

from latentlab.checkpoints import open_checkpoint

ADDRESS = "/map?checkpoint=digits-vae-z2"
CHART = ".st-key-map-chart .js-plotly-plot"
PLACE_OF_ROW = """([selector, row]) => {
    const chart = document.querySelector(selector);
    const { xaxis, yaxis } = chart._fullLayout;
    const box = chart.getBoundingClientRect();
    for (const trace of chart._fullData) {
        const i = Array.from(trace.customdata).indexOf(row);
        if (i >= 0) return [
            box.left + xaxis._offset + xaxis.d2p(trace.x[i]),
            box.top + yaxis._offset + yaxis.d2p(trace.y[i]),
        ];
    }
}"""
ALL_PLACES = """selector => {
    const chart = document.querySelector(selector);
    const { xaxis, yaxis } = chart._fullLayout;
    return chart._fullData.flatMap((trace) => Array.from(trace.customdata, (row, i) =>
        [row, xaxis.d2p(trace.x[i]), yaxis.d2p(trace.y[i])]));
}"""
RANGE = f"() => document.querySelector('{CHART}')._fullLayout.xaxis.range.map(Number)"


BRIGHT = "canvas => canvas.getContext('2d').getImageData(0, 0, 99, 99).data.some(v => v > 99)"


@pytest.fixture
def map_page(app_server: Server, visit: Callable[..., Page]) -> Page:
    page = visit(app_server, ADDRESS)
    wait_for_map(page)
    return page


def wait_for_map(page: Page) -> None:
    page.wait_for_function(f"() => document.querySelector('{CHART}')?._fullData?.[0]?.customdata")
    # The atlas of images and the listener on the chart come after the chart.
    page.wait_for_selector(".latentlab-map-marks", state="attached")
    page.wait_for_selector(".latentlab-map-tip", state="attached")


def place_of(page: Page, row: int) -> tuple[float, float]:
    x, y = page.evaluate(PLACE_OF_ROW, [CHART, row])
    return x, y


def test_the_image_is_at_the_pointer_and_a_click_opens_its_card(map_page):
    x, y = place_of(map_page, 5)
    tip = map_page.locator(".latentlab-map-tip")
    map_page.mouse.move(x + 3, y)
    map_page.mouse.move(x, y)
    expect(tip).to_be_visible()
    expect(tip).to_contain_text("error")
    assert tip.locator("canvas").evaluate(BRIGHT)
    row = int(tip.get_attribute("data-row") or -1)
    map_page.mouse.click(x, y)
    expect(map_page.get_by_text("Reconstruction", exact=True)).to_be_visible()
    places = (place_of(map_page, other) for other in range(200) if other != row)
    x, y = next((a, b) for a, b in places if abs(a - x) + abs(b - y) > 80)
    map_page.mouse.move(x, y)
    expect(tip).not_to_have_attribute("data-row", str(row))  # Plotly has seen the pointer move
    map_page.mouse.click(x, y)
    expect(map_page.get_by_text("Distance from the previous point")).to_be_visible()
    expect(map_page).to_have_url(re.compile(rf"[?&]point=\d+_{row}(&|$)"))
    settle(map_page)
    map_page.go_back()
    expect(map_page).to_have_url(re.compile(rf"[?&]point={row}(&|$)"))
    expect(map_page.get_by_text("Click a second point")).to_be_visible()
    settle(map_page)
    map_page.mouse.click(x, y)  # again
    expect(map_page.get_by_text("Distance from the previous point")).to_be_visible()


def test_images_come_though_the_first_try_to_fetch_them_fails(app_server, browser):
    tried = []

    def fail_once(route: Route) -> None:
        tried.append(route.request.url)
        if len(tried) == 1:
            route.fulfill(status=503)
        else:
            route.continue_()

    with browser.new_page() as page:  # which nothing watches for errors
        page.set_default_timeout(60_000)
        page.route("**/messages/*", fail_once)
        with page.expect_response(lambda answer: "/messages/" in answer.url and answer.ok):
            page.goto(app_server.url + ADDRESS)
        wait_for_map(page)
        settle(page)
        assert tried[0] in tried[1:]
        x, y = place_of(page, 5)
        tip = page.locator(".latentlab-map-tip")
        page.mouse.move(x + 3, y)
        page.mouse.move(x, y)
        until(lambda: tip.is_visible() and tip.locator("canvas").evaluate(BRIGHT))


def test_zoom_survives_a_click_and_empty_space_has_an_answer(map_page):
    area = map_page.locator(f"{CHART} .nsewdrag").bounding_box()
    assert area is not None
    map_page.mouse.move(area["x"] + area["width"] / 2, area["y"] + area["height"] / 2)
    before = map_page.evaluate(RANGE)
    map_page.mouse.wheel(0, -400)
    map_page.wait_for_function(
        "([selector, low]) => document.querySelector(selector)._fullLayout.xaxis.range[0] != low",
        arg=[CHART, before[0]],
    )
    map_page.mouse.wheel(0, 2400)  # far out: the corner is empty
    zoomed = when_still(map_page, RANGE)  # Plotly gathers turns of the wheel
    map_page.mouse.click(area["x"] + 12, area["y"] + area["height"] - 12)
    expect(map_page.get_by_text("A latent without an image")).to_be_visible()
    settle(map_page)
    assert map_page.evaluate(RANGE) == zoomed


def test_a_lasso_gathers_and_only_its_corners_reach_the_server(map_page):
    map_page.locator(".modebar-btn[data-val=lasso]").click()
    x, y = place_of(map_page, 5)
    map_page.mouse.move(x + 60, y)
    map_page.mouse.down()
    for step in range(1, 26):
        map_page.mouse.move(x + 60 * math.cos(step / 4), y + 60 * math.sin(step / 4))
    map_page.mouse.up()
    expect(map_page.get_by_text("selected", exact=False).first).to_be_visible()
    expect(map_page.get_by_text("Decoded mean of the latents")).to_be_visible()
    expect(map_page.get_by_role("button", name="Table (CSV)")).to_be_visible()
    selected = map_page.get_by_role("heading", name="images selected").inner_text()
    expect(map_page).to_have_url(re.compile(r"[?&]place=[-_.\d]+(&|$)"))
    map_page.reload()
    expect(map_page.get_by_role("heading", name=selected)).to_be_visible()


def tab_to_the_map(page: Page) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.matches('.latentlab-map-marks')"):
            return
    raise AssertionError("Tab does not lead to the map")


def test_keys_alone_walk_from_point_to_point_and_open_cards(map_page):
    tip = map_page.locator(".latentlab-map-tip")
    places = {row: (x, y) for row, x, y in map_page.evaluate(ALL_PLACES, CHART)}
    tab_to_the_map(map_page)
    map_page.keyboard.press("Home")
    expect(tip).to_be_visible()
    start = int(tip.get_attribute("data-row") or -1)
    ways = {row: (x - places[start][0], y - places[start][1]) for row, (x, y) in places.items()}
    to_the_right = [row for row, (dx, dy) in ways.items() if dx >= 2 and abs(dy) <= dx]
    nearest = min(to_the_right, key=lambda row: math.hypot(*ways[row]))
    map_page.keyboard.press("ArrowRight")
    expect(tip).to_have_attribute("data-row", str(nearest))
    map_page.keyboard.press("Shift+ArrowUp")
    expect(tip).not_to_have_attribute("data-row", str(nearest))
    row = int(tip.get_attribute("data-row") or -1)
    assert places[row][1] <= places[nearest][1] - 48
    expect(map_page.locator(".latentlab-map-live")).to_have_text(tip.inner_text())
    map_page.keyboard.press("Enter")
    index = open_checkpoint(HOME / "checkpoints" / "digits-vae-z2").index()
    expect(map_page.get_by_text(re.compile(f" image {index.numbers[row]:,}$"))).to_be_visible()
    expect(map_page.get_by_text("Click a second point")).to_be_visible()
    tip.evaluate("tip => { tip.dataset.mine = 'yes'; }")
    map_page.keyboard.press("ArrowLeft")
    expect(tip).not_to_have_attribute("data-row", str(row))
    map_page.keyboard.press(" ")
    expect(map_page.get_by_text("Distance from the previous point")).to_be_visible()
    settle(map_page)  # what comes after the card is drawn as well
    expect(tip).to_be_visible()
    expect(tip).to_have_attribute("data-mine", "yes")  # a new card has left it alone
    map_page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_keys_skip_what_the_legend_hides_and_reach_empty_space(map_page):
    tip = map_page.locator(".latentlab-map-tip")
    shown = f"() => document.querySelector('{CHART}')._fullData.filter(t => t.visible === true)"
    tab_to_the_map(map_page)
    map_page.keyboard.press("8")
    map_page.wait_for_function(f"({shown})().length == 1")
    map_page.keyboard.press("Home")
    for key in ("ArrowLeft", "ArrowUp", "Shift+ArrowRight", "ArrowDown"):
        map_page.keyboard.press(key)
        expect(tip).to_contain_text("8 · error")
    map_page.keyboard.press("8")
    map_page.wait_for_function(f"({shown})().length == 10")
    for _ in range(60):
        map_page.keyboard.press("Alt+ArrowRight")
    expect(tip).to_be_hidden()
    expect(map_page.locator(".latentlab-map-live")).to_have_text("No image here.")
    map_page.keyboard.press("Enter")
    expect(map_page.get_by_text("A latent without an image")).to_be_visible()


def test_points_glide_when_the_map_is_drawn_again(map_page):
    map_page.get_by_text("Other seeds").click()
    canvas = map_page.locator(".st-key-map-scrub canvas, .scrub canvas").first
    expect(canvas).to_be_visible(timeout=30_000)  # of a busy machine
    shown = "(canvas) => canvas.toDataURL()"
    before = when_still(canvas, shown)
    map_page.get_by_role("radio", name="Seed 3").click()
    expect(map_page.get_by_text("Compared with seed 1")).to_be_visible()
    assert when_still(canvas, shown) != before


def test_what_is_measured_of_a_map_has_room_at_150_percent(app_server, visit):
    page = visit(app_server, f"{ADDRESS}&beside=trust", width=853, height=480)
    parts = page.locator(".st-key-map-trust [data-testid=stColumn]")
    expect(parts).to_have_count(2)
    for part in parts.all():
        assert part.evaluate("(e) => e.clientWidth") >= 220, "a heading would be broken in two"

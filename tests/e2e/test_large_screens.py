"""A projector of 1920 x 1080 is used: nothing that is asked about lies below its fold."""

from __future__ import annotations

from playwright.sync_api import Locator, expect
from serving import settle, when_still

SIZE = {"width": 1920, "height": 1080}
TOPS = "row => [...row.querySelectorAll('.tile')].map(tile => tile.getBoundingClientRect().top)"
CHART = ".st-key-map-chart .js-plotly-plot"


def place(part: Locator) -> dict[str, float]:
    box = part.bounding_box()
    assert box is not None
    return {**box, "right": box["x"] + box["width"], "bottom": box["y"] + box["height"]}


def test_the_map_fills_the_screen_with_its_tests_and_their_results_beside_it(app_server, visit):
    page = visit(app_server, "/map?checkpoint=digits-vae-z2&beside=trust", **SIZE)
    page.wait_for_function(f"() => document.querySelector('{CHART}')?._fullData")
    settle(page)
    chart = place(page.locator(CHART))
    assert chart["width"] * chart["height"] > 0.4 * SIZE["width"] * SIZE["height"]
    assert chart["bottom"] <= SIZE["height"]
    answers = {
        "Trustworthiness": page.locator(".st-key-map-trust .js-plotly-plot").last,
        "Other seeds": page.locator(".st-key-map-scrub canvas"),
        "Line-up": page.locator("[class*=st-key-map-lineup] .js-plotly-plot"),
        "Compute another": page.get_by_role("button", name="Compute", exact=True),
    }
    for name, answer in answers.items():
        button = page.get_by_role("radio", name=name)
        button.click()
        expect(answer).to_be_visible()
        settle(page)
        asked, given = place(button), place(answer)
        assert min(asked["x"], given["x"]) >= chart["right"], f"{name} is not beside the map"
        assert asked["bottom"] <= given["y"], f"{name} is answered above"
        assert given["bottom"] <= SIZE["height"], f"{name} is answered below the fold"


def test_neighbors_fills_the_screen_and_ends_above_the_fold(app_server, visit):
    page = visit(app_server, "/neighbors?checkpoint=digits-vae-z2", **SIZE)
    rows = page.locator("#board .space")
    expect(rows).to_have_count(3)
    last = rows.last.locator(".tile")
    expect(last.last).to_be_visible()
    settle(page)
    tops = when_still(rows.last, TOPS)  # tiles fly to their places
    assert max(tops) - min(tops) < 1, "a row is broken"
    assert 0.75 * SIZE["height"] < place(last.last)["bottom"] <= SIZE["height"]
    assert place(last.last)["right"] > 0.95 * SIZE["width"]

"""The Anomalies page in a real browser: drag the line, choose a kind and a score, ask about one."""

import json
import re

import pytest
from playwright.sync_api import Page, expect
from serving import HOME, settle

pytestmark = pytest.mark.e2e

CHECKPOINT = "mnist-normal-no7-z2"


@pytest.fixture
def anomalies(visit, app_server) -> Page:
    page = visit(app_server, f"/anomalies?checkpoint={CHECKPOINT}")
    page.wait_for_selector(".tile")
    return page


def caught(page: Page) -> int:
    return int(page.locator(".cell.caught b").inner_text().replace(",", ""))


def test_dragging_the_line_counts_at_once(anomalies):
    line = anomalies.get_by_role("slider", name=re.compile("^Threshold"))
    expect(anomalies.locator(".judged").first).to_be_visible(timeout=15_000)
    settle(anomalies)
    line.scroll_into_view_if_needed()
    box = line.bounding_box()
    middle = box["y"] + box["height"] / 2
    anomalies.mouse.move(box["x"] + 0.9 * box["width"], middle)
    anomalies.mouse.down()
    anomalies.mouse.move(box["x"] + 0.8 * box["width"], middle)
    few = caught(anomalies)
    anomalies.mouse.move(box["x"] + 0.2 * box["width"], middle, steps=4)
    assert caught(anomalies) > few
    anomalies.mouse.move(box["x"] - 50, middle)
    anomalies.mouse.up()
    total = caught(anomalies)
    assert anomalies.locator(".cell.missed b").inner_text() == "0"
    roc = anomalies.get_by_role("img", name=re.compile("ROC"))
    expect(roc).to_have_attribute("aria-label", re.compile("true positive rate 100 %"))

    line.press("End")
    assert caught(anomalies) < total
    line.press("ArrowLeft")
    assert line.get_attribute("aria-valuenow") == "99"


@pytest.mark.parametrize(("width", "height"), [(1024, 768), (1280, 720), (1920, 1080)])
def test_drawing_and_threshold_are_seen_without_scrolling(visit, app_server, width, height):
    page = visit(app_server, f"/anomalies?checkpoint={CHECKPOINT}", width=width, height=height)
    expect(page.locator(".judged").first).to_be_visible(timeout=60_000)
    settle(page)
    shown = [
        page.get_by_role("slider", name=re.compile("^Threshold")),
        page.locator("#drawing canvas").first,
        page.locator(".judged img").last,
    ]
    for part in shown:
        box = part.bounding_box()
        assert box["y"] + box["height"] < height
    # Side by side, and nothing to scroll sideways for.
    assert shown[1].bounding_box()["x"] < shown[0].bounding_box()["x"]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_every_kind_and_score_shows_its_auc_and_what_does_not_help(anomalies):
    measured = json.loads((HOME / "checkpoints" / CHECKPOINT / "checkpoint.json").read_text())
    areas = measured["metrics"]["anomaly_auc"]
    board = anomalies.locator("#anomalies")
    shown = [float(text.split()[1]) for text in board.locator(".chips .area").all_inner_texts()]
    kinds = ("unseen", "other", "noise", "blank", "corrupted")
    assert shown == pytest.approx([areas[f"mse/{kind}"] for kind in kinds], abs=0.006)

    board.get_by_role("radio", name=re.compile("^Blank")).click()
    pca = board.get_by_role("radio", name=re.compile("^PCA error"))
    pca.click()
    expect(pca).to_have_attribute("aria-checked", "true")
    expect(anomalies.locator(".verdict")).to_contain_text("Worse than chance")
    expect(anomalies.locator("#anomalies h2")).to_contain_text("PCA error")


def test_a_click_on_an_image_asks_about_it(anomalies):
    tile = anomalies.locator(".tile").first
    number = re.search(r"image ([\d,]+)", tile.get_attribute("title"))[1]
    tile.click()
    caption = anomalies.locator(".judged figcaption").first
    expect(caption).to_contain_text(f"Test image {number}", timeout=15_000)
    expect(caption).to_be_in_viewport(timeout=15_000)
    settle(anomalies)


def test_phones_get_the_whole_page_without_scrolling_sideways(visit, app_server):
    page = visit(app_server, f"/anomalies?checkpoint={CHECKPOINT}", width=390, height=844)
    page.wait_for_selector(".tile")
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("e => e.scrollWidth <= e.clientWidth + 1")


def test_the_address_holds_score_kind_and_threshold(anomalies):
    board = anomalies.locator("#anomalies")
    board.get_by_role("radio", name=re.compile("^Blank")).click()
    expect(anomalies).to_have_url(re.compile(r"[?&]kind=blank"))
    board.get_by_role("radio", name=re.compile("^PCA error")).click()
    expect(anomalies).to_have_url(re.compile(r"[?&]score=pca"))
    line = anomalies.get_by_role("slider", name=re.compile("^Threshold"))
    line.press("End")
    expect(anomalies).to_have_url(re.compile(r"[?&]threshold=[\d.]+"))
    address, shown = anomalies.url, caught(anomalies)

    anomalies.go_back()
    expect(anomalies).not_to_have_url(address)
    expect(line).not_to_have_attribute("aria-valuenow", "100")
    anomalies.get_by_role("link", name="Map").click()
    anomalies.goto(address)
    anomalies.wait_for_selector(".tile")
    expect(board.get_by_role("radio", name=re.compile("^Blank"))).to_be_checked()
    expect(board.get_by_role("radio", name=re.compile("^PCA error"))).to_be_checked()
    assert caught(anomalies) == shown

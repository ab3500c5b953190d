"""A class with a projector and two phones in real browsers, from the first click to the end."""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.sync_api import Page, expect
from serving import settle

SECONDS = 30_000
STRANGE = "<b>Bold</b> or <img src=x onerror=alert(1)>?"
ERRORS = "/lessons?experiment=errors&checkpoint=digits-vae-z2&image=4&lesson=error-measure"
FITS = "document.documentElement.scrollWidth <= window.innerWidth"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def ask(teacher: Page, way: str, name: str) -> None:
    teacher.locator(".st-key-class-ask").get_by_text(way, exact=True).click()
    press(teacher, name)


def stroke(phone: Page, corners: list[tuple[float, float]], *, lift: bool = True) -> None:
    canvas = phone.locator("canvas.paper")
    expect(canvas).to_be_visible(timeout=SECONDS)
    box = canvas.bounding_box()
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in corners]
    phone.mouse.move(*places[0])
    phone.mouse.down()
    for place in places[1:]:
        phone.mouse.move(*place, steps=5)
    if lift:
        phone.mouse.up()
        expect(phone.get_by_role("status")).to_have_text(
            "Your drawing is on the map.", timeout=SECONDS
        )


def test_a_class_votes_draws_and_guesses(app_server, visit, take_phone):
    teacher = visit(app_server, "/lessons?checkpoint=digits-vae-z2")
    press(teacher, "Start a class")
    code = teacher.locator("#projector .code").inner_text(timeout=SECONDS)

    first = take_phone("/class", 280, 653, "light")
    first.get_by_role("textbox").fill("123456" if code != "123456" else "654321")
    press(first, "Join")
    expect(first.get_by_role("alert")).to_contain_text("not the code", timeout=SECONDS)
    first.get_by_role("textbox").fill(code)
    press(first, "Join")
    second = take_phone(f"/class#{code}", 390, 844, "dark")
    expect(teacher.locator("#projector .tally")).to_have_text("2 phones", timeout=SECONDS)

    vote(teacher, first, second)
    draw(teacher, first, second)
    guess(teacher, first, second)
    ranking(teacher, first, second)
    teacher.goto(f"{app_server.url}/lessons?lesson=")
    settle(teacher)
    lesson(teacher, first)
    press(teacher, "End the class")
    for phone in (first, second):
        expect(phone.get_by_role("heading")).to_have_text("The class has ended.", timeout=SECONDS)
        assert phone.evaluate("localStorage.length + sessionStorage.length") == 0
    expect(teacher.get_by_role("button", name="Start a class")).to_be_visible(timeout=SECONDS)


def vote(teacher: Page, first: Page, second: Page) -> None:
    """Each phone counts once, whatever it does, and markup is text."""
    teacher.locator(".st-key-class-ask").get_by_text("Vote", exact=True).click()
    teacher.get_by_label("Question").fill(STRANGE)
    teacher.get_by_label("Question").press("Enter")
    settle(teacher)
    press(teacher, "Ask")
    for phone, choice in ((first, "True"), (second, "False")):
        expect(phone.get_by_role("heading")).to_have_text(STRANGE, timeout=SECONDS)
        press(phone, choice)
        expect(phone.get_by_role("status")).to_contain_text("has arrived", timeout=SECONDS)
        assert phone.evaluate(FITS)
    press(first, "False")  # another vote of the same phone
    first.reload()
    chosen = first.get_by_role("button", name="False", exact=True)
    expect(chosen).to_have_attribute("aria-pressed", "true", timeout=SECONDS)
    tally = teacher.locator("#projector .tally")
    expect(tally).to_have_text("2 of 2 phones answered", timeout=SECONDS)
    press(teacher, "Reveal")
    for page in (teacher, first):
        counts = page.locator(".bars .count")
        expect(counts).to_have_text(["0 votes, 0 %", "2 votes, 100 %"], timeout=SECONDS)


def draw(teacher: Page, first: Page, second: Page) -> None:
    """Drawings land, survive a reload, can be frozen, compared and hidden."""
    ask(teacher, "Draw", "Let them draw")
    stroke(first, [(0.25, 0.2), (0.75, 0.2), (0.45, 0.85)])
    stroke(second, [(0.5, 0.2), (0.5, 0.8)])
    thumbs = teacher.locator("#projector .thumb")
    expect(thumbs).to_have_count(2, timeout=SECONDS)
    stroke(second, [(0.3, 0.5), (0.4, 0.55)], lift=False)
    second.reload()  # in the middle of a stroke
    expect(second.locator("canvas.paper")).to_be_visible(timeout=SECONDS)
    expect(second.locator(".hint")).to_be_hidden()  # the strokes before it are there
    stroke(second, [(0.3, 0.5), (0.7, 0.5)])
    expect(thumbs).to_have_count(2)
    press(teacher, "Freeze")
    expect(second.get_by_role("status")).to_contain_text("closed", timeout=SECONDS)
    press(teacher, "Reveal")
    pictures = teacher.locator("#projector .beside figcaption")
    expect(pictures).to_have_count(4, timeout=SECONDS)
    expect(pictures.nth(1)).to_have_text("Decoded mean of the latents")
    thumbs.nth(0).dispatch_event("click")
    expect(pictures).to_have_count(2, timeout=SECONDS)  # one drawing is neither end
    press(teacher, "Show 1 hidden")
    expect(pictures).to_have_count(4, timeout=SECONDS)


def guess(teacher: Page, first: Page, second: Page) -> None:
    """Taps become darts with their distance."""
    ask(teacher, "Guess", "Show a test image")
    first.locator(".map").click(position={"x": 100, "y": 100}, timeout=SECONDS)
    aim_with_keys(second)
    for phone in (first, second):
        expect(phone.get_by_role("status")).to_contain_text("has arrived", timeout=SECONDS)
    press(teacher, "Reveal")
    expect(teacher.locator("#projector .dart")).to_have_text(
        [re.compile(r"^[\d.]+$")] * 2, timeout=SECONDS
    )
    expect(second.locator(".question-picture p")).to_contain_text("from your tap", timeout=SECONDS)
    assert second.evaluate(FITS)


def aim_with_keys(phone: Page) -> None:
    """Without a pointer: the arrow keys move the dart and say where it is, Enter throws it."""
    target = phone.locator(".map")
    expect(target).to_be_visible(timeout=SECONDS)
    phone.locator("body").press("Tab")
    expect(target).to_be_focused()
    assert target.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    where = phone.locator(".where")
    phone.keyboard.press("ArrowRight")
    expect(where).to_contain_text(re.compile(r"from the left .* nearest to \d\. Enter throws it"))
    right = where.inner_text()
    phone.keyboard.press("Shift+ArrowUp")
    expect(where).not_to_have_text(right)
    expect(phone.get_by_role("status")).to_contain_text("Answer below")
    phone.keyboard.press("Enter")


def ranking(teacher: Page, first: Page, second: Page) -> None:
    """The class ranks four images; its mean ranks stand beside those of the error measures."""
    teacher.goto(teacher.url.split("/lessons")[0] + ERRORS)
    settle(teacher)
    changes = ("blurred", "brighter", "with a gray block", "shifted by one pixel")
    for phone, order in ((first, changes), (second, (*changes[:2], changes[3], changes[2]))):
        for change in order:
            phone.get_by_role("button", name=change).click(timeout=SECONDS)
        expect(phone.get_by_role("status")).to_contain_text("has arrived", timeout=SECONDS)
        assert phone.evaluate(FITS)
    press_next(teacher, "2 of 2 phones answered")
    expect(teacher.locator("#bar .choices li").nth(2)).to_contain_text("mean rank 1.0")
    experiment = teacher.locator(".st-key-experiment")
    expect(experiment).to_contain_text(
        "by the class (2 phones, mean rank): 1 blurred, 2 brighter", timeout=SECONDS
    )
    expect(experiment).to_contain_text("Ranking by MSE: 1 ")
    expect(first.locator(".bar .count").nth(2)).to_have_text("mean rank 1.0", timeout=SECONDS)
    settle(teacher)


def test_ten_phones_draw_a_7(app_server, visit, take_phone):
    """All ten land, and at the reveal everything that is made of them is on the screen at once."""
    teacher = visit(app_server, "/lessons?checkpoint=digits-vae-z2")
    press(teacher, "Start a class")
    code = teacher.locator("#projector .code").inner_text(timeout=SECONDS)
    phones = [take_phone(f"/class#{code}", 390, 844, "light") for _ in range(10)]
    expect(teacher.locator("#projector .tally")).to_have_text("10 phones", timeout=SECONDS)
    ask(teacher, "Draw", "Let them draw")
    for number, phone in enumerate(phones):
        slant = 0.03 * number
        stroke(phone, [(0.3 - slant / 3, 0.25), (0.75, 0.2 + slant / 3), (0.6 - slant, 0.85)])
    expect(teacher.locator("#projector .thumb")).to_have_count(10, timeout=SECONDS)
    press(teacher, "Reveal")
    beside = teacher.locator("#projector .beside")
    titles = ["Mean image", "Decoded mean of the latents"]
    titles += [re.compile("Smallest error")] * 2 + [re.compile("Largest error")] * 2
    expect(beside.locator("figcaption")).to_have_text(titles, timeout=SECONDS)
    expect(beside.locator("p")).to_contain_text("was trained without the class 7. It predicts ")
    room = beside.bounding_box()
    for figure in beside.locator("figure").all():
        box, canvas = figure.bounding_box(), figure.locator("canvas").bounding_box()
        assert box["y"] + box["height"] <= room["y"] + room["height"] + 1
        assert box["x"] + box["width"] <= room["x"] + room["width"] + 1
        assert min(canvas["width"], canvas["height"]) >= 56
    folder = os.environ.get("LATENTLAB_CLASS_SHOTS")
    if folder:
        teacher.screenshot(path=Path(folder) / "everyone-draws-a-7.png")
    press(teacher, "End the class")
    expect(teacher.get_by_role("button", name="Start a class")).to_be_visible(timeout=SECONDS)


def press_next(teacher: Page, tally: str) -> None:
    expect(teacher.locator("#bar .tally")).to_contain_text(tally, timeout=SECONDS)
    teacher.locator("#bar a.next").click()


def lesson(teacher: Page, phone: Page) -> None:
    """A lesson puts its question to the class, and its bar shows the votes at the reveal."""
    teacher.locator("#lessons a.lesson").first.click()
    bar = teacher.locator("#bar")
    expect(bar.locator(".tally")).to_contain_text("0 of 2 phones answered", timeout=SECONDS)
    question = bar.locator(".question").inner_text()
    expect(phone.get_by_role("heading")).to_have_text(question, timeout=SECONDS)
    phone.locator(".choices button").first.click()
    expect(bar.locator(".tally")).to_contain_text("1 of 2 phones answered", timeout=SECONDS)
    bar.get_by_text("Reveal", exact=True).click()
    expect(bar.locator(".votes").first).to_have_text("1", timeout=SECONDS)
    expect(phone.locator(".bar .count").first).to_have_text("1 vote, 100 %", timeout=SECONDS)
    bar.get_by_text("End", exact=True).click()
    expect(bar).to_have_count(0, timeout=SECONDS)
    settle(teacher)

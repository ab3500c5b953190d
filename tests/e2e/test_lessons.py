"""The whole class, step by step, as a presenter with a clicker and two students play it."""

import os
import re
from operator import attrgetter
from pathlib import Path

import pytest
from lesson_actions import ACTIONS, perform
from playwright.sync_api import Locator, Page, expect
from serving import HOME, settle

from latentlab.lessons import LETTERS, Step, read_folders

pytestmark = pytest.mark.e2e

LESSONS = read_folders(HOME / "lessons")[0]
NAME = attrgetter("name")
A_THIRD = 5
FITS = "document.documentElement.scrollWidth <= window.innerWidth"
# What must be on the page at a lesson's first step, once nothing is covered any more.
ON_SCREEN = {
    "decoded-anywhere": "No training image near",
    "any-place": "larger than for 100 % of test images",
    "umap-space": "of the nearest neighbors are lost",
    "umap-gaps": "5 neighbors",
    "clusters-in-noise": "Which is the real one?",
    "holes": "No training image near: 5 of 25",
    "vae-blur": "decoded mean: 90 %",
    "axes": "the same at every angle",
    "more-dimensions": "No training image near: 1 of 25",
    "beta-is-free": "at least 0.05 nats in 8 of 8 latent dimensions",
    "low-error": "false negatives",
    "straight-path": "Equal steps in latent space",
    "latent-neighbors": "Nearest in pixel space",
    "denoiser-invents": "Stronger than any degradation in training",
    "error-measure": "shifted by one pixel",
}
# What gives a lesson's answer away, as a text or a selector: not on the screen before the vote. On
# "beta-is-free" nothing does: it opens at another beta than the question asks for.
GIVES_AWAY = {
    "decoded-anywhere": "No training image near",
    "any-place": "A training image is near.",
    "umap-space": "of the nearest neighbors are lost",
    "umap-gaps": "not by the data",
    "clusters-in-noise": "css=.st-key-experiment .js-plotly-plot",
    "holes": "No training image near:",
    "vae-blur": "; sharpness 91 %",
    "axes": "the same at every angle",
    "more-dimensions": "Reconstruction error (MSE)",
    "low-error": "false negatives",
    "straight-path": "times the mean change",
    "latent-neighbors": "css=#board .agreement",
    "denoiser-invents": "css=#restore figure:nth-child(3) canvas",
    "error-measure": "SSIM 0.",
}
HIDDEN = "Hidden until the class has voted. Click to show."
LOADED = "() => [...document.images].every((image) => image.complete)"
SECONDS = 30_000  # of a busy machine, in milliseconds


def test_every_step_has_an_action():
    steps = {(each.name, place) for each in LESSONS for place in range(1, len(each.steps) + 1)}
    assert steps == set(ACTIONS)


@pytest.mark.timeout(600)  # six steps, on a busy machine
@pytest.mark.parametrize("first", range(0, len(LESSONS), A_THIRD))
def test_a_class_with_two_phones_plays_the_lessons(visit, app_server, take_phone, first):
    """From the page Lessons alone: each step opens, both phones vote, and its figure is shown.

    A presenter does at most three things in a step: uncovers, acts, and reveals. Named in the
    environment variable ``LATENTLAB_CLASS_SHOTS``, a folder receives a screenshot of every step.
    """
    page = visit(app_server, "/lessons")
    page.get_by_role("button", name="Start a class").click()
    code = page.locator("#projector .code").inner_text(timeout=SECONDS)
    phones = [take_phone(f"/class#{code}", 390, 844, scheme) for scheme in ("light", "dark")]
    expect(page.locator("#projector .tally")).to_have_text("2 phones", timeout=SECONDS)
    played = LESSONS[first : first + A_THIRD]
    if first:
        page.locator("#lessons a.lesson").nth(first).click()
    else:
        page.get_by_role("link", name="Begin the lessons").click()
    for lesson in played:
        for place, step in enumerate(lesson.steps, start=1):
            here = f"{lesson.title}, {place} of {len(lesson.steps)}."
            expect(page.locator("#bar .claim b")).to_have_text(here, timeout=SECONDS)
            settle(page)
            name = f"{lesson.place:02}-{lesson.name}-{place}"
            if step.question:
                all_vote(page, phones, step)
            shoot(f"{name}-a-vote", page, *phones)
            if step.covered:
                page.get_by_role("button", name=HIDDEN).first.click(timeout=2 * SECONDS)
                expect(page.get_by_role("button", name=HIDDEN)).to_have_count(0)
            if place == 1:
                shown = page.get_by_text(ON_SCREEN[lesson.name]).first
                expect(shown).to_be_visible(timeout=SECONDS)
            perform(page, lesson.name, place, step)
            shoot(f"{name}-b-acted", page)
            expect(page.locator("#bar .reveal")).to_have_count(0)
            page.keyboard.press("PageDown")
            expect(page.locator("#bar .reveal")).to_have_text(step.revealed, timeout=SECONDS)
            expect(page.locator("[data-lesson-dimmed]").first).to_be_attached(timeout=SECONDS)
            if step.question:
                all_see(page, phones, step)
            expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)
            settle(page)
            page.wait_for_function(LOADED)  # Streamlit forgets a page's images with the page
            shoot(f"{name}-c-reveal", page, *phones)
            assert (
                page.get_by_test_id("stHeader").bounding_box()["y"] == 0
            )  # nothing moved the frame
            if (lesson, place) != (played[-1], len(lesson.steps)):
                page.keyboard.press("PageDown")
    page.keyboard.press("PageUp")
    expect(page.locator("#bar .reveal")).to_have_count(0)
    page.locator("#bar .end").click()
    expect(page.locator("#bar")).to_have_count(0)
    page.get_by_role("button", name="End the class", exact=True).click()
    for phone in phones:
        expect(phone.get_by_role("heading")).to_have_text("The class has ended.", timeout=SECONDS)
    settle(page)


def all_vote(page: Page, phones: list[Page], step: Step) -> None:
    """The first phone chooses the first answer, the other the last; a ranking in such an order."""
    assert step.question
    choices = step.question.choices
    for phone, order in zip(phones, (choices, choices[::-1]), strict=True):
        expect(phone.get_by_role("heading")).to_have_text(step.question.text, timeout=SECONDS)
        for choice in order if step.question.rank else order[:1]:
            phone.get_by_role("button", name=choice, exact=not step.question.rank).click()
        expect(phone.get_by_role("status")).to_contain_text("has arrived", timeout=SECONDS)
        assert phone.evaluate(FITS)
    expect(page.locator("#bar .tally")).to_contain_text("2 of 2 phones answered", timeout=SECONDS)
    expect(page.locator("#bar .votes")).to_have_count(0)  # nobody follows the others


def all_see(page: Page, phones: list[Page], step: Step) -> None:
    """Projector and phones show what was voted, and which answer is right."""
    assert step.question
    choices, is_rank = step.question.choices, step.question.rank
    shown = page.locator("#bar .choices li .votes")
    votes = ["mean rank 2.5"] * len(choices) if is_rank else ["1", "0", "1"]
    expect(shown).to_have_text(votes, timeout=SECONDS)
    for phone in phones:
        counts = phone.locator(".bar .count")
        expect(counts).to_have_count(len(choices), timeout=SECONDS)
        assert phone.evaluate(FITS)
    if step.question.answer:
        right = step.question.choices[LETTERS.index(step.question.answer)]
        expect(page.locator("#bar .right")).to_contain_text(right)


def shoot(name: str, *pages: Page) -> None:
    """Write what projector and phones show, if a folder was named for it."""
    folder = os.environ.get("LATENTLAB_CLASS_SHOTS")
    if folder:
        pages[0].wait_for_timeout(1000)  # what is painted last
        for number, page in enumerate(pages):
            of = f"-phone{number}" if number else ""
            page.screenshot(path=Path(folder) / f"{name}{of}.png")


def test_every_lesson_but_one_has_an_answer_to_hide():
    assert {each.name for each in LESSONS} - set(GIVES_AWAY) == {"beta-is-free"}


@pytest.mark.parametrize("lesson", [each for each in LESSONS if each.name in GIVES_AWAY], ids=NAME)
def test_the_page_does_not_give_the_answer_away(visit, app_server, lesson):
    """Neither to who looks nor to a screen reader, before the vote; at the reveal it is there."""
    page = visit(app_server, lesson.address(1)[1:])
    what = GIVES_AWAY[lesson.name]
    told = page.locator(what) if what.startswith("css=") else page.get_by_text(what)
    plates = page.get_by_role("button", name=HIDDEN)
    if lesson.steps[0].covered:
        expect(told.first).to_be_attached(timeout=SECONDS)
        expect(plates).to_have_count(len(lesson.steps[0].covered), timeout=SECONDS)
    settle(page)
    expect(told.filter(visible=True)).to_have_count(0)
    page.keyboard.press("PageDown")
    expect(told.filter(visible=True).first).to_be_visible(timeout=SECONDS)
    expect(plates).to_have_count(0)
    settle(page)
    page.keyboard.press("PageUp")  # before the vote again
    expect(plates).to_have_count(len(lesson.steps[0].covered), timeout=SECONDS)
    settle(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_plate_hides_what_it_lies_on_until_a_key_shows_it(visit, app_server, scheme):
    address = next(each for each in LESSONS if each.name == "decoded-anywhere").address(1)[1:]
    page = visit(app_server, address, color_scheme=scheme)
    plate, panel = page.get_by_role("button", name=HIDDEN), page.locator(".panel")
    expect(plate).to_be_visible(timeout=SECONDS)
    settle(page)
    under, over = panel.bounding_box(), plate.bounding_box()
    assert under
    assert over == pytest.approx(under, abs=1)
    assert contrast(plate) > 4.5
    # What is covered has neither words nor buttons for a screen reader, and no key reaches it.
    expect(panel.get_by_role("heading")).to_have_count(0)
    assert "Pin A" not in page.locator("body").aria_snapshot()
    page.set_viewport_size({"width": 1100, "height": 700})
    expect(plate).to_have_css("width", f"{panel.bounding_box()['width']:g}px")
    plate.press("Enter")
    expect(plate).to_have_count(0)
    expect(panel.get_by_text("No training image near").first).to_be_visible()
    assert "Pin A" in page.locator("body").aria_snapshot()


def contrast(element: Locator) -> float:
    """Return the contrast of an element's text, as WCAG defines it."""
    colors = element.evaluate(
        "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    )
    found = []
    for color in colors:
        parts = [int(part) / 255 for part in re.findall(r"\d+", color)[:3]]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        found.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(found) + 0.05) / (min(found) + 0.05)


def test_a_link_replays_a_step_and_the_bar_follows_to_every_page(visit, app_server):
    page = visit(app_server, "/lessons?lesson=beta-is-free&experiment=beta&beta=1&reveal=1")
    bar = page.locator("#bar")
    expect(bar.locator(".right")).to_contain_text("4")
    bar.locator(".full").click()
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stHeader")).to_be_visible()

    beta = page.get_by_role("slider", name=re.compile("Beta"))
    beta.press("End")
    expect(page.get_by_text("at least 0.05 nats in 4 of 8 latent dimensions")).to_be_visible(
        timeout=SECONDS
    )
    beta.press("ArrowLeft")  # belongs to the slider, not to the lesson
    expect(page.get_by_text("at least 0.05 nats in 8 of 8 latent dimensions")).to_be_visible(
        timeout=SECONDS
    )

    page.get_by_role("link", name="Neighbors").first.click()
    expect(bar.locator(".here")).to_be_visible()
    settle(page)
    bar.locator(".here").click()
    expect(page.get_by_text("at least 0.05 nats in 8 of 8 latent dimensions")).to_be_visible(
        timeout=SECONDS
    )
    settle(page)
    page.go_back()
    expect(bar.locator(".here")).to_be_visible()
    settle(page)


def test_a_step_fits_a_phone_and_the_list_prints_its_questions(visit, app_server):
    page = visit(app_server, "/?lesson=decoded-anywhere&A=7_0", width=390, height=844)
    fits(page)
    page.goto(f"{app_server.url}/lessons")
    settle(page)
    fits(page)
    page.emulate_media(media="print")
    expect(page.get_by_text("☐ A").first).to_be_visible()
    expect(page.get_by_role("link", name="Begin the lessons")).to_be_hidden()


def fits(page: Page) -> None:
    """Nothing is pushed to the side."""
    main = page.get_by_test_id("stMain")
    assert main.evaluate("e => e.scrollWidth <= e.clientWidth + 1")

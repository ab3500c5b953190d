"""The whole class, step by step, as a presenter with a clicker plays it."""

import re

import pytest
from lesson_actions import ACTIONS, perform
from playwright.sync_api import Page, expect
from serving import HOME, settle

from latentlab.lessons import LETTERS, read_folders

pytestmark = pytest.mark.e2e

LESSONS = read_folders(HOME / "lessons")[0]
# What must be on the page at a lesson's first step, before anything is revealed.
ON_SCREEN = {
    "decoded-anywhere": "No training image near",
    "any-place": "larger than for 100 % of test images",
    "umap-space": "Trustworthiness",
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
LOADED = "() => [...document.images].every((image) => image.complete)"
SECONDS = 30_000  # of a busy machine, in milliseconds


def test_every_step_has_an_action():
    steps = {(each.name, place) for each in LESSONS for place in range(1, len(each.steps) + 1)}
    assert steps == set(ACTIONS)


@pytest.mark.timeout(600)  # eighteen steps, on a busy machine
def test_the_class_from_the_first_question_to_the_last_answer(visit, app_server):
    """Each step opens, what it asks for is done, and its figure is on the screen."""
    page = visit(app_server, "/lessons")
    page.get_by_role("link", name="Begin the lessons").click()
    for number, lesson in enumerate(LESSONS):
        for place, step in enumerate(lesson.steps, start=1):
            here = f"{lesson.title}, {place} of {len(lesson.steps)}."
            expect(page.locator("#bar .claim b")).to_have_text(here, timeout=SECONDS)
            if place == 1:
                shown = page.get_by_text(ON_SCREEN[lesson.name]).first
                expect(shown).to_be_visible(timeout=SECONDS)
            settle(page)
            perform(page, lesson.name, place, step)
            expect(page.locator("#bar .reveal")).to_have_count(0)
            page.keyboard.press("PageDown")
            expect(page.locator("#bar .reveal")).to_have_text(step.revealed, timeout=SECONDS)
            expect(page.locator("[data-lesson-dimmed]").first).to_be_attached(timeout=SECONDS)
            if step.question and step.question.answer:
                right = page.locator("#bar .right")
                expect(right).to_contain_text(
                    step.question.choices[LETTERS.index(step.question.answer)]
                )
            expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)
            is_last = number == len(LESSONS) - 1 and place == len(lesson.steps)
            settle(page)
            page.wait_for_function(LOADED)  # Streamlit forgets a page's images with the page
            if not is_last:
                page.keyboard.press("PageDown")
    page.keyboard.press("PageUp")
    expect(page.locator("#bar .reveal")).to_have_count(0)
    page.locator("#bar .end").click()
    expect(page.locator("#bar")).to_have_count(0)


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
    expect(page.get_by_text("at least 0.05 nats in 4 of 8 latent dimensions")).to_be_visible()
    beta.press("ArrowLeft")  # belongs to the slider, not to the lesson
    expect(page.get_by_text("at least 0.05 nats in 8 of 8 latent dimensions")).to_be_visible()

    page.get_by_role("link", name="Neighbors").first.click()
    expect(bar.locator(".here")).to_be_visible()
    settle(page)
    bar.locator(".here").click()
    expect(page.get_by_text("at least 0.05 nats in 8 of 8 latent dimensions")).to_be_visible()
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

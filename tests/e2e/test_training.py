"""The Training page in a real browser: replay, train, steer, watch, keep, compare."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator

import psutil
import pytest
from playwright.sync_api import Page, expect
from serving import HOME, Server, serve, settle

SHIPPED = ("digits-ae-z2", "digits-vae-z2-beta10")
PATIENCE = 90_000  # milliseconds: a training on a busy machine


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An app with checkpoints and runs of its own, for what is kept there."""
    folder = tmp_path_factory.mktemp("training")
    for name in SHIPPED:
        shutil.copytree(HOME / "checkpoints" / name, folder / "checkpoints" / name)
    with serve(folder / "server.log", checkpoints=folder / "checkpoints") as server:
        yield server
        assert "Traceback" not in server.output(), server.output()


def when(page: Page) -> int:
    """Return the step that is on screen."""
    return int(page.locator("#training").get_attribute("data-step") or -1)


def reaches(page: Page, condition: str) -> None:
    """Wait until something holds of ``step`` and ``stages``, the figures on screen."""
    page.wait_for_function(
        f"""() => {{
            const root = document.querySelector('.st-key-training [data-testid]')
                ?? document.querySelector('.st-key-training');
            const found = [...root.querySelectorAll('*'), root]
                .map((one) => one.shadowRoot?.querySelector('#training')).find(Boolean);
            if (!found) return false;
            const [step, stages] = [Number(found.dataset.step), Number(found.dataset.stages)];
            return {condition};
        }}""",
        timeout=PATIENCE,
    )


def decoded(page: Page) -> str:
    """Return the large decoded image."""
    return str(page.locator(".decoded canvas").first.evaluate("canvas => canvas.toDataURL()"))


def hover(page: Page, x: float, y: float) -> str:
    """Point at a place of the first map, shares of its size, and return what is decoded there."""
    box = page.locator(".map").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
    expect(page.locator(".words")).to_contain_text("Decoded at the cursor")
    return decoded(page)


def train(page: Page, *, epochs: int) -> None:
    """Set a recipe, with a slip on the way, and start."""
    expect(page.get_by_text("Which two digits will stay mixed the longest?")).to_be_visible()
    page.get_by_role("button", name="Train a network").click()
    expect(page.locator(".estimate")).to_contain_text("on this machine", timeout=PATIENCE)
    page.locator("[data-field=epochs] input").fill("0")
    expect(page.locator("[data-field=epochs] .problem")).to_contain_text("epochs")
    expect(page.get_by_role("button", name="Train", exact=True)).to_be_disabled()
    page.locator("[data-field=epochs] input").fill(str(epochs))
    expect(page.locator("[data-field=epochs] .problem")).to_be_empty()
    page.get_by_role("button", name="Train", exact=True).click()


def guess(page: Page, one: str, other: str) -> None:
    """Say which two classes stay mixed, and hear which ones did."""
    page.locator(".question select").nth(0).select_option(one)
    page.locator(".question select").nth(1).select_option(other)
    page.get_by_role("button", name="Guess").click()
    expect(page.locator(".question")).to_contain_text(
        re.compile(r"(stay mixed the longest|cannot tell two pairs apart).*%")
    )


def keep_and_open(page: Page, name: str) -> None:
    """Keep the training, under an impossible name first, and go where it can be explored."""
    page.get_by_label("Name of the checkpoint").fill("no such / name")
    page.get_by_role("button", name="Keep as a checkpoint").click()
    expect(page.locator(".toast")).to_be_visible()
    page.get_by_label("Name of the checkpoint").fill(name)
    page.get_by_role("button", name="Keep as a checkpoint").click()
    expect(page.locator(".steering")).to_contain_text(f"Kept as {name}")
    page.get_by_role("button", name="Open in Explore").click()
    expect(page).to_have_url(re.compile(f"checkpoint={name}"))
    page.wait_for_selector(".st-key-canvas", state="attached")
    settle(page)


def test_train_steer_watch_keep_and_compare(own_server: Server, visit: Callable[..., Page]):
    page = visit(own_server, "/training?checkpoint=digits-ae-z2", reduced_motion="reduce")
    train(page, epochs=400)
    steering = page.locator(".steering")
    expect(steering).to_contain_text("epoch", timeout=PATIENCE)
    reaches(page, "stages > 1")
    first, second = hover(page, 0.3, 0.4), hover(page, 0.6, 0.6)
    assert first != second
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(steering).to_contain_text("Paused", timeout=PATIENCE)
    paused = when(page)

    other = visit(own_server, "/training?checkpoint=digits-ae-z2", reduced_motion="reduce")
    expect(other.locator(".steering")).to_contain_text("Somebody is training")
    other.get_by_role("button", name="Watch").click()
    reaches(other, f"stages > 1 && step >= {paused}")

    page.get_by_role("button", name="Step one epoch").click()
    reaches(page, f"step > {paused} && step % 19 === 0")
    reaches(other, f"step > {paused} && step % 19 === 0")
    expect(steering).to_contain_text("Paused", timeout=PATIENCE)
    stepped = when(page)
    page.get_by_role("button", name="Stop and keep").click()
    expect(steering).to_contain_text("Finished", timeout=PATIENCE)
    assert when(page) >= stepped

    page.keyboard.press("Home")
    reaches(page, "step === 0")
    page.keyboard.press("ArrowRight")
    reaches(page, "step > 0")
    assert hover(page, 0.6, 0.6) != second  # the weights of that stage
    page.keyboard.press("End")
    reaches(page, f"step >= {stepped}")

    guess(page, "4", "9")
    page.get_by_label("A second training run, for comparison").select_option("digits-ae-z2")
    expect(page.locator(".map")).to_have_count(2)
    expect(page.locator(".decoded canvas")).to_have_count(2)
    expect(page).to_have_url(re.compile("second=digits-ae-z2"))

    keep_and_open(page, "my-class")
    assert (own_server.log.parent / "checkpoints" / "my-class").is_dir()


def test_a_stored_run_plays_once_and_a_link_shows_the_same(
    own_server: Server, visit: Callable[..., Page]
):
    page = visit(own_server, "/training?checkpoint=digits-ae-z2")
    reaches(page, "stages === 24 && step > 0")
    page.keyboard.press(" ")  # pauses
    expect(page.get_by_role("button", name="Play (space)")).to_be_visible()
    page.keyboard.press("Home")
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    reaches(page, "step > 0")
    page.get_by_role("button", name="Decoded grid").click()
    page.get_by_role("button", name="Class labels").click()
    expect(page.get_by_text("no labels")).to_be_visible()
    expect(page).to_have_url(re.compile(r"lattice=1.*labels=0|labels=0.*lattice=1"))
    shown = when(page)
    expect(page).to_have_url(re.compile(f"stage={shown}"))
    again = visit(own_server, page.url.removeprefix(own_server.url), width=390, height=844)
    reaches(again, f"step === {shown} && stages === 24")
    expect(again.get_by_role("button", name="Decoded grid")).to_have_attribute(
        "aria-pressed", "true"
    )


def tab_to(page: Page, name: str, kind: str = "") -> None:
    """Press the tab key until the keyboard is on what has this name, and is such an element."""
    for _ in range(60):
        page.keyboard.press("Tab")
        reached = page.evaluate(
            """() => {
                let at = document.activeElement;
                while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
                const said = at?.getAttribute('aria-label') ?? at?.closest('label')?.innerText;
                return [said ?? at?.textContent ?? '', at?.tagName ?? ''];
            }"""
        )
        if reached[0].startswith(name) and reached[1].startswith(kind):
            return
    raise AssertionError(f"The tab key never reaches {name!r}.")


def test_the_keyboard_alone_leads_from_the_recipe_to_explore(
    own_server: Server, visit: Callable[..., Page]
):
    page = visit(own_server, "/training?checkpoint=digits-ae-z2", reduced_motion="reduce")
    reaches(page, "stages === 24")
    tab_to(page, "Map of the latent space")
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator(".words")).to_contain_text("Decoded at the cursor")
    for _ in range(45):
        page.keyboard.press("Shift+ArrowLeft")
    expect(page.get_by_text("No training image near.")).to_be_visible()
    page.keyboard.press("+")
    expect(page.get_by_role("button", name="Whole map")).to_be_visible()
    page.keyboard.press("f")
    expect(page.get_by_role("button", name="Whole map")).to_be_hidden()
    page.keyboard.press("Home")
    reaches(page, "step === 0")

    page.reload()
    settle(page)
    reaches(page, "stages === 24")
    tab_to(page, "Train a network")
    page.keyboard.press("Enter")
    tab_to(page, "Epochs", "INPUT")  # beside it the term explains itself
    page.keyboard.type("2")
    expect(page.locator("[data-field=epochs] input")).to_have_value("2")
    expect(page.locator(".estimate")).to_contain_text("on this machine", timeout=PATIENCE)
    tab_to(page, "Train", "BUTTON")
    page.keyboard.press("Enter")
    expect(page.locator(".steering")).to_contain_text("Finished", timeout=PATIENCE)
    tab_to(page, "Name of the checkpoint")
    page.keyboard.press("Control+a")
    page.keyboard.type("my-keys")
    page.keyboard.press("Enter")
    expect(page.locator(".steering")).to_contain_text("Kept as my-keys")
    tab_to(page, "Open in Explore")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("checkpoint=my-keys"))


def test_a_training_whose_process_is_killed_can_be_resumed(
    own_server: Server, visit: Callable[..., Page]
):
    page = visit(own_server, "/training?checkpoint=digits-ae-z2", reduced_motion="reduce")
    train(page, epochs=400)
    steering = page.locator(".steering")
    expect(steering).to_contain_text(re.compile(r"epoch ([2-9]|\d\d)"), timeout=PATIENCE)
    reaches(page, "stages > 1 && step > 0")
    for child in psutil.Process(own_server.process.pid).children():
        if "latentlab.jobs.worker" in child.cmdline():
            child.kill()
    expect(steering).to_contain_text(re.compile(r"was interrupted at step \d+\."), timeout=PATIENCE)
    page.get_by_role("button", name="Resume").click()
    expect(steering).to_contain_text("epoch", timeout=PATIENCE)
    before = when(page)
    reaches(page, f"step > {before}")
    page.get_by_role("button", name="Discard").click()
    page.get_by_role("button", name="Discard for good?").click()
    expect(steering).to_be_hidden(timeout=PATIENCE)

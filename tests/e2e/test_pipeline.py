"""What the pipeline makes, opened as a student would: from disk, and in TensorBoard."""

import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from serving import HOME, free_port

from latentlab.checkpoints import open_checkpoint
from latentlab.cli.embed import launch, make_board
from latentlab.cli.export import explorer_page
from latentlab.cli.ledger import Ledger
from latentlab.cli.viz import make_report

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

NAME = "digits-vae-z2"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Report, exported page and TensorBoard files of a shipped checkpoint."""
    folder = tmp_path_factory.mktemp("pipeline")
    checkpoint, ledger = open_checkpoint(HOME / "checkpoints" / NAME), Ledger(folder / "runs")
    make_report(checkpoint, folder / "reports", ledger)
    make_board(checkpoint, folder / "logs", ledger)
    (folder / "explorer.html").write_bytes(explorer_page(checkpoint))
    return folder


@pytest.fixture
def from_disk(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a file; the test fails on any error or on a request that leaves the disk."""
    problems: list[str] = []
    contexts = []

    def open_file(path: Path, **context: object) -> Page:
        visitor = browser.new_context(offline=True, **context)  # type: ignore[arg-type]
        visitor.set_default_timeout(120_000)  # a shared machine may be slow, never wrong
        contexts.append(visitor)
        page = visitor.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
        page.on(
            "request",
            lambda r: problems.append(r.url) if r.url.startswith(("http:", "https:")) else None,
        )
        page.goto(path.as_uri())
        return page

    yield open_file
    for context in contexts:
        context.close()
    assert not problems, problems


def test_the_report_shows_every_chart_and_picture(
    made: Path, from_disk: Callable[..., Page]
) -> None:
    page = from_disk(made / "reports" / NAME / "index.html")
    page.wait_for_selector("#chart-loss .main-svg")
    assert page.locator("h1").text_content() == NAME
    titles = page.locator("h2").all_text_contents()
    for title in (
        "Reconstructions",
        "The latent space, decoded",
        "UMAP map",
        "KL divergence per dimension",
    ):
        assert title in titles
    sizes = page.evaluate("[...document.images].map((image) => image.naturalWidth)")
    assert len(sizes) >= 6
    assert min(sizes) > 200
    page.emulate_media(media="print")
    assert page.locator("#kl .paper img").is_visible()


@pytest.mark.parametrize("touch", [False, True])
def test_the_exported_page_decodes_under_pointer_and_finger(
    made: Path, from_disk: Callable[..., Page], touch: bool
) -> None:
    file = made / "explorer.html"
    assert file.stat().st_size < 4_000_000
    size = {"width": 390, "height": 844} if touch else {"width": 1280, "height": 720}
    page = from_disk(file, viewport=size, has_touch=touch, is_mobile=touch)
    page.wait_for_selector("body[data-ready]")
    box = page.locator("#map").bounding_box()
    assert box is not None
    seen = []
    for across in (0.35, 0.6):
        x, y = box["x"] + across * box["width"], box["y"] + 0.5 * box["height"]
        if touch:
            page.touchscreen.tap(x, y)
        else:
            page.mouse.move(x, y)
        seen.append(page.evaluate("document.getElementById('drawn').toDataURL()"))
        assert "nearest training image" in (page.locator("#near-words").text_content() or "")
    assert seen[0] != seen[1]
    page.locator("#legend button").first.click()
    assert page.locator("#legend button").first.get_attribute("aria-pressed") == "true"
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0


def test_tensorboard_shows_pictured_points(made: Path, browser: Browser) -> None:
    address = launch(made / "logs", free_port())
    assert NAME in urllib.request.urlopen(f"{address}data/plugin/projector/runs").read().decode()
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"{address}#projector", wait_until="domcontentloaded", timeout=120_000)
    projector = page.frame_locator("iframe").frame_locator("iframe")
    projector.get_by_text("Points: 1797").wait_for(timeout=120_000)
    page.close()

"""Take the still picture of each step that names one, for the day the projector fails.

Only of images that everybody may have: the digits of scikit-learn and the project's own shapes.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, Playwright, sync_playwright

TOP = Path(__file__).parents[1]
sys.path[:0] = [str(TOP / "tests" / "e2e"), str(TOP / "tests")]

from serving import ARGUMENTS, find_browser, forget_image_sets, serve, settle  # noqa: E402

from latentlab.lessons import library  # noqa: E402
from latentlab.ui.shell.torch_ready import WAITING  # noqa: E402

SIZE = (960, 540)
STILL = "waiting => !document.body.innerText.includes(waiting)"


def take(page: Page, path: Path) -> None:
    """Take a picture of what is on screen, once nothing changes any more."""
    settle(page)
    page.wait_for_function(STILL, arg=WAITING)
    settle(page)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1500)  # what is painted last: points, tiles, charts
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.resize(SIZE, Image.Resampling.LANCZOS).save(path, "WEBP", quality=60, method=6)


def main(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        forget_image_sets(Path(folder))
        _take_all(playwright, Path(folder), names)


def _take_all(playwright: Playwright, scratch: Path, names: list[str]) -> None:
    with serve(scratch / "server.log") as server:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 720}, color_scheme="light")
        for lesson in library()[0]:
            for number, step in enumerate(lesson.steps, start=1):
                if step.picture and (not names or lesson.name in names):
                    page.goto(f"{server.url}/{lesson.address(number, revealed=bool(step.reveal))}")
                    take(page, TOP / "lessons" / step.picture)
                    print(step.picture, flush=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])

"""Film a network while it learns, into ``docs/pictures/training.webp``, for the top of the README.

The app plays the stored stages of a checkpoint of the digits, which scikit-learn brings along and
may be published. A frame is kept when the page has come so much further on its axis of steps; a
machine that is slow to take pictures gives fewer of them.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Page, sync_playwright

TOP = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TOP / "tests" / "e2e")]

from serving import ARGUMENTS, find_browser, serve, settle  # noqa: E402

TARGET = TOP / "docs" / "pictures" / "training.webp"
CHECKPOINT = "digits-vae-z2"
WINDOW, SHOWN = (1180, 760), 840  # pixels: of the browser, and of the picture's width
# The first picture, and then from where something begins to move; shares of the axis of steps.
PLACES = (0.0, *np.linspace(0.4, 1.0, 55))
FRAME_MS, LAST_MS = 110, 2500
MOST_BYTES = 1_500_000
MOST_SECONDS = 240


def frames(page: Page) -> list[Image.Image]:
    """Let the page play from the first stage to the last, and take pictures of it."""
    stage = page.locator("#training .lab")
    page.wait_for_function("() => {" + ROOT + " return root?.dataset.stages > 1; }")
    page.keyboard.press("Home")
    page.wait_for_function("() => {" + ROOT + PLACE.replace(";", " === 0;") + "}")
    page.wait_for_timeout(1000)  # the lattice of the first stage
    page.keyboard.press(" ")
    taken: list[Image.Image] = []
    end = time.monotonic() + MOST_SECONDS
    place = 0.0
    while place < 1 and time.monotonic() < end:
        place = float(page.evaluate("() => {" + ROOT + PLACE + "}"))
        if place >= PLACES[len(taken)]:
            picture = Image.open(io.BytesIO(stage.screenshot())).convert("RGB")
            height = round(SHOWN * picture.height / picture.width)
            taken.append(picture.resize((SHOWN, height), Image.Resampling.LANCZOS))
    if place < 1:
        raise SystemExit(f"The page did not play to its end: it came to {place:.0%}.")
    return taken


# The page's root is in the shadow of its component.
ROOT = """const root = [...document.querySelectorAll('*')]
    .map((each) => each.shadowRoot?.querySelector('#training')).find((each) => each);"""
PLACE = "return root.querySelector('input[type=range]').value / 1000;"


def write(taken: list[Image.Image]) -> int:
    """Write the frames as an animated WebP that is small enough; return its bytes."""
    durations = [FRAME_MS] * (len(taken) - 1) + [LAST_MS]
    for quality in range(80, 20, -10):
        taken[0].save(
            TARGET,
            save_all=True,
            append_images=taken[1:],
            duration=durations,
            loop=0,
            quality=quality,
            method=6,
        )
        if TARGET.stat().st_size <= MOST_BYTES:
            return TARGET.stat().st_size
    raise SystemExit(f"{TARGET} has more than {MOST_BYTES:,} bytes.")


def main() -> int:
    with (
        tempfile.TemporaryDirectory() as scratch,
        serve(Path(scratch) / "server.log", checkpoints=TOP / "checkpoints") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        width, height = WINDOW
        page = browser.new_page(
            viewport={"width": width, "height": height},
            color_scheme="light",
            reduced_motion="reduce",  # it plays when it is told to
        )
        page.goto(f"{server.url}/training?checkpoint={CHECKPOINT}&lattice=1&speed=0.25")
        settle(page)
        taken = frames(page)
        browser.close()
    print(f"{TARGET.relative_to(TOP)}: {len(taken)} frames, {write(taken) / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())

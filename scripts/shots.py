"""Take a picture of every page at six sizes, in light and dark, into ``shots/``: ``make shots``.

The pictures are for looking at what was built; they are never committed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HOME = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HOME), str(HOME / "tests" / "e2e")]

from app import PAGES  # noqa: E402
from serving import ARGUMENTS, Server, find_browser, serve, settle  # noqa: E402

# CSS pixels: width, height and how many of the screen's pixels each is wide. The last two are a
# screen of 1280x720 and one of 1024x768 zoomed to 150 %.
SIZES = (
    (1024, 768, 1.0),
    (1280, 720, 1.0),
    (1920, 1080, 1.0),
    (390, 844, 1.0),
    (853, 480, 1.5),
    (683, 512, 1.5),
)
SCHEMES = ("light", "dark")
# What each page is about: it has been drawn when this is there.
DRAWN = {
    "Explore": "#lab[data-ready=true]",
    "Neighbors": "#board .tile",
    "Map": ".latentlab-map-tip",
    "Restore": "#restore .row canvas",
    "Anomalies": "#anomalies .tile",
    "Bottleneck": "#bottleneck .grid canvas",
    "Training": "#training[data-step]",
    "Network": ".hourglass[data-drawn]",
}
# Charts and pictures fade in after the page has settled.
FADE_MS = 1200


def main() -> None:
    """Start the app, visit every page, write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HOME / "shots", help="folder for the pictures")
    parser.add_argument("--page", help="only this page of the menu")
    parser.add_argument("--checkpoint", help="show this checkpoint")
    parser.add_argument("--full", action="store_true", help="the whole page, not only the screen")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        with serve(Path(folder) / "server.log") as server:
            for number, title in enumerate(PAGES):
                if asked.page in (None, title):
                    address = "/" if number == 0 else f"/{title.lower()}"
                    if asked.checkpoint:
                        address += f"?checkpoint={asked.checkpoint}"
                    take(browser, server, address, title, asked.out, full=asked.full)
        browser.close()


def take(
    browser: Browser, server: Server, address: str, title: str, folder: Path, *, full: bool
) -> None:
    """Take one page at every size in both themes."""
    for width, height, zoom in SIZES:
        for scheme in SCHEMES:
            page = browser.new_page(
                viewport={"width": width, "height": height},
                device_scale_factor=zoom,
                color_scheme=scheme,  # type: ignore[arg-type]
            )
            page.goto(server.url + address)
            settle(page)
            if title in DRAWN:
                page.wait_for_selector(DRAWN[title], state="attached", timeout=60_000)
                settle(page)
            page.wait_for_timeout(FADE_MS)
            target = folder / f"{title.lower()}-{width}x{height}-{scheme}.png"
            if full:
                inner = "document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight"
                page.set_viewport_size({"width": width, "height": int(page.evaluate(inner)) + 80})
                page.wait_for_timeout(FADE_MS)
            page.screenshot(path=target)
            page.close()
            print(target)


if __name__ == "__main__":
    main()

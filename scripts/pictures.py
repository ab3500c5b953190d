"""Take the README's pictures into ``docs/pictures/``: every state comes from the address alone.

Only decoded images, digits and shapes are shown: MNIST is not ours to publish, so run this where
MNIST is not on the machine (the app then shows the network's drawings).
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

TOP = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TOP / "tests" / "e2e")]

from serving import ARGUMENTS, find_browser, serve, settle  # noqa: E402

PICTURES = {
    # name: address, theme, where the pointer is (share of the window), seconds to wait
    "explore": ("/?checkpoint=mnist-vae-z2", "dark", (0.34, 0.42), 3),
    "grid": ("/?checkpoint=mnist-vae-z2&grid=24&points=none", "dark", (0.40, 0.45), 6),
    "pin": ("/?checkpoint=digits-vae-z2&A=0.6_-0.9", "light", (0.5, 0.7), 4),
    "path": ("/?checkpoint=digits-vae-z2&A=-0.5_2.2&B=2.3_0.6&tool=path", "light", (0.3, 0.3), 5),
    "compare": (
        "/?checkpoint=mnist-vae-z2&tool=compare&with=mnist-ae-z2.mnist-vae-z2-beta10",
        "dark",
        (0.36, 0.3),
        6,
    ),
    "dimensions": ("/?checkpoint=shapes-vae-z8&tool=dimensions", "dark", (0.4, 0.3), 6),
    "neighbors": ("/neighbors?checkpoint=digits-vae-z2", "light", None, 5),
    "map": ("/map?checkpoint=shapes-vae-z8", "dark", (0.35, 0.52), 6),
    "restore": ("/restore?checkpoint=digits-denoise", "light", None, 6),
    "anomalies": ("/anomalies?checkpoint=mnist-normal-no7-z16", "dark", None, 6),
    "lessons": ("/lessons", "light", None, 3),
    "lesson": (
        "/lessons?lesson=holes&experiment=samples&with=lesson-ae-z8,lesson-vae-z8-beta1&reveal=1",
        "dark",
        None,
        6,
    ),
    "network": ("/network?checkpoint=shapes-vae-z8", "light", None, 5),
}


def main(names: list[str]) -> int:
    os.environ["LATENTLAB_DATA"] = str(TOP / "no-data")
    folder = TOP / "docs" / "pictures"
    folder.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as scratch,
        serve(Path(scratch) / "server.log") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        for name in names or PICTURES:
            address, theme, pointer, seconds = PICTURES[name]
            page = browser.new_page(
                viewport={"width": 1280, "height": 720},
                color_scheme=theme,  # type: ignore[arg-type]
            )
            page.goto(server.url + address)
            settle(page)
            page.wait_for_timeout(1000 * seconds)
            if pointer:
                page.mouse.move(1280 * pointer[0], 720 * pointer[1], steps=5)
                page.wait_for_timeout(800)
            page.screenshot(path=folder / f"{name}.png")
            page.close()
            print(name, flush=True)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Three real browsers beside a class: ``python chromiums.py URL CHECKPOINT SECONDS`` prints JSON.

One points and clicks on the canvas, two ask for random images on the page Neighbors.
"""

from __future__ import annotations

import json
import re
import sys
import time
from typing import Any

from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright
from serving import ARGUMENTS, find_browser, settle

PATIENCE = 120_000  # milliseconds, for pages that thirty others want at the same time

# A key is pressed and the board's caption looked at in every frame, inside the browser.
RANDOM = """async () => {
  const caption = () => {
    const hosts = [...document.querySelectorAll('*')].filter((each) => each.shadowRoot);
    const found = hosts.map((each) => each.shadowRoot.querySelector('#board .query figcaption'));
    return found.find((each) => each)?.textContent;
  };
  const [before, began] = [caption(), performance.now()];
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'r', bubbles: true }));
  while (caption() === before) {
    if (performance.now() - began > 20000) throw new Error('no answer within 20 s');
    await new Promise(requestAnimationFrame);
  }
  return performance.now() - began;
}"""


def main(url: str, checkpoint: str, seconds: str) -> None:
    problems: list[str] = []
    waited: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        explore = opened(browser, url, f"/?checkpoint={checkpoint}", problems)
        boards = [
            opened(browser, url, f"/neighbors?checkpoint={checkpoint}", problems) for _ in range(2)
        ]
        for page in boards:
            page.wait_for_selector("#board .tile", timeout=PATIENCE)
        canvas = explore.locator("#lab canvas").first
        canvas.wait_for(timeout=PATIENCE)
        box = canvas.bounding_box() or {"x": 100, "y": 100, "width": 400, "height": 300}
        end = time.monotonic() + float(seconds)
        turn = 0
        while time.monotonic() < end:
            turn += 1
            waited += [page.evaluate(RANDOM) / 1000 for page in boards]
            x = box["x"] + box["width"] * (0.3 + 0.04 * (turn % 10))
            explore.mouse.move(x, box["y"] + box["height"] / 2, steps=4)
            explore.mouse.click(x, box["y"] + box["height"] / 2)
            time.sleep(0.5)
        try:
            explore.wait_for_url(re.compile("[?&]A="), timeout=10_000)
        except TimeoutError:
            problems.append(f"the clicks on the canvas left no pin: {explore.url}")
        browser.close()
    print(json.dumps({"seconds": waited, "problems": problems, "clicks": turn}))


def opened(browser: Browser, url: str, address: str, problems: list[str]) -> Page:
    page = browser.new_context().new_page()
    page.set_default_timeout(PATIENCE)

    def complain(what: str) -> None:
        problems.append(f"{address}: {what}")

    def watch(request: Any) -> None:
        if request.url.startswith(("http", "ws")) and url.split("//")[1] not in request.url:
            complain(f"request left this machine: {request.url}")

    page.on("pageerror", lambda error: complain(f"page error: {error}"))
    page.on("console", lambda m: complain(f"console: {m.text}") if m.type == "error" else None)
    page.on("request", watch)
    page.goto(url + address)
    settle(page, PATIENCE)
    return page


if __name__ == "__main__":
    main(*sys.argv[1:])

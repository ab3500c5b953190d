"""The Network page in a real Chromium: first frame, drag to output, and what it costs the server.

The shipped networks that have an encoder and a decoder (of a family the smallest and the largest),
those named, or ``all`` are opened in the running app, and a bar of the latent is dragged at 125
events a second. Each is opened twice: what is measured is the second visit, in a browser that knows
nothing of the first.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from serving import ARGUMENTS, Server, find_browser, serve

from benchmarks.bench_canvas import HOME, checkpoints, server_seconds
from benchmarks.promises import Row, record
from benchmarks.setting import setting
from latentlab.checkpoints import families, list_checkpoints

DRAWN = ".hourglass[data-drawn]"
CHART = "[data-testid=stPlotlyChart] .main-svg"  # of the page's last part
SECONDS = 1
FIRST, RATE, CPU = 1000, 55, 1  # milliseconds, images a second, per cent
# The page is there when its menu is; the hourglass when its first frame was drawn.
PROBE = """() => {
  window.probe = { page: 0, first: 0 };
  const inside = (element) => element.shadowRoot?.querySelector('.hourglass[data-drawn]');
  const wait = setInterval(() => {
    if (!probe.page && document.querySelector('.st-key-picker')) probe.page = performance.now();
    if (![...document.querySelectorAll('.st-key-network-hourglass *')].some(inside)) return;
    clearInterval(wait);
    probe.first = performance.now();
  }, 4);
}"""
DRAG = """async (seconds) => {
  const host = [...document.querySelectorAll('.st-key-network-hourglass *')]
    .find((e) => e.shadowRoot?.querySelector('.hourglass'));
  const root = host.shadowRoot, hourglass = root.querySelector('.hourglass');
  const bar = root.querySelector('.bar'), { left, width, top } = bar.getBoundingClientRect();
  const send = (type, x) => bar.dispatchEvent(new PointerEvent(type, { bubbles: true,
    composed: true, pointerId: 1, clientX: x, clientY: top + 5 }));
  bar.setPointerCapture = () => {}; // a made-up pointer cannot be captured
  const before = +hourglass.dataset.drawn, start = performance.now();
  send('pointerdown', left + width / 2);
  while (performance.now() - start < seconds * 1000) {
    send('pointermove', left + width * (0.5 + 0.25 * Math.sin((performance.now() - start) / 300)));
    await new Promise((resolve) => setTimeout(resolve, 8));
  }
  send('pointerup', left + width / 2);
  return (+hourglass.dataset.drawn - before) / ((performance.now() - start) / 1000);
}"""


@dataclass(frozen=True)
class Figures:
    """Milliseconds from the page to the first frame, images a second, per cent of a core."""

    first: float
    rate: float
    cpu: float


def opened(browser: Browser, server: Server, name: str) -> Page:
    """Open the page as somebody who was never here."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    page.add_init_script(f"({PROBE})()")
    page.goto(f"{server.url}/network?checkpoint={name}")
    page.wait_for_selector(DRAWN, timeout=60_000)
    page.wait_for_function("probe.first > 0")
    page.wait_for_selector(CHART)
    return page


def measure(browser: Browser, server: Server, name: str) -> Figures:
    """Measure one checkpoint; the server has shown it before."""
    opened(browser, server, name).context.close()
    page = opened(browser, server, name)
    first = page.evaluate("probe.first - probe.page")
    page.wait_for_timeout(500)  # all charts have been drawn
    began, used = time.monotonic(), server_seconds(server)
    rate = page.evaluate(DRAG, SECONDS)
    cpu = (server_seconds(server) - used) / (time.monotonic() - began)
    page.context.close()
    return Figures(first, rate, 100 * cpu)


def names(asked: list[str]) -> list[str]:
    """Return what is measured: the members of a family differ only in the size of the latent."""
    if asked not in ([], ["all"]):
        return asked
    if asked:
        return checkpoints()
    good, _ = list_checkpoints(HOME / "checkpoints")
    between = {member.name for family in families(good) for member in family.members[1:-1]}
    return [name for name in checkpoints() if name not in between]


def rows(found: dict[str, Figures]) -> list[Row]:
    """Make a row of every figure: the worst of all checkpoints, and whose it is."""
    last = max(found, key=lambda name: found[name].first)
    slowest = min(found, key=lambda name: found[name].rate)
    busiest = max(found, key=lambda name: found[name].cpu)
    first, rate, cpu = found[last].first, found[slowest].rate, found[busiest].cpu
    return [
        Row("page to first frame", f"{FIRST} ms", f"{first:.0f} ms ({last})", first <= FIRST),
        Row("drag, outputs drawn", f"{RATE}/s", f"{rate:.1f}/s ({slowest})", rate >= RATE),
        Row("server CPU while dragging", f"{CPU} %", f"{cpu:.1f} % ({busiest})", cpu <= CPU),
    ]


def main() -> int:
    """Measure the networks named, or every one with an encoder and a decoder."""
    found: dict[str, Figures] = {}
    with (
        tempfile.TemporaryDirectory() as scratch,
        serve(Path(scratch) / "server.log", checkpoints=HOME / "checkpoints") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        for name in names(sys.argv[1:]):
            found[name] = measure(browser, server, name)
            print(f"{name:26} {found[name]}", flush=True)
        browser.close()
    note = (
        f"The worst of {len(found)} networks; software rendering. "
        f"{setting('streamlit', 'playwright')}"
    )
    return record("Speed: Network page", "python -m benchmarks network", rows(found), note)


if __name__ == "__main__":
    sys.exit(main())

"""The decode canvas in a real Chromium: hover, click, first picture, and what it costs the server.

Every checkpoint in ``checkpoints/`` (or LATENTLAB_CHECKPOINTS) is opened in the running app; the
pointer moves over its map at 125 events a second. Times are taken in the page: from the event's own
time stamp to the moment after the frame that shows the new image has been painted.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HOME = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOME / "tests" / "e2e"))

from serving import ARGUMENTS, Server, find_browser, serve  # noqa: E402

READY = "#lab[data-ready=true]"
HOVER_SECONDS = 4
CLICKS = 60
TICKS = os.sysconf("SC_CLK_TCK")

# Every decode sets an attribute; the frame in which it happens is on screen when a message posted
# from it arrives. Waiting costs nothing, so it is installed before the page's own script.
PROBE = """() => {
  window.probe = { painted: [], pins: [], cards: [], ready: 0 };
  const after = (done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(null);
  });
  let pointed = 0, pressed = 0, pinned = 0;
  addEventListener('pointermove', (event) => { pointed = event.timeStamp; }, true);
  addEventListener('pointerup', (event) => { pressed = pinned = event.timeStamp; }, true);
  const wait = setInterval(() => {
    const inside = (element) => element.shadowRoot?.querySelector('#lab');
    const lab = inside([...document.querySelectorAll('*')].find(inside) ?? document.head);
    if (!lab) return;
    clearInterval(wait);
    const seen = () => {
      if (lab.dataset.ready && !probe.ready) after((t) => { probe.ready = t; });
    };
    new MutationObserver(() => {
      seen();
      if (pinned) {
        const began = pinned;
        pinned = 0;
        after((t) => probe.pins.push(t - began));
      }
      if (!pointed) return;
      const began = pointed;
      pointed = 0;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => probe.painted.push(performance.now() - began);
      port2.postMessage(null);
    }).observe(lab, { attributes: true });
    new MutationObserver((changes) => {
      const card = changes.some(({ target }) => target.className === 'card');
      if (!card || !pressed) return;
      const began = pressed;
      pressed = 0;
      after((t) => probe.cards.push(t - began));
    }).observe(lab, { childList: true, subtree: true });
    seen();
  }, 5);
}"""
HOVER = """async (seconds) => {
  const map = [...document.querySelectorAll('*')].find((e) => e.shadowRoot?.querySelector('#lab'))
    .shadowRoot.querySelector('.map');
  const lab = map.getRootNode().querySelector('#lab');
  const box = map.getBoundingClientRect();
  const before = +lab.dataset.decodes, start = performance.now();
  while (performance.now() - start < seconds * 1000) {
    const t = (performance.now() - start) / 400;
    const at = (f, side) => side * (0.5 + 0.35 * Math.sin(f * t));
    map.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, composed: true,
      clientX: box.left + at(1.3, box.width), clientY: box.top + at(1.7, box.height) }));
    await new Promise((resolve) => setTimeout(resolve, 8));
  }
  return (+lab.dataset.decodes - before) / ((performance.now() - start) / 1000);
}"""


@dataclass(frozen=True)
class Figures:
    """What was measured for one checkpoint; milliseconds where nothing else is said."""

    first_picture: float
    hover_rate: float
    hover_rate_images: float
    paint_median: float
    paint_p95: float
    pin_median: float
    pin_p95: float
    card_median: float
    card_p95: float
    server_cpu: float


def server_seconds(server: Server) -> float:
    """Return the processor time the server has used."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def opened(browser: Browser, server: Server, query: str) -> Page:
    """Open the app as somebody who was never here."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    page.add_init_script(f"({PROBE})()")
    page.goto(f"{server.url}/?{query}")
    page.wait_for_selector(READY, state="attached", timeout=60_000)
    page.wait_for_function("probe.ready > 0")
    page.wait_for_timeout(1500)  # thumbnails and encoder arrive
    return page


def pointed(page: Page) -> list[float]:
    """Move the real pointer and return the time to each painted image."""
    box = page.locator(".map").bounding_box() or {}
    page.evaluate("probe.painted = []")
    for step in range(90):
        across, down = 0.2 + 0.6 * (step % 30) / 30, 0.25 + 0.4 * (step % 11) / 11
        page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])
        page.wait_for_timeout(25)
    return [float(time) for time in page.evaluate("probe.painted")]


def clicked(page: Page) -> tuple[list[float], list[float]]:
    """Click the real button; return the times to each pinned image and to each card."""
    box = page.locator(".map").bounding_box() or {}
    for step in range(CLICKS):
        across, down = 0.25 + 0.5 * (step % 17) / 17, 0.25 + 0.35 * (step % 7) / 7
        page.mouse.click(box["x"] + across * box["width"], box["y"] + down * box["height"])
        page.wait_for_timeout(250)
    return page.evaluate("probe.pins"), page.evaluate("probe.cards")


def measure(browser: Browser, server: Server, name: str) -> Figures:
    """Measure one checkpoint."""
    opened(browser, server, f"checkpoint={name}").context.close()  # the server is warm afterwards
    page = opened(browser, server, f"checkpoint={name}&tool=samples")
    first = page.evaluate("probe.ready")
    began, used = time.monotonic(), server_seconds(server)
    rate = page.evaluate(HOVER, HOVER_SECONDS)
    cpu = (server_seconds(server) - used) / (time.monotonic() - began)
    paints = pointed(page)
    pins, cards = clicked(page)
    page.context.close()
    page = opened(browser, server, f"checkpoint={name}&points=images")
    rate_images = page.evaluate(HOVER, HOVER_SECONDS)
    page.context.close()
    return Figures(
        first,
        rate,
        rate_images,
        statistics.median(paints),
        p95(paints),
        statistics.median(pins),
        p95(pins),
        statistics.median(cards),
        p95(cards),
        cpu,
    )


def p95(values: list[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(values, n=20)[-1]


def checkpoints() -> list[str]:
    """Name what the app would show on Explore."""
    script = (
        "from pathlib import Path; from latentlab.checkpoints import *; "
        "good, _ = list_checkpoints(checkpoints_root(Path('checkpoints'))); "
        "print('\\n'.join(c.name for c in good if c.manifest.config.model in ('ae', 'vae')))"
    )
    command = [sys.executable, "-c", script]
    return subprocess.run(
        command, cwd=HOME, check=True, capture_output=True, text=True
    ).stdout.split()


def tell(name: str, figures: Figures) -> bool:
    """Print one checkpoint's line; say whether every goal is reached."""
    goals: list[tuple[str, float, Callable[[float], bool]]] = [
        ("hover/s", figures.hover_rate, lambda value: value >= 55),
        ("with images/s", figures.hover_rate_images, lambda value: value >= 55),
        ("event to paint, median ms", figures.paint_median, lambda value: value <= 20),
        ("p95 ms", figures.paint_p95, lambda value: True),
        ("click to pinned image, median ms", figures.pin_median, lambda value: True),
        ("p95 ms", figures.pin_p95, lambda value: value <= 35),
        ("click to honest card, median ms", figures.card_median, lambda value: True),
        ("p95 ms", figures.card_p95, lambda value: value <= 150),
        ("first picture s", figures.first_picture / 1000, lambda value: value <= 3),
        ("server CPU while hovering %", 100 * figures.server_cpu, lambda value: value < 1),
    ]
    print(f"{name}")
    for title, value, reached in goals:
        print(f"    {title:34} {value:8.1f} {'' if reached(value) else '  missed'}", flush=True)
    return all(reached(value) for _, value, reached in goals)


def main() -> int:
    """Measure every checkpoint."""
    names = sys.argv[1:] or checkpoints()
    reached = True
    root = os.environ.get("LATENTLAB_CHECKPOINTS", str(HOME / "checkpoints"))
    log = Path(tempfile.mkdtemp()) / "server.log"
    with serve(log, checkpoints=Path(root)) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        for name in names:
            reached &= tell(name, measure(browser, server, name))
        browser.close()
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())

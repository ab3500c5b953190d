"""The decode canvas in a real Chromium: hover, click, first picture, and what it costs the server.

A few checkpoints in ``checkpoints/`` (or LATENTLAB_CHECKPOINTS), those named, or ``all`` are opened
in the running app; the pointer moves over the map at 125 events a second. Times are taken in the
page: from the event's own time stamp to the moment after the frame that shows the new image has
been painted.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from serving import ARGUMENTS, Server, find_browser, serve

from benchmarks.promises import Row, record
from benchmarks.setting import setting

HOME = Path(__file__).resolve().parents[1]

READY = "#lab[data-ready=true]"
USUAL = ("digits-vae-z2", "mnist-vae-z2", "shapes-vae-z8")
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
    """What was measured for one checkpoint: milliseconds, images a second, percent of a core."""

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
    box = page.locator(".map").bounding_box()
    assert box
    page.evaluate("probe.painted = []")
    for step in range(90):
        across, down = 0.2 + 0.6 * (step % 30) / 30, 0.25 + 0.4 * (step % 11) / 11
        page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])
        page.wait_for_timeout(25)
    return [float(time) for time in page.evaluate("probe.painted")]


def clicked(page: Page) -> tuple[list[float], list[float]]:
    """Click the real button; return the times to each pinned image and to each card."""
    box = page.locator(".map").bounding_box()
    assert box
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
        100 * cpu,
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


@dataclass(frozen=True)
class Goal:
    """What a figure is called, its unit, and the bar it should keep, if any."""

    title: str
    field: str
    unit: str
    bar: float | None = None
    at_least: bool = False

    def kept(self, value: float) -> bool | None:
        """Say whether the bar was met."""
        if self.bar is None:
            return None
        return value >= self.bar if self.at_least else value <= self.bar


GOALS = (
    Goal("hover, images decoded", "hover_rate", "/s", 55, at_least=True),
    Goal("the same over a map of images", "hover_rate_images", "/s", 55, at_least=True),
    Goal("event to paint, median", "paint_median", " ms", 20),
    Goal("event to paint, p95", "paint_p95", " ms"),
    Goal("click to pinned image, median", "pin_median", " ms"),
    Goal("click to pinned image, p95", "pin_p95", " ms", 35),
    Goal("click to honest card, median", "card_median", " ms"),
    Goal("click to honest card, p95", "card_p95", " ms", 150),
    Goal("first picture", "first_picture", " ms", 3000),
    Goal("server CPU while hovering", "server_cpu", " %", 1),
)


def tell(name: str, figures: Figures) -> None:
    """Print one checkpoint's figures."""
    print(name)
    for goal in GOALS:
        value = getattr(figures, goal.field)
        missed = "  missed" if goal.kept(value) is False else ""
        print(f"    {goal.title:34} {value:8.1f}{goal.unit}{missed}", flush=True)


def rows(found: dict[str, Figures]) -> list[Row]:
    """Make a row of every figure: the worst of all checkpoints, and whose it is."""
    made = []
    for goal in GOALS:
        values = {name: float(getattr(figures, goal.field)) for name, figures in found.items()}
        worst = (min if goal.at_least else max)(values, key=lambda name: values[name])
        bar = "" if goal.bar is None else f"{goal.bar:g}{goal.unit}"
        measured = f"{values[worst]:.1f}{goal.unit} ({worst})"
        made.append(Row(goal.title, bar, measured, goal.kept(values[worst])))
    return made


def main() -> int:
    """Measure some checkpoints: those named, or all, or a few of each kind."""
    names = sys.argv[1:] or list(USUAL)
    if names == ["all"]:
        names = checkpoints()
    found: dict[str, Figures] = {}
    root = os.environ.get("LATENTLAB_CHECKPOINTS", str(HOME / "checkpoints"))
    with (
        tempfile.TemporaryDirectory() as scratch,
        serve(Path(scratch) / "server.log", checkpoints=Path(root)) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        for name in names:
            found[name] = measure(browser, server, name)
            tell(name, found[name])
        browser.close()
    note = (
        f"The worst of {', '.join(found)}; software rendering, {CLICKS} clicks. "
        f"{setting('streamlit', 'playwright')}"
    )
    return record("Speed: decode canvas", "python -m benchmarks canvas", rows(found), note)


if __name__ == "__main__":
    sys.exit(main())

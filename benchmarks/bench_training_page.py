"""The Training page in a real Chromium: how soon it shows, how often, and what looking costs.

The digits are trained from the page, with the recipe that it offers; beside it the same is trained
with ``latentlab train``. Times are taken in the page, to the moment after the frame has been
painted. A stage counts as shown when a painted frame has reached its step. The pointer moves over
the map at 125 events a second all the while. Ten other visitors are websocket clients that ask as
often as a browser does: ten browsers that paint on the same two cores would be measured themselves.
"""

from __future__ import annotations

import argparse
import asyncio
import bisect
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.bench_watch import own_seconds, row, under_the_command
from benchmarks.promises import Row, record
from benchmarks.setting import setting
from latentlab.jobs import training
from latentlab.jobs.recipe import Recipe

HOME = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HOME / "tests" / "e2e"), str(HOME / "tests" / "torture")]

from serving import ARGUMENTS, Server, find_browser, serve, settle  # noqa: E402
from trial_watching import watched  # noqa: E402

NAME = "digits-vae-z2"
N_WATCHERS = 10
MOST_MS = 180_000
WARM_MS = 5000

PROBE = """() => {
  window.probe = { pressed: 0, decodes: 0, shown: [], hovering: false, grid: null };
  const painted = (done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(null);
  };
  probe.root = () => [...document.querySelectorAll('*')]
    .map((each) => each.shadowRoot?.querySelector('#training')).find((each) => each);
  addEventListener('click', (event) => {
    if (event.composedPath()[0].textContent !== 'Train') return;
    probe.pressed = event.timeStamp;
    probe.shown = [];
  }, true);
  const { putImageData, drawImage } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.putImageData = function (...values) {
    if (this.canvas.ariaLabel === 'Decoded image at the cursor') probe.decodes += 1;
    return putImageData.apply(this, values);
  };
  // The decoded grid is a large canvas of its own for each stage.
  let last = null;
  CanvasRenderingContext2D.prototype.drawImage = function (picture, ...values) {
    if (picture.width >= 200 && picture !== last) {
      last = picture;
      if (probe.grid) painted(probe.grid);
    }
    return drawImage.call(this, picture, ...values);
  };
  const wait = setInterval(() => {
    const root = probe.root();
    if (!root) return;
    clearInterval(wait);
    new MutationObserver(() => {
      const { step, stages } = root.dataset;
      painted((time) => probe.shown.push([time, Number(step), Number(stages)]));
    }).observe(root, { attributes: true });
  }, 5);
}"""
HOVER = """() => {
  probe.hovering = true;
  const move = () => {
    const map = probe.root().querySelector('.surface');
    if (map) {
      const box = map.getBoundingClientRect(), t = performance.now() / 400;
      const at = (f, side) => side * (0.5 + 0.35 * Math.sin(f * t));
      map.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, composed: true,
        clientX: box.left + at(1.3, box.width), clientY: box.top + at(1.7, box.height) }));
    }
    if (probe.hovering) setTimeout(move, 8);
  };
  move();
}"""
SCRUB = """async (position) => {
  const slider = probe.root().querySelector('input[type=range]');
  const came = new Promise((resolve) => { probe.grid = resolve; });
  slider.value = String(Math.round(position * Number(slider.max)));
  const began = performance.now();
  slider.dispatchEvent(new Event('input', { bubbles: true }));
  const late = new Promise((resolve) => setTimeout(resolve, 5000, null));
  const time = await Promise.race([came, late]);
  probe.grid = null;
  return time === null ? null : time - began;
}"""


@dataclass
class Figures:
    """What was measured, a value for each run."""

    warm: list[float] = field(default_factory=list)
    cold: list[float] = field(default_factory=list)
    stages: list[float] = field(default_factory=list)
    decodes: list[float] = field(default_factory=list)
    page: list[float] = field(default_factory=list)
    rest: list[float] = field(default_factory=list)
    command: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)
    crowd: list[float] = field(default_factory=list)
    scrubs: list[float] = field(default_factory=list)


@contextmanager
def app(folder: Path) -> Iterator[Server]:
    """Start an app with one checkpoint, whose trainings lie in this folder."""
    if not (folder / "checkpoints").exists():
        shutil.copytree(HOME / "checkpoints" / NAME, folder / "checkpoints" / NAME)
    with serve(folder / "server.log", checkpoints=folder / "checkpoints") as server:
        yield server


def opened(browser: Any, server: Server, more: str = "") -> Page:
    """Open the page as somebody who was never here."""
    page: Page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    page.set_default_timeout(MOST_MS)
    page.add_init_script(f"({PROBE})()")
    page.goto(f"{server.url}/training?checkpoint={NAME}{more}")
    settle(page, MOST_MS)
    page.wait_for_function("Number(probe.root()?.dataset.stages) > 1")
    return page


def train(page: Page, folder: Path, found: Figures, *, warm: bool, hovers: bool = True) -> None:
    """Train from the page and watch to the end, with the pointer over the map or at rest."""
    page.get_by_role("button", name="Train a network").click()
    if warm:
        page.locator(".estimate", has_text="on this machine").wait_for()
        # A time that is known from before shows at once; the process that waits for Train does not.
        page.wait_for_timeout(WARM_MS)
    page.get_by_role("button", name="Train", exact=True).click()
    n_stored = 24  # those of the checkpoint, which is on the map until then
    first = f"probe.shown.find(([, , stages]) => stages > 0 && stages < {n_stored})"
    page.wait_for_function(f"{first} !== undefined", polling=50)
    seconds = page.evaluate(f"({first}[0] - probe.pressed) / 1000")
    (found.warm if warm else found.cold).append(seconds)
    if not warm:
        return
    if hovers:
        page.evaluate(HOVER)
    began = page.evaluate("[performance.now(), probe.decodes]")
    page.locator(".steering", has_text="Finished").wait_for()
    page.evaluate("probe.hovering = false")
    ended = page.evaluate("[performance.now(), probe.decodes]")
    one = training.current(folder / "runs")
    assert one is not None
    assert one.checkpoint is not None
    (found.page if hovers else found.rest).append(own_seconds(one.checkpoint))
    if hovers:
        found.decodes.append(1000 * (ended[1] - began[1]) / (ended[0] - began[0]))
        found.stages.append(shown_a_second(page, [stage.step for stage in one.stages()]))
    page.get_by_role("button", name="Discard").click()
    page.get_by_role("button", name="Discard for good?").click()
    page.wait_for_function("!document.body.textContent.includes('Finished:')")


def shown_a_second(page: Page, steps: list[int]) -> float:
    """Return how many different stages frames showed, for each second until the last one."""
    frames: list[tuple[float, float, int]] = page.evaluate("probe.shown")
    live = [(time, step) for time, step, stages in frames if stages > 0]
    reached = [(time, bisect.bisect_right(steps, step + 1e-6)) for time, step in live]
    last = max(stage for _, stage in reached)
    end = next(time for time, stage in reached if stage == last)
    return len({stage for _, stage in reached}) / ((end - reached[0][0]) / 1000)


def scrub(page: Page) -> list[float]:
    """Drag the slider to one stage after the other; return the milliseconds to each grid."""
    page.wait_for_timeout(1000)
    places = [0.0, 1.0, *(k / 20 for k in range(1, 20))]
    times = [page.evaluate(SCRUB, place) for place in places]
    return [float(time) for time in times if time is not None]


def beside(server: Server, folder: Path, others: int) -> float:
    """Train before so many websocket clients; return the seconds of training."""
    # In a thread of its own: the browser's driver has taken this one's event loop.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, watched(server.url, folder, others)).result()[1]


def main(n_runs: int) -> int:
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    found = Figures()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch)
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        for _ in range(n_runs):
            with app(folder) as server:
                page = opened(browser, server)
                train(page, folder, found, warm=False)
                page.context.close()
        shutil.rmtree(folder / "runs")
        with app(folder) as server:
            for _ in range(n_runs):
                found.command.append(under_the_command(folder, Recipe()))
                page = opened(browser, server)
                train(page, folder, found, warm=True)
                train(page, folder, found, warm=True, hovers=False)
                page.context.close()
                found.alone.append(beside(server, folder, 0))
                found.crowd.append(beside(server, folder, N_WATCHERS))
            page = opened(browser, server, "&lattice=1")
            found.scrubs = scrub(page)
        browser.close()
    return report(found, n_runs)


def report(found: Figures, n_runs: int) -> int:
    """Write the table."""
    rest, moved = (
        [page / command for page, command in zip(pages, found.command, strict=True)]
        for pages in (found.rest, found.page)
    )
    crowds = [crowd / alone for crowd, alone in zip(found.crowd, found.alone, strict=True)]
    rows = [
        row("Train pressed to first stage on screen, warm page", 1.5, found.warm, "s"),
        row("the same, cold", 5.0, found.cold, "s"),
        least("stages on screen while digits train", 4, found.stages),
        least("images decoded under the pointer meanwhile", 55, found.decodes),
        row(f"training with {N_WATCHERS} others watching / with none", 1.15, crowds, ""),
        row("scrubbing: slider to decoded grid", 50, found.scrubs, "ms"),
        row("training from the page / under `latentlab train`, pointer at rest", 1.2, rest, ""),
        row("the same, while images are decoded under the pointer", 1.2, moved, ""),
    ]
    note = (
        f"Medians of {n_runs}; warm: {WARM_MS / 1000:g} s after the recipe was opened; digits, "
        "VAE, z = 2, software rendering on the same cores. The command took "
        f"{statistics.median(found.command):.1f} s of training. "
        f"{setting('streamlit', 'torch', 'playwright')}"
    )
    return record("Watch: in the browser", "python -m benchmarks training_page", rows, note)


def least(promise: str, bar: float, values: list[float]) -> Row:
    """Return a row for a rate that must not be smaller than its bar."""
    middle = statistics.median(values)
    measured = f"{middle:.1f}/s ({min(values):.1f} to {max(values):.1f})"
    return Row(promise, f">= {bar:g}/s", measured, middle >= bar)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    sys.exit(main(parser.parse_args().runs))

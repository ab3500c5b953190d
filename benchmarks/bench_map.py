"""The Map page with 20,000 points in a real Chromium: until it is drawn, and from click to card.

A small network is trained for it first. Drawn means that the chart's own canvas holds colored
pixels; a card is there when its error line has changed, which comes after its pictures. Both times
end after the frame that shows it was painted. The server is warm; the browser's cache is empty
where the map is opened by its address, and knows Plotly where it is chosen in the menu.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from serving import ARGUMENTS, find_browser, serve

from benchmarks.bench_canvas import HOME, p95
from benchmarks.promises import Row, record
from benchmarks.setting import setting

POINTS = 20_000
DRAWN_GOAL, CARD_GOAL = 2000.0, 300.0
TRAIN = (
    "train --dataset shapes --latent-dim 2 --hidden 64 --body dense --epochs 1 --projections pca"
)
CHART = ".st-key-map-chart .js-plotly-plot"

# Watches from before the page's own script: when the chart has pixels, when a card has changed.
PROBE = f"""() => {{
  window.probe = {{ drawn: 0, pressed: 0, card: '', cards: [], chosen: 0 }};
  const painted = (done) => requestAnimationFrame(() => {{
    const {{ port1, port2 }} = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(null);
  }});
  const small = Object.assign(document.createElement('canvas'), {{ width: 80, height: 60 }});
  const context = small.getContext('2d', {{ willReadFrequently: true }});
  const hasPixels = () => [...document.querySelectorAll('{CHART} .gl-canvas')].some((canvas) => {{
    context.clearRect(0, 0, 80, 60);
    if (canvas.width && canvas.height) context.drawImage(canvas, 0, 0, 80, 60);
    return context.getImageData(0, 0, 80, 60).data.some((value) => value > 0);
  }});
  const look = () => {{
    if (hasPixels()) painted((now) => {{ probe.drawn = now; }});
    else requestAnimationFrame(look);
  }};
  requestAnimationFrame(look);
  const card = () => [...document.querySelectorAll('[data-testid=stMarkdown]')]
    .map((line) => line.textContent).find((text) => text.includes('(MSE)')) ?? '';
  addEventListener('pointerup', (event) => {{
    probe.pressed = event.timeStamp;
    probe.card = card();
  }}, true);
  addEventListener('click', (event) => {{ probe.chosen = event.timeStamp; }}, true);
  new MutationObserver(() => {{
    if (!probe.pressed || card() === probe.card) return;
    const began = probe.pressed;
    probe.pressed = 0;
    painted((now) => probe.cards.push(now - began));
  }}).observe(document, {{ subtree: true, childList: true, characterData: true }});
}}"""

# The middles of points that stand alone enough to be hit, spread over the chart.
PLACES = """([selector, wanted]) => {
  const chart = document.querySelector(selector);
  const { xaxis, yaxis } = chart._fullLayout;
  const box = chart.getBoundingClientRect();
  const all = chart._fullData.flatMap((trace) => Array.from(trace.x, (x, i) => [
    box.left + xaxis._offset + xaxis.d2p(x), box.top + yaxis._offset + yaxis.d2p(trace.y[i])]));
  const inside = all.filter(([x, y]) => x > box.left + 80 && x < box.right - 80
    && y > box.top + 60 && y < box.bottom - 60);
  const step = Math.floor(inside.length / wanted);
  return { count: all.length, places: inside.filter((_, i) => i % step === 0).slice(0, wanted) };
}"""


def train(folder: Path) -> None:
    """Train the network whose 20,000 latents are drawn."""
    more = ["--index-size", str(POINTS), "--name", "many", "--checkpoints", str(folder)]
    command = [sys.executable, "-m", "latentlab", *TRAIN.split(), *more]
    command += ["--runs", str(folder / "runs")]
    subprocess.run(command, check=True, cwd=HOME, stdout=subprocess.DEVNULL)


def new_visitor(browser: Browser) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    page.set_default_timeout(120_000)
    page.add_init_script(f"({PROBE})()")
    return page


def opened(browser: Browser, url: str) -> tuple[Page, float]:
    """Open the map by its address; return the page and milliseconds until the map was drawn."""
    page = new_visitor(browser)
    page.goto(f"{url}/map?checkpoint=many")
    page.wait_for_function("probe.drawn > 0")
    return page, float(page.evaluate("probe.drawn"))


def chosen(browser: Browser, url: str) -> float:
    """Come from another page through the menu; return milliseconds until the map was drawn."""
    page = new_visitor(browser)
    page.goto(f"{url}/network?checkpoint=many")
    page.wait_for_selector(".js-plotly-plot .main-svg")  # charts are known to this browser now
    page.wait_for_timeout(1000)
    page.get_by_role("link", name="Map").click()
    page.wait_for_function("probe.drawn > 0")
    taken = float(page.evaluate("probe.drawn - probe.chosen"))
    page.context.close()
    return taken


def clicked(page: Page, clicks: int) -> list[float]:
    """Click points; return milliseconds to each card."""
    page.wait_for_selector(".latentlab-map-marks", state="attached")
    page.wait_for_timeout(2000)  # the atlas of thumbnails arrives
    found = page.evaluate(PLACES, [CHART, clicks + 2])
    assert found["count"] == POINTS, found["count"]
    for x, y in found["places"]:
        page.mouse.move(x, y)
        page.mouse.click(x, y)
        page.wait_for_timeout(800)
    times: list[float] = page.evaluate("probe.cards")
    return times[2:]  # the first clicks load the network


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--clicks", type=int, default=20)
    parser.add_argument("--folder", type=Path, help="Where the network is, or is to stay.")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = asked.folder or Path(scratch)
        if not (folder / "many").is_dir():
            train(folder)
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        with serve(Path(scratch) / "server.log", checkpoints=folder) as server:
            opened(browser, server.url)[0].context.close()  # the server is warm afterwards
            direct, menu, cards = [], [], []
            for number in range(asked.repeats):
                page, taken = opened(browser, server.url)
                direct.append(taken)
                if number == 0:
                    cards = clicked(page, asked.clicks)
                page.context.close()
                menu.append(chosen(browser, server.url))
        browser.close()
    arrived, shown, card = (statistics.median(times) for times in (direct, menu, cards))
    rows = [
        Row("chosen in the menu: drawn", "2 s", f"{shown / 1000:.2f} s", shown <= DRAWN_GOAL),
        Row("opened by its address: drawn", "", f"{arrived / 1000:.2f} s", None),
        Row("click on a point to its card", "300 ms", f"{card:.0f} ms", card <= CARD_GOAL),
        Row("the same, p95", "", f"{p95(cards):.0f} ms", None),
    ]
    note = (
        f"{POINTS:,} points, software rendering, medians of {len(direct)} and of {len(cards)} "
        f"clicks. {setting('streamlit', 'plotly', 'playwright')}"
    )
    return record("Speed: map of 20,000", "python -m benchmarks map", rows, note)


if __name__ == "__main__":
    sys.exit(main())

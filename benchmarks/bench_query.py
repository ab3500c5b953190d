"""Image input: from a stroke, and from a large photograph, to neighbors on the screen.

The first two are measured in a real Chromium on the running app, from the pointer's own event, or
the choice of a file, to the moment after the frame that shows the answer was painted. The third
is searched in this process, on latents like a trained network's.
"""

from __future__ import annotations

import io
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload, Page, sync_playwright
from serving import ARGUMENTS, find_browser, serve, settle

from benchmarks.promises import Row, record
from benchmarks.setting import setting
from latentlab.analysis.neighbors import ExactIndex

HOME = Path(__file__).resolve().parents[1]

STROKES = 60
UPLOADS = 5
N, Z, K = 200_000, 16, 9

# Each drawing has a number; an answer carries the number of the drawing that it answers.
PROBE = """() => {
  const { last, target } = globalThis[Symbol.for('latentlab.bus')];
  const hear = (topic, call) => target.addEventListener('said', ({ detail }) => {
    if (detail === topic) call(last.get(topic));
  });
  const painted = (done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(null);
  });
  window.probe = { drawn: [], answered: [], event: 0, began: new Map(), last: 0 };
  document.addEventListener('pointermove', (e) => { probe.event = e.timeStamp; }, true);
  hear('seen', ({ id }) => {
    const began = probe.event;
    probe.began.set(id, began);
    painted((now) => probe.drawn.push(now - began));
  });
  hear('answered', (id) => {
    const began = probe.began.get(id);
    probe.began.delete(id);
    painted((now) => { if (began) probe.answered.push(now - began); probe.last = now; });
  });
}"""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        photo = Path(folder) / "photo.jpg"
        photo.write_bytes(large_photo())
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        with serve(Path(folder) / "server.log") as server:
            page = chromium.new_page(viewport={"width": 1280, "height": 720})
            page.set_default_timeout(120_000)
            page.goto(f"{server.url}/neighbors")
            settle(page)
            page.wait_for_selector("#board .tile")
            page.wait_for_timeout(2000)
            page.evaluate(PROBE)
            seen, stroke, n_answers = strokes(page)
            upload = uploaded(page, photo)
        chromium.close()
    rows = [
        Row("stroke to reconstruction", "", f"{seen:.0f} ms", None),
        Row("stroke to neighbors in three spaces", "100 ms", f"{stroke:.0f} ms", stroke <= 100),
        Row("12-megapixel JPEG to neighbors", "1 s", f"{upload:.0f} ms", upload <= 1000),
        exact_search(),
    ]
    note = (
        f"Medians of {n_answers} strokes and {UPLOADS} uploads in Chromium; exact search of "
        f"{N:,} x {Z} latents, k = {K}, one thread. {setting('streamlit', 'playwright')}"
    )
    return record("Speed: own image", "python -m benchmarks query", rows, note)


def strokes(page: Page) -> tuple[float, float, int]:
    """Draw slowly; return the median times to the reconstruction and the neighbors, of how many."""
    box = page.locator("#drawing canvas.paper").bounding_box()
    assert box is not None
    for number in range(STROKES + 5):
        part = number / (STROKES + 5)
        x = box["x"] + box["width"] * (0.3 + 0.4 * abs(np.sin(9 * part)))
        page.mouse.move(x, box["y"] + box["height"] * (0.15 + 0.7 * part))
        if number == 0:
            page.mouse.down()
        page.wait_for_timeout(200)
        if number == 5:
            page.evaluate("() => { probe.drawn = []; probe.answered = []; }")
    page.mouse.up()
    page.wait_for_timeout(500)
    drawn, answered = page.evaluate("[probe.drawn, probe.answered]")
    print(f"  {len(answered)} answers, p95 {np.quantile(answered, 0.95):.0f} ms")
    return statistics.median(drawn), statistics.median(answered), len(answered)


def uploaded(page: Page, photo: Path) -> float:
    """Upload a photograph; return the time until its neighbors were on the screen."""
    page.get_by_text("Upload", exact=True).click()
    page.wait_for_selector("input[type=file]", state="attached")
    settle(page)
    page.wait_for_timeout(1000)
    times = []
    for number in range(UPLOADS):
        name = f"photo {number}.jpg"
        file = FilePayload(name=name, mimeType="image/jpeg", buffer=photo.read_bytes())
        began = page.evaluate("performance.now()")
        page.set_input_files("input[type=file]", file)
        caption = page.locator(".query figcaption", has_text=name)
        caption.wait_for()
        times.append(page.evaluate("probe.last") - began)
        page.wait_for_timeout(500)
    print(f"  uploads of {photo.stat().st_size / 1e6:.1f} MB: {[round(t) for t in times]} ms")
    return statistics.median(times)


def exact_search() -> Row:
    """Time one query at a time among many latents."""
    generator = np.random.default_rng(0)
    centers = generator.normal(size=(40, Z)) * 2
    latents = (centers[generator.integers(0, 40, N)] + generator.normal(size=(N, Z))).astype("f4")
    queries = latents[:200] + 0.1 * generator.standard_normal((200, Z)).astype("f4")
    index = ExactIndex(latents)
    times = []
    for query in queries:
        began = time.perf_counter()
        index.nearest(query, K)
        times.append(1e3 * (time.perf_counter() - began))
    return Row("one query, exact, median", "", f"{statistics.median(times):.2f} ms", None)


def large_photo() -> bytes:
    """Draw a 3 on uneven paper, as a phone would photograph it."""
    picture = Image.new("L", (4000, 3000), 200)
    line = [(1400, 800), (2100, 700), (2300, 1100), (1800, 1500), (2400, 1900), (2000, 2300)]
    ImageDraw.Draw(picture).line([*line, (1350, 2200)], fill=50, width=130, joint="curve")
    tones = np.asarray(picture, np.float32) * np.linspace(0.8, 1.1, 4000, dtype=np.float32)
    tones += np.random.default_rng(0).normal(0, 8, tones.shape)
    stream = io.BytesIO()
    Image.fromarray(tones.clip(0, 255).astype(np.uint8)).convert("RGB").save(stream, "JPEG")
    return stream.getvalue()


if __name__ == "__main__":
    sys.exit(main())

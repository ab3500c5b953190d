"""Our own canvas against a Plotly chart: 10,000 points, a decoded grid, 10,000 thumbnails, zoom.

The smallest version of both, in one real Chromium, without a server: what it takes to draw each
picture for the first time, and to draw at another zoom. The result is quoted in
``docs/decisions/0003-canvas.md``. Run it with ``python -m benchmarks.canvas_or_plotly``.
"""

from __future__ import annotations

import shutil
import statistics
from pathlib import Path

import plotly
from playwright.sync_api import Page, sync_playwright

POINTS = 10_000
ZOOMS = 20
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"

# Points in ten clusters, an atlas of noise as thumbnails, and a grid of 20 by 20 tiles.
SETUP = """(n) => {
  const random = (() => { let s = 1; return () => (s = (s * 16807) % 2147483647) / 2147483647; })();
  window.points = Array.from({ length: n }, (_, i) => {
    const k = i % 10, spread = () => (random() + random() + random() - 1.5);
    return [Math.cos(k) * 3 + spread(), Math.sin(k) * 3 + spread(), k];
  });
  const canvas = (w, h) => Object.assign(document.createElement('canvas'), { width: w, height: h });
  const noise = (w, h) => {
    const made = canvas(w, h), context = made.getContext('2d');
    const image = context.createImageData(w, h);
    for (let i = 0; i < image.data.length; i += 4) image.data.set([random() * 255, 0, 0, 255], i);
    context.putImageData(image, 0, 0);
    return made;
  };
  window.grid = noise(560, 560);
  window.atlas = noise(2800, 2800);
  window.painted = () => new Promise((resolve) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(null);
  }));
  document.body.innerHTML = '<div id="plot" style="width:940px;height:640px"></div>';
}"""

OWN = """async ([what, zooms]) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 940, height: 640 });
  document.querySelector('#plot').replaceChildren(canvas);
  const context = canvas.getContext('2d', { alpha: false });
  const draw = (scale) => {
    context.clearRect(0, 0, 940, 640);
    const at = (x, y) => [470 + x * scale, 320 - y * scale];
    if (what !== 'points') context.drawImage(grid, ...at(-4, 4), 8 * scale, 8 * scale);
    points.forEach(([x, y, k], i) => {
      const [px, py] = at(x, y);
      if (what === 'thumbnails') {
        context.drawImage(atlas, (i % 100) * 28, Math.floor(i / 100) * 28, 28, 28, px, py, 18, 18);
      } else context.drawImage(atlas, k, k, 5, 5, px, py, 5, 5);
    });
  };
  const times = [];
  for (let i = 0; i <= zooms; i++) {
    const start = performance.now();
    draw(75 * 1.02 ** i);
    await painted();
    times.push(performance.now() - start);
  }
  return times;
}"""

THEIRS = """async ([what, zooms]) => {
  const plot = document.querySelector('#plot');
  const x = points.map((p) => p[0]), y = points.map((p) => p[1]), color = points.map((p) => p[2]);
  const images = [];
  const place = (source, left, top, size) => images.push(
    { source, x: left, y: top, sizex: size, sizey: size, xref: 'x', yref: 'y', layer: 'below' });
  if (what !== 'points') place(grid.toDataURL(), -4, 4, 8);
  if (what === 'thumbnails') {
    const tile = Object.assign(document.createElement('canvas'), { width: 28, height: 28 });
    points.forEach(([px, py], i) => {
      tile.getContext('2d').drawImage(atlas, (i % 100) * 28, Math.floor(i / 100) * 28, 28, 28,
        0, 0, 28, 28);
      place(tile.toDataURL(), px, py, 0.25);
    });
  }
  const times = [];
  let start = performance.now();
  await Plotly.newPlot(plot, [{ type: 'scattergl', mode: 'markers', x, y, marker: { color } }],
    { width: 940, height: 640, images, xaxis: { range: [-6, 6] }, yaxis: { range: [-4, 4] } });
  await painted();
  times.push(performance.now() - start);
  for (let i = 1; i <= zooms; i++) {
    start = performance.now();
    const f = 1.02 ** -i;
    await Plotly.relayout(plot, { 'xaxis.range': [-6 * f, 6 * f], 'yaxis.range': [-4 * f, 4 * f] });
    await painted();
    times.push(performance.now() - start);
  }
  Plotly.purge(plot);
  return times;
}"""


def measure(page: Page, script: str, what: str, zooms: int) -> tuple[float, float]:
    """Return the first drawing and the median of the next ones, in milliseconds."""
    first, *rest = page.evaluate(script, [what, zooms])
    return first, statistics.median(rest)


def main() -> None:
    """Print a line for each picture."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1000, "height": 700})
        page.add_script_tag(path=PLOTLY)
        page.evaluate(SETUP, POINTS)
        print("milliseconds to draw it first / again at another zoom (median)")
        for what in ("points", "grid", "thumbnails"):
            zooms = 3 if what == "thumbnails" else ZOOMS
            for name, script in (("own canvas", OWN), ("Plotly", THEIRS)):
                first, again = measure(page, script, what, zooms)
                print(f"{what:12} {name:12} {first:8.0f} {again:8.0f}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()

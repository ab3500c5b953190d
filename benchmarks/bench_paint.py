"""First paint in a real Chromium: the first visitor of a server just started, and the second.

Every visitor is new (an empty browser cache). Times count from asking for the page: to the first
thing painted at all, and to the decode canvas with its first picture; for Map, opened by its
address on another server, to its first points. Servers are started anew for each pair; the
machine's own file cache is warm.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from serving import ARGUMENTS, Server, find_browser, serve

from benchmarks.bench_canvas import opened
from benchmarks.promises import Row, record
from benchmarks.setting import setting

GOAL = 3.0
# The first visitor's wait, as a multiple of the second's.
RATIO = 1.6
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def visit(browser: Browser, server: Server) -> tuple[float, float]:
    """Open the app as a new visitor; return seconds to the first paint and to the first picture."""
    page = opened(browser, server, "")
    paint, picture = page.evaluate(f"[{PAINT}, probe.ready]")
    page.context.close()
    return paint / 1000, picture / 1000


def visit_map(browser: Browser, server: Server) -> float:
    """Open Map by its address as a new visitor; return seconds until its points are drawn."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    page.goto(f"{server.url}/map")
    page.wait_for_selector(".st-key-map-chart .gl-canvas", state="attached", timeout=60_000)
    drawn = page.evaluate("new Promise((done) => requestAnimationFrame(done))")
    page.context.close()
    return float(drawn) / 1000


def ratio(what: str, cold: list[float], warm: list[float]) -> Row:
    """Say how much longer the first visitor waits, by the medians."""
    found = statistics.median(cold) / statistics.median(warm)
    return Row(f"{what}: cold by warm", f"{RATIO:g}", f"{found:.2f}", found <= RATIO)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    starts, cold, warm = [], [], []
    maps: dict[str, list[float]] = {"cold": [], "warm": []}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for _ in range(repeats):
            browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
            began = time.perf_counter()
            with serve(Path(folder) / "server.log") as server:
                starts.append(time.perf_counter() - began)
                cold.append(visit(browser, server))
                warm.append(visit(browser, server))
            with serve(Path(folder) / "server.log") as server:
                for waits in maps.values():
                    waits.append(visit_map(browser, server))
            browser.close()
    rows = [Row("start to the first answer", "", f"{statistics.median(starts):.1f} s", None)]
    for who, times, bar in (("cold", cold, None), ("warm", warm, GOAL)):
        paint, picture = (statistics.median(column) for column in zip(*times, strict=True))
        kept = picture <= bar if bar else None
        rows.append(Row(f"{who}: first paint", "", f"{paint:.2f} s", None))
        rows.append(
            Row(f"{who}: first picture", f"{bar:g} s" if bar else "", f"{picture:.2f} s", kept)
        )
        rows.append(Row(f"{who}: Map", "", f"{statistics.median(maps[who]):.2f} s", None))
    pictures = [[picture for _, picture in visits] for visits in (cold, warm)]
    rows.append(ratio("first picture", *pictures))
    rows.append(ratio("Map", maps["cold"], maps["warm"]))
    note = (
        f"Cold is the first visitor of a server just started, warm the second, each with an empty "
        f"browser cache; medians of {repeats}. {setting('streamlit', 'playwright')}"
    )
    return record("Speed: first paint", "python -m benchmarks paint", rows, note)


if __name__ == "__main__":
    sys.exit(main())

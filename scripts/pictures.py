"""Take the README's pictures into ``docs/pictures/``: every state comes from the address alone.

Only what everybody may have is shown, the digits of scikit-learn and our own shapes: MNIST is not
ours to publish, so the app is started where it finds none, wherever it was used before.
"""

from __future__ import annotations

import base64
import json
import sys
import tempfile
from contextlib import ExitStack, chdir
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright
from websockets.sync.client import connect

from latentlab.data import load

TOP = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TOP / "tests" / "e2e")]

from serving import (  # noqa: E402
    ARGUMENTS,
    Server,
    find_browser,
    forget_image_sets,
    serve,
    settle,
)

PICTURES = {
    # name: address, theme, where the pointer is (share of the window), seconds to wait
    "explore": ("/?checkpoint=digits-vae-z2", "dark", (0.34, 0.42), 3),
    "grid": ("/?checkpoint=digits-vae-z2&grid=24&points=none", "dark", (0.40, 0.45), 6),
    "pin": ("/?checkpoint=digits-vae-z2&A=0.6_-0.9", "light", (0.5, 0.7), 4),
    "path": ("/?checkpoint=digits-vae-z2&A=-0.5_2.2&B=2.3_0.6&tool=path", "light", (0.3, 0.3), 5),
    "compare": (
        "/?checkpoint=digits-vae-z2&tool=compare&with=digits-ae-z2.digits-vae-z2-beta10",
        "dark",
        (0.36, 0.3),
        6,
    ),
    "dimensions": ("/?checkpoint=shapes-vae-z8&tool=dimensions", "dark", (0.4, 0.3), 6),
    "neighbors": ("/neighbors?checkpoint=digits-vae-z2", "light", None, 5),
    "map": ("/map?checkpoint=shapes-vae-z8", "dark", (0.35, 0.52), 6),
    "restore": ("/restore?checkpoint=digits-denoise", "light", None, 6),
    "anomalies": ("/anomalies?checkpoint=lesson-digits-normal-no7-z8", "dark", None, 6),
    "lessons": ("/lessons", "light", None, 3),
    "lesson": (
        "/lessons?lesson=holes&experiment=samples&with=lesson-digits-ae-z8,lesson-digits-vae-z8-beta1&reveal=1",
        "dark",
        None,
        6,
    ),
    "network": ("/network?checkpoint=shapes-vae-z8", "light", None, 5),
}


CLASS = "class"
N_PHONES = 24
OWN = "own-network"  # what the notebook of that name records


def class_mode(browser: Browser, server: Server, path: Path) -> None:
    """Let phones draw sevens (scikit-learn's), and take the projector's picture of them."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="dark")
    page.goto(f"{server.url}/lessons?checkpoint=digits-vae-z2")
    settle(page)
    page.get_by_role("button", name="Start a class").click()
    code = page.locator("#projector .code").inner_text()
    page.locator(".st-key-class-ask").get_by_text("Draw", exact=True).click()
    page.get_by_role("button", name="Let them draw").click()
    page.locator("#projector .map").wait_for()
    images = load("digits", "test")
    with ExitStack() as phones:
        for number, image in enumerate(images.images[images.labels == 7][:N_PHONES]):
            phone = phones.enter_context(connect(f"ws://localhost:{server.port}/class/phone"))
            said = {"kind": "hello", "code": code, "phone": f"phone-{number:012d}"}
            phone.send(json.dumps(said))
            heard = next(text for text in phone if isinstance(text, str))
            pixels = base64.b64encode(image.tobytes()).decode()
            drawing = {"kind": "draw", "turn": 1, "pixels": pixels}
            phone.send(json.dumps({**drawing, "number": json.loads(heard)["number"]}))
        page.locator("#projector .thumb").nth(N_PHONES - 1).wait_for()
        page.get_by_role("button", name="Reveal").click()
        page.locator("#projector .beside figure").first.wait_for()
        page.wait_for_timeout(1000)
        page.locator("#projector").screenshot(path=path)
    page.close()


def take(
    browser: Browser,
    url: str,
    theme: str,
    pointer: tuple[float, float] | None,
    seconds: float,
    path: Path,
) -> None:
    """Open an address, wait, point, and take the picture."""
    page = browser.new_page(
        viewport={"width": 1280, "height": 720},
        color_scheme=theme,  # type: ignore[arg-type]
    )
    page.goto(url)
    settle(page)
    page.wait_for_timeout(1000 * seconds)
    if pointer:
        page.mouse.move(1280 * pointer[0], 720 * pointer[1], steps=5)
        page.wait_for_timeout(800)
    page.screenshot(path=path)
    page.close()


def own_network(browser: Browser, scratch: Path, path: Path) -> None:
    """Run the notebook, and point at what it has recorded."""
    cells = json.loads((TOP / "docs" / f"{OWN}.ipynb").read_text(encoding="utf-8"))["cells"]
    variables: dict[str, object] = {}
    with chdir(scratch):
        for cell in cells:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), variables)
    with serve(scratch / "own.log", checkpoints=scratch / "checkpoints") as server:
        address = f"{server.url}/?checkpoint=my-autoencoder&points=dots"
        take(browser, address, "dark", (0.27, 0.62), 4, path)


def main(names: list[str]) -> int:
    folder = TOP / "docs" / "pictures"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        forget_image_sets(Path(scratch))
        _take_all(playwright, Path(scratch), names, folder)
    return 0


def _take_all(playwright: Playwright, scratch: Path, names: list[str], folder: Path) -> None:
    with serve(scratch / "server.log") as server:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        for name in names or (*PICTURES, CLASS, OWN):
            path = folder / f"{name}.png"
            if name == CLASS:
                class_mode(browser, server, path)
            elif name == OWN:
                own_network(browser, scratch, path)
            else:
                address, theme, pointer, seconds = PICTURES[name]
                take(browser, server.url + address, theme, pointer, seconds, path)
            print(name, flush=True)
        browser.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

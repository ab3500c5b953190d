"""The canvas without an app around it: odd networks, poor browsers, names from strangers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from chromium import as_base64, browser_options
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tiny import write_tiny

from latentlab import web
from latentlab.analysis.support import Support
from latentlab.checkpoints import Checkpoint
from latentlab.export.browser import networks_of
from latentlab.ui.explore.page import messages

pytestmark = pytest.mark.e2e

ADDRESS = "http://canvas.test/"
MOUNT = """async ([source, blob, extras]) => {
    const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const type = 'text/javascript';
    const load = (text) => import(URL.createObjectURL(new Blob([text], { type })));
    const { default: mount } = await load(source);
    const host = document.createElement('div');
    document.body.append(host);
    const parentElement = host.attachShadow({ mode: 'open' });
    parentElement.innerHTML = '<div id="lab"></div>';
    window.said = [];
    window.deliver = (id, data) => {
        const box = globalThis[Symbol.for('latentlab.bus')];
        box.last.set(id, data);
        box.target.dispatchEvent(new CustomEvent('said', { detail: id }));
    };
    window.stop = mount({ data: bytes(blob), parentElement });
    for (const name of ['ask', 'load', 'address']) {
        const box = globalThis[Symbol.for('latentlab.bus')];
        box.voices.set(name, (value) => window.said.push([name, value]));
    }
    if (extras) window.deliver(extras[0], bytes(extras[1]));
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**browser_options())
        yield chromium
        chromium.close()


@pytest.fixture
def open_canvas(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Mount the canvas on an empty page: ``open_canvas(blob, query="?grid=12", before="...")``."""
    pages: list[Page] = []
    errors: list[str] = []

    def open_page(blob: bytes, *, query: str = "", before: str = "", extras: object = None) -> Page:
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        pages.append(page)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.route(
            "**/*", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html")
        )
        page.add_init_script(before)
        page.goto(ADDRESS + query)
        page.add_style_tag(content=":root { --st-background-color: #0b1020 }")
        page.evaluate(MOUNT, [web.read("explore.js"), as_base64(blob), extras])
        page.locator("#lab").evaluate(
            "(root, css) => root.after(Object.assign(document.createElement('style'),"
            " { textContent: css }))",
            web.read("explore.css"),
        )
        page.wait_for_selector("#lab[data-ready=true]", state="attached")
        return page

    yield open_page
    for page in pages:
        page.close()
    assert not errors, errors


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    return write_tiny(tmp_path_factory.mktemp("checkpoints"))


def network(checkpoint: Checkpoint, **options: object) -> bytes:
    given = {"others": [], "reencoders": [], "originals": False, **options}
    index = checkpoint.index()
    return messages.network(checkpoint, index, networks_of(checkpoint), Support(index), **given)  # type: ignore[arg-type]


def hover(page: Page, across: float, down: float) -> None:
    box = page.locator(".map").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"], steps=2)


LARGE = """() => Array.from(
    (c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data)
    (document.querySelector('body > div').shadowRoot.querySelector('canvas.large')))"""


TWENTY_FRAMES = """async () => {
    for (let i = 0; i < 20; i++) await new Promise(requestAnimationFrame);
}"""


def large(page: Page) -> list[int]:
    return list(page.evaluate(LARGE))


def test_a_network_the_browser_cannot_run_is_decoded_by_the_server(
    open_canvas, checkpoint, monkeypatch
):
    monkeypatch.setattr(sys.modules[__name__], "networks_of", lambda checkpoint: None)
    page = open_canvas(network(checkpoint))
    expect(page.locator(".note")).to_contain_text("runs on the server")
    page.wait_for_function("said.some(([name]) => name === 'ask')")
    for step in range(5):
        hover(page, 0.3 + 0.1 * step, 0.5)
    page.evaluate(TWENTY_FRAMES)
    asked = [value for name, value in page.evaluate("said") if name == "ask"]
    assert len(asked) == 1, "a second question waits for the first answer"
    latents = np.array(asked[0]["latents"], np.float32).reshape(-1, 2)
    images = np.full((len(latents), *checkpoint.manifest.image_shape), 77, np.uint8)
    answer = messages.answer(checkpoint, asked[0]["id"], images)
    page.evaluate(
        "([id, text]) => deliver(id, Uint8Array.from(atob(text), (l) => l.charCodeAt(0)))",
        [f"answer {checkpoint.fingerprint}", as_base64(answer)],
    )
    page.wait_for_function("said.filter(([name]) => name === 'ask').length > 1")
    assert large(page)[:4] == [77, 77, 77, 255]


@pytest.mark.parametrize(
    "before", ["delete window.WebAssembly", "WebAssembly.instantiate = () => Promise.reject()"]
)
def test_a_browser_without_simd_decodes_slower_and_says_so(open_canvas, checkpoint, before):
    page = open_canvas(network(checkpoint), before=before)
    expect(page.locator(".note")).to_contain_text("WebAssembly SIMD")
    hover(page, 0.4, 0.5)
    page.wait_for_function(
        "+document.querySelector('div').shadowRoot.querySelector('#lab').dataset.decodes > 1"
    )


def test_a_browser_without_workers_still_draws_the_grid(open_canvas, checkpoint):
    before = "window.Worker = function () { throw new Error('forbidden'); }"
    plain = open_canvas(network(checkpoint), query="?points=none")
    bare = plain.locator("canvas.lower").evaluate("(canvas) => canvas.toDataURL()")
    plain.close()  # what is behind another page paints rarely
    page = open_canvas(network(checkpoint), before=before, query="?grid=10&points=none")
    page.wait_for_function(
        "(bare) => document.querySelector('div').shadowRoot.querySelector('canvas.lower')"
        ".toDataURL() !== bare",
        arg=bare,
        polling=500,  # every frame, reading the canvas would leave no time to paint it
        timeout=90_000,  # on a busy machine the browser paints late
    )


def test_names_from_strangers_stay_text(open_canvas, checkpoint):
    evil = '<img src=x onerror="window.hacked = 1">'
    names = (evil, *[f"<b>{digit}</b>" for digit in range(1, 10)])
    manifest = checkpoint.manifest.model_copy(update={"class_names": names})
    page = open_canvas(network(replace(checkpoint, manifest=manifest)), query="?A=0_0")
    hover(page, 0.5, 0.5)
    expect(page.locator(".legend")).to_contain_text("<img src=x")
    assert page.locator("img").count() == 0
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize("latent_dim", [1, 3, 40])
def test_any_latent_size_has_a_map(open_canvas, tmp_path, latent_dim):
    checkpoint = write_tiny(tmp_path, latent_dim=latent_dim)
    page = open_canvas(network(checkpoint), query="?tool=dimensions&grid=10")
    before = large(page)
    hover(page, 0.8, 0.3)
    page.wait_for_function(f"before => String(({LARGE})()) !== String(before)", arg=before)
    assert page.locator(".dimension").count() == latent_dim


def test_without_originals_their_tiles_are_empty_and_it_says_so(open_canvas, checkpoint):
    page = open_canvas(network(checkpoint), query="?points=images&A=0_0")
    expect(page.locator(".note")).to_contain_text("not on this machine")
    expect(page.locator(".pair canvas.missing")).to_have_count(1)
    expect(page.get_by_role("button", name="Images")).to_have_count(0)


def test_taking_it_down_stops_everything(open_canvas, checkpoint):
    page = open_canvas(network(checkpoint))
    before = page.locator("#lab").get_attribute("data-decodes")
    page.evaluate("window.stop()")
    hover(page, 0.5, 0.5)
    page.evaluate(
        "history.pushState(null, '', '?A=1_1'); dispatchEvent(new PopStateEvent('popstate'))"
    )
    page.evaluate(TWENTY_FRAMES)
    assert page.locator("#lab").get_attribute("data-decodes") == before

"""A network that somebody else trained, recorded as the notebook in docs does, on every page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator

import numpy as np
import pytest
import torch
from playwright.sync_api import Locator, Page, expect
from serving import HOME, SETTLED, Server, serve
from torch import nn

import latentlab
from latentlab import data
from latentlab.images import to_float
from latentlab.recording import recorder
from latentlab.recording.networks import from_latents

SECONDS = 30_000
OURS = "digits-vae-z2"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An app with an autoencoder of our own, latents without a decoder, and a shipped network."""
    root = tmp_path_factory.mktemp("own")
    folder = root / "checkpoints"
    folder.mkdir()
    shutil.copytree(HOME / "checkpoints" / OURS, folder / OURS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LATENTLAB_DATA", str(root / "data"))
        patch.setattr(recorder, "PROJECTIONS", ("pca",))  # UMAP has tests of its own
        model = trained()
        latentlab.record(
            "my-autoencoder",
            encode=model[0],
            decode=model[1],
            images="digits",
            checkpoints=folder,
        )
        digits = data.load("digits", "train", n_images=200)
        latents = np.random.default_rng(0).normal(size=(200, 8)).astype(np.float32)
        subject = recorder.subject_of(digits.images, digits.labels, recognize=False)
        recorder.keep(
            folder, "my-embedding", from_latents(latents, digits.images), subject, replace=False
        )
        with serve(root / "server.log", checkpoints=folder) as server:
            yield server
            assert "Traceback" not in server.output(), server.output()


def trained() -> nn.Sequential:
    """Train a plain autoencoder with two hidden layers a side, without latentlab."""
    digits = torch.from_numpy(to_float(data.load("digits", "train").images)).permute(0, 3, 1, 2)
    torch.manual_seed(0)
    encoder = nn.Sequential(
        *(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 32), nn.ReLU()),
        nn.Linear(32, 2),
    )
    decoder = nn.Sequential(
        *(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 128), nn.ReLU(), nn.Linear(128, 784)),
        *(nn.Sigmoid(), nn.Unflatten(1, (1, 28, 28))),
    )
    model = nn.Sequential(encoder, decoder)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    for _ in range(200):
        batch = digits[torch.randint(len(digits), (64,))]
        loss = nn.functional.mse_loss(model(batch), batch)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


@pytest.fixture
def own(server: Server, visit: Callable[..., Page]) -> Callable[..., Page]:
    """Open a page on it: ``own("map")``."""

    def open_page(page: str, query: str = "", name: str = "my-autoencoder") -> Page:
        return visit(server, f"/{page}?checkpoint={name}{query}")

    return open_page


def hover(page: Page, x: float, y: float) -> None:
    """Move the pointer over the map, and wait for the image that is decoded there."""
    lab, place = page.locator("#lab"), page.locator(".map")
    before = lab.get_attribute("data-decodes")
    box = place.bounding_box()
    assert box
    page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=3)
    expect(lab).not_to_have_attribute("data-decodes", str(before), timeout=SECONDS)


def point_at_an_image(page: Page) -> Locator:
    """Move the pointer over the map until it is on a point; return what is shown beside it."""
    chart = page.locator(".st-key-map-chart .nsewdrag")
    expect(chart).to_be_visible(timeout=SECONDS)
    tip = page.locator(".latentlab-map-tip")
    tip.wait_for(state="attached", timeout=SECONDS)
    box = chart.bounding_box()
    assert box
    for turn in range(400):
        x, y = 0.5 + turn / 1000 * np.cos(turn), 0.5 + turn / 1000 * np.sin(turn)
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
        if tip.is_visible():
            break
    expect(tip).to_be_visible()
    return tip


def test_the_browser_decodes_it_under_the_pointer_beside_a_shipped_network(own):
    page = own("", f"&tool=compare&with={OURS}")
    page.wait_for_selector("#lab[data-ready=true]", state="attached", timeout=SECONDS)
    cells = page.locator(".cell .decoded")
    expect(cells).to_have_count(2, timeout=SECONDS)
    hover(page, 0.4, 0.4)
    page.evaluate(
        "window.sent = 0; const send = WebSocket.prototype.send;"
        "WebSocket.prototype.send = function (...given) {"
        "  window.sent++; return send.apply(this, given); }; null"
    )
    seen: list[set[str]] = [set(), set()]
    for step in range(6):
        hover(page, 0.35 + 0.05 * step, 0.5)
        for cell, pictures in zip(cells.all(), seen, strict=True):
            pictures.add(str(cell.evaluate("canvas => canvas.toDataURL()")))
    assert all(len(pictures) > 3 for pictures in seen)
    assert page.evaluate("window.sent") == 0  # the server decodes nothing
    expect(page.get_by_role("button", name="Same image")).to_have_attribute("aria-pressed", "true")


def test_its_neighbors_and_its_map(own):
    page = own("neighbors")
    expect(page.locator("#board .tile").first).to_be_visible(timeout=SECONDS)
    expect(page.locator("#board .sentence")).to_contain_text(
        "Reconstruction error (MSE)", timeout=SECONDS
    )
    expect(page.locator("#board .agreement").first).to_contain_text("Label agreement: ")
    page.get_by_role("link", name="Map", exact=True).click()
    expect(point_at_an_image(page)).to_contain_text("error")


def test_its_anomalies_its_hourglass_and_what_it_does_not_restore(own):
    page = own("anomalies")
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("Reconstruction error", timeout=SECONDS)
    page.get_by_role("link", name="Network", exact=True).click()
    page.wait_for_selector(".hourglass[data-drawn]", timeout=SECONDS)
    expect(page.locator(".lecture .sizes")).to_have_text(
        "784 → 128 → 32 → z = 2 → 32 → 128 → 784", timeout=SECONDS
    )
    page.get_by_role("link", name="Restore", exact=True).click()
    expect(main).to_contain_text(re.compile("restor", re.IGNORECASE), timeout=SECONDS)
    page.wait_for_selector(SETTLED)
    expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)


def test_latents_alone_lead_from_explore_to_their_map(own):
    page = own("", name="my-embedding")
    expect(page.get_by_test_id("stAlert")).to_contain_text("There is no decoder", timeout=SECONDS)
    expect(point_at_an_image(page)).not_to_contain_text("error")
    main = page.get_by_test_id("stMain")
    expect(main.get_by_role("link", name="Neighbors")).to_be_visible()
    main.get_by_role("link", name="Map").click()
    expect(page).to_have_url(re.compile("/map"), timeout=SECONDS)
    expect(page.locator(".st-key-map-chart .nsewdrag")).to_be_visible(timeout=SECONDS)

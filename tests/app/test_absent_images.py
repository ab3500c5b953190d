"""Without the originals a reconstruction never stands in their place: an empty tile does."""

import sys

import numpy as np
import pytest
from rich.console import Console
from screens import HOME, SECONDS, visible_text
from streamlit.testing.v1 import AppTest
from tiny import write_tiny

from latentlab.checkpoints import originals
from latentlab.checkpoints.originals import Lookup
from latentlab.cli.query import ask, show_answer
from latentlab.export.message import unpack
from latentlab.images import to_float
from latentlab.ui.anomalies import board as ranking_board
from latentlab.ui.anomalies import image_panel
from latentlab.ui.input import query as queries
from latentlab.ui.map import companion
from latentlab.ui.neighbors import answer
from latentlab.ui.neighbors import board as neighbors_board
from latentlab.ui.shell import cache

PAGES = ("explore", "neighbors", "map", "restore", "anomalies", "bottleneck", "network")


@pytest.fixture
def checkpoint(root, monkeypatch):
    """A checkpoint whose images are nowhere."""
    missing = Lookup(None, "missing")
    monkeypatch.setattr(originals, "look_up", lambda checkpoint: missing)
    monkeypatch.setattr(cache, "lookup", lambda checkpoint: missing)
    cache.forget()
    return write_tiny(root)


def empty(checkpoint):
    return originals.absent(checkpoint.manifest.image_shape)


def test_an_empty_tile_is_no_image(checkpoint):
    tile = empty(checkpoint)
    assert tile.shape == checkpoint.manifest.image_shape
    assert set(np.unique(tile)) == {96, 128}


def test_neighbors_shows_empty_tiles_beside_one_reconstruction(checkpoint):
    query = queries.stored(checkpoint, 3)
    result = answer.answer(checkpoint, query, k=9, metric="euclidean")
    blob = neighbors_board.message(checkpoint, result, map_name=None, steps=[query], drawing=0)
    header, arrays = unpack(blob)
    tile = empty(checkpoint)
    assert np.array_equal(arrays["query"], tile)
    assert all(np.array_equal(shown, tile) for shown in arrays["tiles"])
    assert not np.array_equal(arrays["drawn"], tile)
    assert "not on this machine" in header["source"]
    assert header["label"] == checkpoint.manifest.class_name(int(checkpoint.index().labels[3]))


def test_anomalies_ranks_empty_tiles_and_shows_a_reconstruction_by_name(checkpoint, monkeypatch):
    header, arrays = unpack(ranking_board.message(checkpoint))
    assert all(np.array_equal(shown, empty(checkpoint)) for shown in arrays["tiles"])
    assert "empty" in header["note"]
    asked = []
    monkeypatch.setattr(image_panel, "set_image", lambda checkpoint, query: asked.append(query))
    image_panel.show_ranked(checkpoint, 0)
    assert asked[0].is_absent
    assert np.array_equal(asked[0].pixels, to_float(empty(checkpoint)))


def test_the_map_shows_empty_tiles(checkpoint, monkeypatch):

    decoded = []
    monkeypatch.setattr(cache, "codec", decoded.append)
    companion._atlas(checkpoint, False)
    assert not decoded


def test_the_command_line_says_why_tiles_are_empty(checkpoint, monkeypatch):
    module = sys.modules["latentlab.cli.query"]  # the package has a command of that name
    monkeypatch.setattr(module, "_random_test_row", lambda index, seed: 3)
    found = ask(checkpoint, None)
    assert np.array_equal(found.query, empty(checkpoint))
    assert all(np.array_equal(shown, empty(checkpoint)) for shown in found.pictures)
    console = Console(record=True, width=200)
    show_answer(found, console)
    assert "their tiles are empty" in console.export_text()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_offers_the_download(root, checkpoint, page, monkeypatch):
    write_tiny(root, "digits-denoise", model="ae", task="denoise", latent_dim=4)
    for size in (1, 4):  # with the other, a family
        write_tiny(root, f"digits-vae-z{size}", latent_dim=size)
    monkeypatch.setattr("latentlab.ui.shell.download_panel._download_size", lambda name: "12 MB")
    app = AppTest.from_file(str(HOME / "pages" / f"{page}.py"), default_timeout=SECONDS).run()
    assert not app.exception
    assert "not on this machine" in visible_text(app)
    assert "12 MB" in app.button(key="download").label

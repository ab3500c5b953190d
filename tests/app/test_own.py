"""Networks that latentlab did not train, on every page: with a decoder, and without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from screens import page_table, start, visible_text
from torch import nn

import latentlab
from latentlab import data
from latentlab.recording import recorder as recording
from latentlab.recording.networks import from_latents
from latentlab.ui.shell import available, cache

PAGES = list(page_table().values())
NAMES = ("my-vae", "my-functions", "my-embedding")
N = 120


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A VAE of torch modules, functions on arrays, and latents without a decoder."""
    root = tmp_path_factory.mktemp("own")
    patch = pytest.MonkeyPatch()
    patch.setenv("LATENTLAB_DATA", str(root / "data"))
    patch.setattr(recording, "PROJECTIONS", ("pca",))
    digits = data.load("digits", "train", size=16, n_images=N)
    images, folder = digits.images, root / "checkpoints"
    torch.manual_seed(0)
    latentlab.record(
        "my-vae",
        encode=nn.Sequential(nn.Flatten(), nn.Linear(256, 4)),
        decode=nn.Sequential(nn.Linear(2, 256), nn.Sigmoid(), nn.Unflatten(1, (1, 16, 16))),
        images=images[::-1].transpose(0, 3, 1, 2) / np.float32(255),
        labels=digits.labels[::-1],
        checkpoints=folder,
    )
    basis = np.random.default_rng(0).normal(size=(256, 3)).astype(np.float32) / 16
    latentlab.record(
        "my-functions",
        encode=lambda x: np.asarray(x).reshape(len(x), -1) @ basis,
        decode=lambda z: (z @ basis.T).reshape(-1, 16, 16, 1),
        images=images[::-1] / np.float32(255),
        checkpoints=folder,
    )
    latents = np.random.default_rng(0).normal(size=(N, 8)).astype(np.float32)
    subject = recording.subject_of(images, digits.labels, recognize=False)
    found = from_latents(latents, images)
    recording.keep(folder, "my-embedding", found, subject, replace=False)
    yield root
    patch.undo()


@pytest.fixture(autouse=True)
def _look_there(recorded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATENTLAB_CHECKPOINTS", str(recorded / "checkpoints"))
    monkeypatch.setenv("LATENTLAB_DATA", str(recorded / "data"))
    cache.forget()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_page_opens(page, name):
    app = start(page, checkpoint=name)
    assert not app.exception
    assert not app.error


def test_explore_says_that_there_is_no_decoder_and_offers_what_there_is():
    app = start("explore.py", checkpoint="my-embedding")
    assert "There is no decoder for these latents" in visible_text(app)
    assert [link.proto.label for link in app.get("page_link")][-2:] == ["Map", "Neighbors"]


def test_without_a_decoder_no_error_colors_the_map():
    app = start("map.py", checkpoint="my-embedding")
    (color,) = [box for box in app.selectbox if box.label == "Color"]
    assert "Color: reconstruction error" not in color.options
    assert "Color: class" in color.options


def test_what_is_decoded_in_the_browser_comes_with_its_layers():
    checkpoint = next(c for c in available.checkpoints()[0] if c.name == "my-vae")
    networks = cache.networks(checkpoint)
    assert networks is not None
    assert networks.encoder is not None
    assert networks.encoder.output_shape == (4,)
    assert networks.decoder is not None
    assert networks.decoder.output_shape == (16, 16, 1)


def test_the_images_are_found_again():
    for checkpoint in available.checkpoints()[0]:
        assert cache.originals(checkpoint) is not None, checkpoint.name


def test_without_a_decoder_no_reconstruction_is_claimed():
    text = visible_text(start("network.py", checkpoint="my-embedding"))
    assert r"my-embedding\: an embedding of recorded images" in text
    assert "There is no decoder" in text
    assert "Reconstruction error" not in text


def test_a_network_from_elsewhere_says_how_it_was_understood():
    text = visible_text(start("network.py", checkpoint="my-vae"))
    assert "It was trained elsewhere and recorded" in text
    assert "means and 2 log-variances" in text
    assert "latentlab.record('my-vae-again'" in text
    functions = visible_text(start("network.py", checkpoint="my-functions"))
    assert "nothing can be encoded or decoded here" in functions

"""What is said of a class's drawings together, on shipped networks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from latentlab.checkpoints import SPLIT_CODES
from latentlab.classroom.activity import Activity, View
from latentlab.classroom.drawings import Drawing
from latentlab.export.message import unpack
from latentlab.images import to_float, to_pixels
from latentlab.ui.classroom import comparison, scene
from latentlab.ui.shell import available, cache

HOME = Path(__file__).resolve().parents[3]


@pytest.fixture
def checkpoint(monkeypatch):
    monkeypatch.setenv("LATENTLAB_CHECKPOINTS", str(HOME / "checkpoints"))
    return next(each for each in available.checkpoints()[0] if each.name == "mnist-vae-z2")


def drawn(checkpoint, rows):
    """Drawings that are what the network decodes from some stored latents."""
    latents = cache.index(checkpoint).latents[rows]
    pixels = to_pixels(cache.codec(checkpoint).decode(latents))
    waiting = {phone: Drawing(image) for phone, image in enumerate(pixels, 1)}
    return scene.land(checkpoint, waiting)


def view(checkpoint, hidden=frozenset()):
    activity = Activity(
        "draw",
        "Everyone draws: 7",
        checkpoint=checkpoint.fingerprint,
        label=7,
        shape=checkpoint.manifest.image_shape,
    )
    return View(1, activity, "revealed", 5, (), (), {}, hidden, ended=False)


def test_drawings_land_on_their_latents_with_their_own_error(checkpoint):
    found = drawn(checkpoint, np.arange(5))
    codec = cache.codec(checkpoint)
    for drawing in found.values():
        image = to_float(drawing.pixels[None])
        latent = codec.encode(image)
        assert drawing.place == pytest.approx(latent[0].tolist(), abs=1e-5)  # native: the latent
        error = float(((codec.decode(latent) - image) ** 2).mean())
        assert drawing.error == pytest.approx(error, rel=1e-4)


@pytest.mark.parametrize("name", ["shapes-vae-z8", "mnist-vae-z16"])
def test_drawings_of_a_network_with_more_dimensions_land_on_its_projection(checkpoint, name):
    other = next(each for each in available.checkpoints()[0] if each.name == name)
    header, arrays = unpack(scene.message(other))
    assert header["units"] == "in units of the map"
    assert header["shape"] == list(other.manifest.image_shape)
    low, high = arrays["places"].min(axis=0), arrays["places"].max(axis=0)
    places = np.array([drawing.place for drawing in drawn(other, np.arange(8)).values()])
    assert ((low <= places) & (places <= high)).all()


def test_means_and_ends_leave_out_what_is_hidden(checkpoint):
    found = drawn(checkpoint, np.arange(5))
    found[5] = replace(found[5], error=9.0)
    header, arrays = unpack(comparison.message(view(checkpoint), found))
    assert [title.split(":")[0] for title in header["titles"][2:]] == [
        *["Smallest error"] * 2,
        *["Largest error"] * 2,
    ]
    assert header["titles"][-1] == "Largest error: MSE 9.00"
    mean = np.stack([drawing.pixels for drawing in found.values()]).mean(axis=0)
    assert np.abs(arrays["pixels"][0].astype(float) - mean).max() <= 0.51
    hidden, _ = unpack(comparison.message(view(checkpoint, frozenset({5})), found))
    assert "9.00" not in hidden["titles"][-1]
    empty, _ = unpack(comparison.message(view(checkpoint, frozenset(range(1, 6))), found))
    assert empty["titles"] == []


def test_the_verdict_is_that_of_a_network_that_never_saw_the_class(checkpoint):
    judge = comparison.network_without(checkpoint, 7)
    assert judge is not None
    assert judge.name == "mnist-normal-no7-z2"  # of the same latent dimension
    assert comparison.network_without(checkpoint, 3) is None
    index = cache.index(checkpoint)
    rows = np.flatnonzero((index.labels == 1) & (index.splits == SPLIT_CODES["test"]))[:20]
    ones = [drawing.pixels for drawing in drawn(checkpoint, rows).values()]
    noise = np.random.default_rng(0).integers(0, 256, (20, *ones[0].shape), np.uint8)
    activity = view(checkpoint).activity
    assert "predicts 0 of 20 drawings" in comparison.verdict(checkpoint, activity, ones)
    assert "predicts 20 of 20 drawings" in comparison.verdict(checkpoint, activity, list(noise))

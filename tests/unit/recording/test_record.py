"""What can be given to ``latentlab.record`` and ``latentlab import``, and what is refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from typer.testing import CliRunner

from latentlab import data
from latentlab.checkpoints import open_checkpoint
from latentlab.cli import app
from latentlab.codec import load_codec
from latentlab.config import RunConfig
from latentlab.errors import CheckpointError, ConfigError, DataError, LatentlabError, NetworkError
from latentlab.recording import recorder
from latentlab.recording.images import labels_of, understand
from latentlab.recording.networks import from_functions
from latentlab.training.preparation import Places, check_request

RANDOM = np.random.default_rng(0)
GRAY = RANDOM.random((30, 8, 8), np.float32)


def encoder(n: int = 4) -> nn.Module:
    return nn.Sequential(nn.Flatten(), nn.Linear(64, n))


def decoder(n: int = 4) -> nn.Module:
    return nn.Sequential(nn.Linear(n, 64), nn.Sigmoid(), nn.Unflatten(1, (1, 8, 8)))


def test_importing_latentlab_loads_no_torch():
    code = "import latentlab, sys; assert not {'torch', 'numpy', 'onnx'} & {*sys.modules}"
    subprocess.run([sys.executable, "-P", "-c", code], check=True)


@pytest.mark.parametrize(
    ("images", "layout", "title"),
    [
        (RANDOM.random((30, 3, 16, 12), np.float32), "nchw", "[0, 1]"),
        (RANDOM.random((30, 16, 12, 3), np.float32) * 2 - 1, "nhwc", "[-1, 1]"),
        (GRAY * 255, "gray", "[0, 255]"),
        (GRAY.reshape(30, 64), "flat", "[0, 1]"),
        ((GRAY * 255).astype(np.uint8)[..., None], "nhwc", "[0, 1]"),
    ],
)
def test_order_and_range_are_recognized_and_said(images, layout, title):
    given = understand(images)
    assert given.layouts[0] == layout
    assert given.ranges[0].title == title
    assert given.pixels.dtype == np.uint8
    assert given.pixels.shape[-1] in (1, 3)
    assert f"The {len(images)} images are" in given.note


@pytest.mark.parametrize(
    ("images", "sentence"),
    [
        (GRAY[:5], "There are 5 images; give at least 20"),
        (RANDOM.random((30, 8, 3, 8)), "cannot be understood"),
        (RANDOM.random((30, 8, 8, 2)), "cannot be understood"),
        (RANDOM.random((30, 65)), "cannot be understood"),
        (RANDOM.random((30, 4, 4)), "4 x 4 pixels"),
        (RANDOM.normal(size=(30, 8, 8)) * 3, "put their normalization into encode"),
        (np.full((30, 8, 8), np.nan), "not numbers"),
        (np.array(["a"] * 30), "give an array of numbers"),
    ],
)
def test_what_is_no_image_is_refused_in_one_sentence(images, sentence):
    with pytest.raises(DataError, match=sentence):
        understand(images)


def test_labels_are_names_or_whole_numbers():
    numbers, names = labels_of(["b", "a", "b"], (), 3)
    assert numbers.tolist() == [1, 0, 1]
    assert names == ("a", "b")
    assert labels_of(np.array([0.0, 2.0]), (), 2)[1] == ("0", "1", "2")
    assert labels_of([1, 0], ("cat", "dog"), 2)[1] == ("cat", "dog")
    for wrong, names, sentence in (
        ([0, 1], (), "3 images and 2 labels"),
        ([0.5, 1, 2], (), "neither names nor whole numbers"),
        ([0, -1, 2], (), "neither names nor whole numbers"),
        ([0, 1, 2], ("a", "b"), "A label is 2, and there are 2 class names"),
    ):
        with pytest.raises(DataError, match=sentence):
            labels_of(wrong, names, 3)


def halves_fail(encode: Any, decode: Any) -> str:
    with pytest.raises(NetworkError) as caught:
        from_functions(encode, decode, understand(GRAY))
    return str(caught.value)


def test_functions_that_do_not_fit():
    assert "not halves of one network" in halves_fail(encoder(5), decoder(3))
    assert "cannot take the images" in halves_fail(nn.Linear(63, 4), decoder())
    assert "an array is needed" in halves_fail(lambda x: "no", decoder())

    class Conditional(nn.Module):
        def forward(self, z: Any, label: Any) -> Any:
            return z

    assert "conditional" in halves_fail(encoder(), Conditional())


def test_one_output_that_holds_mean_and_log_variance():
    found = from_functions(encoder(8), decoder(4), understand(GRAY))
    assert found.model == "vae"
    assert found.codec.latent_dim == 4
    assert any("4 means and 4 log-variances" in note for note in found.notes)


def test_what_depends_on_its_values_is_recorded_but_not_kept():
    class Moody(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.inner = decoder()

        def forward(self, z: Any) -> Any:
            rows = [row if float(row.sum()) > 0 else -row for row in z]
            return self.inner(torch.stack(rows))

    given = understand(GRAY)
    found = from_functions(encoder(), Moody(), given)
    assert not found.graphs
    assert "The decoder as ONNX differs from the function" in found.notes[-1]
    assert found.codec.decodes


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LATENTLAB_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(recorder, "PROJECTIONS", ("pca",))
    return tmp_path


def test_images_of_a_known_set_are_recognized(here):
    digits = data.load("digits", "test")
    subject = recorder.subject_of(digits.images[:50] / np.float32(255), digits.labels[:50])
    assert subject.asked["dataset"] == "digits"
    assert any("images of 'digits'" in note for note in subject.notes)


def test_several_sets(here):
    labels = np.arange(30) % 2
    subject = recorder.subject_of(None, None, train=(GRAY, labels), test=(GRAY[::-1], labels))
    assert len(subject.sets["test"]) == 30
    assert subject.asked["dataset"].startswith("array:")
    again = recorder.subject_of(None, None, train=(GRAY, labels), test=(GRAY[::-1], labels))
    assert again.asked == subject.asked
    with pytest.raises(DataError, match="No images were given"):
        recorder.subject_of(None, None)


def test_a_name_that_is_taken_is_refused_before_anything_is_measured(here):
    (here / "checkpoints" / "mine").mkdir(parents=True)
    with pytest.raises(CheckpointError, match="already a checkpoint called 'mine'"):
        recorder.record("mine", encode=encoder(), images=GRAY)


def test_nothing_trains_the_body_own(tmp_path):
    config = RunConfig(dataset="digits", body="own", latent_dim=2)
    with pytest.raises(ConfigError, match="did not train"):
        check_request(config, "x", Places(tmp_path, tmp_path), replace=False)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["import", *arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        if isinstance(result.exception, LatentlabError):
            return str(result.exception)
        raise result.exception
    return result.output


def test_import_from_files(here):
    found = from_functions(encoder(), decoder(), understand(GRAY))
    for name, content in found.graphs.items():
        (here / name).write_bytes(content)
    np.save("x.npy", GRAY)
    np.save("y.npy", np.arange(30) % 3)
    files = ("--encoder", "encoder.onnx", "--decoder", "decoder.onnx")
    said = run(*files, "--images", "x.npy", "--labels", "y.npy", "--name", "files")
    assert "Checkpoint: checkpoints/files" in said
    codec = load_codec(open_checkpoint(here / "checkpoints" / "files"))
    latents = RANDOM.normal(size=(3, 4)).astype(np.float32)
    np.testing.assert_allclose(codec.decode(latents), found.codec.decode(latents), atol=1e-5)
    np.save("z.npy", RANDOM.normal(size=(30, 5)).astype(np.float32))
    assert "Checkpoint" in run("--latents", "z.npy", "--images", "x.npy", "--name", "latents")
    manifest = open_checkpoint(here / "checkpoints" / "latents").manifest
    assert (manifest.config.model, manifest.config.latent_dim) == ("embedding", 5)
    assert "mse" not in manifest.metrics
    np.save("z.npy", RANDOM.normal(size=(29, 5)))
    assert "29 latents and 30 images" in run("--latents", "z.npy", "--images", "x.npy")
    np.save("z.npy", np.array([{}], object), allow_pickle=True)
    assert "are no NumPy array" in run("--latents", "z.npy", "--images", "x.npy")
    assert "cannot be read" in run("--encoder", "no.onnx", "--images", "x.npy")
    assert "Give --encoder and --decoder, or --latents" in run("--images", "x.npy")
    assert "either --dataset or --images" in run(*files)


def test_latents_of_a_folder_follow_its_paths(here):
    from PIL import Image

    folder = here / "data" / "images" / "photos"
    for number in range(24):
        target = folder / ("a" if number % 2 else "b") / f"{number:02}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        pixels = RANDOM.integers(0, 255, (40, 30, 3), np.uint8)
        Image.fromarray(pixels).save(target)
    np.save("z.npy", RANDOM.normal(size=(24, 5)).astype(np.float32))
    said = run("--latents", "z.npy", "--images", "folder:photos", "--name", "photos")
    assert "the 24 pictures by path" in said
    checkpoint = open_checkpoint(here / "checkpoints" / "photos")
    assert checkpoint.manifest.class_names == ("a", "b")
    assert checkpoint.manifest.image_shape == (64, 64, 3)

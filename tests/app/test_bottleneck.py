"""The Bottleneck page: one image through every size of a shipped family."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from screens import HOME, start, visible_text
from tiny import write_tiny
from typer.testing import CliRunner

from latentlab.checkpoints import families, list_checkpoints, originals
from latentlab.cli import app as cli
from latentlab.export.message import unpack
from latentlab.images import Images
from latentlab.training import restoring
from latentlab.ui.bottleneck import board, row
from latentlab.ui.bottleneck.board import Asked
from latentlab.ui.input import query
from latentlab.ui.input.query import Query
from latentlab.ui.shell import cache, torch_ready

SIZES = (1, 2, 4, 8, 16, 32, 64)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two shipped families, and a network that belongs to none."""
    root = tmp_path_factory.mktemp("families")
    for path in (HOME / "checkpoints").glob("bottleneck-digits-*"):
        shutil.copytree(path, root / path.name)
    write_tiny(root, "digits-vae-z2")
    return root


@pytest.fixture
def folder(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LATENTLAB_CHECKPOINTS", str(shipped))
    cache.forget()
    return shipped


@pytest.fixture
def vae(folder):
    return next(f for f in families(list_checkpoints(folder)[0]) if f.name.endswith("-vae"))


def test_a_family_is_found_and_every_figure_has_its_sentence(folder):
    app = start("bottleneck.py", checkpoint="bottleneck-digits-ae-z8")
    assert not app.exception
    text = visible_text(app)
    assert "Not worse than the best" in text
    assert "The network is better than PCA of the same size at z = 1, 2, 4" in text
    assert "Of bottleneck-digits-vae" in text  # an autoencoder has no prior: its sibling's samples
    assert [each.value for each in app.subheader] == [
        "Reconstruction error",
        "Label agreement",
        "Samples with no training image near",
        "Nearest image of a sample",
        "Anomaly detection (AUC)",
        "Denoising (PSNR)",
    ]
    assert app.query_params["size"] == "8"


def test_a_network_of_no_family_leads_to_one_of_its_kind(folder):
    app = start("bottleneck.py", checkpoint="digits-vae-z2")
    assert "digits-vae-z2 has no family" in visible_text(app)
    assert app.query_params["size"] == "2"
    assert app.selectbox[0].value.name == "bottleneck-digits-vae"


def test_another_family_can_be_chosen(folder):
    app = start("bottleneck.py", checkpoint="bottleneck-digits-ae-z8")
    other = next(o for o in app.selectbox[0].options if o.startswith("bottleneck-digits-vae"))
    app.selectbox[0].select(other).run()
    assert app.query_params["checkpoint"].startswith("bottleneck-digits-vae-z")


@pytest.mark.parametrize("size", ["3", "9" * 600])
def test_a_size_that_does_not_exist_is_replaced(folder, size):
    app = start("bottleneck.py", checkpoint="bottleneck-digits-ae-z8", size=size)
    assert not app.exception
    assert app.query_params["size"] == "8"


def test_the_picker_folds_a_family_into_one_row(folder):
    app = start("explore.py", checkpoint="bottleneck-digits-ae-z8")
    keys = {button.key for button in app.button if button.key}
    assert not {key for key in keys if key.startswith("pick-bottleneck")}
    assert "pick-digits-vae-z2" in keys
    family = app.button_group(key="pick-bottleneck-digits-ae-bottleneck-digits-ae-z8")
    assert family.options == [str(size) for size in SIZES]
    family.set_value(16).run()
    assert app.query_params["checkpoint"] == "bottleneck-digits-ae-z16"


def test_what_is_unlike_every_digit_is_brought_in(folder):
    app = start("bottleneck.py", checkpoint="bottleneck-digits-ae-z8")
    app.button(key="bottleneck-out-of-set-Pure noise").click().run()
    assert not app.exception
    assert "image" not in app.query_params  # it is none of the set


def test_a_row_is_what_every_network_makes_of_the_image(vae):
    image = query.stored(vae.members[0], 0)
    cells = row.row(vae, image, seed=0)
    assert cells is not None
    assert tuple(cell.size for cell in cells) == SIZES
    for member, cell in zip(vae.members, cells, strict=True):
        drawn = cache.codec(member).reconstruct(image.pixels[None])[0]
        np.testing.assert_allclose(cell.drawn, drawn, atol=1e-6)
        assert cell.error == pytest.approx(np.square(drawn - image.pixels).mean(), rel=1e-3)
        assert cell.samples is not None
        assert cell.samples.shape == (4, 28, 28, 1)
    assert cells[-1].linear_error < cells[0].linear_error


def test_noise_is_unusual_to_every_size(vae):
    noise = np.random.default_rng(0).random((28, 28, 1), np.float32)
    cells = row.row(vae, Query(noise, "pure noise"), seed=0)
    assert cells is not None
    assert {cell.share for cell in cells} == {100.0}
    said = board.detected(cells, n_test=60)
    assert said == "Predicted anomalous at every z: error larger than for 95 % of 60 test images."


def test_an_absent_image_is_decoded_from_its_stored_latents(vae, monkeypatch):
    monkeypatch.setattr("latentlab.ui.shell.cache.lookup", lambda checkpoint: originals.MISSING)
    image = query.stored(vae.members[0], 0)
    assert image.is_absent
    cells = row.row(vae, image, seed=0)
    assert cells is not None
    here = cache.index(vae.members[3])
    assert cells[3].error == pytest.approx(float(here.reconstruction_error[0]))
    assert cells[3].linear_error is None
    unknown = Query(image.pixels, "test image 999", 999_999, "test", is_absent=True)
    assert row.row(vae, unknown, seed=0) is None


def test_the_message_holds_every_picture_once(vae):
    image = query.stored(vae.members[0], 0)
    cells = row.row(vae, image, seed=0)
    assert cells is not None
    header, arrays = unpack(board.message(vae, image, cells, Asked(8, 0, 0)))
    assert arrays["images"].shape == (2 + 2 * len(SIZES), 28, 28, 1)
    assert arrays["samples"].shape == (len(SIZES), 56, 56, 1)
    assert header["bytes"][3] == "32 B"
    assert header["network"][3]["name"] == "Reconstruction, z\u00a0=\u00a08"
    assert header["input"] is None


def test_a_denoiser_of_ones_own_sizes_has_its_page_and_its_curve(root, tmp_path, monkeypatch):
    every = restoring.candidates  # of baselines, each of which takes its time; two are enough here
    monkeypatch.setattr(restoring, "candidates", lambda *asked: every(*asked)[:2])
    command = "sweep --dataset digits --task denoise --model ae --latent-dim 1,2,4"
    small = "--n-images 200 --image-size 16 --hidden 8 --epochs 1 --index-size 100 --device cpu"
    places = ["--checkpoints", str(root), "--runs", str(tmp_path / "runs")]
    done = CliRunner().invoke(cli, [*command.split(), *small.split(), *places])
    assert done.exit_code == 0, done.output
    cache.forget()
    app = start("bottleneck.py")
    assert not app.exception
    assert app.query_params["checkpoint"].startswith("sweep-digits-ae-")
    shown = {each.value for each in app.subheader}
    assert {"Denoise", "Label agreement"} <= shown


@pytest.mark.parametrize(("given", "kept"), [("7", "7"), ("x", None), ("9" * 400, None)])
def test_the_samples_of_a_link_are_shown_again(folder, given, kept):
    app = start("bottleneck.py", checkpoint="bottleneck-digits-vae-z4", samples=given)
    assert not app.exception
    assert app.query_params.get("samples") == kept


def test_the_row_needs_no_torch(folder, monkeypatch):
    monkeypatch.setattr(cache, "codec", None)
    monkeypatch.setattr(torch_ready, "is_loaded", lambda: False)
    monkeypatch.setattr(torch_ready, "begin", lambda: None)
    app = start("bottleneck.py", checkpoint="bottleneck-digits-vae-z4")
    assert not app.exception
    shown = [each.proto.component_name for each in app.get("bidi_component")]
    assert "latentlab_bottleneck" in shown


def _image() -> Images:
    return np.zeros((28, 28, 1), np.float32)


def test_a_family_that_restores_is_given_the_degraded_image(tmp_path, monkeypatch):
    for size in (1, 2, 4):
        write_tiny(tmp_path, f"denoise-z{size}", model="ae", latent_dim=size, task="denoise")
    (family,) = families(list_checkpoints(tmp_path)[0])
    cells = row.row(family, Query(_image(), "yours"), seed=0)
    assert cells is not None
    header, arrays = unpack(board.message(family, Query(_image(), "yours"), cells, Asked(2, 0, 0)))
    assert header["input"]["name"] == "Network input"
    assert arrays["images"][0].max() == 0 < arrays["images"][1].max()
    assert header["said"] == ""
    assert cells[0].samples is None

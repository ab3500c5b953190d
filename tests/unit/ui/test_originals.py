"""Originals are shown only where they are proven to be the ones the network learned from."""

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.conftest import tiny_config
from typer.testing import CliRunner

from latentlab import data
from latentlab.checkpoints import Checkpoint, open_checkpoint, originals
from latentlab.cli import app
from latentlab.errors import CheckpointError
from latentlab.training.request import RunRequest
from latentlab.training.run import Places, run
from latentlab.ui.shell import available, cache

N = 120


def add(folder: Path, number: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    pixels = np.random.default_rng(number).integers(0, 255, (20, 20), np.uint8)
    Image.fromarray(pixels).save(folder / f"{number}.png")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for number in range(N):
        add(tmp_path / "root" / "pets", number)
    return tmp_path / "root"


@pytest.fixture
def checkpoint(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkpoint:
    monkeypatch.chdir(tmp_path)
    config = tiny_config(dataset="folder:pets", n_images=None, epochs=1, index_size=100)
    places = Places(tmp_path / "checkpoints", tmp_path / "runs", data_root=root)
    path = run(RunRequest(config, name="pets", places=places)).path
    cache.forget()
    return open_checkpoint(path)


def older(checkpoint: Checkpoint) -> Checkpoint:
    """The same, as it was written before there were sums."""
    return replace(checkpoint, manifest=checkpoint.manifest.model_copy(update={"image_sums": {}}))


def problem_of(checkpoint: Checkpoint) -> str | None:
    cache.forget()
    return cache.lookup(checkpoint).problem


def test_every_page_and_verb_finds_what_a_training_was_told(checkpoint):
    assert set(checkpoint.manifest.image_sums) == set(data.SPLITS)
    found = originals.look_up(checkpoint)
    assert found.problem is None
    assert found.pixels.shape == (len(checkpoint.index()), 16, 16, 1)
    assert not found.pixels.flags.writeable
    result = CliRunner().invoke(app, ["query", "pets", "--seed", "1"])
    assert result.exception is None, result.output
    assert "tiles are empty" not in result.output


@pytest.mark.parametrize("seed", range(8))
def test_one_picture_more_is_always_noticed(checkpoint, root, seed):
    add(root / "pets", 1000 + seed)
    assert problem_of(checkpoint) == "changed"
    assert cache.split_images(checkpoint, "test") is None
    assert problem_of(older(checkpoint)) in ("changed", None)


def test_without_sums_every_indexed_row_is_compared(checkpoint):
    old, index = older(checkpoint), checkpoint.index()
    pixels = np.array(originals.look_up(old).pixels)
    assert originals._have_the_same_components(pixels, index)
    far = (index.pca.components[0] > 0).reshape(pixels.shape[1:]) * np.uint8(255)
    for row in range(len(pixels)):
        wrong = pixels.copy()
        wrong[row] = far
        assert not originals._have_the_same_components(wrong, index)


def test_missing_is_told_from_changed_and_each_says_what_to_do(checkpoint, root, tmp_path):
    (root / "pets").rename(tmp_path / "pets")
    assert problem_of(checkpoint) == "missing"
    said = CliRunner().invoke(app, ["query", "pets"]).output
    assert "private folder" in said
    assert "query pets --data-root FOLDER" in " ".join(said.split())
    # Told once where it is now, everything finds it there.
    (tmp_path / "new").mkdir()
    (tmp_path / "pets").rename(tmp_path / "new" / "pets")
    new = ["query", "pets", "--data-root", str(tmp_path / "new")]
    said = CliRunner().invoke(app, new, env={"LATENTLAB_DATA_ROOT": ""})
    assert said.exception is None
    assert problem_of(checkpoint) is None
    (tmp_path / "new" / "pets" / "7.png").unlink()
    assert problem_of(checkpoint) == "changed"
    said = " ".join(CliRunner().invoke(app, ["query", "pets"]).output.split())
    assert "were added, removed or changed since" in said
    assert "or train again" in said


def test_of_two_folders_of_one_name_the_proven_one_is_taken(checkpoint, root, tmp_path):
    for number in range(500, 540):
        add(tmp_path / "other" / "pets", number)
    data.remember("folder:pets", data.Place(tmp_path / "data", tmp_path / "other"))
    assert data.places("folder:pets")[0].data_root == tmp_path / "other"
    assert problem_of(checkpoint) is None


def test_a_folder_that_changes_while_the_app_runs_is_not_laid_beside_other_latents(
    checkpoint, root
):
    cache.forget()
    assert cache.originals(checkpoint) is not None
    for number in range(2000, 2060):  # some of them are test pictures
        add(root / "pets", number)
    assert cache.split_images(checkpoint, "test") is None


def test_pictures_that_are_put_back_are_found_without_a_restart(checkpoint, root, monkeypatch):
    monkeypatch.setattr(available, "RETRY_SECONDS", 0.01)
    cache.forget()
    (root / "pets" / "7.png").rename(root / "7.png")
    assert cache.lookup(checkpoint).problem == "changed"
    (root / "7.png").rename(root / "pets" / "7.png")
    time.sleep(0.02)
    assert cache.lookup(checkpoint).problem is None
    # The other splits too, which are read later.
    add(root / "pets", 2000)
    assert cache.split_images(checkpoint, "train") is None
    (root / "pets" / "2000.png").unlink()
    time.sleep(0.02)
    assert cache.split_images(checkpoint, "train") is not None


def test_a_checkpoint_that_is_put_back_is_read_without_a_restart(checkpoint, monkeypatch):
    monkeypatch.setattr(available, "RETRY_SECONDS", 0.01)
    monkeypatch.setenv("LATENTLAB_CHECKPOINTS", str(checkpoint.path.parent))
    cache.forget()
    assert [found.name for found in available.checkpoints()[0]] == ["pets"]
    index = checkpoint.path / "index.safetensors"
    content = index.read_bytes()
    index.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(CheckpointError, match="has changed"):
        cache.index(available.checkpoints()[0][0])
    index.write_bytes(content)
    assert len(cache.index(available.checkpoints()[0][0])) == len(checkpoint.index())


def test_the_paths_of_this_machine_are_in_no_checkpoint(checkpoint, root):
    for file in checkpoint.path.iterdir():
        assert str(root).encode() not in file.read_bytes()

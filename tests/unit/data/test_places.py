"""Where image sets are is remembered, on this machine and nowhere else."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from latentlab import data
from latentlab.data.places import FILE, MOST, Place, remember, remembered, state_dir


def fill(root: Path, name: str = "cats", n: int = 12, seed: int = 0) -> Path:
    (root / name).mkdir(parents=True)
    for k in range(n):
        pixels = np.random.default_rng([seed, k]).integers(0, 255, (20, 20, 3), np.uint8)
        Image.fromarray(pixels).save(root / name / f"{k}.png")
    return root


def test_a_folder_is_found_where_it_was_last_used(tmp_path, monkeypatch):
    root = fill(tmp_path / "mine")
    monkeypatch.chdir(tmp_path)
    assert not data.available("folder:cats")
    data.remember("folder:cats", Place(Path("data"), Path("mine")))
    monkeypatch.chdir(root)  # the app may be started anywhere
    assert data.available("folder:cats")
    assert len(data.load("folder:cats", "train")) > 0
    assert (tmp_path / "data" / "cache").is_dir(), "its cache is used again"
    assert not (root / "data").exists()


def test_what_is_asked_for_comes_first_and_alone_where_it_is_given(tmp_path, monkeypatch):
    first, second = fill(tmp_path / "one"), fill(tmp_path / "two", seed=1)
    data.remember("folder:cats", Place(tmp_path / "d", first))
    assert [place.data_root for place in data.places("folder:cats")] == [first]
    monkeypatch.setenv("LATENTLAB_DATA_ROOT", str(second))
    assert [place.data_root for place in data.places("folder:cats")] == [second, first]
    assert data.places("folder:cats", data_root=tmp_path) == []
    assert not data.available("folder:cats", data_root=tmp_path)


def test_the_latest_places_are_kept_each_once(tmp_path):
    for k in [*range(12), 11, 3]:
        remember("folder:cats", Place(tmp_path, tmp_path / str(k)))
    numbers = [int(place.data_root.name) for place in remembered("folder:cats")]
    assert numbers == [3, 11, 10, 9, 8, 7, 6, 5]
    assert len(numbers) == MOST


def test_a_set_that_needs_no_place_is_not_remembered(tmp_path):
    data.remember("digits", Place(tmp_path, tmp_path))
    assert not (state_dir() / FILE).exists()
    data.remember("mnist", Place(tmp_path, tmp_path))
    assert json.loads((state_dir() / FILE).read_text())["places"]["mnist"]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 2}', '{"format": 1, "places": 3}'])
def test_a_file_that_is_not_ours_counts_as_forgotten(tmp_path, content):
    state_dir().mkdir(parents=True)
    (state_dir() / FILE).write_text(content)
    assert remembered("folder:cats") == []
    remember("folder:cats", Place(tmp_path, tmp_path))
    assert remembered("folder:cats") == [Place(tmp_path, tmp_path)]


def test_where_nothing_can_be_written_nothing_is_remembered(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("LATENTLAB_STATE", str(tmp_path / "file"))
    remember("folder:cats", Place(tmp_path, tmp_path))
    assert remembered("folder:cats") == []


def test_the_state_folder_is_the_user_s(monkeypatch):
    monkeypatch.delenv("LATENTLAB_STATE")
    assert state_dir().name == "latentlab"
    assert state_dir().is_absolute()
    if os.name == "posix" and not Path("/Library").exists():
        monkeypatch.setenv("XDG_STATE_HOME", "/somewhere")
        assert state_dir() == Path("/somewhere/latentlab")

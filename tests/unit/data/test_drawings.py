"""Drawings of a class are an image set as soon as there are enough of them."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from latentlab import data
from latentlab.data import drawings
from latentlab.errors import DataError
from latentlab.jobs.recipe import Recipe, image_sets, problems


@pytest.fixture(autouse=True)
def own_state(tmp_path, monkeypatch):
    monkeypatch.setenv("LATENTLAB_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("LATENTLAB_DATA", str(tmp_path / "data"))


def draw(name: str, n: int) -> None:
    """Save drawings as class mode does."""
    folder = data.data_root() / name
    folder.mkdir(parents=True)
    generator = np.random.default_rng(len(name))
    for number in range(1, n + 1):
        strokes = generator.integers(0, 256, (28, 28), np.uint8)
        Image.fromarray(strokes).save(folder / f"drawing-{number:03d}.png")


def test_without_any_they_are_not_offered():
    assert drawings.NAME not in image_sets()
    assert "let a class draw" in problems(Recipe(images=drawings.NAME))["images"]
    with pytest.raises(DataError, match="There are no drawings"):
        data.load(drawings.NAME, "train")


def test_with_too_few_it_is_said_how_many_are_needed():
    draw("7", 199)
    assert drawings.NAME in image_sets()
    reason = problems(Recipe(images=drawings.NAME))["images"]
    assert reason.startswith("There are 199 drawings, and 200 or more are needed")
    with pytest.raises(DataError, match="199 drawings"):
        data.load(drawings.NAME, "train")


def test_with_enough_they_can_be_trained_on_as_handwriting():
    draw("seven", 120)
    draw("four", 80)
    others = data.data_root() / "pets"
    others.mkdir()
    Image.new("L", (20, 20)).save(others / "cat.png")
    offered = image_sets()
    assert drawings.NAME in offered
    assert [name for name in offered if name.startswith("folder:")] == ["folder:pets"]
    recipe = Recipe(images=drawings.NAME)
    assert problems(recipe) == {}
    assert recipe.config().hidden == Recipe(images="digits").config().hidden
    splits = [data.load(drawings.NAME, split) for split in data.SPLITS]
    assert sum(map(len, splits)) == 200
    assert splits[0].class_names == ("four", "seven")
    assert splits[0].images.shape[1:] == (28, 28, 1)

"""The table of image sets and what every request goes through."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from latentlab import data
from latentlab.errors import DataError


def test_the_table_is_keyed_by_name():
    assert all(name == entry.name for name, entry in data.DATASETS.items())
    assert set(data.DATASETS) == {
        "digits",
        "shapes",
        "mnist",
        "fashion_mnist",
        "kmnist",
        "cifar10",
        "drawings",
    }


def test_an_unknown_set_is_refused_with_a_guess():
    with pytest.raises(DataError, match=r"Did you mean 'mnist'\?.*folder:<name>"):
        data.load("mnits", "train")
    with pytest.raises(DataError):
        data.dataset("")


def test_an_unknown_split_is_refused_with_a_guess():
    with pytest.raises(DataError, match="Did you mean 'validation'"):
        data.load("digits", "valid")


@pytest.mark.parametrize(("name", "size"), [("digits", 15), ("shapes", 129), ("mnist", 32)])
def test_an_impossible_size_is_refused(name, size):
    with pytest.raises(DataError, match=f"{size} pixels; valid sizes"):
        data.load(name, "train", size=size)


@pytest.mark.parametrize("n", [0, -5])
def test_no_images_are_refused(n):
    with pytest.raises(DataError, match=str(n)):
        data.load("digits", "train", n_images=n)


def test_where_things_lie(monkeypatch, tmp_path):
    for name in ("LATENTLAB_DATA", "LATENTLAB_DATA_ROOT"):
        monkeypatch.delenv(name, raising=False)
    assert data.data_dir() == Path("data")
    assert data.data_root() == Path("data/images")
    monkeypatch.setenv("LATENTLAB_DATA", str(tmp_path))
    assert data.data_dir() == tmp_path
    assert data.data_root() == tmp_path / "images"
    monkeypatch.setenv("LATENTLAB_DATA_ROOT", str(tmp_path / "mine"))
    assert data.data_root() == tmp_path / "mine"
    assert data.data_dir(Path("given")) == Path("given")
    assert data.data_root(Path("given")) == Path("given")


def image_set(**changes) -> data.ImageSet:
    fields = {
        "name": "test",
        "split": "train",
        "images": np.zeros((3, 16, 16, 1), np.uint8),
        "labels": np.array([0, 1, 0]),
        "class_names": ("a", "b"),
        "factors": {"hue": np.zeros(3, np.float32)},
    }
    return data.ImageSet(**{**fields, **changes})


def test_an_image_set_cannot_be_written_but_its_source_still_can():
    source = np.zeros((3, 16, 16, 1), np.uint8)
    images = image_set(images=source)
    for array in (images.images, images.labels, images.factors["hue"]):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    source[0] = 1
    assert len(images) == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"images": np.zeros((3, 16, 16), np.uint8)},
        {"images": np.zeros((3, 16, 16, 2), np.uint8)},
        {"images": np.zeros((3, 16, 16, 1), np.float32)},
        {"labels": np.array([0, 1])},
        {"labels": np.array([0, 1, 0], np.int32)},
        {"labels": np.array([0, 1, 2])},
        {"labels": np.array([0, -1, 0])},
        {"factors": {"hue": np.zeros(2, np.float32)}},
    ],
)
def test_an_image_set_that_contradicts_itself_is_refused(wrong):
    with pytest.raises(DataError):
        image_set(**wrong)


def test_importing_is_cheap():
    code = (
        "import sys, latentlab.data, latentlab.images;"
        "assert not {'torch', 'torchvision', 'sklearn', 'streamlit'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

"""What every image set promises, whatever it is made of."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from latentlab import data
from latentlab.config import make_config

FOLDER = "folder:contract"
SHARED = Path(__file__).parents[2].parent / "shared" / "data"


def real_data_dir() -> Path:
    """LATENTLAB_DATA, else the shared data beside the project, else where downloads go."""
    if os.environ.get("LATENTLAB_DATA"):
        return data.data_dir()
    return SHARED if SHARED.is_dir() else data.data_dir()


def names() -> list[object]:
    return [
        pytest.param(name, marks=pytest.mark.real_data if entry.download else ())
        for name, entry in data.DATASETS.items()
    ] + [FOLDER]


@pytest.fixture(scope="module")
def own_images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("own")
    rng = np.random.default_rng(0)
    for kind in ("one", "two"):
        (root / "contract" / kind).mkdir(parents=True)
        for number in range(60):
            pixels = rng.integers(0, 255, (20, 30, 3), dtype=np.uint8)
            Image.fromarray(pixels).save(root / "contract" / kind / f"{number}.png")
    return root


@lru_cache(maxsize=8)
def cached(name: str, split: str, root: Path) -> data.ImageSet:
    return fresh(name, split, root)


def fresh(name: str, split: str, root: Path, **options: int) -> data.ImageSet:
    where = root / "data" if name == FOLDER else real_data_dir()
    return data.load(name, split, data_dir=where, data_root=root, download=False, **options)


@pytest.fixture(params=names())
def name(request: pytest.FixtureRequest, own_images: Path) -> str:
    if not data.available(request.param, data_dir=real_data_dir(), data_root=own_images):
        pytest.skip(f"{request.param} is not on this machine; its first use downloads it")
    return str(request.param)


@pytest.mark.parametrize("split", data.SPLITS)
def test_images_keep_the_convention(name, split, own_images):
    entry = data.dataset(name)
    images = cached(name, split, own_images)
    assert (images.name, images.split) == (name, split)
    assert images.images.dtype == np.uint8
    n, h, w, c = images.images.shape
    assert n == len(images) > 0
    assert h == w == entry.size
    assert c == (entry.channels or 3)
    assert images.images[:500].max() > 200
    assert images.images[:500].min() < 60


@pytest.mark.parametrize("split", data.SPLITS)
def test_labels_have_names_and_every_class_is_there(name, split, own_images):
    images = cached(name, split, own_images)
    assert images.labels.dtype == np.int64
    assert set(images.labels.tolist()) == set(range(len(images.class_names)))
    assert len(set(images.class_names)) == len(images.class_names)
    assert all(one and one.isprintable() for one in images.class_names)
    assert images.class_names == (data.dataset(name).class_names or ("one", "two"))


def test_nothing_can_be_written(name, own_images):
    images = cached(name, "test", own_images)
    for array in (images.images, images.labels, *images.factors.values()):
        assert not array.flags.writeable


def test_loading_twice_gives_the_same(name, own_images):
    first, second = cached(name, "validation", own_images), fresh(name, "validation", own_images)
    np.testing.assert_array_equal(first.images, second.images)
    np.testing.assert_array_equal(first.labels, second.labels)
    assert set(first.factors) == set(second.factors)
    for factor, values in first.factors.items():
        np.testing.assert_array_equal(values, second.factors[factor])


@pytest.mark.parametrize("split", data.SPLITS)
def test_image_numbers_do_not_depend_on_how_many_are_asked_for(name, split, own_images):
    few, every = fresh(name, split, own_images, n_images=5), cached(name, split, own_images)
    np.testing.assert_array_equal(few.images, every.images[:5])
    np.testing.assert_array_equal(few.labels, every.labels[:5])
    for factor, values in few.factors.items():
        np.testing.assert_array_equal(values, every.factors[factor][:5])


def test_the_first_images_are_a_fair_sample(name, own_images):
    images = cached(name, "train", own_images)
    head = images.labels[:80]
    assert len(set(head.tolist())) == len(images.class_names)


def test_splits_share_no_image(name, own_images):
    """No picture is in two splits, but for the few the publisher put into both of his files."""
    seen = {
        split: {image.tobytes() for image in cached(name, split, own_images).images}
        for split in data.SPLITS
    }
    allowed = 5 if data.dataset(name).download else 0
    assert len(seen["train"] & seen["test"]) <= allowed
    assert len(seen["validation"] & seen["test"]) <= allowed
    assert len(seen["train"] & seen["validation"]) <= allowed
    assert len(seen["train"]) > len(seen["test"])


def test_a_size_that_can_be_chosen_is_given(name, own_images):
    entry = data.dataset(name)
    for size in entry.sizes or (16, 64, 128):
        images = fresh(name, "test", own_images, size=size, n_images=3)
        assert images.images.shape[1:3] == (size, size)


@pytest.mark.parametrize("entry", data.DATASETS.values(), ids=lambda entry: entry.name)
def test_the_entry_speaks_to_a_student_and_to_the_trainer(entry):
    assert entry.title[0].islower() or entry.title[0].isupper()
    assert entry.summary.endswith(".")
    assert entry.download is None or entry.download.endswith(" MB")
    config = make_config(dataset=entry.name)
    for field, value in entry.defaults.items():
        assert getattr(config, field) == value


def test_the_folder_s_defaults_make_a_run_config():
    assert make_config(dataset=FOLDER).dataset == FOLDER

"""What a folder's paths mean, and that it is said."""

import unicodedata
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from latentlab.data.folder_layout import natural, place_on_circle, sentences, understand

ROWS = {"train": (0, 8), "validation": (8, 9), "test": (9, 10)}


def said_of(*paths: str) -> str:
    layout = understand("pets", paths)
    names = sorted({layout.class_of(path) for path in paths}, key=natural)
    return " ".join(sentences(layout, ROWS, names))


def test_names_count_upwards():
    names = ["unlabeled", "class 10", "Class 9", "zebra", "apple", "2"]
    expected = ["2", "apple", "Class 9", "class 10", "zebra", "unlabeled"]
    assert sorted(names, key=natural) == expected


@pytest.mark.parametrize("names", list(permutations(["Cat", "cat", "1", "01"])))
def test_names_that_differ_by_case_or_zeros_alone_have_an_order(names):
    assert sorted(names, key=natural) == ["01", "1", "Cat", "cat"]


@settings(deadline=None)
@given(st.lists(st.text(max_size=12), max_size=8))
def test_any_names_can_be_sorted(names):
    keys = [natural(name) for name in sorted(names, key=natural)]
    assert all(one <= other for one, other in pairwise(keys))
    assert len({str(key) for key in keys}) == len(set(names))


@settings(deadline=None)
@given(st.binary(max_size=40))
def test_places_lie_on_the_circle(digest):
    assert 0 <= place_on_circle(digest) <= 1


def test_places_never_change():
    """If this fails, test pictures of old checkpoints may have become training pictures."""
    assert place_on_circle(b"latentlab") == pytest.approx(0.4758342648914871, abs=1e-12)


@pytest.mark.parametrize(
    ("path", "beside", "name"),
    [
        ("cat/1.png", "dog/1.png", "cat"),
        ("cat/a/b/1.png", "dog/1.png", "cat"),
        ("cat/a/b/1.png", "cat/a/b/2.png", "cat"),
        ("1.png", "2.png", "pets"),
        ("1.png", "cat/2.png", "unlabeled"),
        ("train/cat/1.png", "test/cat/1.png", "cat"),
        ("train/1.png", "test/2.png", "pets"),
        ("test/1.png", "train/cat/1.png", "unlabeled"),
        ("images/cat/1.png", "images/dog/1.png", "cat"),
        ("all/images/cat/1.png", "all/images/dog/1.png", "cat"),
        ("images/train/cat/1.png", "images/val/cat/2.png", "cat"),
        ("train/images/cat/1.png", "val/images/dog/2.png", "cat"),
        ("train/1.png", "truck/1.png", "train"),
        ("test/1.png", "val/1.png", "test"),
    ],
)
def test_classes(path, beside, name):
    assert understand("pets", [path, beside]).class_of(path) == name


def test_one_name_in_two_forms_of_unicode_is_one_class():
    names = [unicodedata.normalize(form, "\u00fcber") for form in ("NFC", "NFD")]
    layout = understand("pets", [f"{name}/1.png" for name in names])
    assert names[0] != names[1]
    assert {layout.class_of(f"{name}/1.png") for name in names} == {names[0]}


@pytest.mark.parametrize(
    ("path", "beside", "places"),
    [
        ("cat/1.png", "dog/1.png", {0.05: "validation", 0.15: "test", 0.25: "train"}),
        ("train/1.png", "test/1.png", {0.05: "validation", 0.15: "train"}),
        ("Train/1.png", "VAL/1.png", {0.05: "test", 0.15: "train"}),
        ("test/1.png", "train/1.png", {0.05: "test", 0.5: "test"}),
        ("loose.png", "train/1.png test/1.png", {0.5: None}),
        ("other/1.png", "train/1.png test/1.png", {0.5: None}),
        ("images/testing/a/1.png", "images/training/b/1.png", {0.05: "test"}),
    ],
)
def test_splits(path, beside, places):
    layout = understand("pets", [path, *beside.split()])
    assert {place: layout.split_of(path, place) for place in places} == places


@pytest.mark.parametrize("name", ["val", "valid", "validation", "dev", "Validation"])
def test_published_validation_leaves_training_pictures_alone(name):
    layout = understand("pets", ["training/1.png", f"{name}/1.png", "TEST/1.png"])
    assert layout.split_of(f"{name}/1.png", 0.5) == "validation"
    assert layout.split_of("training/1.png", 0.01) == "train"


def test_what_was_understood_is_said():
    plain = said_of("cat/1.png", "dog/1.png")
    assert "10 images in 2 classes: cat, dog." in plain
    assert "cut by content, 80, 10 and 10 %: 8 train, 1 validation, 1 test." in plain
    published = said_of("Train/cat/1.png", "val/cat/1.png")
    assert "in 1 class: cat." in published
    assert "train is 'Train', validation is 'val', test is a tenth cut out of train" in published
    assert "The folder 'images' around the others was passed over." in said_of(
        "images/cat/1.png", "images/dog/1.png"
    )
    kaggle = said_of("train/cat/1.png", "train/dog/1.png", "test/1.png")
    assert "in 2 classes: cat, dog." in kaggle
    assert "stay unlabeled" in kaggle

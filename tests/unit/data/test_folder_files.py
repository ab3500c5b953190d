from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from latentlab.data.folder_files import Layout, layout_of, list_files, natural, place_on_circle
from latentlab.errors import DataError


def quiet(what: str, done: int, total: int) -> None:
    pass


def test_the_listing_is_sorted_and_knows_what_changed(tmp_path):
    for name in ("b.png", "a.JPG", "c/d.webp"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    first = list_files(tmp_path, quiet)
    assert [file.path for file in first.files] == ["a.JPG", "b.png", "c/d.webp"]
    assert first.fingerprint() == list_files(tmp_path, quiet).fingerprint()
    (tmp_path / "b.png").write_bytes(b"xy")
    second = list_files(tmp_path, quiet).fingerprint()
    (tmp_path / "b.png").rename(tmp_path / "bb.png")
    third = list_files(tmp_path, quiet).fingerprint()
    assert len({first.fingerprint(), second, third}) == 3


def test_a_folder_that_cannot_be_opened_is_refused_in_one_sentence(tmp_path, monkeypatch):
    def scandir(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("latentlab.data.folder_files.os.scandir", scandir)
    with pytest.raises(DataError, match=r"cannot be opened \(Permission denied\)"):
        layout_of(tmp_path)


def test_names_count_upwards():
    names = ["class 10", "Class 9", "apple", "2"]
    assert sorted(names, key=natural) == ["2", "apple", "Class 9", "class 10"]


@settings(deadline=None)
@given(st.lists(st.text(max_size=12), max_size=8))
def test_any_names_can_be_sorted(names):
    keys = [natural(name) for name in sorted(names, key=natural)]
    assert all(one <= other for one, other in pairwise(keys))


@settings(deadline=None)
@given(st.binary(max_size=40))
def test_places_lie_on_the_circle(digest):
    assert 0 <= place_on_circle(digest) <= 1


def test_places_never_change():
    """If this fails, test pictures of old checkpoints may have become training pictures."""
    assert place_on_circle(b"latentlab") == pytest.approx(0.4758342648914871, abs=1e-12)


@pytest.mark.parametrize(
    ("path", "published", "name"),
    [
        ("cat/1.png", False, "cat"),
        ("cat/a/b/1.png", False, "cat"),
        ("1.png", False, "pets"),
        ("train/cat/1.png", True, "cat"),
        ("train/1.png", True, "pets"),
    ],
)
def test_classes(path, published, name):
    assert Layout("pets", published).class_of(path) == name


@pytest.mark.parametrize(
    ("path", "published", "place", "split"),
    [
        ("cat/1.png", False, 0.05, "validation"),
        ("cat/1.png", False, 0.15, "test"),
        ("cat/1.png", False, 0.25, "train"),
        ("train/1.png", True, 0.05, "validation"),
        ("train/1.png", True, 0.15, "train"),
        ("test/1.png", True, 0.05, "test"),
        ("val/1.png", True, 0.5, "validation"),
        ("other/1.png", True, 0.5, None),
    ],
)
def test_splits(path, published, place, split):
    assert Layout("pets", published).split_of(path, place) == split

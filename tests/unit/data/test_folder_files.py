import os

import pytest

from latentlab.data.folder_files import fingerprint, list_files
from latentlab.errors import DataError


def quiet(what: str, done: int, total: int) -> None:
    pass


def test_the_listing_is_sorted_and_knows_what_changed(tmp_path):
    names = ["a.JPG", "b-c/d.png", "b.png", "b/d.png", "b0.png", "c/d.webp"]
    for name in names[::-1]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    first = list_files(tmp_path, quiet)
    assert list(first.files) == names
    assert first.fingerprint == list_files(tmp_path, quiet).fingerprint
    assert first.fingerprint == fingerprint(tmp_path, quiet)
    (tmp_path / "b.png").write_bytes(b"xy")
    second = list_files(tmp_path, quiet).fingerprint
    (tmp_path / "b.png").rename(tmp_path / "bb.png")
    third = list_files(tmp_path, quiet).fingerprint
    assert len({first.fingerprint, second, third}) == 3


def test_a_folder_that_cannot_be_opened_is_refused_in_one_sentence(tmp_path, monkeypatch):
    def scandir(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("latentlab.data.folder_files.os.scandir", scandir)
    with pytest.raises(DataError, match=r"cannot be opened \(Permission denied\)"):
        list_files(tmp_path, quiet)


@pytest.mark.skipif(os.name != "posix", reason="no time of change there")
def test_a_copy_that_brings_its_size_and_its_time_along_is_noticed(tmp_path):
    picture = tmp_path / "a.png"
    picture.write_bytes(b"one")
    before, times = list_files(tmp_path, quiet).fingerprint, picture.stat()
    while picture.stat().st_ctime_ns == times.st_ctime_ns:  # the clock of some drives is coarse
        picture.write_bytes(b"two")
        os.utime(picture, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert list_files(tmp_path, quiet).fingerprint != before

from __future__ import annotations

import os
import shutil

import pytest

from latentlab import scratch
from latentlab.scratch import PREFIX, beside, sweep


def left_in(parent):
    return sorted(path.name for path in parent.glob(f"{PREFIX}*"))


def test_what_is_renamed_stays_and_the_rest_is_gone(tmp_path):
    target = tmp_path / "deeper" / "result"
    with beside(target) as folder:
        (folder / "a").write_text("whole")
        folder.rename(target)
    assert (target / "a").read_text() == "whole"
    with pytest.raises(ZeroDivisionError), beside(target) as folder:
        (folder / "a").write_text(str(1 / 0))
    assert (target / "a").read_text() == "whole"
    assert left_in(target.parent) == []


def test_only_what_nobody_writes_to_is_swept(tmp_path):
    (tmp_path / f"{PREFIX}left").mkdir()
    (tmp_path / f"{PREFIX}left" / "half").write_text("a")
    (tmp_path / f"{PREFIX}link").symlink_to(tmp_path)
    with beside(tmp_path / "one") as one:
        assert left_in(tmp_path) == sorted([one.name, f"{PREFIX}link"])
        with beside(tmp_path / "two"):
            assert one.is_dir()
        sweep(tmp_path)
        assert one.is_dir()
    sweep(tmp_path / "missing")


def test_where_folders_cannot_be_locked_only_old_ones_are_swept(tmp_path, monkeypatch):
    def refuse(folder):
        raise OSError("no locks here")

    monkeypatch.setattr(scratch, "_lock", refuse)
    for name, age in (("old", 3 * 86_400), ("new", 60)):
        folder = tmp_path / f"{PREFIX}{name}"
        folder.mkdir()
        then = folder.stat().st_mtime - age
        os.utime(folder, (then, then))
    with beside(tmp_path / "mine") as mine:
        assert left_in(tmp_path) == sorted([f"{PREFIX}new", mine.name])


def test_a_name_is_taken_again_where_a_sweep_was_faster(tmp_path, monkeypatch):
    locks = iter([lambda folder: folder.rmdir()])

    def lock(folder):
        return next(locks, lambda folder: None)(folder)

    monkeypatch.setattr(scratch, "_lock", lock)
    with beside(tmp_path / "mine") as mine:
        assert mine.is_dir()


def test_a_sweep_holds_the_lock_until_the_folder_is_gone(tmp_path, monkeypatch):
    """Else a writer could lock its new folder in between, and lose it."""
    remove, removed = shutil.rmtree, []

    def rmtree(folder, **options):
        with pytest.raises(BlockingIOError):
            scratch._lock(folder)
        remove(folder, **options)
        removed.append(folder.name)

    monkeypatch.setattr(shutil, "rmtree", rmtree)
    (tmp_path / f"{PREFIX}left").mkdir()
    sweep(tmp_path)
    assert removed == [f"{PREFIX}left"]


def test_a_writer_takes_another_folder_where_a_sweep_holds_its_first(tmp_path, monkeypatch):
    lock, held = scratch._lock, []

    def lock_second(folder):
        if not held:
            held.append(lock(folder))  # as a sweep does before it removes the folder
        return lock(folder)

    monkeypatch.setattr(scratch, "_lock", lock_second)
    with beside(tmp_path / "mine") as mine:
        os.close(held[0])
        sweep(tmp_path)
        assert left_in(tmp_path) == [mine.name]

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from latentlab.scratch import LOCK, PREFIX, beside, sweep


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
    (tmp_path / f"{PREFIX}killed-before-its-folder{LOCK}").touch()
    (tmp_path / f"{PREFIX}link").symlink_to(tmp_path)
    with beside(tmp_path / "one.1") as one:
        assert left_in(tmp_path) == sorted([one.name, one.name + LOCK, f"{PREFIX}link"])
        with beside(tmp_path / "two"):
            assert one.is_dir()
        sweep(tmp_path)
        assert one.is_dir()
    assert left_in(tmp_path) == [f"{PREFIX}link"]
    sweep(tmp_path / "missing")


@pytest.mark.parametrize("error", [OSError("no locks here"), NotImplementedError()])
def test_where_nothing_can_be_locked_only_old_folders_are_swept(tmp_path, monkeypatch, error):
    def refuse(self, **options):
        raise error

    monkeypatch.setattr(FileLock, "acquire", refuse)
    for name, age in (("old", 3 * 86_400), ("new", 60)):
        folder = tmp_path / f"{PREFIX}{name}"
        folder.mkdir()
        then = folder.stat().st_mtime - age
        os.utime(folder, (then, then))
    with beside(tmp_path / "mine") as mine:
        assert left_in(tmp_path) == sorted([f"{PREFIX}new", mine.name])


def test_a_folder_is_locked_from_before_it_is_there_until_it_is_gone(tmp_path, monkeypatch):
    """Else a sweep could take it from its writer."""
    seen = []

    def watched(act):
        def step(folder, *rest, **options):
            if folder.name.startswith(PREFIX):
                with pytest.raises(Timeout):
                    FileLock(f"{folder}{LOCK}").acquire(timeout=0)
                seen.append(act.__name__)
            act(folder, *rest, **options)

        return step

    (tmp_path / f"{PREFIX}left").mkdir()
    monkeypatch.setattr(Path, "mkdir", watched(Path.mkdir))
    monkeypatch.setattr(shutil, "rmtree", watched(shutil.rmtree))
    with beside(tmp_path / "mine"):
        assert seen == ["rmtree", "mkdir"]
    assert seen == ["rmtree", "mkdir", "rmtree"]


def test_a_lock_that_a_killed_process_held_is_free(tmp_path):
    source = """
import os, pathlib, sys
from latentlab.scratch import beside
with beside(pathlib.Path(sys.argv[1])) as folder:
    (folder / "half").touch()
    print(folder.name, flush=True)
    os._exit(9)
"""
    done = subprocess.run(
        [sys.executable, "-c", source, tmp_path / "a"], capture_output=True, text=True
    )
    name = done.stdout.strip()
    assert left_in(tmp_path) == [name, name + LOCK]
    sweep(tmp_path)
    assert left_in(tmp_path) == []

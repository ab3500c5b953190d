"""The pipeline's memory: what is current, what is removed, and what is never touched."""

import json
import os
import shutil
import time
from pathlib import Path

import pytest

from latentlab.cli.ledger import Ledger, key_of, remove_files
from latentlab.scratch import STALE_SECONDS


def written(folder: Path, *names: str) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text(name)
    return [folder / name for name in names]


def test_a_step_is_current_only_for_its_inputs_and_with_all_files(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "runs")
    files = written(tmp_path / "out", "a.png", "b.png")
    assert not ledger.is_current("viz", "x", "k1")
    ledger.record("viz", "x", "k1", files)
    assert ledger.is_current("viz", "x", "k1")
    assert not ledger.is_current("viz", "x", "k2")
    assert not ledger.is_current("viz", "y", "k1")
    files[0].unlink()
    assert not ledger.is_current("viz", "x", "k1")


def test_files_that_are_no_longer_made_are_removed(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "runs")
    old, kept = written(tmp_path / "out", "old.png", "kept.png")
    ledger.record("viz", "x", "k1", [old, kept])
    ledger.record("viz", "x", "k2", [kept])
    assert not old.exists()
    assert kept.exists()


def test_removing_leaves_what_somebody_else_put_there(tmp_path: Path) -> None:
    mine, notes = written(tmp_path / "out", "mine.png", "notes.txt")
    assert remove_files([mine, tmp_path / "out" / "never-was.png"]) == 1
    assert notes.exists()
    notes.unlink()
    (alone,) = written(tmp_path / "out", "alone.png")
    remove_files([alone])
    assert not (tmp_path / "out").exists()


def test_a_damaged_ledger_knows_nothing_and_deletes_nothing(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    (file,) = written(tmp_path, "a.png")
    ledger.record("viz", "x", "k", [file])
    ledger.path.write_text("{")
    assert ledger.entries() == []
    assert file.exists()
    ledger.record("viz", "x", "k", [file])
    assert ledger.is_current("viz", "x", "k")


def test_files_are_found_again_from_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, other = tmp_path / "project", tmp_path / "other"
    for folder in (project, other):
        written(folder / "reports", "a.png")
    written(other / "logs", "b.png")
    monkeypatch.chdir(project)
    files = [Path("reports/a.png"), Path("../other/logs/b.png")]
    Ledger(Path("runs")).record("viz", "x", "k", files)
    monkeypatch.chdir(other)
    (made,) = Ledger(project / "runs").entries()
    assert made.files == (project / "reports" / "a.png", other / "logs" / "b.png")

    copy = shutil.copytree(project, tmp_path / "copy")
    assert Ledger(copy / "runs").entries()[0].files[0] == copy / "reports" / "a.png"


def test_a_file_that_is_called_in_another_way_is_not_an_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ledger = Ledger(Path("runs"))
    (file,) = written(tmp_path / "out", "a.png")
    ledger.record("viz", "x", "k1", [Path("out/a.png")])
    ledger.record("viz", "x", "k2", [file])
    assert file.exists()


def test_relative_files_of_an_older_version_lie_beside_the_runs(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "runs")
    made = {"step": "viz", "name": "x", "key": "k", "files": ["reports/a.png"]}
    written(tmp_path / "runs", "pipeline.json")
    ledger.path.write_text(json.dumps({"format": 1, "made": [made]}))
    assert ledger.entries()[0].files == (tmp_path / "reports" / "a.png",)


def test_the_key_does_not_depend_on_the_order_of_its_inputs() -> None:
    assert key_of(a=1, b=[2]) == key_of(b=[2], a=1) != key_of(a=1, b=[3])


def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    left = tmp_path / ".writing-ledger.json-1234"
    left.mkdir()
    old = time.time() - 2 * STALE_SECONDS  # it is known to be nobody's, wherever this runs
    os.utime(left, (old, old))
    Ledger(tmp_path).record("viz", "x", "k1", written(tmp_path / "out", "index.html"))
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".writing-")]

"""Reports: complete, offline, escaped, and never half written."""

import re
from pathlib import Path

import pytest

from latentlab.errors import LatentlabError
from latentlab.export.report import INDEX, Report, Section, files_of, write_files

COLORS = dict.fromkeys(("background", "surface", "ink", "muted", "line", "accent"), "#123456")


def report(**changes: object) -> Report:
    fields: dict[str, object] = {
        "title": "<b>&",
        "subtitle": "s",
        "facts": [("error", "0.1", "low")],
        "sections": [
            Section("one", "One", "caption", "alt", b"png"),
            Section("two", "Two", "caption", 'a "quote"', b"png", "<div>chart</div>", "<p>"),
        ],
        "colors": COLORS,
        "footer": "f",
        "script": "plotly.min.js",
    }
    return Report(**{**fields, **changes})  # type: ignore[arg-type]


def test_the_page_names_only_files_that_are_there_and_comes_last() -> None:
    files = files_of(report(), {"plotly.min.js": b"js"})
    page = files[INDEX].decode()
    assert list(files)[-1] == INDEX
    assert set(re.findall(r'(?:src|href)="([^"]+)"', page)) <= set(files)
    assert "http" not in page
    assert "<b>&" not in page
    assert "&quot;quote&quot;" in page
    assert "<div>chart</div>" in page


def test_what_else_lies_in_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "notes.txt").write_text("mine")
    written = write_files(tmp_path / "r", {"a.png": b"1", INDEX: b"2"})
    assert [file.read_bytes() for file in written] == [b"1", b"2"]
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.png", INDEX, "notes.txt", "r"]


def test_an_unwritable_folder_is_one_sentence_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    with pytest.raises(LatentlabError, match="cannot be written"):
        write_files(tmp_path / "file", {"a": b"1"})
    with pytest.raises(LatentlabError, match="cannot be written"):
        write_files(tmp_path / "file" / "r", {"a": b"1"})
    assert [p.name for p in tmp_path.iterdir()] == ["file"]

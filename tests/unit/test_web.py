"""The front end: its sources are files one can read, its output can stand inside a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from latentlab import web
from latentlab.ui.explore import page

HOME = Path(__file__).parents[2]
SOURCES = sorted(path for path in (HOME / "web").rglob("*.ts") if "node_modules" not in path.parts)
BUILT = sorted(Path(web.__file__).parent.glob("*.*"))
SCRIPTS = [path.name for path in BUILT if path.suffix == ".js"]


def test_there_is_something_to_look_at():
    assert len(SOURCES) > 50
    assert {"explore.js", "explore.css", "takehome.html"} <= {path.name for path in BUILT}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_module_begins_by_saying_what_it_is(path):
    text = path.read_text(encoding="utf-8").removeprefix("// @ts-nocheck\n")
    assert text.startswith("// ")


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_needs_nothing_from_anywhere(name):
    text = web.read(name)
    assert not re.search(r"^import |(?<!\{)\bimport\(|XMLHttpRequest", text, re.MULTILINE)
    # What Python offers under an address of the app's own server.
    assert name == "carrier.js" or not re.search(r"\bfetch\(", text)
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", text)
    assert "</script" not in text


# What Streamlit does not call: a page of its own, and a script of the document.
OTHERS = {"class_phone.js", "history.js", "takehome.js"}


@pytest.mark.parametrize("name", sorted(set(SCRIPTS) - OTHERS))
def test_a_component_has_the_one_export_that_streamlit_calls(name):
    assert re.search(r"^export \{\n  \w+ as default\n\};\n\Z", web.read(name), re.MULTILINE)


def test_a_missing_file_is_named():
    with pytest.raises(FileNotFoundError, match=r"nothing\.js"):
        web.read("nothing.js")


def test_python_and_typescript_keep_the_same_names_in_the_address():
    text = (HOME / "web" / "explore" / "address.ts").read_text(encoding="utf-8")
    listed = text[text.index("export const NAMES") : text.index("];", text.index("NAMES"))]
    names = set(re.findall(r"'(\w+)'", listed)) | set("ABCDEF")
    assert names == set(page.ADDRESS)

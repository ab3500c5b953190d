"""The script that Streamlit gets: complete, in order, and made of modules one can read."""

from __future__ import annotations

import re

import pytest

from latentlab.export import bundle
from latentlab.ui.explore import page

MODULES = sorted(path for folder in bundle.SOURCES for path in folder.glob("*.js"))


@pytest.fixture
def modules(tmp_path, monkeypatch):
    """Put modules of one's own in place of ours: ``modules(a="export ...")``."""
    monkeypatch.setattr(bundle, "SOURCES", (tmp_path,))

    def write(**texts: str) -> None:
        for name, text in texts.items():
            (tmp_path / f"{name}.js").write_text(text, encoding="utf-8")

    caches = (bundle.bundle, bundle.worker_source, bundle._text)
    for cached in caches:
        cached.cache_clear()
    yield write
    for cached in caches:
        cached.cache_clear()


def test_modules_come_after_what_they_need(modules):
    modules(
        a="import { b } from './b.js';\nexport const mount = () => b;\n",
        b="import { c as other } from './c.js';\nexport function b() { return other; }\n",
        c="export const c = 1;\n",
    )
    text = bundle.bundle("a")
    assert text.index("_c = (") < text.index("_b = (") < text.index("_a = (")
    assert "const { c: other } = module_" in text
    assert text.rstrip().endswith("export default mount;")
    assert "import " not in text


def test_a_module_needed_twice_is_there_once(modules):
    modules(
        a="import { b } from './b.js';\nimport { c } from './c.js';\nexport const x = b + c;\n",
        b="import { c } from './c.js';\nexport const b = c;\n",
        c="export const c = 1;\n",
    )
    assert bundle.bundle("a").count("_c = (") == 1


def test_a_missing_module_is_named(modules):
    modules(a="import { b } from './b.js';\n")
    with pytest.raises(ValueError, match="no JavaScript module called 'b'"):
        bundle.bundle("a")


def test_a_neighbor_comes_before_a_namesake_elsewhere(tmp_path, monkeypatch):
    for folder, text in (("a", "export const b = 'near';"), ("c", "export const b = 'far';")):
        (tmp_path / folder / "js").mkdir(parents=True)
        (tmp_path / folder / "js" / "b.js").write_text(text, encoding="utf-8")
    entry = "import { b } from './b.js';\nexport const entry = b;\n"
    (tmp_path / "a" / "js" / "entry.js").write_text(entry, encoding="utf-8")
    monkeypatch.setattr(bundle, "SOURCES", (tmp_path / "c" / "js", tmp_path / "a" / "js"))
    bundle.bundle.cache_clear()
    assert "near" in bundle.bundle("entry")
    assert "far" not in bundle.bundle("entry")
    bundle.bundle.cache_clear()


def test_a_circle_is_named(modules):
    modules(a="import { b } from './b.js';\n", b="import { a } from './a.js';\n")
    with pytest.raises(ValueError, match="a -> b -> a"):
        bundle.bundle("a")


@pytest.mark.parametrize("entry", ["canvas", "feeder", "voice"])
def test_our_bundles_are_whole(entry):
    text = bundle.bundle(entry)
    assert text.rstrip().endswith("export default mount;")
    assert not re.search(r"^import ", text, re.MULTILINE)


def test_the_worker_travels_inside_the_canvas():
    assert "makeWorkbench" in bundle.worker_source()
    assert "WORKER_SOURCE" in bundle.bundle("canvas")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_module_is_short_and_says_what_it_is(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith("// "), "a module begins by saying what it is"
    assert len(text.splitlines()) <= 300


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_names_from_outside_never_become_markup_or_code(path):
    text = path.read_text(encoding="utf-8")
    for risky in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert risky not in text


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_nothing_is_fetched_from_anywhere(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", text)
    assert "fetch(" not in text
    assert "XMLHttpRequest" not in text


def test_python_and_javascript_keep_the_same_names_in_the_address():
    text = (bundle.WASM.parent / "js" / "address.js").read_text(encoding="utf-8")
    listed = text[text.index("export const NAMES") : text.index("];", text.index("NAMES"))]
    names = set(re.findall(r"'(\w+)'", listed)) | set("ABCDEF")
    assert names == set(page.ADDRESS)

"""What travels in the wheel: the package and, inside it, the app with all that it reads."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from latentlab.checkpoints import MANIFEST

TOP = Path(__file__).parents[2]
INSIDE = "latentlab/_app/"


@pytest.fixture(scope="module")
def carried(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in the wheel; building it needs no network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run([*command, "--directory", folder], cwd=TOP, check=True, capture_output=True)
    (wheel,) = folder.glob("latentlab-*-py3-none-any.whl")
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def ours(*places: str) -> list[str]:
    """The files there that git keeps or would keep."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *places]
    listed = subprocess.run(command, cwd=TOP, check=True, capture_output=True, text=True).stdout
    return [name for name in listed.splitlines() if (TOP / name).is_file()]


def test_every_file_of_the_package_is_carried(carried):
    files = [name.removeprefix("src/") for name in ours("src/latentlab")]
    kinds = {Path(name).suffix for name in files}
    assert {".py", ".js", ".css", ".png", ".html"} <= kinds
    assert "latentlab/py.typed" in files
    assert set(files) <= carried


@pytest.mark.parametrize("place", ["app.py", "pages", ".streamlit", "checkpoints"])
def test_the_app_travels_inside_the_package(carried, place):
    files = ours(place)
    assert files
    assert {INSIDE + name for name in files} <= carried


def test_the_checkpoints_and_pages_are_where_the_app_looks(carried):
    assert sum(name.endswith(MANIFEST) for name in carried) > 1
    assert {INSIDE + "app.py", INSIDE + "pages/map.py", INSIDE + ".streamlit/config.toml"} < carried


def test_nothing_else_is_carried(carried):
    tops = {name.split("/")[0] for name in carried}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"latentlab"}
    assert not [name for name in carried if "__pycache__" in name or "/my-" in name]


def test_nobody_is_told_to_install_by_name():
    # On the public index the name belongs to another project: its code would take our place.
    by_name = re.compile(r"pip install[^`\n]* ['\"]?latentlab(?![\w/-])")
    for name in ours("README.md", "docs/*.md", "src/*.py", "pages", "app.py", "Makefile"):
        advice = by_name.search((TOP / name).read_text(encoding="utf-8"))
        assert not advice, f"{name}: {advice[0]}"

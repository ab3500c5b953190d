"""The app out of the wheel, started in an empty folder: nothing of the checkout is needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from serving import HOME, serve, settle

pytestmark = pytest.mark.e2e

PLACE = "import latentlab; print(latentlab.__file__)"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built and unpacked by pip; what it needs is there already."""
    built, target = tmp_path_factory.mktemp("dist"), tmp_path_factory.mktemp("installed")
    build = ("hatchling", "build", "--target", "wheel", "--directory", str(built))
    subprocess.run([sys.executable, "-m", *build], cwd=HOME, check=True, capture_output=True)
    (wheel,) = built.glob("*.whl")
    install = ("pip", "install", "--no-deps", "--no-index", "--target", str(target), str(wheel))
    subprocess.run([sys.executable, "-m", *install], check=True, capture_output=True)
    return target


def test_the_wheel_shows_its_checkpoints_in_an_empty_folder(
    installed: Path, tmp_path: Path, browser: Browser
) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    from_there = subprocess.run(
        [sys.executable, "-c", PLACE],
        env={"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(from_there.stdout.strip()).is_relative_to(installed)
    program = ("latentlab", "app")
    with serve(folder / "server.log", program=program, installed=installed) as server:
        page = browser.new_page()
        page.goto(f"{server.url}/neighbors?checkpoint=digits-vae-z2")
        settle(page)
        expect(page.locator("#board .tile").first).to_be_visible(timeout=60_000)
        page.close()
        assert str(HOME / "app.py") not in server.output()
        assert "Traceback" not in server.output()

"""What is printed can be read: no name cut or taken for markup, no encoding that fails."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from odd import Parts
from rich.console import Console
from rich.progress import Progress
from tiny import write_tiny
from typer.testing import CliRunner

from latentlab.cli import app, expanded
from latentlab.cli.experiment import find_by_name
from latentlab.cli.progress import _columns, plan
from latentlab.errors import CheckpointError, TrainingError, unknown_name
from latentlab.training import parallel


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny(tmp_path_factory.mktemp("sound"), "tiny").path


def listed(root: Path) -> str:
    outcome = CliRunner().invoke(app, ["list", "--checkpoints", str(root)], catch_exceptions=False)
    assert outcome.exit_code == 0
    return outcome.stdout


def test_names_are_neither_cut_nor_read_as_markup(sound, tmp_path):
    names = ("x" * 80, "a[bold]b", ":smile:")
    for name in names:
        shutil.copytree(sound, tmp_path / name)
    said = listed(tmp_path)
    assert all(name in said for name in names)
    assert len(said.splitlines()) == 1 + len(names)


def test_a_list_survives_a_missing_figure(sound, tmp_path):
    parts = Parts.of(sound)
    del parts.content["metrics"]["mse"]
    parts.write(tmp_path / "without")
    assert "without" in listed(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="names of bytes")
def test_no_encoding_and_no_surrogate_ends_in_a_traceback(sound, tmp_path):
    shutil.copytree(sound, tmp_path / "имя")

    def latentlab(*arguments: str | bytes) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-P", "-m", "latentlab", *arguments]
        environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
        environment["LATENTLAB_CHECKPOINTS"] = str(tmp_path)
        return subprocess.run(command, capture_output=True, check=False, env=environment)

    done = latentlab("list")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\u0438" in done.stdout
    refused = latentlab("inspect", b"\xff")
    assert refused.returncode == 1
    assert b"no checkpoint called" in refused.stderr
    assert b"Traceback" not in refused.stderr


def test_the_home_folder_is_found_behind_a_sign(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert expanded("--checkpoints=~/ck") == f"--checkpoints={tmp_path / 'ck'}"
    assert expanded("--name=a~b") == "--name=a~b"


def test_of_many_names_the_closest_three_are_told(sound, tmp_path):
    for number in range(20):
        shutil.copytree(sound, tmp_path / f"digits-vae-z{number}")
    with pytest.raises(CheckpointError) as caught:
        find_by_name("digits-vae-z99", tmp_path)
    assert str(caught.value).count("digits-vae-z") == 1 + 1 + 3
    assert "Valid names: ae, vae." in unknown_name("model", "x", ["ae", "vae"])


@pytest.mark.parametrize("width", [20, 40, 80, 160])
def test_the_progress_bar_leaves_room_for_its_figures(width):
    console = Console(file=io.StringIO(), width=width, force_terminal=True)
    bars = Progress(*_columns(width), console=console)
    bars.add_task("training", completed=59_000, total=60_000, terms="elbo 123.4, validation 125.6")
    with console.capture() as said:
        console.print(bars.get_renderable())
    if width >= 40:
        assert "59000/60000" in said.get()
        assert "0:00:00" in said.get()
    assert "Traceback" not in said.get()


@pytest.mark.parametrize(
    ("left", "words"),
    [
        ({"WORLD_SIZE": "2", "RANK": "0"}, "MASTER_ADDR is missing"),
        ({"WORLD_SIZE": "2"}, "RANK is missing"),
        (
            {"WORLD_SIZE": "x", "RANK": "0", "MASTER_ADDR": "a", "MASTER_PORT": "1"},
            "are no numbers",
        ),
    ],
)
def test_what_another_program_left_behind_is_one_sentence(monkeypatch, left, words):
    for name in ("RANK", "MASTER_ADDR", "MASTER_PORT"):
        monkeypatch.delenv(name, raising=False)
    for name, value in left.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(TrainingError, match=words):
        parallel.world()
    monkeypatch.setenv("WORLD_SIZE", "1")
    assert parallel.world() is parallel.ALONE


def test_one_epoch_of_one_step_is_not_said_in_the_plural():
    trainer = SimpleNamespace(
        n_steps=1,
        n_epochs=1,
        progress=SimpleNamespace(step=0),
        batches=SimpleNamespace(batch_size=9),
        config=SimpleNamespace(early_stopping=False),
        seconds_to_go=lambda: 0.2,
    )
    assert plan(trainer) == "1 step of 9 images (1 epoch): about 0 s on this machine."

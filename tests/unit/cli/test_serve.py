from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner

from latentlab.cli import app

TOP = Path(__file__).parents[3]


class Started(Exception):
    """Stands for the server that this process would have become."""


@pytest.fixture
def start(monkeypatch, tmp_path):
    """Run ``latentlab app`` from an empty folder; return the command and its environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "name", "posix")

    def become(program, command, environment):
        assert program == sys.executable
        raise Started(command, environment)

    monkeypatch.setattr(os, "execve", become, raising=False)

    def run(*arguments: str) -> tuple[list[str], dict[str, str]]:
        with pytest.raises(Started) as caught:
            CliRunner().invoke(app, ["app", *arguments], catch_exceptions=False)
        return caught.value.args

    return run


def test_a_checkout_runs_its_own_app(start):
    command, environment = start()
    assert command[1:] == ["-P", "-m", "streamlit", "run", str(TOP / "app.py")]
    assert "LATENTLAB_CHECKPOINTS" not in environment


def test_a_module_of_the_folder_is_not_executed(start, tmp_path):
    (tmp_path / "random.py").write_text("open('ran', 'w')")
    command, environment = start()
    done = subprocess.run(
        [*command, "--help"], env=environment, capture_output=True, text=True, check=True
    )
    assert "--server.port" in done.stdout
    assert not (tmp_path / "ran").exists()


def test_a_module_of_the_folder_is_not_executed_by_processes_that_read_pictures(tmp_path):
    """The installed command has no -P, and what it starts would look into the folder first."""
    command, work = tmp_path / "bin" / "installed.py", tmp_path / "work"
    for folder in (command.parent, work, tmp_path / "root" / "pets"):
        folder.mkdir(parents=True)
    command.write_text(
        "from latentlab.cli import main\n"
        "from latentlab.data import folder_chunks\n"
        "folder_chunks._MANY, folder_chunks._PROCESSES = 1, 2\n"
        "if __name__ == '__main__':\n    main()\n"
    )
    (work / "socket.py").write_text("open('ran', 'w')")
    (tmp_path / "root" / "pets" / "no.png").write_bytes(b"no picture")
    asked = ["train", "--dataset", "folder:pets", "--data-root", str(tmp_path / "root")]
    done = subprocess.run(
        [sys.executable, str(command), *asked], cwd=work, capture_output=True, text=True
    )
    assert "1 were skipped" in " ".join(done.stderr.split())
    assert not (work / "ran").exists()


def test_a_class_may_train_only_where_it_was_allowed_to(start, monkeypatch):
    monkeypatch.delenv("LATENTLAB_CLASS_MAY_TRAIN", raising=False)
    assert "LATENTLAB_CLASS_MAY_TRAIN" not in start()[1]
    assert start("--class-may-train")[1]["LATENTLAB_CLASS_MAY_TRAIN"] == "1"


def test_what_follows_is_handed_on(start):
    assert start("--server.port", "8600", "--x=1")[0][-3:] == ["--server.port", "8600", "--x=1"]


def test_the_folder_of_checkpoints_here_is_shown(start, tmp_path):
    (tmp_path / "checkpoints").mkdir()
    assert start()[1]["LATENTLAB_CHECKPOINTS"] == str(tmp_path.resolve() / "checkpoints")


def test_the_environment_has_the_last_word(start, tmp_path, monkeypatch):
    (tmp_path / "checkpoints").mkdir()
    monkeypatch.setenv("LATENTLAB_CHECKPOINTS", "elsewhere")
    assert start()[1]["LATENTLAB_CHECKPOINTS"] == "elsewhere"


def test_the_checkpoint_that_the_app_opens_with_is_looked_for_first(start):
    command, environment = start("--checkpoint", "mnist-vae-z2", "--x=1")
    assert (command[-1], environment["LATENTLAB_CHECKPOINT"]) == ("--x=1", "mnist-vae-z2")
    outcome = CliRunner().invoke(app, ["app", "--checkpoint", "mnist-vae-z3"])
    assert "Did you mean 'mnist-vae-z2'" in str(outcome.exception)


def test_an_installation_without_the_app_says_so(monkeypatch, tmp_path):
    # As an attribute of the package, the command hides the module.
    module = import_module("latentlab.cli.serve")
    monkeypatch.setattr(module, "PLACES", (tmp_path / "app.py",))
    outcome = CliRunner().invoke(app, ["app"])
    assert "install the wheel of latentlab again" in str(outcome.exception)

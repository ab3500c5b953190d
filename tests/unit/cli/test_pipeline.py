"""The pipeline as it is typed: every command, skipped steps, locks, logs, and bad input."""

import errno
import io
import json
import logging
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock
from PIL import Image
from typer.testing import CliRunner

from latentlab.cli import app
from latentlab.cli.embed import check_port
from latentlab.cli.encode import UNFINISHED
from latentlab.cli.ledger import Ledger
from latentlab.cli.unattended import LOG_BYTES, RunLog, only_one
from latentlab.errors import ConfigError, LatentlabError
from latentlab.training.resume import FILE

SETTINGS = [
    "--n-images=200",
    "--image-size=16",
    "--hidden=16",
    "--epochs=2",
    "--batch-size=64",
    "--projections=pca",
    "--index-size=300",
]
NAME = "my-digits-vae-z2"
TOP = Path(__file__).parents[3]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LATENTLAB_CHECKPOINTS", raising=False)
    return tmp_path


def call(*words: str, fails: type[Exception] | None = None) -> str:
    result = CliRunner().invoke(app, words)
    if fails is None:
        assert result.exception is None, result.output
        return result.output
    assert isinstance(result.exception, fails), result.output
    return str(result.exception)


def test_run_does_everything_once_and_clean_removes_only_that(project: Path) -> None:
    said = call("run", *SETTINGS)
    assert f"{NAME}: encode" in said
    assert "error" in said
    assert "of 9 have its label" in said
    page = project / "reports" / NAME / "index.html"
    made = [p for p in project.rglob("*") if p.is_file()]
    for file in (page, page.with_name("query.png"), project / "logs" / NAME / "sprite.png"):
        assert file in made

    times = {p: p.stat().st_mtime_ns for p in made if p.parent.name != "runs"}
    assert "nothing to do" in call("run", *SETTINGS)
    assert times == {p: p.stat().st_mtime_ns for p in times}

    page.unlink()
    assert "viz: " in call("run", *SETTINGS)
    assert page.exists()

    notes = page.with_name("notes.txt")
    notes.write_text("mine")
    other = project / "checkpoints" / "another"
    other.mkdir()
    assert "would remove" in call("clean", "--dry-run")
    assert page.exists()
    call("clean")
    left = {p for p in project.rglob("*") if p.is_file()}
    locks = {p for p in left if p.name in ("pipeline.lock", "pipeline.json.lock")}
    assert left - locks == {notes}
    assert not any(p.stat().st_size for p in locks)
    assert other.is_dir()


def test_clean_leaves_a_run_that_is_being_trained(project: Path) -> None:
    folder = project / "runs" / "x"
    resume, lock, page = folder / "resume.latentlab", folder / "lock", project / "page.html"
    folder.mkdir(parents=True)
    for file in (resume, page):
        file.write_text("")
    ledger = Ledger(project / "runs")
    ledger.record("unfinished", "x", "k", [resume, lock])
    ledger.record("viz", "x", "k", [page])
    with FileLock(lock):
        assert "x is being trained" in call("clean")
        assert resume.exists()
        assert lock.exists()
        assert not page.exists()
    assert [made.step for made in ledger.entries()] == ["unfinished"]
    assert "removed 2 files" in call("clean")
    assert not folder.exists()
    assert not ledger.path.exists()


def test_a_dry_clean_makes_nothing(project: Path) -> None:
    assert "nothing to remove" in call("clean", "--dry-run")
    assert list(project.iterdir()) == []


def test_changed_settings_train_again_and_a_foreign_checkpoint_is_left_alone(project: Path) -> None:
    call("encode", *SETTINGS)
    written = project / "checkpoints" / NAME / "checkpoint.json"
    assert "up to date" in call("encode", *SETTINGS)
    call("encode", *SETTINGS, "--epochs=1")
    assert json.loads(written.read_text())["config"]["epochs"] == 1

    (project / "runs" / "pipeline.json").unlink()  # now nobody remembers having made it
    said = call("encode", *SETTINGS, fails=LatentlabError)
    assert "not made by this pipeline" in said
    assert json.loads(written.read_text())["config"]["epochs"] == 1


def test_an_interrupted_run_is_begun_anew_only_if_it_is_the_pipelines_own(project: Path) -> None:
    left = project / "runs" / NAME / FILE
    left.parent.mkdir(parents=True)
    left.write_bytes(b"of latentlab train")
    for _ in range(2):
        assert "was interrupted" in call("encode", *SETTINGS, fails=LatentlabError)
    assert left.read_bytes() == b"of latentlab train"

    Ledger(project / "runs").record(UNFINISHED, NAME, "other settings", [left])
    assert "Checkpoint:" in call("encode", *SETTINGS)
    assert not left.exists()


def test_quiet_writes_a_log_and_nothing_else(project: Path) -> None:
    assert call("run", *SETTINGS, "--quiet", "--log", "cron.log") == ""
    lines = (project / "cron.log").read_text(encoding="utf-8").splitlines()
    assert f"{NAME}: encode" in lines[-1]
    assert "INFO" in lines[-1]
    assert call("run", *SETTINGS, "--quiet", "--log", "cron.log") == ""
    assert "nothing to do" in (project / "cron.log").read_text().splitlines()[-1]


def test_two_runs_never_overlap_and_a_stale_lock_is_no_lock(project: Path) -> None:
    runs = project / "runs"
    with only_one(runs):
        result = CliRunner().invoke(app, ["run", *SETTINGS])
        assert result.exit_code == 3
        assert "Another run is under way (process" in result.output
    (runs / "pipeline.lock").write_text("left behind by a crash")
    (runs / "pipeline.owner").write_text('{"process": 1, "since": "yesterday"}')
    with only_one(runs):
        assert json.loads((runs / "pipeline.owner").read_text())["process"] > 1


def test_an_error_is_logged_in_one_sentence_and_a_bug_with_its_place(project: Path) -> None:
    call("run", "--latent-dim=0", "--log", "a.log", "--quiet", fails=LatentlabError)
    assert "latent_dim" in (project / "a.log").read_text().splitlines()[-1]
    teller = RunLog(quiet=True, log=project / "b.log")
    teller.fail(ValueError("odd"))
    teller.close()
    assert "ERROR odd" in (project / "b.log").read_text()


def test_the_log_does_not_grow_for_ever(project: Path) -> None:
    teller = RunLog(quiet=True, log=project / "long.log")
    logging.raiseExceptions = True
    for _ in range(8 * LOG_BYTES // 200_000):
        teller.note("x" * 200_000)
    teller.close()
    logs = list(project.glob("long.log*"))
    assert 1 < len(logs) <= 6
    assert all(p.stat().st_size <= LOG_BYTES for p in logs)


def test_an_unwritable_log_or_runs_folder_is_said_in_one_sentence(project: Path) -> None:
    (project / "file").write_text("")
    assert "cannot be written" in call("run", "--log", "file/a.log", fails=LatentlabError)
    assert "cannot be written" in call("run", "--runs", "file/r", fails=LatentlabError)


@pytest.mark.parametrize("file", ["pipeline.json.lock", "my-digits-vae-z2/lock"])
def test_a_file_that_cannot_be_written_is_said_by_encode(project: Path, file: str) -> None:
    (project / "runs" / file).mkdir(parents=True)  # refuses root too
    assert "cannot be written" in call("encode", *SETTINGS, fails=LatentlabError)


@pytest.mark.parametrize("file", ["pipeline.lock", "pipeline.owner", "pipeline.json.lock"])
def test_a_file_that_cannot_be_written_is_said_by_run(project: Path, file: str) -> None:
    (project / "runs" / file).mkdir(parents=True)
    assert "cannot be written" in call("run", *SETTINGS, fails=LatentlabError)


def test_query_finds_neighbors_of_a_test_image_and_of_ones_own(
    project: Path, tiny_checkpoint: Path
) -> None:
    root = str(tiny_checkpoint.parent)
    said = call("query", "tiny", "--seed=1", "--checkpoints", root)
    assert said.count(". distance") == 9
    assert "Test image" in said
    assert "Nearest training latent: distance" in said
    assert call("query", "tiny", "--seed=1", "--checkpoints", root) == said
    buffer = io.BytesIO()
    Image.fromarray(np.full((40, 30, 3), 255, np.uint8)).save(buffer, "PNG")
    (project / "mine.png").write_bytes(buffer.getvalue())
    said = call("query", "tiny", "--image", "mine.png", "--invert", "--checkpoints", root)
    assert "mine.png" in said
    assert "have its label" not in said
    with Image.open(project / "reports" / "tiny" / "query.png") as drawn:
        assert drawn.width > 1000
    assert "does not exist" in call(
        "query", "tiny", "--image", "no.png", "--checkpoints", root, fails=LatentlabError
    )


def test_a_wrong_name_lists_the_valid_ones(project: Path, tiny_checkpoint: Path) -> None:
    root = str(tiny_checkpoint.parent)
    for command in (["viz"], ["embed"], ["query"], ["export", "npz"]):
        said = call(*command, "tyny", "--checkpoints", root, fails=LatentlabError)
        assert "Did you mean 'tiny'?" in said
    assert "latentlab encode" in call("viz", fails=LatentlabError)


def test_where_there_is_no_checkpoint_yet_no_name_is_valid(project: Path) -> None:
    for command in (["inspect"], ["viz"]):
        said = call(*command, "tiny", fails=LatentlabError)
        assert said == "There are no checkpoints in checkpoints yet: try latentlab train."


def test_tensorboard_needs_something_to_show_and_a_free_port(project: Path) -> None:
    assert "latentlab embed" in call("tb", fails=LatentlabError)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(LatentlabError, match=f"Port {port} is taken"):
            check_port(port)
    check_port(0)


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.skipif(sys.platform == "win32", reason="ends a group of processes")
@pytest.mark.timeout(400)
def test_make_run_ends_with_tensorboard(project: Path) -> None:
    """With a Makefile that finds the project installed, in a folder that has nothing else."""
    shutil.copy(TOP / "Makefile", project)
    for file in ("pyproject.toml", "constraints.txt"):
        (project / file).touch()
    (project / ".venv" / "bin").mkdir(parents=True)
    python = project / ".venv" / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    (project / ".venv" / "installed").touch()
    flags = " ".join(flag for flag in SETTINGS if "epochs" not in flag)
    command = ["make", "run", "EPOCHS=1", "PORT=0", f"FLAGS={flags}"]
    making = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert making.stdout is not None
    said = ""
    try:
        for line in making.stdout:
            said += line
            if found := re.search(r"TensorBoard: (http\S+)", line):
                break
        else:
            pytest.fail(said)
        assert "of 9 have its label" in said
        assert making.poll() is None
        with urllib.request.urlopen(f"{found[1]}data/plugin/projector/runs", timeout=60) as answer:
            assert NAME in answer.read().decode()
    finally:
        os.killpg(making.pid, signal.SIGINT)  # as Ctrl-C does
        making.wait(timeout=60)


def test_a_port_that_is_not_allowed_is_not_called_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(
        LatentlabError, match=r"Port 65535 is refused \(Permission denied\)"
    ) as said:
        check_port(65535)
    assert "65536" not in str(said.value)


@pytest.mark.parametrize("command", ["train", "encode", "run", "sweep"])
def test_ctrl_c_after_the_last_epoch_ends_the_command(
    project: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    before = signal.getsignal(signal.SIGINT)
    press = lambda *_, **__: signal.raise_signal(signal.SIGINT)  # noqa: E731
    monkeypatch.setattr("latentlab.training.run.evaluate", press)
    grid = ["--seed=0,1"] if command == "sweep" else []
    result = CliRunner().invoke(app, [command, *SETTINGS, *grid])
    assert result.exit_code == 130, result.output
    assert "ontinue" in result.output.splitlines()[-1]
    assert "[2 of 2]" not in result.output
    assert signal.getsignal(signal.SIGINT) is before


def test_a_run_that_was_stopped_while_measuring_continues_and_can_be_stopped_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    press = lambda *_, **__: signal.raise_signal(signal.SIGINT)  # noqa: E731
    with monkeypatch.context() as patch:
        patch.setattr("latentlab.training.run.evaluate", press)
        for _ in range(2):
            assert CliRunner().invoke(app, ["encode", *SETTINGS]).exit_code == 130
    assert "epoch" not in call("encode", *SETTINGS)


def test_run_refuses_a_network_without_a_latent_before_it_trains(project: Path) -> None:
    unet = ["--model=unet", "--task=denoise", "--n-images=64", "--epochs=1"]
    said = call("run", *unet, fails=ConfigError)
    assert "'unet' has no latent" in said
    assert "latentlab encode" in said
    assert not (project / "checkpoints").exists()


def test_all_is_run(project: Path) -> None:
    assert "encode, viz, embed and query" in call("run", "--help")
    assert "--quiet" in call("all", "--help")

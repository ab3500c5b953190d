"""What ``latentlab train`` calls a checkpoint; the images are never loaded here."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from latentlab.cli import app
from latentlab.cli.experiment import training_name
from latentlab.errors import CheckpointError
from latentlab.presets import PRESETS
from latentlab.training.resume import FILE

TOP = Path(__file__).parents[3]
SHIPPED = "digits-vae-z2"
LINES = [
    line.split("#")[0]
    for page in (TOP / "README.md", *(TOP / "docs").glob("*.md"))
    for line in re.findall(r"^latentlab train .*", page.read_text(encoding="utf-8"), re.MULTILINE)
]


class PastTheCheck(Exception):
    """The request was accepted; now images would be loaded."""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a checkpoint of every shipped name, as in a fresh clone."""

    def load_splits(*_: object) -> None:
        raise PastTheCheck

    monkeypatch.setattr("latentlab.training.run.load_splits", load_splits)
    monkeypatch.chdir(tmp_path)
    for name in PRESETS:
        (tmp_path / "checkpoints" / name).mkdir(parents=True)
    return tmp_path


def train(line: str) -> Result:
    return CliRunner().invoke(app, ["train", *shlex.split(line)])


def interrupt(runs: Path, name: str) -> None:
    (runs / name).mkdir(parents=True)
    (runs / name / FILE).write_bytes(b"")


@pytest.mark.parametrize("line", LINES)
def test_every_documented_line_can_be_typed_in_a_fresh_clone(project: Path, line: str) -> None:
    result = train(line.removeprefix("latentlab train "))
    assert isinstance(result.exception, PastTheCheck), result.exception
    assert not {p.name for p in (project / "runs").iterdir()} & set(PRESETS)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("--dataset digits", "my-own-digits-vae-z2"),
        ("--preset digits-vae-z2", "my-own-digits-vae-z2"),
        ("--preset digits-vae-z2 --overwrite", "digits-vae-z2"),
        ("--name digits-vae-z2 --overwrite", "digits-vae-z2"),
        ("--dataset digits --latent-dim 3", "digits-vae-z3"),
        ("--dataset digits --checkpoints elsewhere", "digits-vae-z2"),
    ],
)
def test_a_shipped_checkpoint_is_replaced_only_where_asked(
    project: Path, line: str, name: str
) -> None:
    result = train(line)
    assert isinstance(result.exception, PastTheCheck), result.exception
    assert [p.name for p in (project / "runs").iterdir()] == [name]
    assert (f"called '{name}'" in result.output) == name.startswith("my-own-")


def test_the_second_of_ones_own_is_refused_with_words_that_spare_the_shipped_one(
    project: Path,
) -> None:
    (project / "checkpoints" / "my-own-digits-vae-z2").mkdir()
    said = train("--dataset digits").exception
    assert isinstance(said, CheckpointError)
    assert "--name my-own-digits-vae-z2 --overwrite" in str(said)


@pytest.mark.parametrize(
    ("interrupted", "name"),
    [
        ([], "my-own-digits-vae-z2"),
        (["my-own-digits-vae-z2"], "my-own-digits-vae-z2"),
        (["digits-vae-z2"], "digits-vae-z2"),
        (["digits-vae-z2", "my-own-digits-vae-z2"], "my-own-digits-vae-z2"),
    ],
)
def test_resume_finds_the_run_under_either_name(
    project: Path, interrupted: list[str], name: str
) -> None:
    runs = project / "runs"
    for one in interrupted:
        interrupt(runs, one)
    checkpoints = project / "checkpoints"
    assert training_name(SHIPPED, checkpoints, runs, replace=False, resuming=True) == name

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from latentlab.checkpoints import open_checkpoint

TINY = [
    *("--dataset", "digits", "--n-images", "256", "--image-size", "16", "--hidden", "32"),
    *("--epochs", "3", "--batch-size", "64", "--projections", "pca", "--index-size", "300"),
]


def latentlab(*arguments: str, cwd: Path, **more: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "latentlab", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, **more)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which one small training has run from the terminal."""
    folder = tmp_path_factory.mktemp("terminal")
    (folder / "file").touch()  # below which nothing can be made
    done = latentlab("train", *TINY, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "label agreement" in done.stdout
    return folder


def test_train_prints_plain_lines_and_where_the_checkpoint_is(trained):
    assert open_checkpoint(trained / "checkpoints" / "digits-vae-z2").manifest.n_train == 256
    assert not (trained / "runs" / "digits-vae-z2").exists()


def test_list_inspect_evaluate_verify(trained):
    assert "digits-vae-z2" in latentlab("list", cwd=trained).stdout
    inspected = json.loads(latentlab("inspect", "digits-vae-z2", cwd=trained).stdout)
    assert inspected["config"]["latent_dim"] == 2
    evaluated = latentlab("evaluate", "digits-vae-z2", cwd=trained).stdout
    row = next(line for line in evaluated.splitlines() if line.strip().startswith("mse"))
    assert row.split()[1] == row.split()[2], "the figure now is the one that was written"
    verified = latentlab("verify", cwd=trained)
    assert (verified.returncode, verified.stdout.strip()) == (0, "good: digits-vae-z2")


def test_verify_names_what_is_bad(trained, tmp_path):
    import shutil

    shutil.copytree(trained / "checkpoints", tmp_path / "checkpoints")
    (tmp_path / "checkpoints" / "digits-vae-z2" / "samples.png").write_bytes(b"x")
    done = latentlab("verify", cwd=tmp_path)
    assert done.returncode == 1
    assert "samples.png is not the file that was written" in done.stdout.replace("\n", " ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["train", "--dataset", "digist"], "Did you mean 'digits'"),
        (["train", "--preset", "mnist-vae"], "The closest of"),
        (["train", "--latent-dim", "zero"], "latent_dim"),
        (["train", "--config", "nowhere.json"], "cannot be read"),
        (["train", "--device", "tpu", "--name", "other", *TINY], "cpu"),
        (["train", "--resume", "--name", "other", *TINY], "nothing to resume"),
        (
            ["train", "--name", "digits-vae-z2", *TINY],
            "already a checkpoint called 'digits-vae-z2'",
        ),
        (["train", "--name", "../x", *TINY], "cannot be called"),
        (["inspect", "digits"], "Did you mean 'digits-vae-z2'"),
        (["train", "--checkpoints", "file/x", *TINY], "cannot be written to"),
    ],
)
def test_mistakes_get_one_sentence_and_exit_code_1(trained, arguments, words):
    done = latentlab(*arguments, cwd=trained)
    said = " ".join(done.stderr.split())
    assert done.returncode == 1, done.stdout + done.stderr
    assert words in said
    assert "Traceback" not in said
    assert len(said) < 700


def test_dry_run_prints_a_config_that_repeats_the_run(trained, tmp_path):
    shown = latentlab("train", *TINY, "--dry-run", cwd=tmp_path)
    (tmp_path / "run.json").write_text(shown.stdout)
    again = latentlab("train", "--config", "run.json", "--dry-run", cwd=tmp_path)
    assert json.loads(again.stdout) == json.loads(shown.stdout)
    manifest = trained / "checkpoints" / "digits-vae-z2" / "checkpoint.json"
    from_checkpoint = latentlab("train", "--config", str(manifest), "--dry-run", cwd=tmp_path)
    assert json.loads(from_checkpoint.stdout) == json.loads(shown.stdout)
    assert list(tmp_path.iterdir()) == [tmp_path / "run.json"]


def test_help_names_every_setting(tmp_path):
    done = latentlab("train", "--help", cwd=tmp_path, env={**os.environ, "COLUMNS": "160"})
    from latentlab.config import RunConfig

    for field in RunConfig.model_fields:
        assert f"--{field.replace('_', '-')}" in done.stdout


LONG = [*TINY[:-8], "--epochs", "4000", "--batch-size", "64", "--projections", "pca"]


def start(folder: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "latentlab", "train", *LONG, "--index-size", "300", *more]
    return subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def wait_for(condition: object, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_ctrl_c_ends_the_epoch_and_keeps_the_run(tmp_path):
    process = start(tmp_path, "--name", "long")
    try:
        lines = iter(process.stdout or ())
        wait_for(lambda: "training" in next(lines))
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        said = "".join(lines)
        assert process.wait(30) == 130, said
    finally:
        process.kill()
    assert "--resume" in said
    assert (tmp_path / "runs" / "long" / "resume.latentlab").is_file()
    assert not (tmp_path / "checkpoints" / "long").exists()


@pytest.mark.skipif(os.name != "posix", reason="kill -9 as POSIX has it")
def test_a_killed_run_resumes_and_ends_bit_identical(tmp_path):
    settings = [*TINY[:-8], "--epochs", "400", "--batch-size", "64", "--projections", "pca"]
    settings += ["--index-size", "300"]
    assert latentlab("train", *settings, "--name", "whole", cwd=tmp_path).returncode == 0

    command = [sys.executable, "-m", "latentlab", "train", *settings, "--name", "killed"]
    environment = {**os.environ, "LATENTLAB_SAVE_SECONDS": "0.2"}
    process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL)
    kept = tmp_path / "runs" / "killed" / "resume.latentlab"
    wait_for(kept.exists)
    process.kill()
    process.wait()
    assert not (tmp_path / "checkpoints" / "killed").exists()

    done = latentlab("train", *settings, "--name", "killed", "--resume", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    files = [
        open_checkpoint(tmp_path / "checkpoints" / name).manifest.files
        for name in ("whole", "killed")
    ]
    for file in ("weights.safetensors", "index.safetensors", "timeline.safetensors"):
        assert files[0][file] == files[1][file], file

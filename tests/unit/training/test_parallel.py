"""Several processes train the same network as one does."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from tests.conftest import tiny_config

from latentlab.checkpoints import Checkpoint, open_checkpoint
from latentlab.config import RunConfig
from latentlab.training.batches import Batches
from latentlab.training.loop import Trainer
from latentlab.training.parallel import ALONE, World
from latentlab.training.reporting import Silent
from latentlab.training.run import Places, RunRequest, run

# Gradients are added in another order; over a few steps that stays near float32's last digits.
TOLERANCE = 1e-4


class Part(World):
    def __init__(self, rank: int, size: int) -> None:
        self.rank, self.size = rank, size


def batches(share: slice) -> Batches:
    images = np.arange(20 * 4, dtype=np.uint8).reshape(20, 2, 2, 1)
    return Batches(
        images,
        batch_size=7,
        latent_dim=3,
        seed=1,
        device=torch.device("cpu"),
        dtype=torch.float32,
        share=share,
    )


@pytest.mark.parametrize("size", [1, 2, 3])
def test_shares_make_up_the_batch_of_one_process(size: int) -> None:
    whole = list(batches(slice(None)).epoch(4, first=1))
    parts = [list(batches(Part(rank, size).share(7)).epoch(4, first=1)) for rank in range(size)]
    for number, (images, noise) in enumerate(whole):
        assert torch.equal(images, torch.cat([part[number][0] for part in parts]))
        assert torch.equal(noise, torch.cat([part[number][1] for part in parts]))


def test_alone_nothing_is_exchanged() -> None:
    assert ALONE.is_main
    assert ALONE.average({"loss": 2.0}, 5) == {"loss": 2.0}
    assert ALONE.any(True)
    assert not ALONE.any(False)


@pytest.mark.slow
@pytest.mark.timeout(300)  # three imports of torch on a busy machine
def test_two_processes_end_with_the_loss_of_one(tmp_path: Path) -> None:
    pytest.importorskip("accelerate")
    # 63 images a batch: the two shares are not equal.
    config = tiny_config(batch_size=63, precision="float32")
    done = two_processes(tmp_path, config, "--name", "two")
    assert done.stdout.count("Checkpoint:") == 1  # one process talks
    alone = run(RunRequest(config, name="one", places=Places(tmp_path / "one", tmp_path / "runs")))
    assert alone.path is not None
    two = open_checkpoint(tmp_path / "checkpoints" / "two")
    assert_alike(two, open_checkpoint(alone.path))
    assert json.loads((two.path / "checkpoint.json").read_text())["format"] == 1


@pytest.mark.slow
@pytest.mark.timeout(300)  # three imports of torch on a busy machine
def test_what_one_process_began_two_can_end(tmp_path: Path, monkeypatch) -> None:
    pytest.importorskip("accelerate")
    monkeypatch.setenv("LATENTLAB_SAVE_SECONDS", "0")
    config = tiny_config(batch_size=63, precision="float32")
    runs = Places(tmp_path / "checkpoints", tmp_path / "runs")
    with pytest.raises(RuntimeError, match="power failed"):
        run(RunRequest(config, name="shared", places=runs, reporter=PowerFails(step=5)))
    two_processes(tmp_path, config, "--name", "shared", "--resume")
    alone = run(RunRequest(config, name="one", places=Places(tmp_path / "one", tmp_path / "runs")))
    assert alone.path is not None
    shared = open_checkpoint(tmp_path / "checkpoints" / "shared")
    assert_alike(shared, open_checkpoint(alone.path))


class PowerFails(Silent):
    def __init__(self, step: int) -> None:
        self.step = step

    def trainer(self, trainer: Trainer) -> "PowerFails":
        return self

    def after_step(self, trainer: Trainer) -> None:
        if trainer.progress.step == self.step:
            raise RuntimeError("the power failed")

    def after_epoch(self, trainer: Trainer) -> None:
        pass


def two_processes(
    folder: Path, config: RunConfig, *arguments: str
) -> "subprocess.CompletedProcess[str]":
    (folder / "config.json").write_text(config.model_dump_json())
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"]
    command += ["-m", "latentlab", "train", "--config", "config.json", *arguments]
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done


def assert_alike(one: Checkpoint, other: Checkpoint) -> None:
    for mine, theirs in zip(one.history(), other.history(), strict=True):
        for term in ("loss", "elbo", "validation_loss"):
            assert theirs[term] == pytest.approx(mine[term], rel=TOLERANCE), term

"""A training as others watch it."""

from __future__ import annotations

import threading

import numpy as np
import pytest
import torch
from tests.conftest import tiny_config

from latentlab.checkpoints import open_checkpoint, pack
from latentlab.training.reporting import Silent
from latentlab.training.run import Places, RunRequest, run
from latentlab.training.stage_watcher import Opening, Stage
from latentlab.training.watching import Control


class Seen:
    """Keeps what it sees."""

    def __init__(self):
        self.opening: Opening | None = None
        self.stages: list[Stage] = []
        self.changed = threading.Event()

    def opened(self, opening):
        self.opening = opening

    def stage(self, stage):
        self.stages.append(stage)
        self.changed.set()


def test_an_audience_sees_the_network_from_the_first_step_to_the_last(tmp_path):
    seen = Seen()
    places = Places(tmp_path / "c", tmp_path / "r")
    request = RunRequest(tiny_config(), name="seen", places=places, audience=seen)
    checkpoint = open_checkpoint(run(request).path)
    opening, stages = seen.opening, seen.stages
    assert opening.n_steps == stages[-1].step == 12
    assert opening.config == checkpoint.manifest.config
    assert stages[0].step == 0
    steps = [stage.step for stage in stages]
    assert steps == sorted(set(steps))  # the end of the training comes once
    assert len(steps) > 1
    index = checkpoint.index()
    assert np.array_equal(opening.labels, index.labels)
    np.testing.assert_allclose(stages[-1].latents, index.latents, rtol=2e-3, atol=2e-3)
    assert stages[-1].reconstructions.shape == opening.shown.shape == (10, 16, 16, 1)
    assert {"loss", "reconstruction", "kl"} <= set(stages[-1].terms)
    assert stages[-1].history == checkpoint.history()[-1]
    weights = checkpoint.weights()
    for name, packed in stages[-1].decoder.items():
        want = weights[f"decoder.{name}"]
        np.testing.assert_allclose(packed.unpack(), want, atol=np.abs(want).max() / 100)


def test_a_single_epoch_ends_with_a_stage(tmp_path):
    seen, control = Seen(), Control()
    control.step_epoch()
    places = Places(tmp_path / "c", tmp_path / "r")
    config = tiny_config(epochs=30)
    request = RunRequest(config, name="one", places=places, audience=seen, control=control)
    thread = threading.Thread(target=run, args=(request,))
    thread.start()
    while not control.paused:
        seen.changed.wait(0.05)
    assert seen.stages[-1].step == 4
    assert seen.stages[-1].epoch == 1
    control.finish()
    thread.join()
    history = open_checkpoint(tmp_path / "c" / "one").history()
    assert [entry["epoch"] for entry in history] == [1]


class Slow(Seen):
    """Looks at its first stage until the training is over."""

    def __init__(self):
        super().__init__()
        self.trained = threading.Event()

    def stage(self, stage):
        if not self.stages:
            assert self.trained.wait(60), "the training waits for who watches it"
        super().stage(stage)


class Ending(Silent):
    """Says when the last epoch but one is over."""

    def __init__(self, over):
        self.over = over

    def trainer(self, trainer):
        return self

    def after_step(self, trainer):
        pass

    def after_epoch(self, trainer):
        if len(trainer.progress.history) == 2:
            self.over.set()


def test_training_goes_on_while_somebody_looks(tmp_path):
    seen = Slow()
    places = Places(tmp_path / "c", tmp_path / "r")
    request = RunRequest(
        tiny_config(), name="a", places=places, audience=seen, reporter=Ending(seen.trained)
    )
    run(request)
    steps = [stage.step for stage in seen.stages]
    assert steps[0] == 0
    assert steps[1] > 8
    assert steps[-1] == 12


def test_an_audience_that_fails_ends_the_training(tmp_path):
    class Failing(Seen):
        def stage(self, stage):
            raise OSError("no room")

    places = Places(tmp_path / "c", tmp_path / "r")
    request = RunRequest(tiny_config(), name="a", places=places, audience=Failing())
    with pytest.raises(OSError, match="no room"):
        run(request)
    assert not (tmp_path / "c" / "a").exists()


@pytest.mark.parametrize("shape", [(40, 60), (16, 8, 4, 4), (30,), (3, 2), (4, 100)])
def test_packing_errs_by_half_a_step_of_its_row(shape):
    torch.manual_seed(0)
    array = torch.randn(shape).numpy() * 0.3
    packed = pack(array)
    rows = np.abs(array.reshape(len(array), -1)).max(axis=1)
    bound = rows / 127 / 2 if packed.scale is not None else rows / 1000
    error = np.abs(packed.unpack() - array).reshape(len(array), -1).max(axis=1)
    assert (error <= bound * 1.001 + 1e-7).all()
    assert (packed.values.dtype == np.int8) == (array.size >= 256)


def test_packing_survives_what_ran_away():
    array = np.full((20, 20), np.inf, np.float32)
    array[0] = np.nan
    assert np.isfinite(pack(array).unpack()).all()

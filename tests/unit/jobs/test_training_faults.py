"""What goes wrong with a training: one sentence each, and nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from threading import Barrier

import pytest
from waiting import reaches, until

from latentlab.jobs import JobError, manager, training
from latentlab.jobs.folder import Status
from latentlab.jobs.recipe import Recipe
from latentlab.jobs.training import Training
from latentlab.jobs.work import Work


def work_on(runs: Path, recipe: Recipe) -> Work:
    """Return a job as its worker sees it, for this process to do."""
    job = manager.place(runs, "training") / "one"
    job.mkdir(parents=True)
    (job / "request.json").write_text(json.dumps(asdict(recipe)))
    return Work(job, SimpleQueue(), Status("starting"))


def test_every_field_that_is_wrong_is_named():
    recipe = Recipe(latent_dim=5, beta=float("nan"), epochs=0, learning_rate=3.0, seed=-1)
    found = training.problems(recipe)
    assert set(found) == {"latent_dim", "beta", "epochs", "learning_rate", "seed"}
    assert all(sentence.endswith(".") for sentence in found.values())


def test_a_loss_that_explodes_stops_with_the_step_and_what_to_change(runs):
    # Whatever the machine's arithmetic: what the KL term jumps with such a rate counts 1,000 times.
    work = work_on(runs, Recipe(learning_rate=1.0, beta=1000.0, epochs=4))
    sentence = r"^The loss at step \d+ of 76 is \S+ nats per image: try a learning rate below 1\.$"
    with pytest.raises(JobError, match=sentence):
        training._work(work)
    assert list(work.folder.glob("stages/*.llm"))
    assert not list(work.folder.glob("checkpoint/*"))


def test_a_network_that_has_learned_nothing_says_so(runs):
    work = work_on(runs, Recipe(model="ae", learning_rate=1e-6, epochs=1))
    training._work(work)
    assert work.status.state == "done"
    assert "no better than the mean image" in work.status.note
    assert "train for more epochs" in work.status.note
    assert "--" not in work.status.note


def test_two_presses_a_kill_and_a_closed_lid(runs):
    together = Barrier(2)

    def press(seed: int) -> Training | JobError:
        together.wait()
        try:
            return training.start(runs, Recipe(seed=seed, epochs=2000))
        except JobError as error:
            return error

    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(press, (0, 1)))
    (found,) = [one for one in both if isinstance(one, Training)]
    (refused,) = [one for one in both if isinstance(one, JobError)]
    assert "Somebody else is training" in str(refused)
    assert training.all_trainings(runs) == [found]

    before = reaches(found, "running", 40)
    _send(found, signal.SIGKILL)
    until(lambda: found.status().state == "interrupted")
    training.resume(found)
    reaches(found, "running", before.step + 1)

    _send(found, signal.SIGSTOP)
    asleep = found.status()
    assert asleep.state == "running"
    _send(found, signal.SIGCONT)
    reaches(found, "running", asleep.step + 1)
    training.discard(found)
    assert training.current(runs) is None


def _send(found: Training, word: signal.Signals) -> None:
    os.kill(manager._WORKERS[found.job.folder.parent].process.pid, word)


def test_a_disk_that_is_full_when_a_training_is_kept_loses_nothing(runs, tmp_path, monkeypatch):
    work = work_on(runs, Recipe(model="ae", epochs=1))
    training._work(work)
    (found,) = training.all_trainings(runs)
    root, copy = tmp_path / "checkpoints", shutil.copytree

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copytree", full)
    with pytest.raises(JobError, match=r"No space left on device\. The training is still there"):
        training.keep(found, "", root)
    assert not list(root.glob("*"))
    monkeypatch.setattr(shutil, "copytree", copy)
    assert training.keep(found, "", root).name == f"my-{found.name.removeprefix('my-')}"

"""A training as a job: steered, killed, resumed, kept, on a full disk."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from queue import SimpleQueue

import numpy as np
import pytest
from PIL import Image
from waiting import reaches, until

from latentlab.checkpoints import open_checkpoint
from latentlab.errors import CheckpointError
from latentlab.export.message import unpack
from latentlab.export.stage_decoders import BLOCK, ZERO, in_bytes
from latentlab.jobs import JobError, estimates, manager, stage_files, training, training_work
from latentlab.jobs.estimates import Pace
from latentlab.jobs.folder import Status
from latentlab.jobs.recipe import recipe_from
from latentlab.jobs.training import Recipe
from latentlab.jobs.work import Work
from latentlab.training.loop import Trainer

LONG = Recipe(epochs=2000)
PER_EPOCH = 19  # of the digits


def test_pause_step_stop_and_keep(runs, tmp_path):
    training.warm(runs, LONG)
    found = training.start(runs, LONG)
    with pytest.raises(JobError, match="Somebody else is training"):
        training.start(runs, Recipe())
    reaches(found, "running", 1)
    training.command(found, "pause")
    paused = reaches(found, "paused")
    training.command(found, "step")
    stepped = reaches(found, "paused", paused.step + 1)
    assert stepped.step % PER_EPOCH == 0
    assert stepped.step - paused.step <= PER_EPOCH
    with pytest.raises(JobError, match="stop it, or wait"):
        training.keep(found, "mine", tmp_path / "checkpoints")
    training.command(found, "stop")
    assert found.job.wait(100).state == "done"

    kept = training.keep(found, "mine", tmp_path / "checkpoints")
    assert kept.name == found.kept == "my-mine"
    checkpoint = open_checkpoint(kept)
    assert checkpoint.manifest.config == found.recipe.config().model_copy(
        update={
            name: getattr(checkpoint.manifest.config, name)
            for name in ("batch_size", "early_stopping", "augment")
        }
    )
    assert len(checkpoint.history()) < LONG.epochs
    with pytest.raises(JobError, match="already a checkpoint called 'my-mine'"):
        training.keep(found, "my-mine", tmp_path / "checkpoints")
    with pytest.raises(CheckpointError, match="cannot be called"):
        training.keep(found, "../mine", tmp_path / "checkpoints")
    with pytest.raises(JobError, match="ended already"):
        training.command(found, "pause")
    _check_stages(found, checkpoint)

    training.discard(found)
    assert not found.job.folder.exists()
    assert kept.exists()
    assert training.all_trainings(runs) == []


def _check_stages(found, checkpoint):
    """The last stage is the network that was kept, ready for the browser's runtime."""
    from latentlab.export.browser import networks_of

    opening, arrays = unpack(found.opening())
    listed = found.stages()
    assert [stage.step for stage in listed] == sorted({stage.step for stage in listed})
    assert found.stages(since=listed[-1].number) == []
    assert listed[0].step == 0
    last, pieces = unpack(listed[-1].read())
    assert last["step"] == checkpoint.history()[-1]["step"]
    assert pieces["history"].shape == (len(checkpoint.history()), len(last["history"]))
    latents = checkpoint.index().latents[: len(pieces["latents"])]
    np.testing.assert_allclose(pieces["latents"], latents, rtol=0.01, atol=0.01)
    assert np.array_equal(arrays["labels"], checkpoint.index().labels[: len(latents)])
    networks = networks_of(checkpoint)
    assert networks is not None
    decoder = networks.decoder
    assert opening["decoder"] == decoder.header()
    weights = decoder.weights.astype(np.float32)
    assert np.abs(_unpacked(pieces) - weights).max() < 0.02 * np.abs(weights).max()


def _unpacked(pieces):
    scale = np.repeat(pieces["scale"], BLOCK)[: len(pieces["weights"])]
    return (pieces["weights"].astype(np.float32) - ZERO) * scale


def test_an_app_that_is_killed_leaves_a_training_that_can_be_resumed(runs):
    script = (
        "import sys, time; from pathlib import Path\n"
        "from latentlab.jobs import manager, training\n"
        "found = training.start(Path(sys.argv[1]), training.Recipe(epochs=2000))\n"
        "print(*(w.process.pid for w in manager._WORKERS.values()), flush=True)\n"
        "time.sleep(1000)\n"
    )
    app = subprocess.Popen(
        [sys.executable, "-c", script, str(runs)], stdout=subprocess.PIPE, text=True
    )
    worker = int(app.stdout.readline())
    found = training.current(runs)
    before = reaches(found, "running", 2 * PER_EPOCH)
    with pytest.raises(JobError, match="Another app"):
        training.command(found, "pause")
    app.send_signal(signal.SIGKILL)
    app.wait()
    until(lambda: found.status().state == "interrupted")
    assert found.can_resume
    assert not _exists(worker)

    training.resume(found)
    after = reaches(found, "running", before.step + 1)
    assert after.step < before.step + 100 * PER_EPOCH
    training.command(found, "pause")
    reaches(found, "paused")
    steps = [stage.step for stage in found.stages()]
    assert steps == sorted(set(steps))
    training.discard(found)


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"


def test_images_that_vanished_are_named_and_the_run_stays(runs, tmp_path, monkeypatch):
    monkeypatch.setenv("LATENTLAB_DATA", str(tmp_path / "data"))
    folder = tmp_path / "data" / "images" / "mine"
    folder.mkdir(parents=True)
    generator = np.random.default_rng(0)
    for i in range(60):
        pixels = generator.integers(0, 256, (16, 16), np.uint8)
        Image.fromarray(pixels).save(folder / f"{i}.png")
    assert "folder:mine" in training.image_sets()
    found = training.start(runs, Recipe(images="folder:mine", latent_dim=2, epochs=2000))
    reaches(found, "running", 2)
    manager._WORKERS[found.job.folder.parent].kill()
    shutil.rmtree(folder)
    assert found.status().state == "interrupted"
    training.resume(found)
    ended = found.job.wait(100)
    assert ended.state == "failed"
    assert "There is no folder 'mine'" in ended.problem
    assert found.can_resume
    assert list(found.job.folder.glob("run/*/resume.latentlab"))


def test_a_full_disk_stops_the_training_and_it_can_be_resumed(runs, monkeypatch):
    job = manager.place(runs, "training") / "one"
    job.mkdir(parents=True)
    (job / "request.json").write_text('{"images": "digits", "epochs": 3}')
    work = Work(job, SimpleQueue(), Status("starting"))
    write, calls = stage_files.replace, []

    def full(path: Path, content: bytes) -> None:
        calls.append(path)
        if len(calls) > 3:
            raise OSError(28, "No space left on device")
        write(path, content)

    monkeypatch.setattr(stage_files, "replace", full)
    sentence = r"No space left on device\. Make room, then resume the training\.$"
    with pytest.raises(JobError, match=sentence):
        training._work(work)
    kept = [stage.step for stage in stage_files.listed(job)]
    assert len(kept) == 2
    monkeypatch.setattr(stage_files, "replace", write)
    training._work(work)
    assert work.status.state == "done"
    assert [stage.step for stage in stage_files.listed(job)][-1] == 3 * PER_EPOCH
    assert estimates.pace(job.parent, Recipe(epochs=3).config()).n_epochs == 3


@pytest.fixture
def small_disk(tmp_path: Path):
    """A drive of three megabytes, where one can be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("No drive can be mounted here.")
    yield place
    manager.shut_down()
    subprocess.run(["umount", str(place)], check=True)


def test_on_a_real_full_disk_the_reason_is_told_and_nothing_is_lost(runs, small_disk):
    found = training.start(small_disk, LONG)
    ended = found.job.wait(100)
    assert ended.state == "failed"
    assert "No space left on device" in ended.problem
    assert ended.problem.count(".") == 2, ended.problem
    (small_disk / "filler").write_bytes(bytes(_room(small_disk)))
    with pytest.raises(JobError, match="No space left on device"):
        training.start(small_disk, LONG)
    assert training.current(small_disk) == found
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    training.resume(found)
    reaches(found, "running", ended.step + 1)
    training.discard(found)


def _room(disk: Path) -> int:
    return shutil.disk_usage(disk).free


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"images": "nothing"}, "images", "no image set called 'nothing'"),
        ({"images": "folder:gone"}, "images", "not on this machine"),
        ({"images": "folder:../x"}, "images", "not a folder's name"),
        ({"model": "unet"}, "model", "no model called 'unet'"),
        ({"latent_dim": 5}, "latent_dim", "1, 2, 3, 8, 16, 32"),
        ({"beta": -1.0}, "beta", "greater than or equal to 0"),
        ({"epochs": 0}, "epochs", "greater than or equal to 1"),
        ({"learning_rate": 2.0}, "learning_rate", "less than or equal to 1"),
        ({"seed": -1}, "seed", "greater than or equal to 0"),
    ],
)
def test_an_impossible_recipe_is_refused_beside_its_field(runs, changes, field, words):
    found = training.problems(Recipe(**changes))
    assert list(found) == [field]
    assert words in found[field]
    with pytest.raises(JobError):
        training.start(runs, Recipe(**changes))
    assert training.current(runs) is None


def test_an_autoencoder_has_no_beta(runs):
    assert training.problems(Recipe(model="ae", beta=7.0)) == {}
    assert Recipe(model="ae", beta=7.0).config().beta == 1


def test_a_recipe_survives_its_file():
    assert recipe_from({"images": "shapes", "beta": 4, "new": 1}) == Recipe("shapes", beta=4)


def test_a_warm_worker_measures_how_long_a_recipe_takes(runs):
    training.warm(runs, Recipe())
    few = until(lambda: training.estimate(runs, Recipe(epochs=10)))
    many = training.estimate(runs, Recipe(epochs=100, seed=3, beta=2.0))
    assert many == pytest.approx(10 * few)


def test_a_worker_takes_first_steps_even_where_the_time_is_known(tmp_path, monkeypatch):
    recipe, steps = Recipe(), []
    estimates.note(tmp_path, recipe.config(), Pace(0.5, 10))
    monkeypatch.setattr(Trainer, "seconds_to_go", lambda trainer: steps.append(1) or 7.0)
    monkeypatch.setattr(training_work, "_has_stepped", threading.Event())
    for _ in range(2):
        training_work.measure_pace(tmp_path, recipe, lambda: False)
    assert len(steps) == 1, "once: what the first step loads is loaded then"
    assert estimates.pace(tmp_path, recipe.config()) == Pace(0.5, 10)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff"])
def test_a_damaged_file_of_estimates_is_no_estimate(tmp_path, content):
    config = Recipe().config()
    (tmp_path / estimates.FILE).write_bytes(content)
    assert estimates.pace(tmp_path, config) is None
    estimates.note(tmp_path, config, Pace(0.5, 60, 2.0))
    assert estimates.pace(tmp_path, config).seconds(None) == 32
    assert estimates.pace(tmp_path, config).seconds(4) == 4


def test_weights_in_bytes_are_near_the_weights():
    weights = np.random.default_rng(0).normal(size=1000).astype(np.float32)
    weights[:100] *= 1e-4
    values, scale = in_bytes(weights)
    assert values.shape == (1000,)
    assert scale.shape == (16,)
    error = np.abs(_unpacked({"weights": values, "scale": scale}) - weights)
    assert (error <= np.repeat(scale, BLOCK)[:1000] / 2 * 1.001).all()
    zeros, scale = in_bytes(np.zeros(3, np.float16))
    assert not _unpacked({"weights": zeros, "scale": scale}).any()


def test_a_long_training_thins_its_stages(tmp_path, monkeypatch):
    from latentlab.training.stage_watcher import Stage

    monkeypatch.setattr(stage_files, "MOST_STAGES", 8)
    monkeypatch.setattr(stage_files, "FEWEST_STAGES", 4)
    monkeypatch.setattr(stage_files.StageWriter, "_weights", lambda *_: in_bytes(np.ones(10)))
    writer = stage_files.StageWriter(tmp_path)
    (tmp_path / stage_files.FOLDER).mkdir()
    images = np.zeros((1, 4, 4, 1), np.uint8)
    for step in range(40):
        writer.write(Stage(step, 0.0, 0.0, np.zeros((2, 2), np.float32), {}, images), [])
        numbers = [stage.number for stage in stage_files.listed(tmp_path)]
        assert numbers[0] == 0
        assert numbers[-1] == writer.latest == step
        assert len(numbers) <= 9

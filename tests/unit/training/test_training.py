from __future__ import annotations

import json

import numpy as np
import pytest
import torch
from tests.conftest import tiny_config

from latentlab.checkpoints import open_checkpoint
from latentlab.codec import build_for, load_codec
from latentlab.data import ImageSet
from latentlab.errors import LatentlabError, TrainingError
from latentlab.images import png
from latentlab.training import resume
from latentlab.training.batches import Batches
from latentlab.training.indexing import check_selection, select
from latentlab.training.initialization import start_from_mean
from latentlab.training.loop import Trainer
from latentlab.training.run import Places, RunRequest, run
from latentlab.training.schedule import one_cycle
from latentlab.training.timeline import TimelineRecorder, stages


def images(n=96, side=16, seed=0):
    """Bright squares at random places: something a small network can learn."""
    rng = np.random.default_rng(seed)
    pixels = np.zeros((n, side, side, 1), np.uint8)
    for picture, (x, y) in zip(pixels, rng.integers(0, side - 6, (n, 2)), strict=True):
        picture[y : y + 6, x : x + 6] = 255
    return pixels


def save_pictures(folder, n):
    folder.mkdir(parents=True)
    for number, picture in enumerate(images(n)):
        (folder / f"{number}.png").write_bytes(png(picture))


def trainer(config, train=None, seed=0):
    train = images() if train is None else train
    torch.manual_seed(seed)
    module = build_for(config, train.shape[1:])
    start_from_mean(module, train)
    return Trainer(module, config, train, images(32, seed=1), torch.device("cpu"))


def weights(subject):
    return {name: tensor.clone() for name, tensor in subject.module.state_dict().items()}


def test_one_cycle_rises_and_falls():
    rates = [one_cycle(step, 100, 2.0) for step in range(101)]
    assert rates[0] == pytest.approx(0.2)
    assert max(rates) == pytest.approx(2.0)
    assert np.argmax(rates) == 30
    assert rates[-1] == pytest.approx(0.0)


def test_batches_are_a_permutation_and_repeat_themselves():
    pixels = np.arange(40, dtype=np.uint8).reshape(40, 1, 1, 1)

    def make():
        return Batches(
            pixels,
            batch_size=8,
            latent_dim=2,
            seed=3,
            device=torch.device("cpu"),
            dtype=torch.float32,
        )

    first = [(a * 255).round().flatten().tolist() for a, _ in make().epoch(0)]
    assert sorted(value for batch in first for value in batch) == list(range(40))
    again = list(make().epoch(0, first=2))
    assert [(a * 255).round().flatten().tolist() for a, _ in again] == first[2:]
    other = [(a * 255).round().flatten().tolist() for a, _ in make().epoch(1)]
    assert other != first


def test_noise_does_not_depend_on_where_a_pass_is_resumed(monkeypatch):
    monkeypatch.setattr("latentlab.training.batches.SEGMENT_BYTES", 8 * 256 * 2)
    batches = Batches(
        images(64),
        batch_size=8,
        latent_dim=2,
        seed=3,
        device=torch.device("cpu"),
        dtype=torch.float32,
    )
    whole, rest = list(batches.epoch(0)), list(batches.epoch(0, first=5))
    assert len(rest) == 3
    for (a, b), (c, d) in zip(whole[5:], rest, strict=True):
        assert torch.equal(a, c)
        assert torch.equal(b, d)


def test_images_can_be_overfitted():
    config = tiny_config(epochs=250, learning_rate=1e-2, batch_size=32, model="ae", latent_dim=8)
    subject = trainer(config, images(32))
    before = subject.evaluate(images(32))["loss"]
    subject.run()
    assert subject.evaluate(images(32))["loss"] < 0.2 * before


def test_the_same_seed_gives_the_same_weights_and_history():
    first, second = trainer(tiny_config()), trainer(tiny_config())
    first.run()
    second.run()
    assert all(torch.equal(a, weights(second)[name]) for name, a in weights(first).items())
    for a, b in zip(first.progress.history, second.progress.history, strict=True):
        assert {k: v for k, v in a.items() if k != "seconds"} == {
            k: v for k, v in b.items() if k != "seconds"
        }


@pytest.mark.parametrize("stop_after", [1, 4, 7, 11])
def test_a_resumed_run_ends_bit_identical(tmp_path, stop_after):
    config = tiny_config(epochs=4, batch_size=24)  # 4 batches a pass

    whole = trainer(config)
    recorder = TimelineRecorder(images(20), whole, 1.0)
    whole.run([recorder])

    class Killed(Exception):
        pass

    class Kill:
        def after_step(self, subject):
            if subject.progress.step == stop_after:
                raise Killed

        def after_epoch(self, subject):
            pass

    broken = trainer(config)
    kept = TimelineRecorder(images(20), broken, 1.0)
    with pytest.raises(Killed):
        broken.run([kept, resume.ResumeWriter(tmp_path, kept, {}, every_seconds=0), Kill()])

    again = trainer(config)
    resumed = TimelineRecorder(images(20), again, 1.0)
    resume.restore(tmp_path, again, resumed, {})
    assert 0 < again.progress.step <= stop_after
    again.run([resumed])

    assert all(torch.equal(a, weights(again)[name]) for name, a in weights(whole).items())
    assert np.array_equal(resumed.timeline().latents, recorder.timeline().latents)
    drop = lambda h: [{k: v for k, v in e.items() if k != "seconds"} for e in h]  # noqa: E731
    assert drop(again.progress.history) == drop(whole.progress.history)


def test_resume_refuses_other_settings_damage_and_nothing(tmp_path):
    subject = trainer(tiny_config())
    recorder = TimelineRecorder(images(20), subject, 1.0)
    with pytest.raises(TrainingError, match="nothing to resume"):
        resume.restore(tmp_path, subject, recorder, {})

    resume.ResumeWriter(tmp_path, recorder, {}).write(subject)
    other = trainer(tiny_config(latent_dim=3))
    with pytest.raises(TrainingError, match="latent_dim"):
        resume.restore(tmp_path, other, TimelineRecorder(images(20), other, 1.0), {})

    path = tmp_path / resume.FILE
    damaged = bytearray(path.read_bytes())
    damaged[-1] ^= 1
    path.write_bytes(bytes(damaged))
    with pytest.raises(TrainingError, match="damaged"):
        resume.restore(tmp_path, subject, recorder, {})


def test_a_loss_that_is_not_a_number_stops_with_the_step():
    config = tiny_config(learning_rate=1.0, epochs=60, batch_size=8, likelihood="gaussian")
    subject = trainer(config)
    with torch.no_grad():
        subject.module.decoder[0].weight.fill_(float("nan"))
    with pytest.raises(TrainingError, match=r"step 0 .* learning rate"):
        subject.run()


@pytest.mark.parametrize("epochs", [1, 5])
def test_stopping_ends_the_epoch_even_if_it_is_the_last(epochs):
    subject = trainer(tiny_config(epochs=epochs))

    class Stop:
        def after_step(self, seen):
            seen.stopping = True

        def after_epoch(self, seen):
            pass

    assert subject.run([Stop()]) is False
    assert len(subject.progress.history) == 1
    assert subject.progress.step == subject.batches.per_epoch


def test_stages_are_log_spaced_from_first_to_last():
    for n_steps, per_epoch in ((1140, 19), (8560, 214), (1560, 78), (200, 200), (30, 3)):
        steps = stages(n_steps, per_epoch)
        assert steps[0] == 0
        assert steps[-1] == n_steps
        assert len(steps) == 24
        assert bool((np.diff(steps) > 0).all())
        if per_epoch > 12:
            assert (steps <= per_epoch).mean() > 0.5
    assert stages(5, 2).tolist() == [0, 1, 2, 3, 4, 5]


def test_the_timeline_keeps_its_budget():
    subject = trainer(tiny_config(epochs=50))
    recorder = TimelineRecorder(images(90), subject, megabytes=0.1)
    subject.run([recorder])
    timeline = recorder.timeline()
    stored = 2 * timeline.latents.size + sum(
        packed.nbytes for weights in timeline.weights for packed in weights.values()
    )
    assert 0 < stored <= 0.1 * 2**20
    assert set(timeline.weight_steps) <= set(timeline.steps)
    assert timeline.steps[-1] == timeline.weight_steps[-1] == subject.n_steps


def test_the_decoder_of_every_stage_can_be_read(tiny_checkpoint):
    checkpoint = open_checkpoint(tiny_checkpoint)
    timeline, codec = checkpoint.timeline(), load_codec(checkpoint)
    assert np.array_equal(timeline.steps, timeline.weight_steps)
    latents = checkpoint.index().latents[:20]
    want = codec.decode(latents)
    last = {f"decoder.{k}": torch.from_numpy(v) for k, v in timeline.decoder(-1).items()}
    codec.module.load_state_dict(codec.module.state_dict() | last)
    # A byte for each weight: off by less than a gray level or two.
    assert np.abs(codec.decode(latents) - want).max() < 2 / 255
    assert np.allclose(
        timeline.latents[-1],
        checkpoint.index().latents[: len(timeline.latents[-1])],
        rtol=2e-3,
        atol=2e-3,
    )


def test_a_run_writes_a_complete_folder(tiny_checkpoint):
    checkpoint = open_checkpoint(tiny_checkpoint)
    manifest = checkpoint.manifest
    assert {p.name for p in tiny_checkpoint.iterdir()} == {"checkpoint.json", *manifest.files}
    assert manifest.image_shape == (16, 16, 1)
    assert len(checkpoint.history()) == 3
    assert {"mse", "psnr", "ssim", "elbo", "kl_per_dimension", "active_dimensions"} <= set(
        manifest.metrics
    )
    agreement = manifest.metrics["label_agreement"]
    assert set(agreement) == {"latent", "pixel", "pca", "shuffled"}
    assert agreement["shuffled"] < agreement["pixel"]
    assert checkpoint.samples().startswith(b"\x89PNG")

    index = checkpoint.index()
    codec = load_codec(checkpoint)
    assert len(index) == 300
    assert index.latents.shape == (300, 2)
    assert index.stds is not None
    assert set(index.projections) == {"pca"}
    assert not index.latents.flags.writeable

    from latentlab import data
    from latentlab.images import to_float

    row = int(np.flatnonzero(index.splits == 2)[0])
    picture = data.load("digits", "test", size=16).images[index.numbers[row]]
    latent = codec.encode(to_float(picture[None]))
    np.testing.assert_allclose(latent[0], index.latents[row], atol=1e-5)


def test_a_run_can_be_repeated_from_its_checkpoint(tiny_checkpoint, tmp_path):
    config = open_checkpoint(tiny_checkpoint).manifest.config
    result = run(RunRequest(config, name="again", places=Places(tmp_path / "c", tmp_path / "r")))
    first, second = open_checkpoint(tiny_checkpoint), open_checkpoint(result.path)
    for file in ("weights.safetensors", "index.safetensors", "timeline.safetensors", "samples.png"):
        assert first.manifest.files[file] == second.manifest.files[file], file


@pytest.mark.parametrize(
    ("changes"),
    [
        {"model": "ae", "body": "conv", "hidden": (4, 8)},
        {"weights_dtype": "float16", "likelihood": "gaussian"},
    ],
)
def test_other_networks_train_too(tmp_path, changes):
    config = tiny_config(**changes)
    result = run(RunRequest(config, name="other", places=Places(tmp_path / "c", tmp_path / "r")))
    checkpoint = open_checkpoint(result.path)
    stored = checkpoint.weights()
    assert {a.dtype.name for a in stored.values()} == {config.weights_dtype}
    decoded = load_codec(checkpoint).decode(checkpoint.index().latents[:5])
    assert decoded.shape == (5, 16, 16, 1)
    assert (checkpoint.index().stds is None) == (config.model == "ae")


def test_a_name_that_is_taken_is_kept(tiny_checkpoint):
    before = json.loads((tiny_checkpoint / "checkpoint.json").read_text())
    with pytest.raises(LatentlabError, match="already a checkpoint called 'tiny'"):
        run(RunRequest(tiny_config(), name="tiny", places=Places(tiny_checkpoint.parent)))
    assert json.loads((tiny_checkpoint / "checkpoint.json").read_text()) == before


def test_an_interrupted_run_is_lost_only_where_asked(tmp_path):
    places = Places(tmp_path / "c", tmp_path / "r")
    kept = tmp_path / "r" / "mine" / resume.FILE
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"hours of work")
    with pytest.raises(TrainingError, match="--resume, or begin anew with --name mine --overwrite"):
        run(RunRequest(tiny_config(), name="mine", places=places))
    assert kept.read_bytes() == b"hours of work"
    assert (
        run(RunRequest(tiny_config(epochs=1), name="mine", places=places, replace=True)).path
        is not None
    )
    assert not kept.exists()


def test_two_trainings_into_one_name(tmp_path):
    from filelock import FileLock

    (tmp_path / "runs" / "twin").mkdir(parents=True)
    with (
        FileLock(tmp_path / "runs" / "twin" / "lock"),
        pytest.raises(TrainingError, match="under way"),
    ):
        run(
            RunRequest(tiny_config(), name="twin", places=Places(tmp_path / "c", tmp_path / "runs"))
        )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"projections": "native", "latent_dim": 3}, "'native' needs 2 latent dimensions"),
        ({"projections": "pca", "model": "unet", "body": "conv", "latent_dim": 0}, "no latent to"),
        ({"dataset": "folder:few", "n_images": None}, "1 would be of the train split"),
    ],
)
def test_what_cannot_succeed_is_refused_before_training(tmp_path, monkeypatch, changes, words):
    monkeypatch.setattr("latentlab.training.run.make_trainer", lambda *_: pytest.fail("it trains"))
    save_pictures(tmp_path / "images" / "few", 3)
    places = Places(tmp_path / "c", tmp_path / "r", tmp_path / "data", tmp_path / "images")
    with pytest.raises(LatentlabError, match=words):
        run(RunRequest(tiny_config(**changes), places=places))


def test_an_index_with_too_few_training_images_is_refused():
    sets = {
        split: ImageSet("made", split, images(n), np.zeros(n, np.int64), ("square",))
        for split, n in (("train", 2), ("validation", 50), ("test", 300))
    }
    with pytest.raises(TrainingError, match="1 would be of the train split, and 2 must be"):
        check_selection(select(sets, 100, seed=0))


def test_four_pictures_are_enough(tmp_path):
    save_pictures(tmp_path / "images" / "four", 4)
    places = Places(tmp_path / "c", tmp_path / "r", tmp_path / "data", tmp_path / "images")
    asked = {"dataset": "folder:four", "n_images": None, "projections": "native,pca,umap,tsne"}
    index = open_checkpoint(run(RunRequest(tiny_config(**asked), places=places)).path).index()
    assert index.neighbors.shape == (4, 3)


def test_an_unknown_projection_is_refused_before_training(tmp_path):
    with pytest.raises(LatentlabError, match="Did you mean 'umap'"):
        run(
            RunRequest(
                tiny_config(projections="umpa"), places=Places(tmp_path / "c", tmp_path / "r")
            )
        )

"""The default recipe: good for few images and for many, and honest where nothing was learned."""

from __future__ import annotations

import threading

import numpy as np
import pytest
import torch
from PIL import Image
from tests.conftest import tiny_config

from latentlab import data
from latentlab.checkpoints import open_checkpoint
from latentlab.codec import build_for
from latentlab.config import make_config
from latentlab.data.folder_crops import FILE, random_crops
from latentlab.data.image_set import ImageSet
from latentlab.errors import TrainingError
from latentlab.training import resume
from latentlab.training.batches import Batches
from latentlab.training.defaults import batch_size, needs_one_thread, schedule, settle
from latentlab.training.loop import Trainer
from latentlab.training.nothing_learned import nothing_learned
from latentlab.training.run import Places, RunRequest, run
from latentlab.training.timeline import TimelineRecorder
from latentlab.training.watching import Control


def squares(n, side=16, seed=0):
    rng = np.random.default_rng(seed)
    pixels = np.zeros((n, side, side, 1), np.uint8)
    for picture, (x, y) in zip(pixels, rng.integers(0, side - 6, (n, 2)), strict=True):
        picture[y : y + 6, x : x + 6] = 255
    return pixels


def trainer(config, train, validation=None):
    torch.manual_seed(0)
    module = build_for(config, train.shape[1:])
    validation = squares(32, seed=1) if validation is None else validation
    return Trainer(module, config, train, validation, torch.device("cpu"))


def shaped(n, *shape):
    """Take no memory for them."""
    return np.broadcast_to(np.uint8(0), (n, *shape))


def test_every_number_of_images_gets_about_the_same_number_of_steps():
    for n in (100, 600, 5_000, 60_000):
        config = make_config(dataset="folder:mine")
        size, epochs = schedule(config, shaped(n, 32, 32, 3))
        assert epochs * (n // size) == pytest.approx(4_000, rel=0.05), n
        config = make_config(dataset="folder:mine", task="denoise")
        size, epochs = schedule(config, shaped(n, 32, 32, 3))
        assert size == 16
        assert epochs * (n // size) == pytest.approx(7_000, rel=0.1), n
    # What these sets were trained with before there was a budget.
    assert schedule(make_config(dataset="digits"), shaped(1260, 8, 8, 1)) == (64, 60)
    assert schedule(make_config(dataset="mnist"), shaped(55_000, 28, 28, 1)) == (256, 40)
    assert schedule(make_config(dataset="shapes"), shaped(20_000, 32, 32, 3)) == (256, 20)


def test_a_unet_makes_more_steps_of_smaller_images():
    config = make_config(dataset="folder:mine", task="denoise")

    def steps(*shape):
        size, epochs = schedule(config, shaped(1600, *shape))
        return epochs * 1600 // size

    assert steps(16, 16, 1) == steps(28, 28, 1) == 16_000
    assert steps(64, 64, 3) == steps(128, 128, 3) == 4_000


@pytest.mark.parametrize("task", ["reconstruct", "denoise"])
def test_a_small_step_is_made_on_one_thread(task):
    config = make_config(dataset="folder:mine", task=task, batch_size=16)
    assert needs_one_thread(config, shaped(600, 32, 32, 3))
    assert not needs_one_thread(config, shaped(600, 64, 64, 3))


def test_what_is_asked_for_is_what_is_done():
    config = make_config(dataset="folder:mine", epochs=7, batch_size=9)
    assert schedule(config, shaped(1000, 16, 16, 1)) == (9, 7)
    images = ImageSet("m", "train", squares(100), np.zeros(100, np.int64), ("square",))
    settled = settle(config, images)
    assert (settled.epochs, settled.batch_size, settled.early_stopping) == (7, 9, False)
    assert settled.augment is False  # the images are gray
    assert config.led_to(settled)
    assert settle(settled, images) == settled
    assert not make_config(dataset="folder:mine", epochs=8).led_to(settled)


def test_few_images_are_not_outnumbered_by_those_they_are_validated_on():
    few = trainer(tiny_config(), squares(80), squares(100, seed=1))
    assert 80 / 4 <= len(few.validation) < 2 * 80 / 4
    assert len(trainer(tiny_config(), squares(80), squares(20, seed=1)).validation) == 20


def test_batches_grow_with_the_images():
    sizes = [batch_size(n) for n in (1, 10, 100, 1_000, 10_000, 100_000)]
    assert sizes == sorted(sizes)
    assert {sizes[0], sizes[-1]} == {16, 256}


def test_half_of_the_images_are_mirrored_the_same_way_each_time():
    images = np.zeros((64, 16, 16, 1), np.uint8)
    images[:, :, :8] = 255

    def left(seed=0):
        batches = Batches(
            images,
            batch_size=16,
            latent_dim=2,
            seed=seed,
            device=torch.device("cpu"),
            dtype=torch.float32,
            mirror=True,
        )
        return torch.cat([batch[:, 0, 0, 0] for batch, _ in batches.epoch(0)])

    assert 0.2 < float(left().mean()) < 0.8
    assert torch.equal(left(), left())
    assert not torch.equal(left(), left(seed=1))
    assert images[0, 0, 0, 0] == 255


def photographs(root, n=12, side=96):
    """Every pixel says where it is: red grows to the right, green downwards."""
    root.mkdir(parents=True)
    down, right = np.mgrid[:side, :side] * 255 // side
    for number in range(n):
        blue = np.full((side, side), 20 * number)
        pixels = np.stack([right, down, blue], -1).astype(np.uint8)
        Image.fromarray(pixels).save(root / f"{number}.png")


def test_crops_belong_to_their_pictures_and_are_of_the_training_split(tmp_path):
    photographs(tmp_path / "images" / "big")
    places = {"data_dir": tmp_path / "data", "data_root": tmp_path / "images"}
    train = data.load("folder:big", "train", size=16, **places)
    crops = data.load_crops("folder:big", 0.0, size=16, **places)
    assert crops is not None
    assert crops.shape == (len(train), 64, 16, 16, 3)
    assert np.array_equal(crops[:, 0], train.images)
    for images, own in zip(crops, train.images, strict=True):
        assert np.ptp(images[..., 2].astype(int)) <= 2
        assert abs(int(images[0, 0, 0, 2]) - int(own[0, 0, 2])) <= 2
    # From the whole to the picture's own resolution: 16 of 96 pixels are a sixth of the range.
    widths = np.ptp(crops[..., 0].astype(int), axis=(2, 3)) / np.ptp(train.images[0, ..., 0])
    assert widths.min() < 0.25
    assert widths.max() > 0.9
    assert list((tmp_path / "data" / "cache" / "folders").glob(f"crops-*/{FILE}"))
    again = data.load_crops("folder:big", 0.0, size=16, **places)
    assert np.array_equal(again, crops)


def test_pictures_that_are_no_larger_give_no_crops(tmp_path):
    photographs(tmp_path / "images" / "small", side=16)
    places = {"data_dir": tmp_path / "data", "data_root": tmp_path / "images"}
    assert data.load_crops("folder:small", 0.0, size=16, **places) is None
    assert data.load_crops("digits", 0.0) is None


def test_a_crop_of_the_least_size_is_the_pictures_own_pixels():
    pixels = np.random.default_rng(0).integers(0, 255, (16, 40, 3), np.uint8)
    crops = random_crops(pixels, 16, 5, 0.0, np.random.default_rng(1))
    assert crops.shape == (5, 16, 16, 3)
    assert len(np.unique(crops, axis=0)) == 5


def test_early_stopping_keeps_the_best_epoch(tmp_path):
    # Four images are soon known by heart, while validation images get worse.
    config = tiny_config(
        epochs=200, batch_size=4, learning_rate=2e-2, early_stopping=True, model="ae", latent_dim=8
    )
    subject = trainer(config, squares(4))
    assert subject.run()
    losses = [entry["validation_loss"] for entry in subject.progress.history]
    assert len(losses) < 200
    assert subject.kept_step == subject.progress.best_step == 1 + int(np.argmin(losses))
    assert subject.evaluate(subject.validation)["loss"] == pytest.approx(min(losses))


def test_early_stopping_survives_an_interruption(tmp_path):
    config = tiny_config(epochs=40, batch_size=8, early_stopping=True, learning_rate=1e-2)

    class Stop:
        def after_step(self, seen):
            seen.stopping = seen.progress.step >= 30

        def after_epoch(self, seen):
            pass

    whole = trainer(config, squares(24))
    assert whole.run()
    first = trainer(config, squares(24))
    recorder = TimelineRecorder(squares(9), first, 0.1)
    writer = resume.ResumeWriter(tmp_path, recorder, {}, every_seconds=0)
    assert not first.run([recorder, writer, Stop()])
    second = trainer(config, squares(24))
    resume.restore(tmp_path, second, TimelineRecorder(squares(9), second, 0.1), {})
    assert second.run()
    assert second.kept_step == whole.kept_step
    for name, tensor in whole.module.state_dict().items():
        assert torch.equal(tensor, second.module.state_dict()[name]), name


def test_a_finite_but_absurd_loss_stops_with_the_step():
    subject = trainer(tiny_config(epochs=5), squares(64))
    with torch.no_grad():
        subject.module.encoder[-1].weight.mul_(1e8)
    with pytest.raises(TrainingError, match=r"step 0 of \d+ is .*e\+\d+ nats .* learning rate"):
        subject.run()


def test_seconds_to_go_are_measured_without_changing_the_run():
    config = tiny_config(epochs=3)
    measured, plain = trainer(config, squares(96)), trainer(config, squares(96))
    assert measured.seconds_to_go() > 0
    assert measured.run()
    assert plain.run()
    for name, tensor in plain.module.state_dict().items():
        assert torch.equal(tensor, measured.module.state_dict()[name]), name
    assert measured.seconds_to_go() == 0


def test_a_control_pauses_steps_and_finishes():
    control = Control()
    subject = trainer(tiny_config(epochs=50, batch_size=32), squares(96))
    control.step_epoch()
    ended = []
    thread = threading.Thread(target=lambda: ended.append(subject.run(control=control)))
    thread.start()
    while not control.paused:
        pass
    assert len(subject.progress.history) == 1
    control.step_epoch()
    while not (control.paused and len(subject.progress.history) == 2):
        pass
    assert subject.progress.step == 6
    control.finish()
    thread.join()
    assert ended == [True]
    assert subject.progress.step == 6


def test_what_is_finished_early_is_kept(tmp_path):
    control = Control()
    control.finish()
    request = RunRequest(
        tiny_config(epochs=50),
        name="early",
        places=Places(tmp_path / "c", tmp_path / "r"),
        control=control,
    )
    checkpoint = open_checkpoint(run(request).path)
    assert len(checkpoint.history()) == 1
    assert checkpoint.timeline().steps.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("changes", "metrics", "words"),
    [
        ({}, {"elbo": 1e16, "psnr": 9.0}, "diverged.*learning rate"),
        ({}, {"elbo": 90.0, "kl": 0.01, "psnr": 12.0}, "KL divergence is 0.01 nats"),
        ({"model": "ae"}, {"loss": 90.0, "psnr": 12.0, "psnr_mean_image": 11.9}, "mean image"),
        (
            {"model": "ae", "task": "denoise"},
            {"loss": 90.0, "psnr": 15.7, "psnr_input": 15.5},
            "no better than the network's input.*--model unet",
        ),
    ],
)
def test_a_network_that_has_learned_nothing_says_so(changes, metrics, words):
    import re

    assert re.search(words, nothing_learned(tiny_config(**changes), metrics, 784))
    good = {"elbo": 90.0, "kl": 9.0, "psnr": 20.0, "psnr_mean_image": 12.0, "psnr_input": 15.0}
    assert nothing_learned(tiny_config(**changes), good, 784) == ""


def test_the_sentence_is_in_the_checkpoint(tmp_path):
    request = RunRequest(
        tiny_config(epochs=1, learning_rate=1e-7),
        name="nothing",
        places=Places(tmp_path / "c", tmp_path / "r"),
    )
    result = run(request)
    assert "learned nothing" in result.warning or "mean image" in result.warning
    assert open_checkpoint(result.path).manifest.warning == result.warning

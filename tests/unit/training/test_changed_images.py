"""A run is interrupted, the images change, and it is resumed."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.conftest import tiny_config

from latentlab.cli.encode import make_checkpoint
from latentlab.data import ImageSet
from latentlab.errors import TrainingError
from latentlab.training import resume
from latentlab.training.image_facts import image_facts
from latentlab.training.reporting import Silent
from latentlab.training.run import Places, RunRequest, run

CONFIG = tiny_config(dataset="folder:pets", n_images=None, epochs=2, batch_size=8)


class Spectator(Silent):
    """See at which step the training begins; stop it after an epoch if asked."""

    def __init__(self, *, stops=False):
        self.stops = stops
        self.began_at = None

    def trainer(self, trainer):
        self.began_at = trainer.progress.step
        return self

    def after_step(self, trainer):
        trainer.stopping = self.stops

    def after_epoch(self, trainer):
        pass


def add_picture(folder, seed, *, color=False):
    shape = (20, 20, 3) if color else (20, 20)
    pixels = np.random.default_rng(seed).integers(0, 255, shape, np.uint8)
    Image.fromarray(pixels).save(folder / f"{seed}.png")


def turn_to_color(folder):
    add_picture(folder, 1000, color=True)


def lose_a_picture(folder):
    (folder / "5.png").unlink()


@pytest.fixture
def places(tmp_path, monkeypatch):
    places = Places(*(tmp_path / name for name in ("checkpoints", "runs", "data", "root")))
    monkeypatch.setenv("LATENTLAB_DATA", str(places.data_dir))
    monkeypatch.setenv("LATENTLAB_DATA_ROOT", str(places.data_root))
    folder = places.data_root / "pets"
    folder.mkdir(parents=True)
    for seed in range(40):
        add_picture(folder, seed)
    return places


def interrupted(places: Places) -> Path:
    """Interrupt a training; return the folder of its images."""
    result = run(RunRequest(CONFIG, name="pets", places=places, reporter=Spectator(stops=True)))
    assert result.path is None
    return places.data_root / "pets"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda folder: add_picture(folder, 1000), r"\d+ images in the \w+ split, and now there"),
        (lose_a_picture, r"\d+ images in the \w+ split, and now there are"),
        (turn_to_color, "images of 16 x 16 x 1 values, and now they have 16 x 16 x 3"),
    ],
)
def test_other_images_are_refused_in_one_sentence(places, change, words):
    change(interrupted(places))
    with pytest.raises(TrainingError, match=f"{words}.*--overwrite instead of --resume"):
        run(RunRequest(CONFIG, name="pets", places=places, resuming=True))
    spectator = Spectator()
    assert run(
        RunRequest(CONFIG, name="pets", places=places, replace=True, reporter=spectator)
    ).path
    assert spectator.began_at == 0


@pytest.mark.parametrize("is_changed", [False, True])
def test_where_nobody_is_asked_only_the_same_images_are_resumed(places, is_changed):
    folder = interrupted(places)
    if is_changed:
        add_picture(folder, 1000)
    spectator = Spectator()
    assert run(
        RunRequest(CONFIG, name="pets", places=places, resuming=None, reporter=spectator)
    ).path
    assert (spectator.began_at == 0) == is_changed


@pytest.mark.parametrize("is_changed", [False, True])
def test_the_pipeline_begins_anew_where_a_folder_has_changed(places, monkeypatch, is_changed):
    # The folder's own files tell it, even where no image that is compared is another.
    monkeypatch.setattr("latentlab.training.run.image_facts", lambda sets: {})

    def encode(**options):
        spectator = Spectator(**options)
        where = (places.checkpoints, places.runs)
        return make_checkpoint(CONFIG, "my-pets", *where, reporter=spectator).path, spectator

    assert encode(stops=True)[0] is None
    if is_changed:
        add_picture(places.data_root / "pets", 1000)
    path, spectator = encode()
    assert path is not None
    assert (spectator.began_at == 0) == is_changed


def test_a_resume_file_of_a_version_that_did_not_name_the_images_is_resumed(places, monkeypatch):
    unpack = resume._unpack

    def unnamed(path):
        facts, tensors = unpack(path)
        del facts["summed_images"]
        return facts, tensors

    interrupted(places)
    monkeypatch.setattr(resume, "_unpack", unnamed)
    assert run(RunRequest(CONFIG, name="pets", places=places, resuming=True)).path


def test_one_label_or_one_pixel_changes_what_is_compared():
    def facts(labels, images):
        return image_facts({"train": ImageSet("own", "train", images, labels, ("a", "b"))})

    labels, images = np.zeros(1000, np.int64), np.zeros((1000, 16, 16, 1), np.uint8)
    before = facts(labels, images)
    assert facts(labels.copy(), images.copy()) == before
    assert facts(np.eye(1000, dtype=np.int64)[7], images) != before
    images[503, 7, 7, 0] = 1
    assert facts(labels, images) != before

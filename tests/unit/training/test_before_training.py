"""What images alone can tell is checked before anything is trained, and said."""

import numpy as np
import pytest
from PIL import Image
from tests.conftest import tiny_config

from latentlab.checkpoints import open_checkpoint
from latentlab.cli.query import ask
from latentlab.errors import LatentlabError
from latentlab.training.loop import Trainer
from latentlab.training.reporting import Silent
from latentlab.training.request import RunRequest
from latentlab.training.run import Places, run


class Notebook(Silent):
    """Keep what was said, in order."""

    def __init__(self):
        self.lines = []

    def stage(self, text):
        self.lines.append(text)

    note = stage


@pytest.fixture
def places(tmp_path):
    return Places(*(tmp_path / name for name in ("checkpoints", "runs", "data", "root")))


def fill(places: Places, where: str, n: int, *, color: bool = True) -> None:
    folder = places.data_root / where
    folder.mkdir(parents=True)
    seed = sum(where.encode())
    for k in range(n):
        pixels = np.random.default_rng([seed, k]).integers(0, 255, (20, 20, 3), np.uint8)
        picture = Image.fromarray(pixels)
        (picture if color else picture.convert("L")).save(folder / f"{k}.png")


def config(**changes):
    changes = {"n_images": None, "epochs": 1, "batch_size": 8, **changes}
    return tiny_config(dataset="folder:pets", **changes)


@pytest.fixture
def no_training(monkeypatch):
    monkeypatch.setattr(Trainer, "run", lambda *args: pytest.fail("it was trained"))


@pytest.mark.parametrize("resuming", [False, None])
def test_normal_classes_without_normal_test_pictures(places, no_training, resuming):
    fill(places, "pets/train/good", 30)
    fill(places, "pets/test/scratch", 12)
    asked = config(normal_classes=("good",))
    with pytest.raises(LatentlabError, match=r"No test image .* is normal \(good\).* move some"):
        run(RunRequest(asked, name="pets", places=places, resuming=resuming))


@pytest.mark.parametrize("model", ["ae", "vae", "unet"])
def test_color_for_grey_pictures(places, no_training, model):
    fill(places, "pets/x", 20, color=False)
    latent = {"latent_dim": 0, "projections": ()} if model == "unet" else {}
    with pytest.raises(LatentlabError, match="needs color images, and these are gray"):
        run(RunRequest(config(task="colorize", model=model, **latent), name="pets", places=places))


@pytest.mark.parametrize("n", [4, 7, 12])
def test_a_small_set_has_as_many_neighbors_as_there_are(places, n):
    fill(places, "pets", n)
    path = run(RunRequest(config(), name="pets", places=places)).path
    checkpoint = open_checkpoint(path)
    n_train = int((checkpoint.index().splits == 0).sum())
    assert checkpoint.index().neighbors.shape == (n, min(9, n - 1))
    answer = ask(checkpoint, None)
    assert len(answer.labels) == len(answer.pictures) == min(9, n_train)
    assert answer.n_same is None, "one class agrees with nothing"
    assert "label_agreement" not in checkpoint.manifest.metrics


def test_what_was_understood_is_said_before_training(places):
    fill(places, "pets/images/Train/ants", 30)
    fill(places, "pets/images/VAL/bees", 12)
    notebook = Notebook()
    assert run(RunRequest(config(), name="pets", places=places, reporter=notebook)).path
    before = notebook.lines[: notebook.lines.index("training")]
    said = " ".join(before)
    assert "in 2 classes: ants, bees" in said
    assert "The folder 'images' around the others was passed over" in said
    assert "train is 'Train', validation is 'VAL', test is a tenth cut out of train" in said


def test_unlabeled_test_pictures_claim_no_agreement(places):
    for name in ("cat", "dog"):
        fill(places, f"pets/train/{name}", 20)
    fill(places, "pets/test", 12)
    checkpoint = open_checkpoint(run(RunRequest(config(), name="pets", places=places)).path)
    assert checkpoint.manifest.class_names == ("cat", "dog", "unlabeled")
    assert "label_agreement" not in checkpoint.manifest.metrics
    assert "trustworthiness" in checkpoint.manifest.metrics
    assert ask(checkpoint, None).n_same is None


def test_labels_agree_where_there_are_classes(places):
    for name in ("cat", "dog"):
        fill(places, f"pets/{name}", 30)
    checkpoint = open_checkpoint(run(RunRequest(config(), name="pets", places=places)).path)
    assert set(checkpoint.manifest.metrics["label_agreement"]) >= {"latent", "shuffled"}
    assert ask(checkpoint, None).n_same is not None

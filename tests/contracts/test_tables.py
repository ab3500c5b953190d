"""What the README promises: an image set, a task, a network, a projection is one file and one line.

A dummy of each kind is put into its table, and nowhere else, and is then found on the command line
and among what the pages offer. Layers of Explore: ``web/latent/layers.test.ts``; pages:
``tests/app/test_pages.py``.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.unit.cli.test_pipeline import call

from latentlab import data
from latentlab.analysis.projections import PROJECTIONS, Projection
from latentlab.analysis.stored_maps import stored_maps
from latentlab.checkpoints import open_checkpoint
from latentlab.data.image_set import Dataset, ImageSet, Request
from latentlab.errors import LatentlabError
from latentlab.models import MODELS
from latentlab.tasks import TASKS
from latentlab.ui.map import maps
from latentlab.ui.neighbors import wording
from latentlab.ui.shell import needs
from latentlab.wording import metrics

SIZES = {"train": 80, "validation": 20, "test": 20}
QUICK = ["--epochs=1", "--hidden=16", "--batch-size=16", "--projections=pca", "--index-size=120"]


def stripes(request: Request) -> ImageSet:
    n = min(SIZES[request.split], request.n_images or 10**9)
    labels = np.arange(n, dtype=np.int64) % 2
    rng = np.random.default_rng(data.SPLITS.index(request.split))
    images = rng.integers(0, 90, (n, request.size, request.size, 1), dtype=np.uint8)
    images[labels == 0, ::2] += 120
    images[labels == 1, :, ::2] += 120
    return ImageSet(request.name, request.split, images, labels, ("lying", "standing"))


STRIPES = Dataset(
    name="stripes",
    title="stripes",
    summary="Stripes that lie or stand.",
    channels=1,
    size=16,
    sizes=(16,),
    class_names=("lying", "standing"),
    download=None,
    defaults={"latent_dim": 2},
    load=stripes,
)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_an_image_set(monkeypatch):
    missing = call("train", "--dataset=stripe", "--dry-run", fails=LatentlabError)
    assert "stripes" not in missing
    monkeypatch.setitem(data.DATASETS, "stripes", STRIPES)
    assert "stripes" in call("train", "--dataset=stripe", "--dry-run", fails=LatentlabError)
    call("train", "--dataset=stripes", *QUICK)
    checkpoint = open_checkpoint(Path("checkpoints/stripes-vae-z2"))
    assert checkpoint.manifest.class_names == STRIPES.class_names
    assert "Test image" in call("query", checkpoint.name)


def test_a_task(monkeypatch):
    monkeypatch.setitem(TASKS, "blur", replace(TASKS["enlarge"], title="Sharpen"))
    assert "blur" in call("train", "--task=blurr", "--dry-run", fails=LatentlabError)
    call("train", "--task=blur", "--model=ae", "--n-images=64", *QUICK)
    checkpoint = open_checkpoint(next(Path("checkpoints").iterdir()))
    assert needs.of("Restore").why_not(checkpoint) == ""
    assert "network input" in call("inspect", checkpoint.name)  # what a network is compared with


def test_a_network(monkeypatch):
    monkeypatch.setitem(MODELS, "plain", replace(MODELS["ae"], title="another autoencoder"))
    assert "plain" in call("train", "--model=plane", "--dry-run", fails=LatentlabError)
    call("train", "--model=plain", "--n-images=64", *QUICK)
    assert open_checkpoint(Path("checkpoints/digits-plain-z2")).manifest.config.model == "plain"


def test_a_projection(monkeypatch):
    def first_two(latents, *, seed, neighbors):
        return latents[:, :2].copy()

    shadow = Projection("Shadow", "Leaves out all dimensions but two.", first_two)
    monkeypatch.setitem(PROJECTIONS, "shadow", shadow)
    assert "shadow" in call("train", "--projections=shade", fails=LatentlabError)
    quick = [word for word in QUICK if "projections" not in word]
    call("train", "--projections=shadow", "--latent-dim=3", "--n-images=64", *quick)
    checkpoint = open_checkpoint(Path("checkpoints/digits-vae-z3"))
    assert maps.all_maps(checkpoint)["shadow"].title == "Shadow"
    assert any(figure.value.startswith("Shadow") for figure in metrics.figures(checkpoint))
    assert list(stored_maps(checkpoint.index())) == ["shadow"]
    assert wording.map_title("shadow") == "Shadow of the latent space"

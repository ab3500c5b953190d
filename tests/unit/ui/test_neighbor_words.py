"""The words on the Neighbors board say no more than was computed."""

from types import SimpleNamespace

import numpy as np
import pytest

from latentlab.analysis.support import FAR, Nearness
from latentlab.checkpoints import SPLIT_CODES
from latentlab.ui.input import Query
from latentlab.ui.neighbors import wording
from latentlab.ui.neighbors.spaces import Found
from latentlab.ui.shell import cache
from latentlab.wording.support import none_near


def labelled(*counts):
    return SimpleNamespace(labels=np.repeat(np.arange(len(counts)), counts))


def test_chance_of_a_known_label_is_its_share_whatever_the_neighbors_are():
    index = labelled(31, 70)
    assert wording.chance(index, 0, 10) == "Chance level: 3.0 of 10"
    assert wording.chance(index, 1, 10) == "Chance level: 6.9 of 10"


def test_chance_without_a_label_is_that_of_the_most_frequent():
    assert wording.chance(labelled(50, 50), None, 2) == "Chance level: 1.5 of 2"
    assert wording.chance(labelled(40, 20), None, 60) == "Chance level: 40.0 of 60"


def test_chance_does_not_count_images_without_a_label():
    index = SimpleNamespace(labels=np.array([-1, -1, 0, 0, 1, 1, -1]))
    assert wording.chance(index, 0, 3) == "Chance level: 1.0 of 3"
    assert wording.chance(index, None, 4) == "Chance level: 2.0 of 4"
    assert wording.chance(index, 0, 0) == ""


@pytest.mark.parametrize(
    ("k", "metric", "said"),
    [
        (9, "euclidean", "Average 82 % over 3 test images"),
        (100, "euclidean", ""),
        (9, "cosine", ""),
    ],
)
def test_usual_agreement_is_told_only_beside_what_it_was_measured_for(monkeypatch, k, metric, said):
    splits = np.array([SPLIT_CODES[name] for name in ("train", "test", "test", "test")])
    monkeypatch.setattr(cache, "index", lambda checkpoint: SimpleNamespace(splits=splits))
    metrics = {"label_agreement": {"latent": 0.82}}
    checkpoint = SimpleNamespace(manifest=SimpleNamespace(metrics=metrics))
    rows = np.arange(k)
    assert wording.typical(checkpoint, Found("latent", rows, rows, rows, metric, 9)) == said


def test_what_was_searched_is_said():
    counts = {"asked": 358.0, "searched": 1260.0}
    metrics = {"label_agreement": {"latent": 0.82}, "label_agreement_n": counts}
    checkpoint = SimpleNamespace(manifest=SimpleNamespace(metrics=metrics))
    rows = np.arange(9)
    said = wording.typical(checkpoint, Found("latent", rows, rows, rows, "euclidean", 9))
    assert said == "Average 82 % over 358 test images, among 1,260 training images"
    found = [Found(space, rows, rows, rows, "euclidean", 5000) for space in ("latent", "pca")]
    assert wording.legend(found).startswith("Nearest of 5,000 stored images.")


@pytest.mark.parametrize(
    ("split", "error", "far", "said"),
    [
        ("test", 99.5, 0, wording.UNLIKE),
        (None, 99.5, 0, wording.UNLIKE),
        ("train", 99.5, 0, wording.STILL_LARGE),
        ("test", 50, 99.5, none_near()),
        ("train", 50, 99.5, none_near(was_learned=True)),
        ("train", 50, 50, None),
    ],
)
def test_a_training_image_is_never_called_unseen(split, error, far, said):
    query = Query(np.zeros((2, 2, 1), np.float32), "an image", split=split)
    nearness = Nearness(1.0, far, far > FAR)
    result = SimpleNamespace(query=query, error_percentile=error, nearness=nearness)
    assert wording.warning(result) == said

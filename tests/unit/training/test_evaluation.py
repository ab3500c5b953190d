"""Figures after a training, against scikit-learn and plain sums."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.neighbors import KNeighborsClassifier
from tests.conftest import tiny_config

from latentlab import data
from latentlab.checkpoints import open_checkpoint
from latentlab.codec import load_codec
from latentlab.images import to_float
from latentlab.training import agreement
from latentlab.training.agreement import label_agreement
from latentlab.training.evaluation import bernoulli_floor, evaluate


@pytest.fixture(scope="module")
def sets():
    return {split: data.load("digits", split, size=16) for split in data.SPLITS}


@pytest.fixture
def trained(tiny_checkpoint):
    checkpoint = open_checkpoint(tiny_checkpoint)
    return load_codec(checkpoint), checkpoint.index().pca


@pytest.mark.parametrize("block", [agreement._BLOCK_BYTES, 16 * 16 * 4 * 100])
def test_label_agreement_searches_all_training_images(sets, trained, block, monkeypatch):
    monkeypatch.setattr(agreement, "_BLOCK_BYTES", block)
    codec, pca = trained
    found = label_agreement(codec, tiny_config(), sets, pca)
    train, test = sets["train"], sets["test"]
    for name, space in (
        ("latent", lambda pixels: codec.encode(to_float(pixels))),
        ("pixel", lambda pixels: to_float(pixels).reshape(len(pixels), -1)),
    ):
        theirs = KNeighborsClassifier(9).fit(space(train.images), train.labels)
        rows = theirs.kneighbors(space(test.images), return_distance=False)
        expected = (train.labels[rows] == test.labels[:, None]).mean()
        assert found["label_agreement"][name] == pytest.approx(expected, abs=1e-3)
    counts = found["label_agreement_n"]
    assert counts == {"asked": len(test.images), "searched": len(train.images)}
    gap = found["label_agreement_gap"]
    assert gap["low"] <= gap["difference"] <= gap["high"]
    assert found["label_agreement"]["shuffled"] == pytest.approx(0.1, abs=0.005)


def test_very_large_sets_are_asked_by_fewer(sets, trained, monkeypatch):
    monkeypatch.setattr(agreement, "MOST_PRODUCTS", 1.0)
    monkeypatch.setattr(agreement, "FEWEST_QUERIES", 50)
    codec, pca = trained
    found = label_agreement(codec, tiny_config(), sets, pca)
    assert found["label_agreement_n"]["asked"] == 50


def test_the_floor_is_the_cross_entropy_of_the_images_with_themselves(sets):
    pixels = sets["test"].images
    x = np.clip(to_float(pixels).astype(np.float64), 1e-12, 1 - 1e-12)
    entropy = -(x * np.log(x) + (1 - x) * np.log1p(-x)).reshape(len(x), -1).sum(axis=1)
    assert bernoulli_floor(pixels) == pytest.approx(entropy.mean(), rel=1e-6)
    assert bernoulli_floor(np.full((2, 4, 4, 1), 255, np.uint8)) == 0


def test_classes_that_were_left_out_are_measured_apart(sets, trained):
    codec, pca = trained
    config = tiny_config(normal_classes=("0", "1"))
    test = sets["test"]
    found = evaluate(codec, config, sets)
    normal = np.isin(test.labels, [0, 1])
    errors = ((codec.reconstruct(to_float(test.images)) - to_float(test.images)) ** 2).mean(
        axis=(1, 2, 3)
    )
    assert found["n_test"] == normal.sum()
    assert found["mse"] == pytest.approx(errors[normal].mean(), rel=1e-4)
    assert found["left_out"]["mse"] == pytest.approx(errors[~normal].mean(), rel=1e-4)
    assert found["psnr"] == pytest.approx(-10 * np.log10(found["mse"]))
    only = {**sets, "test": replace(test, images=test.images[normal], labels=test.labels[normal])}
    assert "left_out" not in evaluate(codec, tiny_config(), only)
    asked = label_agreement(codec, config, sets, pca)["label_agreement_n"]["asked"]
    assert asked == normal.sum()


def test_what_is_printed_of_an_elbo_is_not_noise(sets, trained):
    found = evaluate(trained[0], tiny_config(), sets)
    assert found["elbo_noise"] < 0.1
    assert found["mse_train"] > 0
    excess = found["mse_excess"]
    assert excess["difference"] == pytest.approx(found["mse"] / found["mse_train"] - 1, rel=1e-4)
    assert excess["low"] < excess["difference"] < excess["high"]
    assert set(found["floor"]) == {"train", "validation", "test"}

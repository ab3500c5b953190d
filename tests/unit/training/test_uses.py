"""What a size of the latent is good for is measured as it says."""

from __future__ import annotations

import numpy as np
import pytest
from tests.conftest import tiny_config

from latentlab.analysis import restoration
from latentlab.analysis.comparison import Interval
from latentlab.checkpoints import open_checkpoint
from latentlab.codec import load_codec
from latentlab.images import to_float
from latentlab.training.preparation import load_splits
from latentlab.training.reporting import Silent
from latentlab.training.run import Places, RunRequest, run
from latentlab.training.uses import color_error, precision_and_coverage


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    root = tmp_path_factory.mktemp("uses")
    request = RunRequest(tiny_config(), name="vae", places=Places(root / "c", root / "runs"))
    path = run(request).path
    assert path is not None
    return open_checkpoint(path)


@pytest.fixture(scope="module")
def test_images(trained):
    return to_float(load_splits(trained.manifest.config, Places(), Silent())["test"].images)


def test_pca_of_the_same_size_is_measured_on_the_same_images(trained, test_images):
    metrics, pca = trained.manifest.metrics, trained.index().pca
    flat = test_images.reshape(len(test_images), -1)
    drawn = pca.mean + (flat - pca.mean) @ pca.components.T @ pca.components
    linear = ((drawn.clip(0, 1) - flat) ** 2).mean(axis=1)
    assert metrics["mse_pca"] == pytest.approx(linear.mean(), rel=1e-3)
    drawn = load_codec(trained).reconstruct(test_images)
    network = ((drawn - test_images) ** 2).mean(axis=(1, 2, 3))
    assert metrics["mse_error"] == pytest.approx(network.std() / np.sqrt(len(network)), rel=1e-3)
    gap = Interval(**metrics["mse_pca_gap"])
    assert gap.difference == pytest.approx(metrics["mse_pca"] - metrics["mse"], rel=1e-3)
    assert gap.low < gap.difference < gap.high


def test_noise_is_removed_as_far_as_the_network_removes_it(trained):
    noisy = trained.manifest.metrics["noisy"]
    assert noisy["strength"] == 0.2
    assert 0 < noisy["error"] < 1
    assert {"input", "network", "pca"} <= set(noisy)


def test_every_kind_of_anomaly_has_its_sampling_error(trained):
    metrics = trained.manifest.metrics
    assert set(metrics["out_of_set"]) == {"other", "noise", "blank", "corrupted"}
    assert set(metrics["out_of_set_error"]) == set(metrics["out_of_set"])
    assert all(0 <= area <= 1 for area in metrics["out_of_set"].values())


def test_samples_are_looked_for_among_the_training_images(trained, test_images):
    prior = trained.manifest.metrics["prior"]
    train = to_float(load_splits(trained.manifest.config, Places(), Silent())["train"].images)
    squares = ((test_images[:, None] - train[None]) ** 2).mean(axis=(2, 3, 4))
    expected = np.sqrt(squares.min(axis=1)).mean()
    assert prior["nearest_test"] == pytest.approx(expected, rel=1e-3)
    assert 0 <= prior["far"] <= 1
    assert 0 <= prior["far_encoded"] <= 1


def test_the_error_in_color_is_the_mean_over_images_with_its_standard_error() -> None:
    clean = np.random.default_rng(0).random((6, 5, 4, 3), np.float32)
    drawn = np.random.default_rng(1).random((6, 5, 4, 3), np.float32)
    found = color_error(drawn, clean)["color"]
    assert found["off"] == pytest.approx(restoration.chroma_error(drawn, clean), rel=1e-5)
    each = [restoration.chroma_error(drawn[i : i + 1], clean[i : i + 1]) for i in range(6)]
    assert found["error"] == pytest.approx(np.std(each) / np.sqrt(6), rel=1e-5)


def test_samples_that_are_alike_are_precise_and_cover_little():
    generator = np.random.default_rng(0)
    real, others = generator.random((2, 300, 4, 4, 1), np.float32)
    alike = real[:1] + 0.001 * others

    precision, coverage = precision_and_coverage(real, alike)
    assert precision == 1
    assert coverage < 0.1
    precision, coverage = precision_and_coverage(real, others)
    # Of as many images of the same distribution all but 1 in 2^5 balls hold one.
    assert coverage == pytest.approx(1 - 2**-5, abs=0.03)
    assert precision > 0.9
    assert precision_and_coverage(real, others + 5) == (0, 0)

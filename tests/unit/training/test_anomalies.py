"""What training measures about anomalies, and how a checkpoint carries it."""

from dataclasses import replace

import numpy as np
import pytest
from tests.conftest import tiny_config

from latentlab import data
from latentlab.analysis import anomaly
from latentlab.checkpoints import CheckpointError, open_checkpoint
from latentlab.checkpoints.anomalies import anomalies_from, anomaly_tensors
from latentlab.config import parse_config
from latentlab.data.classes import class_numbers, keep_classes
from latentlab.data.other import other_set
from latentlab.errors import LatentlabError
from latentlab.training import anomalies as measuring
from latentlab.training.run import Places, RunRequest, run

NORMAL = ("0", "1", "2", "3", "4", "5", "6", "8", "9")


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    """A tiny network that never saw a seven."""
    root = tmp_path_factory.mktemp("normal")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(measuring, "CURVE_SIZES", (1, 4))
        patch.setattr(measuring, "CURVE_HIDDEN", {"dense": (16,)})
        patch.setattr(measuring.anomaly, "CURVE_EPOCHS", 1)
        patch.setattr(measuring, "N_OTHER", 40)
        patch.setattr(measuring, "N_NOISE", 30)
        patch.setattr(measuring, "N_TREES", 10)
        config = tiny_config(normal_classes=NORMAL, n_images=300)
        result = run(
            RunRequest(config, name="no7", places=Places(root / "checkpoints", root / "runs"))
        )
    return open_checkpoint(result.path)


def test_the_network_is_trained_on_normal_classes_only(checkpoint):
    index = checkpoint.index()
    train = data.load("digits", "train", size=16, n_images=300)
    assert checkpoint.manifest.n_train == int((train.labels != 7).sum())
    assert 7 not in index.labels[index.splits != 2]
    assert 7 in index.labels[index.splits == 2]


def test_image_numbers_still_name_images_of_the_whole_split(checkpoint):
    index = checkpoint.index()
    for code, split in enumerate(data.SPLITS):
        rows = index.splits == code
        whole = data.load("digits", split, size=16)
        assert np.array_equal(whole.labels[index.numbers[rows]], index.labels[rows])


def test_every_kind_is_scored_in_every_way(checkpoint):
    found = checkpoint.anomalies()
    test = data.load("digits", "test", size=16)
    assert list(found.groups) == ["normal", "unseen", "other", "noise", "blank", "corrupted"]
    assert len(found.groups["unseen"]) == int((test.labels == 7).sum())
    assert set(found.groups["unseen"].labels.tolist()) == {7}
    for group in found.groups.values():
        assert set(group.scores) == {*anomaly.NETWORK_SCORES, *anomaly.BASELINES}
        assert group.latents.shape == (len(group), 2)


def test_auc_in_the_metrics_is_that_of_the_stored_scores(checkpoint):
    found, areas = checkpoint.anomalies(), checkpoint.manifest.metrics["anomaly_auc"]
    assert len(areas) == 5 * 8
    for name, area in areas.items():
        score, kind = name.split("/")
        again = anomaly.auc(found.groups["normal"].scores[score], found.groups[kind].scores[score])
        assert again == pytest.approx(area, abs=2e-3)
    assert areas["forest/noise"] > 0.9


def test_curves_have_a_value_for_every_size(checkpoint):
    found = checkpoint.anomalies()
    assert found.curve_sizes.tolist() == [1, 4]
    assert set(found.curves) == {"mse", "ssim", "elbo", "distance", "both", "pca"}
    for curve in found.curves.values():
        assert set(curve) == {"unseen", "other", "noise", "blank", "corrupted"}
        assert all(((values >= 0) & (values <= 1)).all() for values in curve.values())


def test_a_network_that_saw_everything_has_no_anomalies(tiny_checkpoint):
    assert open_checkpoint(tiny_checkpoint).anomalies() is None


@pytest.mark.parametrize(
    "harm", ["typical", "score/mse/noise", "numbers/normal", "curve/mse/noise"]
)
def test_damaged_anomalies_are_refused_in_one_sentence(checkpoint, harm):
    tensors = anomaly_tensors(checkpoint.anomalies())
    key = f"anomaly/{harm}"
    tensors[key] = np.zeros_like(tensors[key]) if harm == "typical" else tensors[key][:1]
    with pytest.raises(CheckpointError, match="no7"):
        anomalies_from(tensors, "no7")


def test_scores_survive_being_stored(checkpoint):
    found = checkpoint.anomalies()
    again = anomalies_from(anomaly_tensors(found), "no7")
    assert again.typical_error == found.typical_error
    for kind, group in found.groups.items():
        for score, values in group.scores.items():
            assert np.array_equal(again.groups[kind].scores[score], values)


def test_classes_are_found_by_name_or_number():
    assert class_numbers(["cow", "0", "cow"], ["dog", "cat", "cow"]) == (0, 2)
    with pytest.raises(LatentlabError, match="no class called 'bird'"):
        class_numbers(["bird"], ["dog", "cat"])
    with pytest.raises(LatentlabError, match="at least one"):
        class_numbers([], ["dog"])


@pytest.mark.parametrize("asked", ["seven", "10", "-1", ""])
def test_classes_that_do_not_exist_are_refused_before_training(asked):
    with pytest.raises(LatentlabError):
        parse_config({"dataset": "digits", "normal_classes": asked})
    assert parse_config({"normal_classes": "0, 1"}).normal_classes == ("0", "1")


def test_a_part_of_a_split_keeps_image_numbers():
    whole = data.load("digits", "test", size=16)
    part = keep_classes(keep_classes(whole, [1, 7]), [7])
    assert np.array_equal(whole.images[part.numbers], part.images)
    with pytest.raises(LatentlabError, match="shows 7"):
        keep_classes(replace(whole, images=whole.images[:0], labels=whole.labels[:0]), [7])


@pytest.mark.parametrize(
    ("name", "channels", "other"),
    [("mnist", 1, "digits"), ("digits", 1, "shapes"), ("shapes", 3, "digits"), ("x", 3, "shapes")],
)
def test_the_other_set_fits(name, channels, other):
    found = other_set(name, (20, 20, channels), n_images=4)
    assert found.name == other
    assert found.images.shape == (4, 20, 20, channels)


def test_a_network_without_a_latent_measures_no_anomalies():
    fields = {"dataset": "digits", "model": "unet", "latent_dim": 0, "normal_classes": "0,1"}
    with pytest.raises(LatentlabError, match="needs a network that reconstructs"):
        parse_config({**fields, "task": "denoise"})

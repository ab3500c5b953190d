"""Near to the training data or far from it: the distance, the share, the limit."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fakes import linear_index

from latentlab.analysis import support
from latentlab.analysis.support import Support, validation_percentiles
from latentlab.checkpoints import SPLIT_CODES, open_checkpoint


def test_a_distance_is_compared_with_those_of_validation_images() -> None:
    index = linear_index()
    validation = index.nearest_train_distance[index.splits == SPLIT_CODES["validation"]]
    found = Support(index)
    assert found.far_distance == pytest.approx(np.percentile(validation, support.FAR))
    middle = found.judge(float(np.median(validation)))
    assert middle.share == pytest.approx(50, abs=1)
    assert not middle.is_far
    beyond = found.judge(float(validation.max()) * 2)
    assert (beyond.share, beyond.is_far) == (100, True)
    assert not found.judge(found.far_distance).is_far


def test_only_training_latents_are_near() -> None:
    index = linear_index()
    rows = support.training_rows(index)
    place = index.latents[index.splits == SPLIT_CODES["test"]][:1]
    expected = np.linalg.norm(index.latents[rows] - place, axis=1).min()
    assert Support(index).of_latents(place)[0].distance == pytest.approx(expected, rel=1e-4)


def test_a_training_image_is_not_its_own_neighbor() -> None:
    index = linear_index()
    row = int(support.training_rows(index)[0])
    found = Support(index)
    assert found.of_row(row).distance == index.nearest_train_distance[row] > 0
    assert found.of_latents(index.latents[row])[0].distance == pytest.approx(0, abs=1e-3)


def test_training_stores_what_support_reads(tiny_checkpoint: Path) -> None:
    checkpoint = open_checkpoint(tiny_checkpoint)
    found = Support(checkpoint.index(), checkpoint.manifest.metrics).percentiles
    assert found.tolist() == pytest.approx(checkpoint.manifest.metrics[support.METRIC])


def test_what_training_stored_is_used() -> None:
    index = linear_index()
    validation = index.latents[index.splits == SPLIT_CODES["validation"]]
    stored = validation_percentiles(index, validation * 2)
    assert Support(index, {support.METRIC: stored}).far_distance == pytest.approx(stored[99])


@pytest.mark.parametrize(
    "stored", [None, [1.0], [float(101 - i) for i in range(101)], [-1.0] * 101, "many"]
)
def test_impossible_percentiles_are_measured_instead(stored: object) -> None:
    index = linear_index()
    expected = Support(index).percentiles
    np.testing.assert_array_equal(Support(index, {support.METRIC: stored}).percentiles, expected)


def test_an_index_without_validation_images_is_compared_with_its_other_images() -> None:
    index = linear_index()
    splits = np.where(index.splits == SPLIT_CODES["validation"], 0, index.splits).astype(np.uint8)
    others = replace(index, splits=splits)
    expected = np.percentile(index.nearest_train_distance[splits == SPLIT_CODES["test"]], 99)
    assert Support(others).far_distance == pytest.approx(expected)
    alone = replace(index, splits=np.zeros_like(splits))
    assert Support(alone).far_distance == pytest.approx(
        np.percentile(index.nearest_train_distance, 99)
    )

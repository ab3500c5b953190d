"""What the hourglass is told of an image."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.tiny import write_tiny

from latentlab.export.message import unpack
from latentlab.images import to_pixels
from latentlab.tasks import TASKS
from latentlab.ui.input import query as queries
from latentlab.ui.network import messages


def test_an_image_is_input_and_target(tmp_path: Path):
    checkpoint = write_tiny(tmp_path)
    query = queries.stored(checkpoint, 3)
    header, arrays = unpack(messages.picture(checkpoint, query, drawing=0))
    assert not header["absent"]
    assert "degradation" not in header
    np.testing.assert_array_equal(arrays["inputs"], to_pixels(query.pixels)[None])
    np.testing.assert_array_equal(arrays["target"], arrays["inputs"][0])


@pytest.mark.parametrize("name", [name for name in TASKS if 1 in TASKS[name].channels])
def test_a_task_network_is_given_the_image_degraded_at_every_strength(tmp_path: Path, name: str):
    task = TASKS[name]
    checkpoint = write_tiny(tmp_path, model="ae", task=name)
    query = queries.stored(checkpoint, 3)
    header, arrays = unpack(messages.picture(checkpoint, query, drawing=0))
    assert header["task"] == task.title
    degradation = header["degradation"]
    assert degradation["control"] == task.control
    strengths = degradation["strengths"]
    assert strengths[0] == 0
    assert strengths[-1] == task.maximum
    assert degradation["usual"] == task.usual
    assert task.usual in strengths
    assert len(strengths) <= messages.MOST_STRENGTHS + 1
    assert degradation["kinds"] == (list(task.kinds) if len(task.kinds) > 1 else [])
    np.testing.assert_array_equal(arrays["target"], to_pixels(query.pixels))
    kinds = np.split(arrays["inputs"], len(task.kinds))
    assert len({kind[-1].tobytes() for kind in kinds}) == len(kinds)
    for inputs in kinds:
        assert len(inputs) == len(strengths)
        np.testing.assert_array_equal(inputs[0], arrays["target"])
        away = [np.abs(each - arrays["target"].astype(float)).mean() for each in inputs]
        assert away[0] < away[strengths.index(task.usual)] <= away[-1]


def test_where_the_image_is_absent_its_stored_latent_is_sent_and_no_picture(tmp_path: Path):
    checkpoint = write_tiny(tmp_path)
    index = checkpoint.index()
    query = queries.absent(checkpoint, "training image 3", 3, "train")
    header, arrays = unpack(messages.picture(checkpoint, query, drawing=0))
    assert header["absent"]
    assert header["stored_error"] == np.float32(index.reconstruction_error[3])
    np.testing.assert_array_equal(arrays["mean"], index.latents[3])
    assert set(arrays) == {"mean", "std"}

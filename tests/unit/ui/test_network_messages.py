"""What the hourglass is told of an image."""

from __future__ import annotations

from pathlib import Path

import numpy as np
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
    np.testing.assert_array_equal(arrays["input"], to_pixels(query.pixels))
    np.testing.assert_array_equal(arrays["target"], arrays["input"])


def test_a_task_network_is_given_the_degraded_image(tmp_path: Path):
    checkpoint = write_tiny(tmp_path, model="ae", task="denoise")
    query = queries.stored(checkpoint, 3)
    header, arrays = unpack(messages.picture(checkpoint, query, drawing=0))
    assert header["task"] == TASKS["denoise"].title
    np.testing.assert_array_equal(arrays["target"], to_pixels(query.pixels))
    assert not np.array_equal(arrays["input"], arrays["target"])


def test_where_the_image_is_absent_its_stored_latent_is_sent_and_no_picture(tmp_path: Path):
    checkpoint = write_tiny(tmp_path)
    index = checkpoint.index()
    query = queries.absent(checkpoint, "training image 3", 3, "train")
    header, arrays = unpack(messages.picture(checkpoint, query, drawing=0))
    assert header["absent"]
    assert header["stored_error"] == np.float32(index.reconstruction_error[3])
    np.testing.assert_array_equal(arrays["mean"], index.latents[3])
    assert set(arrays) == {"mean", "std"}

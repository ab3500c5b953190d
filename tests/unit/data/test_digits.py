import hashlib

import numpy as np
import pytest
from sklearn.datasets import load_digits

from latentlab import data
from latentlab.data.digits import enlarged


def test_the_split_never_changes():
    """If this fails, test images of old checkpoints may have become training images."""
    labels = b"".join(data.load("digits", split).labels.tobytes() for split in data.SPLITS)
    known = "57e63da6ee207f17889ea86504ea8e43c2d3db2a27eebc3568d28e1c2134895b"
    assert hashlib.sha256(labels).hexdigest() == known


def test_the_splits_together_are_all_the_digits():
    sizes = [len(data.load("digits", split)) for split in data.SPLITS]
    assert sizes == [1260, 179, 358]
    every = np.concatenate([data.load("digits", split, size=16).images for split in data.SPLITS])
    original = enlarged(load_digits().images.astype(np.float32) / 16, 16)
    np.testing.assert_array_equal(
        np.sort([image.tobytes() for image in every]),
        np.sort([image.tobytes() for image in original]),
    )


def test_every_class_is_in_every_split():
    for split in data.SPLITS:
        counts = np.bincount(data.load("digits", split).labels, minlength=10)
        assert counts.min() > 0.8 * counts.max()


def test_digits_are_white_on_black_and_fill_the_frame():
    images = data.load("digits", "train").images
    assert images[:, 0].max() < 40
    assert images[:, -1].max() < 40
    assert images.max() == 255
    inked = (images > 127).any(axis=(0, 2, 3))
    assert inked.sum() >= 20


@pytest.mark.parametrize("size", [16, 28, 64, 128])
def test_enlarging_keeps_the_ink_where_it_was(size):
    dot = np.zeros((1, 8, 8), dtype=np.float32)
    dot[0, 2, 5] = 1
    picture = enlarged(dot, size)[0, ..., 0].astype(float)
    rows, columns = np.mgrid[:size, :size]
    center = [(axis * picture).sum() / picture.sum() / size for axis in (rows, columns)]
    np.testing.assert_allclose(center, [3.5 / 10, 6.5 / 10], atol=0.6 / size)

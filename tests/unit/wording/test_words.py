"""Counts, three digits, durations."""

import pytest

from latentlab.config import RunConfig
from latentlab.wording import words


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0, "0"),
        (0.01834, "0.0183"),
        (0.9, "0.900"),
        (134.62, "135"),
        (999.7, "1,000"),
        (1234567.0, "1,230,000"),
        (0.000012, "1.20e-05"),
        (-5.4321, "-5.43"),
    ],
)
def test_three_significant_digits(value, written):
    assert words.figure(value) == written


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(0.2, "1 second"), (40, "40 seconds"), (270, "4 minutes"), (5400, "1.5 hours")],
)
def test_durations_as_people_say_them(seconds, written):
    assert words.duration(seconds) == written


def test_counting():
    assert words.counted(1, "latent") == "1 latent"
    assert words.counted(60000, "image") == "60,000 images"
    assert words.counted(2, "class", "classes") == "2 classes"


def test_own_images_are_named_after_their_folder():
    config = RunConfig.model_construct(dataset="folder:pets")
    assert "pets" in words.image_set(config)
    assert "CIFAR-10" in words.image_set(config.model_copy(update={"dataset": "folder:cifar10"}))

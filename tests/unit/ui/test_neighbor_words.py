"""The words on the Neighbors board say no more than was computed."""

from types import SimpleNamespace

import numpy as np

from latentlab.ui.neighbors import wording


def labelled(*counts):
    return SimpleNamespace(labels=np.repeat(np.arange(len(counts)), counts))


def test_chance_of_a_known_label_is_its_share_whatever_the_neighbors_are():
    index = labelled(31, 70)
    assert wording.chance(index, 0, 10) == "3.0 of 10 with shuffled labels"
    assert wording.chance(index, 100, 10) == "6.9 of 10 with shuffled labels"


def test_chance_without_a_label_is_that_of_the_most_frequent():
    assert wording.chance(labelled(50, 50), None, 2) == "1.5 of 2 with shuffled labels"
    assert wording.chance(labelled(40, 20), None, 60) == "40.0 of 60 with shuffled labels"


def test_chance_does_not_count_images_without_a_label():
    index = SimpleNamespace(labels=np.array([-1, -1, 0, 0, 1, 1, -1]))
    assert wording.chance(index, 2, 3) == "1.0 of 3 with shuffled labels"
    assert wording.chance(index, 0, 4) == "2.0 of 4 with shuffled labels"
    assert wording.chance(index, 0, 0) == ""

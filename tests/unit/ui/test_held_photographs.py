"""How much the photographs take that visitors restore, and who makes room."""

import gc

import numpy as np
import pytest

from latentlab.ui.restore import held, photograph
from latentlab.ui.restore.held import Held


def a_photograph(n_bytes: int) -> Held:
    picture = np.zeros((n_bytes // 2, 1, 1), np.uint8)
    one = Held("network", picture, picture.copy(), iter(()))
    held.hold(one)
    return one


@pytest.fixture(autouse=True)
def _room_for_four(monkeypatch):
    gc.collect()
    monkeypatch.setattr(held, "MOST_OF_ALL", 400)


def test_the_photograph_that_was_seen_longest_ago_makes_room():
    first, second, third = a_photograph(100), a_photograph(100), a_photograph(100)
    first.look()
    fourth = a_photograph(200)
    assert [one.is_gone for one in (first, second, third, fourth)] == [False, True, False, False]
    assert sum(one.n_bytes for one in (first, second, third, fourth)) == 400
    fifth = a_photograph(400)
    assert [one.is_gone for one in (first, third, fourth, fifth)] == [True, True, True, False]


def test_a_session_that_ends_takes_its_photograph_along():
    last = a_photograph(300)
    first = a_photograph(100)
    del last
    gc.collect()
    assert not any(one.is_gone for one in (a_photograph(200), first))


def test_a_photograph_that_made_room_is_worked_on_no_more():
    picture = np.zeros((50, 1, 1), np.uint8)
    one = Held("network", picture, picture.copy(), iter([0.5, 1.0]))
    held.hold(one)
    a_photograph(400)
    assert list(one.steps) == []


def test_colors_in_strips_are_those_of_the_whole(monkeypatch):
    image = np.random.default_rng(0).integers(0, 255, (150, 90, 3), np.uint8)
    results = []
    for rows in (32, 1000):
        monkeypatch.setattr(photograph, "STRIP", rows)
        results.append(np.zeros_like(image))
        shares = list(photograph._coloring(lambda batch: batch[..., ::-1], image, results[-1]))
        assert shares[-1] == 1
    difference = results[0].astype(int) - results[1]
    assert np.abs(difference).max() <= 1
    assert np.abs(results[0].astype(int) - image).max() > 20

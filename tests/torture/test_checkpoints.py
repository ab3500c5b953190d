"""Damaged checkpoint folders, a few hundred; twenty thousand are in ``trial_checkpoints``."""

from __future__ import annotations

import os
import shutil

import numpy as np
import pytest
import trial_checkpoints
from trial_checkpoints import ACCIDENTS, FORGERIES, ODDITIES, another_file

from latentlab.checkpoints import CheckpointError


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("damaged")


@pytest.fixture(scope="module")
def own(scratch):
    return trial_checkpoints.originals(scratch / "originals")


@pytest.fixture(scope="module")
def listener(scratch):
    return trial_checkpoints.Listener(scratch / "root")


def attempt(own, scratch, listener, damage, number=0):
    figures = trial_checkpoints.Figures()
    rng = np.random.default_rng([7, number])
    trial_checkpoints.try_one(own, scratch / "root", damage, rng, listener, figures)
    return figures


@pytest.fixture(scope="module")
def warm(own, scratch, listener):
    """Import what loading imports: an import is heard like any other code."""
    attempt(own, scratch, listener, lambda files, rng: None)
    attempt(own, scratch, listener, trial_checkpoints.lose)


@pytest.mark.parametrize(
    "damage", [*ACCIDENTS, another_file, *ODDITIES, *FORGERIES], ids=lambda d: d.__name__
)
def test_no_damage_is_silent_and_none_runs(own, scratch, listener, warm, damage):
    for number in range(5):
        figures = attempt(own, scratch, listener, damage, number)
        assert figures.problems == []


def test_a_sound_checkpoint_is_loaded_as_written(own, scratch, listener, warm):
    def nothing(files, rng):
        pass

    assert attempt(own, scratch, listener, nothing).unharmed == 1


def test_the_trial_would_notice(own, scratch, listener, warm, monkeypatch):
    """Each kind of broken promise is called one: the bars of the trial are not for show."""

    def judged(load):
        monkeypatch.setattr(trial_checkpoints, "_load", load)
        return attempt(own, scratch, listener, trial_checkpoints.flip).problems

    assert judged(lambda root: "0" * 64) == ["flip is loaded as something else"]
    assert "ran or opened" in judged(lambda root: exec("1") or own.content)[0]
    assert "ran or opened" in judged(lambda root: os.close(os.open(os.devnull, 0)))[0]
    assert "traceback" in judged(lambda root: 1 / 0)[0]
    assert "no sentence" in judged(lambda root: CheckpointError("two\nlines"))[0]
    shutil.rmtree(scratch / "root")

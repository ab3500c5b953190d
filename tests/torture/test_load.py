"""A small class for three seconds: no error, and everybody is answered what they asked."""

import asyncio
import shutil

import numpy as np
import pytest
import trial_load
from classroom import Expected, WrongAnswer, lesson
from serving import HOME, Server

from latentlab.images import to_pixels


def test_a_class_is_answered_and_each_student_with_their_own(small_server: Server):
    expected = Expected(HOME / "checkpoints" / "digits-vae-z2")
    found = asyncio.run(
        lesson(small_server.url, expected, "shapes-vae-z8", students=5, seconds=3, pause=0.3)
    )
    assert found.errors == []
    assert found.wrong == []
    assert len(found.seconds["arrive"]) == 5
    assert found.n_actions >= 5 + 20
    assert found.n_checked > 0


def test_a_checkpoint_of_other_settings_is_trained_anew(tmp_path, monkeypatch):
    trained = []

    def train(command, **_):
        trained.append(command)
        shutil.copytree(HOME / "checkpoints" / "digits-vae-z2", tmp_path / "checkpoints" / "mine")

    monkeypatch.setattr(trial_load, "FOLDER", tmp_path)
    monkeypatch.setattr(trial_load, "NAME", "mine")
    monkeypatch.setattr(trial_load.subprocess, "run", train)
    with pytest.raises(RuntimeError, match="points, not 20,000"):
        trial_load.prepared()
    monkeypatch.setattr(
        trial_load, "POINTS", len(Expected(tmp_path / "checkpoints/mine").index.latents)
    )
    trial_load.prepared()
    assert len(trained) == 1
    monkeypatch.setattr(trial_load, "SETTINGS", ("--latent-dim", "3"))
    trial_load.prepared()
    assert len(trained) == 2


def test_an_answer_of_somebody_else_would_be_noticed():
    expected = Expected(HOME / "checkpoints" / "digits-vae-z2")
    latents = np.array([[0, 1], [2, -1]], np.float32)
    images = to_pixels(expected.codec.decode(latents))
    expected.check_drawn(latents, images)
    with pytest.raises(WrongAnswer, match="off"):
        expected.check_drawn(latents[::-1], images)
    mine, other = images
    distances = np.linalg.norm(
        expected.index.latents - expected.codec.encode(mine[None] / np.float32(255)), axis=1
    )
    rows = np.argsort(distances)[:9]
    expected.check_neighbors(mine, mine, rows)
    with pytest.raises(WrongAnswer, match="somebody else"):
        expected.check_neighbors(mine, other, rows)
    with pytest.raises(WrongAnswer, match="not the nearest"):
        expected.check_neighbors(mine, mine, np.argsort(distances)[-9:])

"""A few clients watch a short training; thirty are in ``trial_watching``."""

import asyncio
import shutil

import pytest
import trial_watching as trial
from serving import serve


@pytest.mark.slow
def test_everybody_who_watches_is_sent_the_whole_training(tmp_path, monkeypatch):
    monkeypatch.setattr(trial, "EPOCHS", 3)
    shutil.copytree(trial.HOME / "checkpoints" / trial.NAME, tmp_path / "checkpoints" / trial.NAME)
    with serve(tmp_path / "log", checkpoints=tmp_path / "checkpoints") as server:
        watchers, seconds = asyncio.run(trial.watched(server.url, tmp_path, 4, epochs=3))
        assert "Traceback" not in server.output()
    assert len(watchers) == 5
    assert all(map(trial.is_whole, watchers))
    assert seconds > 0
    assert not list((tmp_path / "runs" / "jobs" / "training").glob("*/request.json"))

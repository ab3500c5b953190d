"""A few hundred interactions; ten thousand are in ``trial_memory``."""

import asyncio

import psutil
import pytest
import trial_memory as trial
from serving import serve


@pytest.mark.slow
@pytest.mark.timeout(300)  # it waits for sessions to be forgotten
def test_interactions_leave_little_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(trial, "SETTLED", 2.5)  # a little more than until a session is forgotten
    checkpoints = trial.HOME / "checkpoints"
    expected = trial.Expected(checkpoints / trial.NAME)
    with serve(tmp_path / "server.log", *trial.FORGET, checkpoints=checkpoints) as server:
        process = psutil.Process(server.process.pid)
        asyncio.run(trial.worked(server.url, expected, 50))
        before = asyncio.run(trial.left(server.url, process))
        done = asyncio.run(trial.worked(server.url, expected, 200))
        after = asyncio.run(trial.left(server.url, process))
    assert done.errors + done.wrong == []
    assert done.n_actions >= 200
    assert before > 10e6  # it was measured at all
    assert after - before < 100e6

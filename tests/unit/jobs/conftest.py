"""Where trainings lie, each test's own; they are saved at every epoch."""

from __future__ import annotations

from pathlib import Path

import pytest

from latentlab.jobs import manager


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LATENTLAB_SAVE_SECONDS", "0")
    yield tmp_path / "runs"
    manager.shut_down()

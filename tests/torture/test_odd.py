"""Odd checkpoints on every page: what is let pass is shown, the rest is refused in one sentence."""

from __future__ import annotations

import numpy as np
import odd
import pytest
from screens import HOME

from latentlab.ui.shell import state

# Of the changes that are let pass: how many are tried here, and in how many checkpoints.
TRIED, CHECKPOINTS = 48, 2
PAGES = sorted(path.name for path in (HOME / "pages").glob("*.py"))


@pytest.fixture(scope="module")
def bases(tmp_path_factory):
    return odd.bases(tmp_path_factory.mktemp("bases"))


@pytest.mark.parametrize("kind", ["vae", "unet"])
def test_an_odd_checkpoint_is_refused_or_shown_by_every_page(bases, kind, tmp_path, monkeypatch):
    monkeypatch.setenv("LATENTLAB_CHECKPOINTS", str(tmp_path / "shown"))
    monkeypatch.setattr(state, "is_at_the_machine", lambda: True)
    parts = bases[kind]
    rng = np.random.default_rng(0)
    every = list(odd.changes(parts))
    drawn = [every[number] for number in rng.choice(len(every), 5 * TRIED, replace=False)]
    passed, problems = odd.accepted(parts, drawn, tmp_path / "tried")
    assert problems == []
    assert TRIED // 2 < len(passed) < 4 * TRIED, "neither all nor none are let pass"
    tried = passed[:TRIED]
    for start in range(CHECKPOINTS):
        assert odd.failing(parts, tried[start::CHECKPOINTS], tmp_path / "shown", PAGES) == []


def test_a_page_that_fails_would_be_noticed(bases, tmp_path, monkeypatch):
    monkeypatch.setenv("LATENTLAB_CHECKPOINTS", str(tmp_path / "shown"))
    nothing = odd.Change("nothing", lambda parts: None)
    monkeypatch.setattr("latentlab.wording.about.title", lambda _: 1 / 0)
    found = odd.failing(bases["vae"], [nothing], tmp_path / "shown", ["network.py"])
    assert found[0].startswith("nothing: network.py")

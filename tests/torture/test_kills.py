"""A few kills; two hundred are in ``trial_kills``.

They are done by a process that has never used a thread, since forks lose those.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Of about eighty changes to files while a network is trained, the last twenty are the checkpoint's.
CHANGES = {
    "training": (1, 40, 68, 74, 80),
    "replacing": (76, 80, 82),
    "exporting": (3, 6),
    "exporting again": (3, 6),
}


@pytest.mark.timeout(300)  # it imports torch anew
def test_nothing_is_lost(tmp_path):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, __file__, str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.stdout == "as promised\n", done.stdout + done.stderr


@pytest.mark.parametrize("step", [0.02, 0.002])
def test_two_repeated_intervals_are_not_one(monkeypatch, step):
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
        monkeypatch.setenv(name, "1")  # the trial sets them for its own process
    from trial_kills import repeated

    times = {1 + n: step * n for n in range(round(0.04 / step) + 1)}
    half = 1 + round(0.02 / step)
    assert repeated(times, half, 0.02) < 1
    assert repeated(times, 1, 0.02) >= 1
    assert repeated({1: 0.0, 2: 9.0}, 1, 0) == 0
    assert repeated({1: 0.0, 2: 0.1, 3: 9.0}, 1, 0) == 1
    assert (
        repeated({1: 0.0, 2: 9.0}, 3, 0.02) == 0
    )  # killed when it was saved, not yet written down


def kills(scratch: Path) -> list[str]:
    """Kill at chosen changes to files, and at a few times."""
    import trial_kills

    stage = trial_kills.prepare(scratch / "root")
    figures = trial_kills.Figures()
    for kind, changes in CHANGES.items():
        for at in changes:
            trial_kills.kill_once(stage, kind, figures, at=at)
    n = sum(map(len, CHANGES.values())) - figures.n
    for after in (0.05, 0.1):
        trial_kills.kill_once(stage, "training", figures, after=after)
    problems = list(figures.problems)
    problems += [f"{n} kills came too late"] if n else []
    problems += [] if figures.repeated < 1 else [f"{figures.repeated} intervals are repeated"]
    return problems + ([] if figures.swept else ["no kill left anything to sweep"])


if __name__ == "__main__":
    print("\n".join(kills(Path(sys.argv[1])) or ["as promised"]))

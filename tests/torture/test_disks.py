"""Disks that refuse, a few times each; all of them are in ``trial_disks``.

They are tried by a process that has never used a thread, since forks lose those.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

SCENARIOS = ("full", "read_only", "vanished", "two", "contained")


@pytest.mark.timeout(300)  # it imports torch anew
@pytest.mark.skipif(sys.platform != "linux", reason="limits and users are those of Linux")
def test_refusals_are_one_sentence_and_nothing_is_lost():
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, __file__], env=environment, capture_output=True, text=True
    )
    assert done.stdout.split() == list(SCENARIOS), done.stdout + done.stderr


def main(scratch: Path) -> None:
    """Try each; print its name where nothing is wrong, else what is."""
    import trial_disks

    stage = trial_disks.prepare(scratch / "root")
    tries = {
        "full": lambda found: trial_disks.full(stage, found, (0, 3_000, 20_000)),
        "read_only": lambda found: trial_disks.read_only(stage, found),
        "vanished": lambda found: trial_disks.vanished(stage, found),
        "two": lambda found: trial_disks.two(stage, found, 2),
        "contained": lambda found: trial_disks.contained(scratch, found),
    }
    for name in SCENARIOS:
        found = trial_disks.Figures()
        tries[name](found)
        print(name if found.refused and not found.problems else found)


if __name__ == "__main__":
    # Not below pytest's own folder, which no other user may enter.
    with tempfile.TemporaryDirectory() as folder:
        main(Path(folder))

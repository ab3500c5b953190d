"""Every published figure is worked out a second time, by other libraries and plain numpy.

By default those of the digits' networks, whose images everybody has; with LATENTLAB_VERIFY=1 all
whose images are here (LATENTLAB_DATA, LATENTLAB_DATA_ROOT), which takes an hour. The command
``make verify-figures`` does the same and prints the figures.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from latentlab import data
from latentlab.checkpoints import open_checkpoint
from latentlab.errors import DataError
from latentlab.presets import PRESETS

TOP = Path(__file__).parents[2]
VERIFY_ALL = "LATENTLAB_VERIFY" in os.environ
QUICK = [name for name in PRESETS if name.startswith("digits-")]


def why_not(dataset: str) -> str:
    try:
        return "" if data.available(dataset) else f"the images of '{dataset}' are not here"
    except DataError as error:
        return str(error)


@pytest.mark.slow
@pytest.mark.timeout(3600 if VERIFY_ALL else 900)
@pytest.mark.parametrize("name", PRESETS if VERIFY_ALL else QUICK)
def test_the_published_figures_are_found_again(name):
    dataset = open_checkpoint(TOP / "checkpoints" / name).manifest.config.dataset
    if reason := why_not(dataset):
        pytest.skip(reason)
    command = [sys.executable, "scripts/verify_figures.py", name]
    environment = os.environ | {"LATENTLAB_CHECKPOINTS": str(TOP / "checkpoints")}
    done = subprocess.run(
        command, cwd=TOP, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "psnr" in done.stdout, done.stdout

"""Every published figure is worked out a second time, by other libraries and plain numpy.

Without any data those of digits and shapes are; of those that need MNIST or CIFAR-10, and of
searches that take minutes, with LATENTLAB_DATA set as well. `make verify-figures` takes them all.
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
OPT_IN = "LATENTLAB_DATA"


def reason_to_skip(dataset: str) -> str:
    if dataset in ("digits", "shapes"):
        return ""
    if OPT_IN not in os.environ:
        return f"needs the images of '{dataset}', and minutes: set {OPT_IN} to their folder"
    try:
        is_here = data.available(dataset)
    except DataError as error:
        return str(error)
    return "" if is_here else f"'{dataset}' is neither in {OPT_IN} nor in LATENTLAB_DATA_ROOT"


@pytest.mark.slow
@pytest.mark.timeout(3600 if OPT_IN in os.environ else 600)
@pytest.mark.parametrize("name", PRESETS)
def test_the_published_figures_are_found_again(name):
    checkpoint = open_checkpoint(TOP / "checkpoints" / name)
    if reason := reason_to_skip(checkpoint.manifest.config.dataset):
        pytest.skip(reason)
    command = [sys.executable, "scripts/verify_figures.py", name]
    if OPT_IN not in os.environ:
        command.append("--quick")
    environment = os.environ | {"LATENTLAB_CHECKPOINTS": str(TOP / "checkpoints")}
    done = subprocess.run(
        command, cwd=TOP, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "psnr" in done.stdout, done.stdout

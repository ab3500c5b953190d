"""Every published figure is worked out a second time, by other libraries and plain numpy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from latentlab.presets import PRESETS

TOP = Path(__file__).parents[2]
# The small ones, whose images everybody has; `make verify-figures` takes them all, and minutes.
# Of a family one, which stands for all its sizes.
QUICK = [name for name in PRESETS if name.startswith("digits-")] + ["bottleneck-digits-vae-z8"]


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", QUICK)
def test_the_published_figures_are_found_again(name):
    command = [sys.executable, "scripts/verify_figures.py", name]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    if "psnr" not in done.stdout:
        pytest.skip(done.stdout.splitlines()[-1])

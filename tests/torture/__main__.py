"""Run the full part of every trial, or of those named, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE.parents[1]
# What the tests import from, as in pyproject.toml.
SHARED = (HOME, HOME / "tests", HOME / "tests" / "e2e", HERE)


def main(names: list[str]) -> int:
    found = {p.stem.removeprefix("trial_"): p for p in sorted(HERE.glob("trial_*.py"))}
    unknown = [name for name in names if name not in found]
    if unknown:
        print(f"No trial is called {unknown[0]!r}; there are: {', '.join(found)}.")
        return 2
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, SHARED))}
    worst = 0
    for name in names or found:
        began = time.perf_counter()
        print(f"\n{name}", flush=True)
        command = [sys.executable, str(found[name])]
        worst = max(worst, subprocess.run(command, cwd=HOME, env=environment).returncode)
        print(f"  ({time.perf_counter() - began:.0f} s)", flush=True)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

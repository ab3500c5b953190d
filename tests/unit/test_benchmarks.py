"""Every benchmark can at least be started; what it measures is its own matter."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

import benchmarks
import pytest

NAMES = sorted(path.stem for path in Path(benchmarks.__file__).parent.glob("bench_*.py"))


@pytest.mark.parametrize("name", NAMES)
def test_a_benchmark_is_imported_and_has_a_main(name, monkeypatch):
    for variable in ("OMP_NUM_THREADS", "OMP_WAIT_POLICY", "OPENBLAS_NUM_THREADS"):
        monkeypatch.setenv(variable, os.environ.get(variable, "1"))  # some set what is not set
    monkeypatch.setattr(sys, "path", [*sys.path])
    assert callable(importlib.import_module(f"benchmarks.{name}").main)

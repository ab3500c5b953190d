"""Measurements of what the project claims; ``make bench`` runs them all."""

import sys
from pathlib import Path

# How the app is started and a browser is found: as the tests do it.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "e2e"))

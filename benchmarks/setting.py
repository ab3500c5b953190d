"""What a benchmark says of its own conditions: versions, and how busy the machine was already."""

from __future__ import annotations

import os
from importlib.metadata import version

LOAD = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")


def setting(*packages: str) -> str:
    """Name the versions of some packages and the load before the benchmark began."""
    named = "".join(f"{package} {version(package)}, " for package in packages)
    return f"{named}load {LOAD:.1f} before it began."

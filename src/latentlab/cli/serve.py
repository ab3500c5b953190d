"""``latentlab app``: start the app that explores the checkpoints."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import typer

from latentlab.errors import LatentlabError

# In a checkout the app stands at the top; in an installed wheel it travels inside the package.
PLACES = (Path(__file__).parents[3] / "app.py", Path(__file__).parents[1] / "_app" / "app.py")


def serve(context: typer.Context) -> None:
    """Start the app; whatever follows is handed to ``streamlit run``."""
    script = next((place for place in PLACES if place.is_file()), None)
    if script is None:
        raise LatentlabError("The app is not part of this installation; install latentlab again.")
    command = [sys.executable, "-m", "streamlit", "run", str(script), *context.args]
    raise typer.Exit(subprocess.call(command))  # noqa: S603  (no shell; the user's own words)

"""``latentlab app``: start the app that explores the checkpoints."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from latentlab.cli.experiment import find_by_name
from latentlab.errors import LatentlabError
from latentlab.lessons import OWN_VARIABLE

# In a checkout the app stands at the top; in an installed wheel it travels inside the package.
PLACES = (Path(__file__).parents[3] / "app.py", Path(__file__).parents[1] / "_app" / "app.py")


def serve(
    context: typer.Context,
    checkpoint: Annotated[
        str | None, typer.Option(help="The checkpoint that the app opens with.")
    ] = None,
    lessons: Annotated[
        Path | None, typer.Option(help="A folder with lessons of your own; see docs/lessons.md.")
    ] = None,
    class_may_train: Annotated[
        bool,
        typer.Option(
            "--class-may-train",
            help="Let every visitor train networks, not only those at this machine.",
        ),
    ] = False,
) -> None:
    """Start the app; further options are passed to ``streamlit run``.

    For a class on the same network: latentlab app --server.address 0.0.0.0

    It shows the folder checkpoints/ where it is started, if there is one, and otherwise the
    checkpoints that come with latentlab. LATENTLAB_CHECKPOINTS names another folder.
    """
    script = next((place for place in PLACES if place.is_file()), None)
    if script is None:
        raise LatentlabError(
            "The app is not part of this installation; install the wheel of latentlab again."
        )
    # -P: -m would put this folder on the path, and with it whatever is called random.py in it.
    command = [sys.executable, "-P", "-m", "streamlit", "run", str(script), *context.args]
    own = Path("checkpoints").resolve()
    shown = {"LATENTLAB_CHECKPOINTS": str(own)} if own.is_dir() else {}
    environment = {**shown, **os.environ}
    if class_may_train:
        environment["LATENTLAB_CLASS_MAY_TRAIN"] = "1"
    if checkpoint is not None:
        root = environment.get("LATENTLAB_CHECKPOINTS", str(script.parent / "checkpoints"))
        environment["LATENTLAB_CHECKPOINT"] = find_by_name(checkpoint, Path(root)).name
    if lessons is not None:
        if not lessons.expanduser().is_dir():
            raise LatentlabError(f"There is no folder {lessons} with lessons in it.")
        environment[OWN_VARIABLE] = str(lessons.expanduser().resolve())
    if os.name == "posix":  # become the server, so that a signal to this process ends it
        os.execve(command[0], command, environment)  # noqa: S606  (the user's own words, no shell)
    raise typer.Exit(subprocess.call(command, env=environment))  # noqa: S603  (as above)

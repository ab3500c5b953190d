"""The options that several commands share, so that each is spelled and explained once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

PREFIX = "my-"
"""What the pipeline's own checkpoints begin with, so that they never take a shipped one's place."""

Checkpoints = Annotated[
    Path | None, typer.Option("--checkpoints", help="Folder of checkpoints.", show_default=False)
]
Name = Annotated[str, typer.Argument(help="Name of a checkpoint.")]
CheckpointName = Annotated[
    str | None,
    typer.Argument(
        help="Name of a checkpoint; by default, the one with the settings below.",
        show_default=False,
    ),
]
NewName = Annotated[
    str | None, typer.Option(help="Name of the checkpoint; made from the settings by default.")
]
Again = Annotated[bool, typer.Option("--again", help="Train even if it is up to date.")]
Device = Annotated[str | None, typer.Option(help="cpu, cuda or mps; the fastest by default.")]
Runs = Annotated[
    Path, typer.Option(help="Folder of unfinished runs and of the pipeline's records.")
]
Reports = Annotated[Path, typer.Option(help="Folder of reports.")]
Logs = Annotated[Path, typer.Option(help="Folder of the TensorBoard logs.")]
DataDir = Annotated[
    Path | None, typer.Option(help="Folder of downloaded image sets (or set LATENTLAB_DATA).")
]
DataRoot = Annotated[
    Path | None, typer.Option(help="Folder of your own image folders, for folder:<name>.")
]
Dataset = Annotated[str | None, typer.Option(help="Image set of the experiment. [digits]")]
Model = Annotated[str | None, typer.Option(help="Model of the experiment. [vae]")]
LatentDim = Annotated[str | None, typer.Option(help="Latent dimensions of the experiment. [2]")]
Beta = Annotated[str | None, typer.Option(help="Weight of the KL term of the experiment. [1]")]

RUNS = Path("runs")
REPORTS = Path("reports")
LOGS = Path("logs")


def use_data(data_dir: Path | None, data_root: Path | None) -> None:
    """Let everything in this process read images from here, as the environment would say it.

    Parameters
    ----------
    data_dir, data_root : Path or None
        As LATENTLAB_DATA and LATENTLAB_DATA_ROOT; None leaves the environment as it is.
    """
    for name, given in (("LATENTLAB_DATA", data_dir), ("LATENTLAB_DATA_ROOT", data_root)):
        if given is not None:
            os.environ[name] = str(given)

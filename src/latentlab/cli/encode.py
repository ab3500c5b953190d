"""``latentlab encode``: learn the experiment's network, once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from latentlab import data
from latentlab.checkpoints import FILES, MANIFEST, Checkpoint, checkpoints_root, open_checkpoint
from latentlab.cli.experiment import name_of
from latentlab.cli.flags import with_config_flags
from latentlab.cli.ledger import Ledger, key_of
from latentlab.cli.options import (
    RUNS,
    Again,
    Checkpoints,
    DataDir,
    DataRoot,
    Device,
    NewName,
    Runs,
    use_data,
)
from latentlab.cli.output import plain_console
from latentlab.cli.progress import INTERRUPTED, Terminal
from latentlab.cli.train import summary
from latentlab.config import RunConfig, make_config
from latentlab.data import Progress
from latentlab.data.folder import PREFIX as FOLDER_PREFIX
from latentlab.errors import CheckpointError

if TYPE_CHECKING:
    from latentlab.training.reporting import Reporter

CHECKPOINT = "encode"
UNFINISHED = "unfinished"  # so that `clean` finds what an interrupted training left


@dataclass(frozen=True)
class Encoded:
    """What ``encode`` came to.

    Attributes
    ----------
    path : Path or None
        The checkpoint; None when the training was stopped and can be continued.
    trained : bool
        False when it was up to date already.
    """

    path: Path | None
    trained: bool


@with_config_flags
def encode(
    *,
    asked: dict[str, str],
    name: NewName = None,
    again: Again = False,
    checkpoints: Checkpoints = None,
    runs: Runs = RUNS,
    data_dir: DataDir = None,
    data_root: DataRoot = None,
    device: Device = None,
) -> None:
    """Train the experiment and write its checkpoint, unless it is up to date already."""
    use_data(data_dir, data_root)
    config = make_config(**asked)
    console = plain_console()
    try:
        with Terminal(console) as terminal:
            done = make_checkpoint(
                config,
                name_of(config, name),
                checkpoints or checkpoints_root(),
                runs,
                reporter=terminal,
                again=again,
                device=device,
            )
    except KeyboardInterrupt:
        done = Encoded(None, trained=True)
    if done.path is None:
        console.print("Stopped. The same command continues where it was.")
        raise typer.Exit(INTERRUPTED)
    console.print(quality(open_checkpoint(done.path)))
    console.print(f"Checkpoint: {done.path}", soft_wrap=True)
    if not done.trained:
        console.print("It was up to date; --again trains it again.")


def checkpoint_key(config: RunConfig, progress: Progress | None = None) -> str:
    """Return the fingerprint of what a checkpoint is made from: settings, and a folder's images.

    Parameters
    ----------
    config : RunConfig
    progress : callable, optional
        ``(what, done, total)``: told how far the scan of a folder is.

    Returns
    -------
    str
        SHA-256 in hexadecimal.

    Raises
    ------
    DataError
        If a folder is not there or holds too few readable pictures.
    """
    images = image_sums(config, progress)
    return key_of(step=CHECKPOINT, config=config.model_dump(mode="json"), images=images)


def is_current(
    config: RunConfig,
    name: str,
    checkpoints: Path,
    ledger: Ledger,
    progress: Progress | None = None,
) -> bool:
    """Say whether a checkpoint of exactly these settings and images is there and whole.

    Parameters
    ----------
    config : RunConfig
        As asked for.
    name : str
        Of the checkpoint.
    checkpoints : Path
        Folder of checkpoints.
    ledger : Ledger
    progress : callable, optional
        As for `checkpoint_key`.

    Returns
    -------
    bool
    """
    known = ledger.find(CHECKPOINT, name)
    if known is not None and known.key != checkpoint_key(config, progress):
        return False
    try:
        return config.led_to(open_checkpoint(checkpoints / name).manifest.config)
    except CheckpointError:
        return False


def make_checkpoint(
    config: RunConfig,
    name: str,
    checkpoints: Path,
    runs: Path,
    *,
    reporter: Reporter | None = None,
    again: bool = False,
    device: str | None = None,
) -> Encoded:
    """Train the experiment unless it is up to date; continue it where it was interrupted.

    Parameters
    ----------
    config : RunConfig
    name : str
        Of the checkpoint.
    checkpoints, runs : Path
        Where checkpoints and unfinished runs lie.
    reporter : Reporter, optional
        Told how it goes.
    again : bool
        Train even if it is up to date.
    device : str, optional
        The fastest present by default.

    Returns
    -------
    Encoded

    Raises
    ------
    CheckpointError
        If the name is that of a checkpoint which the pipeline did not make.
    TrainingError
        If it is that of an interrupted run of other settings which the pipeline did not begin.
    """
    ledger = Ledger(runs)
    target = checkpoints / name
    progress = None if reporter is None else reporter.progress
    if not again and is_current(config, name, checkpoints, ledger, progress):
        return Encoded(target, trained=False)
    if target.exists() and ledger.find(CHECKPOINT, name) is None:
        raise CheckpointError(
            f"There is already a checkpoint called '{name}' that was not made by this pipeline; "
            "give another --name (make encode NAME=...)."
        )
    from latentlab.training.reporting import Silent
    from latentlab.training.resume import FILE, check_not_interrupted
    from latentlab.training.run import Places, RunRequest, run

    # Images that change while it trains make the next run train again; images that have changed
    # since it was interrupted make it begin anew.
    before = checkpoint_key(config, progress)
    interrupted = ledger.find(UNFINISHED, name)
    if interrupted is None:  # what another command left unfinished is not ours to forget
        check_not_interrupted(runs / name)
    is_same = interrupted is not None and interrupted.key == before
    resumes_from = runs / name / FILE
    ledger.record(UNFINISHED, name, before, [resumes_from, resumes_from.with_name("lock")])
    request = RunRequest(
        config,
        name=name,
        places=Places(checkpoints, runs),
        replace=target.exists() or interrupted is not None,
        resuming=None if is_same and not again else False,
        device=device,
        reporter=reporter or Silent(),
    )
    result = run(request)
    if result.path is not None:
        files = [result.path / file for file in (*FILES, MANIFEST)]
        ledger.record(CHECKPOINT, name, before, files)
    return Encoded(result.path, trained=True)


def quality(checkpoint: Checkpoint) -> str:
    """Say how good a checkpoint is, in one line; in a second that it has learned nothing."""
    manifest = checkpoint.manifest
    figures = summary(checkpoint.name, manifest.metrics, manifest.run.seconds)
    return "\n".join(filter(None, (figures, manifest.warning)))


def image_sums(config: RunConfig, progress: Progress | None = None) -> dict[str, str]:
    """Return the sums over a folder's images as they are now; other image sets do not change.

    Parameters
    ----------
    config : RunConfig
    progress : callable, optional
        As for `checkpoint_key`.

    Returns
    -------
    dict of split name to str
        See `latentlab.data.split_sum`; empty for an image set that is no folder.

    Raises
    ------
    DataError
        If the folder is not there or holds too few readable pictures.
    """
    if not config.dataset.startswith(FOLDER_PREFIX):
        return {}
    loaded = (
        data.load(
            config.dataset,
            split,
            size=config.image_size,
            n_images=config.n_images if split == "train" else None,
            progress=progress,
        )
        for split in data.SPLITS
    )
    return {image_set.split: data.split_sum(image_set) for image_set in loaded}

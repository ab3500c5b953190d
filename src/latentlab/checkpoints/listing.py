"""All checkpoints of a folder: each is good or refused by itself, and harms no other."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from latentlab.checkpoints.manifest import damaged
from latentlab.checkpoints.reading import Checkpoint, open_checkpoint
from latentlab.errors import CheckpointError
from latentlab.images import printable
from latentlab.scratch import PREFIX, sweep

LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True)
class Refused:
    """A folder that is not shown, and why, in one sentence.

    Attributes
    ----------
    name : str
        The folder's, made printable.
    reason : str
    """

    name: str
    reason: str


def checkpoints_root(default: Path | None = None) -> Path:
    """Return the folder that holds checkpoints: LATENTLAB_CHECKPOINTS, or ``checkpoints`` here.

    Parameters
    ----------
    default : Path, optional
        Used when the environment variable is not set.

    Returns
    -------
    Path
        It may be missing.
    """
    given = os.environ.get("LATENTLAB_CHECKPOINTS")
    return Path(given).expanduser() if given else (default or Path("checkpoints"))


def list_checkpoints(root: Path) -> tuple[list[Checkpoint], list[Refused]]:
    """Open every checkpoint under a folder; those that cannot be opened are named with the reason.

    Parameters
    ----------
    root : Path
        The folder of checkpoints; it may be missing.

    Returns
    -------
    checkpoints : list of Checkpoint
        Sorted by name.
    refused : list of Refused
        Folders that are not shown.
    """
    recover(root)
    good: list[Checkpoint] = []
    refused: list[Refused] = []
    for folder in folders(root):
        found = examine(folder, proven)
        if isinstance(found, Refused):
            refused.append(found)
        else:
            good.append(found)
    return good, refused


def folders(root: Path) -> list[Path]:
    """Return what may be checkpoints under a folder that may be missing, by name.

    Parameters
    ----------
    root : Path

    Returns
    -------
    list of Path
        Folders whose names do not begin with a dot; empty where `root` is missing.

    Raises
    ------
    CheckpointError
        If the folder cannot be read.
    """
    try:
        if not root.is_dir():
            return []
        # Every page asks at each of its runs: `os.scandir` needs no look at each of the folders.
        with os.scandir(root) as found:
            names = [each.name for each in found if each.name[0] != "." and each.is_dir()]
        return [root / name for name in sorted(names)]
    except OSError as error:
        raise CheckpointError(
            f"The folder {printable(str(root))} cannot be read ({error.strerror}); make it "
            "readable, or choose another with --checkpoints."
        ) from None


def examine(folder: Path, prove: Callable[[Path], Checkpoint]) -> Checkpoint | Refused:
    """Prove one checkpoint, or say why it cannot be shown.

    Whatever is wrong with a folder stays with that folder.

    Parameters
    ----------
    folder : Path
    prove : callable
        Opens it and proves what it holds, like `proven`.

    Returns
    -------
    Checkpoint or Refused
    """
    try:
        return prove(folder)
    except CheckpointError as error:
        return Refused(printable(folder.name), str(error))
    except Exception as error:  # a fault that nobody thought of must not take the others along
        LOGGER.exception("The checkpoint in %s could not be examined.", printable(str(folder)))
        return Refused(printable(folder.name), str(damaged(folder.name, f"{error!r}")))


def proven(folder: Path) -> Checkpoint:
    """Open one checkpoint and read everything once.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    Checkpoint

    Raises
    ------
    CheckpointError
        For the first thing that is wrong.
    """
    checkpoint = open_checkpoint(folder)
    checkpoint.prove()
    return checkpoint


def recover(root: Path) -> None:
    """Put back a checkpoint whose replacement was interrupted; sweep away what a kill left.

    What a living process is replacing right now is left alone. Where folders cannot be locked,
    nobody knows who lives: there, what a kill left is put back after a day.

    Parameters
    ----------
    root : Path
        The folder of checkpoints; it may be missing or read-only.
    """
    if not root.is_dir():
        return
    sweep(root)
    found = list(root.glob(".replaced-*"))
    # Looked for afterwards: who has finished in between has put the new one in its place.
    writers = {folder.name.rsplit("-", 1)[-1] for folder in root.glob(f"{PREFIX}*")}
    for old in found:
        name, *writer = old.name.removeprefix(".replaced-").rsplit("-", 1)
        if not writers.isdisjoint(writer):
            continue
        target = root / name
        try:
            if target.exists():
                shutil.rmtree(old, ignore_errors=True)
            else:
                old.rename(target)
        except OSError:
            continue  # a read-only folder is listed as it is

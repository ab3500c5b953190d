"""From what was typed to one checkpoint: its settings, its name, and where it lies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from latentlab.checkpoints import Checkpoint, checkpoints_root, open_checkpoint
from latentlab.cli.options import PREFIX
from latentlab.config import RunConfig, checkpoint_name, make_config
from latentlab.errors import CheckpointError, unknown_name


def name_of(config: RunConfig, given: str | None) -> str:
    """Return the name of the pipeline's checkpoint: as given, or made from the settings."""
    return given or f"{PREFIX}{checkpoint_name(config)}"


def find(given: str | None, checkpoints: Path | None, **asked: Any) -> Checkpoint:
    """Open the checkpoint that a command is about.

    Parameters
    ----------
    given : str, optional
        Its name. By default it is the one that ``encode`` makes from the settings, or the shipped
        one of the same settings.
    checkpoints : Path, optional
        Folder of checkpoints.
    **asked
        Fields of the run config; None counts as not asked.

    Raises
    ------
    CheckpointError
        If there is none: which names exist, and what to type.
    """
    root = checkpoints or checkpoints_root()
    names = sorted(p.name for p in root.iterdir() if p.is_dir()) if root.is_dir() else []
    names = [name for name in names if not name.startswith(".")]
    if given is not None:
        if given not in names:
            raise CheckpointError(unknown_name("checkpoint", given, names))
        return _with_latent(open_checkpoint(root / given))
    settings = make_config(**asked)
    for name in (name_of(settings, None), checkpoint_name(settings)):
        if name in names:
            return _with_latent(open_checkpoint(root / name))
    raise CheckpointError(
        f"There is no checkpoint called '{name_of(settings, None)}' in {root} yet: make it with "
        "`latentlab encode` (or `make encode`) and the same settings."
    )


def _with_latent(checkpoint: Checkpoint) -> Checkpoint:
    if not checkpoint.manifest.config.latent_dim:
        raise CheckpointError(
            f"The network of '{checkpoint.name}' has no latent, so there is nothing to map or to "
            "search; choose a checkpoint of an ae or a vae."
        )
    return checkpoint

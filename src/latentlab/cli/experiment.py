"""From what was typed to one checkpoint: its settings, its name, and where it lies."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

from latentlab.checkpoints import Checkpoint, checkpoints_root, open_checkpoint
from latentlab.cli.options import (
    PREFIX,
    Beta,
    CheckpointName,
    Checkpoints,
    DataDir,
    DataRoot,
    Dataset,
    LatentDim,
    Model,
    use_data,
)
from latentlab.config import RunConfig, checkpoint_name, make_config
from latentlab.errors import CheckpointError, unknown_name
from latentlab.presets import PRESETS


def name_of(config: RunConfig, given: str | None) -> str:
    """Return the name of the pipeline's checkpoint: as given, or made from the settings."""
    return given or f"{PREFIX}{checkpoint_name(config)}"


def training_name(
    default: str, checkpoints: Path, runs: Path, *, replace: bool, resuming: bool
) -> str:
    """Return what `latentlab train` calls a checkpoint that was given no name.

    Parameters
    ----------
    default : str
        Made from the settings, or the preset's.
    checkpoints, runs : Path
        Where checkpoints and unfinished runs lie.
    replace : bool
        A shipped checkpoint may be replaced.
    resuming : bool
        An interrupted run is meant, whichever of the two names it has.

    Returns
    -------
    str
        The default; with "my-own-" before it where a shipped checkpoint has that name, so that the
        pipeline's, which begin with "my-", are another matter.
    """
    if replace or default not in PRESETS or not (checkpoints / default).exists():
        return default
    own = f"{PREFIX}own-{default}"
    if resuming:
        from latentlab.training.resume import is_interrupted

        if is_interrupted(runs / default) and not is_interrupted(runs / own):
            return default
    return own


def find_by_name(name: str, checkpoints: Path | None) -> Checkpoint:
    """Open the checkpoint of a name.

    Parameters
    ----------
    name : str
    checkpoints : Path, optional
        Folder of checkpoints.

    Returns
    -------
    Checkpoint

    Raises
    ------
    CheckpointError
        If there is none: which names exist.
    """
    root = checkpoints or checkpoints_root()
    names = _names(root)
    if not names:
        raise CheckpointError(f"There are no checkpoints in {root} yet: try latentlab train.")
    if name not in names:
        raise CheckpointError(unknown_name("checkpoint", name, names))
    return open_checkpoint(root / name)


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

    Returns
    -------
    Checkpoint
        Of a network with a latent.

    Raises
    ------
    CheckpointError
        If there is none: which names exist, and what to type.
    """
    if given is not None:
        return _with_latent(find_by_name(given, checkpoints))
    root = checkpoints or checkpoints_root()
    names = _names(root)
    settings = make_config(**asked)
    for name in (name_of(settings, None), checkpoint_name(settings)):
        if name in names:
            return _with_latent(open_checkpoint(root / name))
    raise CheckpointError(
        f"There is no checkpoint called '{name_of(settings, None)}' in {root} yet: make it with "
        "`latentlab encode` (or `make encode`) and the same settings."
    )


def about_checkpoint(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the name and the options that lead to a checkpoint; it receives that.

    Parameters
    ----------
    command : callable
        Its first parameter is the checkpoint; the others become options beside these.

    Returns
    -------
    callable
        For ``typer.Typer.command``.
    """
    leading = inspect.signature(_asked_for, eval_str=True).parameters
    _, *own = inspect.signature(command, eval_str=True).parameters.values()

    def wrapper(**values: Any) -> None:
        checkpoint = _asked_for(**{name: values.pop(name) for name in leading})
        command(checkpoint, **values)

    name, *settings = leading.values()
    parameters = [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for parameter in (name, *own, *settings)
    ]
    wrapper.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    wrapper.__doc__ = command.__doc__
    wrapper.__name__ = command.__name__
    return wrapper


def _asked_for(
    *,
    name: CheckpointName = None,
    dataset: Dataset = None,
    model: Model = None,
    latent_dim: LatentDim = None,
    beta: Beta = None,
    checkpoints: Checkpoints = None,
    data_dir: DataDir = None,
    data_root: DataRoot = None,
) -> Checkpoint:
    use_data(data_dir, data_root)
    return find(name, checkpoints, dataset=dataset, model=model, latent_dim=latent_dim, beta=beta)


def _names(root: Path) -> list[str]:
    folders = (path for path in root.iterdir() if path.is_dir()) if root.is_dir() else ()
    return [folder.name for folder in folders if not folder.name.startswith(".")]


def _with_latent(checkpoint: Checkpoint) -> Checkpoint:
    if not checkpoint.manifest.config.latent_dim:
        raise CheckpointError(
            f"The network of '{checkpoint.name}' has no latent, so there is nothing to map or to "
            "search; choose a checkpoint of an ae or a vae."
        )
    return checkpoint

"""``latentlab sweep``: a grid of experiments, finished ones skipped, broken ones resumed."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from latentlab.checkpoints import checkpoints_root, open_checkpoint
from latentlab.cli.encode import image_sums
from latentlab.cli.flags import takes_list, with_config_flags
from latentlab.cli.options import RUNS, Checkpoints, DataDir, DataRoot, Device, Runs, use_data
from latentlab.cli.output import plain_console
from latentlab.cli.progress import INTERRUPTED, Terminal
from latentlab.cli.train import summary
from latentlab.config import RunConfig, checkpoint_name, make_config
from latentlab.errors import CheckpointError, ConfigError, LatentlabError

# Commas in these belong to one value.
WHOLE = [name for name, info in RunConfig.model_fields.items() if takes_list(info.annotation)]
# Fields that `checkpoint_name` already tells apart.
NAMED = ("dataset", "model", "latent_dim", "beta")
MOST = 1000


@dataclass(frozen=True)
class Cell:
    """One experiment of a grid.

    Attributes
    ----------
    name : str
        Of its checkpoint.
    config : RunConfig
    """

    name: str
    config: RunConfig


@with_config_flags
def sweep(
    *,
    asked: dict[str, str],
    prefix: Annotated[str, typer.Option(help="Prefix of every checkpoint's name.")] = "sweep",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List the grid and stop.")] = False,
    checkpoints: Checkpoints = None,
    runs: Runs = RUNS,
    data_dir: DataDir = None,
    data_root: DataRoot = None,
    device: Device = None,
) -> None:
    """Train a grid of settings given as lists, as in --latent-dim 2,4,8 --beta 1,4.

    Finished experiments are skipped and interrupted ones continued, so that the command can be
    repeated until all are done. Only the PCA map is stored, unless --projections asks for more.
    """
    use_data(data_dir, data_root)
    cells = list(grid(asked, prefix))
    root = checkpoints or checkpoints_root()
    console = plain_console()
    left, unusable = _sort(cells, root)
    n_done = len(cells) - len(left)
    n_finished = n_done - len(unusable)
    console.print(f"{len(cells)} experiments, {n_finished} of them finished already.")
    if dry_run:
        for cell in cells:
            state = unusable.get(cell.name) or ("to do" if cell in left else "finished")
            console.print(f"{cell.name}: {state}", soft_wrap=True)
        return
    for reason in unusable.values():
        console.print(reason, style="red", soft_wrap=True)
    failures = unusable | _train_all(left, n_done, root, runs, device, console)
    if failures:
        named = "; ".join(f"{name} ({reason.rstrip('.')})" for name, reason in failures.items())
        raise LatentlabError(f"{len(failures)} of {len(cells)} experiments failed: {named}")
    console.print(f"Compare them: latentlab compare '{prefix}-*'")


def grid(asked: dict[str, str], prefix: str) -> Iterator[Cell]:
    """Yield the experiments of a grid, each once, in the order of the lists.

    Where a network has a latent and no projections are asked for, they are the PCA map alone.

    Parameters
    ----------
    asked : dict of str to str
        Fields of the run config as typed; commas separate values.
    prefix : str
        Begins each name.

    Yields
    ------
    Cell

    Raises
    ------
    ConfigError
        If a value is wrong, or there are more than a thousand experiments.
    """
    axes = {
        field: [text] if field in WHOLE else [part.strip() for part in text.split(",") if part]
        for field, text in asked.items()
    }
    n_cells = 1
    for field, values in axes.items():
        if not values:
            raise ConfigError(f"The setting '{field}' has an empty list; give at least one value.")
        n_cells *= len(values)
    if n_cells > MOST:
        raise ConfigError(f"A grid of {n_cells:,} experiments is too large; stay below {MOST:,}.")
    varied = [field for field, values in axes.items() if len(values) > 1 and field not in NAMED]
    seen: set[RunConfig] = set()
    for chosen in itertools.product(*axes.values()):
        fields = dict(zip(axes, chosen, strict=True))
        if fields.get("model", "vae") != "vae":
            fields.pop("beta", None)  # only a VAE has a KL term to weigh
        config = make_config(**fields)
        if config.latent_dim and "projections" not in fields:
            config = config.model_copy(update={"projections": ("pca",)})
        if config in seen:
            continue
        seen.add(config)
        extra = "".join(f"-{field.replace('_', '-')}-{fields[field]}" for field in varied)
        yield Cell(f"{prefix}-{checkpoint_name(config)}{extra}", config)


def is_finished(cell: Cell, root: Path) -> bool:
    """Say whether a cell's checkpoint is there, whole, and of exactly these settings.

    Parameters
    ----------
    cell : Cell
    root : Path
        Folder of checkpoints.

    Returns
    -------
    bool

    Raises
    ------
    CheckpointError
        If its checkpoint is damaged, or its name is taken by one of other settings.
    """
    if not (root / cell.name).is_dir():
        return False
    manifest = open_checkpoint(root / cell.name).manifest
    found = manifest.config
    now = image_sums(cell.config) if manifest.image_sums else {}
    if now and now != manifest.image_sums:
        raise CheckpointError(
            f"The checkpoint '{cell.name}' was trained on other images than '{found.dataset}' has "
            "now; give another --prefix."
        )
    if found != cell.config:
        odd = next(
            f for f in RunConfig.model_fields if getattr(found, f) != getattr(cell.config, f)
        )
        raise CheckpointError(
            f"The checkpoint '{cell.name}' has {odd} = {getattr(found, odd)!r}, and the grid wants "
            f"{getattr(cell.config, odd)!r}; give another --prefix."
        )
    return True


def _sort(cells: list[Cell], root: Path) -> tuple[list[Cell], dict[str, str]]:
    """Return the cells that are to do, and by name why others cannot be used."""
    left: list[Cell] = []
    unusable: dict[str, str] = {}
    for cell in cells:
        try:
            if not is_finished(cell, root):
                left.append(cell)
        except CheckpointError as error:
            unusable[cell.name] = str(error)
    return left, unusable


def _train_all(
    cells: list[Cell], n_done: int, root: Path, runs: Path, device: str | None, console: Console
) -> dict[str, str]:
    """Train what is left; one that fails is named and the others go on."""
    from latentlab.training.run import Places, Result, RunRequest, run

    failures: dict[str, str] = {}
    began = time.perf_counter()
    for number, cell in enumerate(cells):
        header = f"[{n_done + number + 1} of {n_done + len(cells)}] {cell.name}"
        if number:
            to_go = (time.perf_counter() - began) / number * (len(cells) - number)
            header += f", about {to_go:.0f} s to go for all"
        console.print(header, soft_wrap=True)
        try:
            with Terminal(console) as terminal:
                request = RunRequest(
                    cell.config,
                    name=cell.name,
                    places=Places(root, runs),
                    resuming=None,
                    device=device,
                    reporter=terminal,
                )
                result = run(request)
        except KeyboardInterrupt:
            result = Result(None)
        except LatentlabError as error:
            failures[cell.name] = str(error)
            console.print(str(error), style="red", soft_wrap=True)
            continue
        if result.path is None:
            console.print("Stopped. The same command continues where it was.")
            raise typer.Exit(INTERRUPTED)
        console.print(
            summary(cell.name, result.metrics, sum(result.seconds.values())),
            soft_wrap=True,
        )
        if result.warning:
            console.print(result.warning, soft_wrap=True)
    return failures

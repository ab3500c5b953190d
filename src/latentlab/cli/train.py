"""``latentlab train`` and the presets of the shipped checkpoints."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated, Any

import typer

from latentlab.cli.experiment import training_name
from latentlab.cli.flags import with_config_flags
from latentlab.cli.options import RUNS, Checkpoints, DataDir, DataRoot, Device, NewName, Runs
from latentlab.cli.output import plain_console
from latentlab.cli.progress import INTERRUPTED, Terminal
from latentlab.config import RunConfig, checkpoint_name, make_config, parse_config
from latentlab.errors import ConfigError
from latentlab.presets import PRESETS, preset

MAX_CONFIG_BYTES = 4 * 2**20


@with_config_flags
def train(
    *,
    asked: dict[str, str],
    preset_name: Annotated[
        str | None, typer.Option("--preset", help="Start from a shipped checkpoint's settings.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option(help="Repeat a run: a checkpoint.json, or a run config as JSON.")
    ] = None,
    name: NewName = None,
    checkpoints: Checkpoints = None,
    runs: Runs = RUNS,
    data_dir: DataDir = None,
    data_root: DataRoot = None,
    device: Device = None,
    threads: Annotated[int | None, typer.Option(min=1, help="CPU threads to use.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Continue an interrupted run.")] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace a checkpoint, or an interrupted run.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the run config and stop.")
    ] = False,
) -> None:
    """Train a network and write a checkpoint that the app can explore."""
    settings = _settings(asked, preset_name, config)
    console = plain_console()
    if dry_run:
        console.print_json(settings.model_dump_json(), highlight=False)
        return

    from latentlab.checkpoints import checkpoints_root
    from latentlab.training.parallel import end_process
    from latentlab.training.resume import FILE
    from latentlab.training.run import Places, Result, RunRequest, run

    # Of several processes (torchrun) one talks and writes.
    is_main = os.environ.get("RANK", "0") == "0"
    places = Places(checkpoints or checkpoints_root(), runs, data_dir, data_root)
    if not name:
        default = preset_name or checkpoint_name(settings)
        name = training_name(default, places.checkpoints, runs, replace=overwrite, resuming=resume)
        if is_main and name != default:
            note = f"There is already a '{default}'; this one is called '{name}'."
            console.print(note, soft_wrap=True)
    try:
        with Terminal(console) as terminal:
            request = RunRequest(
                settings,
                name=name,
                places=places,
                replace=overwrite,
                resuming=resume,
                device=device,
                n_threads=threads,
                reporter=terminal,
            )
            result = run(request)
    except KeyboardInterrupt:
        result = Result(None)
    if result.path is None:
        if is_main:
            how = " and --resume" if (runs / name / FILE).is_file() else ""
            console.print(f"Stopped. Continue with the same command{how} (run '{name}').")
        raise typer.Exit(INTERRUPTED)
    if is_main:
        console.print(summary(name, result.metrics, sum(result.seconds.values())))
        if result.warning:
            console.print(result.warning, soft_wrap=True)
        console.print(f"Checkpoint: {result.path}", soft_wrap=True)
    end_process()


def presets() -> None:
    """List the settings of the shipped checkpoints."""
    console = plain_console()
    for name, fields in PRESETS.items():
        settings = " ".join(f"{key}={value}" for key, value in fields.items())
        console.print(f"{name}: {settings}", soft_wrap=True)


def summary(name: str, metrics: Any, seconds: float) -> str:
    """Say how good a checkpoint is, in one line.

    Parameters
    ----------
    name : str
    metrics : mapping
        Of a checkpoint: ``mse`` and ``psnr`` at least.
    seconds : float
        That the run took.

    Returns
    -------
    str
    """
    parts = [f"reconstruction error (MSE) {metrics['mse']:.3g}", f"PSNR {metrics['psnr']:.1f} dB"]
    if "elbo" in metrics:
        parts.append(f"negative ELBO {metrics['elbo']:.1f} nats per image")
    if "label_agreement" in metrics:
        agreement = metrics["label_agreement"]["latent"]
        parts.append(f"label agreement {100 * agreement:.0f} %")
    return f"{name}: {', '.join(parts)}, on test images; {seconds:.0f} s in all."


def _settings(asked: dict[str, str], preset_name: str | None, path: Path | None) -> RunConfig:
    if preset_name and path:
        raise ConfigError("Give either --preset or --config, not both.")
    if preset_name:
        return make_config(**{**preset(preset_name), **asked})
    if path:
        return parse_config({**_read_config(path), **asked})
    return make_config(**asked)


def _read_config(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            content = json.loads(stream.read(MAX_CONFIG_BYTES))
    except OSError as error:
        raise ConfigError(f"The config {path} cannot be read: {error.strerror}.") from None
    except ValueError as error:
        raise ConfigError(f"The config {path} is not valid JSON: {error}.") from None
    if not isinstance(content, dict):
        raise ConfigError(f"The config {path} is not a JSON object.")
    inner = content.get("config", content)
    if not isinstance(inner, dict):
        raise ConfigError(f"The 'config' of {path} is not a JSON object.")
    return inner

"""``latentlab list``, ``inspect``, ``evaluate``, ``verify``: what there is, does it hold."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.table import Table

from latentlab.analysis.baselines.stored import stored_name
from latentlab.analysis.restoration import N_CURVE
from latentlab.checkpoints import checkpoints_root, list_checkpoints
from latentlab.cli.experiment import find_by_name
from latentlab.cli.options import Checkpoints, DataDir, DataRoot, Name
from latentlab.cli.output import plain_console, print_table
from latentlab.errors import LatentlabError
from latentlab.tasks import TASKS
from latentlab.wording import verdicts


def list_(checkpoints: Checkpoints = None) -> None:
    """List the checkpoints, and the folders that were refused."""
    console = plain_console()
    good, refused = list_checkpoints(checkpoints or checkpoints_root())
    table = Table(box=None, header_style="bold")
    for column in ("name", "images", "model", "latent", "parameters", "MSE", "neg. ELBO"):
        table.add_column(column, justify="left" if column in ("name", "images") else "right")
    for checkpoint in good:
        manifest, metrics = checkpoint.manifest, checkpoint.manifest.metrics
        table.add_row(
            checkpoint.name,
            manifest.config.dataset,
            manifest.config.model,
            str(manifest.config.latent_dim),
            f"{manifest.n_parameters:,}",
            _number(metrics.get("mse")),
            _number(metrics.get("elbo"), ".1f"),
        )
    if good:
        print_table(console, table)
    else:
        console.print("There are no checkpoints here yet: try latentlab train.")
    for folder in refused:
        console.print(f"refused: {folder.reason}", style="red", soft_wrap=True)


def inspect(name: Name, checkpoints: Checkpoints = None) -> None:
    """Print the manifest of a checkpoint."""
    checkpoint = find_by_name(name, checkpoints)
    content = checkpoint.manifest.model_dump_json(exclude={"tensors"})
    plain_console().print_json(content, highlight=False)


def evaluate(
    name: Name,
    checkpoints: Checkpoints = None,
    data_dir: DataDir = None,
    data_root: DataRoot = None,
) -> None:
    """Measure a checkpoint again on its test images, beside the metrics it stores."""
    from latentlab.codec import load_codec
    from latentlab.data import split_sum
    from latentlab.training.agreement import label_agreement
    from latentlab.training.evaluation import evaluate as measure
    from latentlab.training.preparation import Places, load_splits
    from latentlab.training.reporting import Silent
    from latentlab.training.restoring import evaluate_task

    checkpoint = find_by_name(name, checkpoints)
    config = checkpoint.manifest.config
    places = Places(data_dir=data_dir, data_root=data_root)
    sets = load_splits(config, places, Silent())
    console = plain_console()
    wanted = checkpoint.manifest.image_sums
    if wanted and wanted["test"] != split_sum(sets["test"]):
        warning = "These are not the test images on which the stored metrics were measured."
        console.print(warning, style="yellow")
    codec = load_codec(checkpoint)
    if config.task in TASKS:
        again = evaluate_task(codec, config, sets)
    else:
        again = measure(codec, config, sets)
    again |= label_agreement(codec, config, sets, checkpoint.index().pca)
    table = Table(box=None, header_style="bold")
    for column in ("figure", "now", "stored"):
        table.add_column(column, justify="left" if column == "figure" else "right")
    for figure, value in again.items():
        if isinstance(value, float):
            table.add_row(figure, f"{value:.4f}", _number(checkpoint.manifest.metrics.get(figure)))
    console.print(f"{name} on {again['n_test']:,.0f} test images")
    print_table(console, table)
    if config.task in TASKS:
        print_table(console, _restoration_table(config.task, again))
        has_latent = config.latent_dim > 0
        said = verdicts.restoration_at(config.task, again, again["strength"], has_latent=has_latent)
        console.print(said, soft_wrap=True)
    if said := verdicts.agreement(again):
        console.print(said, soft_wrap=True)


def _restoration_table(task: str, metrics: dict[str, Any]) -> Table:
    """Compare network input, output and best baseline at every strength."""
    title = f"PSNR of the MSE in dB, first {N_CURVE} of these images"
    table = Table(box=None, header_style="bold", title=title)
    for column in (TASKS[task].control, "input", "network", "baseline", "which"):
        table.add_column(column, justify="right")
    keys = ("strength", "input", "network", "baseline")
    for strength, *figures in zip(*(metrics[f"curve_{key}"] for key in keys), strict=True):
        which = stored_name(task, metrics, strength)
        numbers = [f"{figure:.2f}" for figure in figures]
        table.add_row(TASKS[task].written(strength), *numbers, which)
    return table


def verify(
    name: Annotated[str | None, typer.Argument(help="One checkpoint; all by default.")] = None,
    checkpoints: Checkpoints = None,
) -> None:
    """Check everything that the app uses: checksums, shapes, values, images and the network."""
    from latentlab.codec import load_codec

    console = plain_console()
    if name is None:
        good, refused = list_checkpoints(checkpoints or checkpoints_root())
    else:
        good, refused = [find_by_name(name, checkpoints)], []
    reasons = [folder.reason for folder in refused]
    for checkpoint in good:
        try:
            checkpoint.prove()
            load_codec(checkpoint)
            console.print(f"good: {checkpoint.name}", soft_wrap=True)
        except LatentlabError as error:
            reasons.append(str(error))
    for reason in reasons:
        console.print(f"bad: {reason}", style="red", soft_wrap=True)
    if reasons:
        raise typer.Exit(1)


def _number(value: Any, form: str = ".4f") -> str:
    return format(value, form) if isinstance(value, float) else "-"

"""``latentlab compare``: checkpoints side by side, from their manifests alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from latentlab import __version__
from latentlab.checkpoints import Checkpoint, Manifest, checkpoints_root, list_checkpoints
from latentlab.cli.options import REPORTS, Checkpoints, Reports
from latentlab.cli.output import plain_console, print_table
from latentlab.errors import CheckpointError, unknown_name

FOLDER = "compare"


@dataclass(frozen=True)
class Column:
    """One figure of the table.

    Attributes
    ----------
    title, head, unit : str
        Over the chart, over the column, and on the chart's axis.
    of : callable
        From a manifest to the value, None where it was not measured.
    text : str
        Format of the value.
    meaning : str
        One sentence, under the chart.
    """

    title: str
    head: str
    unit: str
    of: Callable[[Manifest], float | None]
    text: str
    meaning: str


def compare(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Names, or patterns such as 'sweep-*'; all by default."),
    ] = None,
    checkpoints: Checkpoints = None,
    reports: Reports = REPORTS,
) -> None:
    """Write a table of checkpoints: error, ELBO, dimensions, neighbors, size, seconds."""
    from latentlab.export.report import write_files

    found = select(names or ["*"], checkpoints or checkpoints_root())
    console = plain_console()
    print_table(console, table(found))
    written = write_files(reports / FOLDER, _files(found))
    console.print(f"Drawn: {written[-1]}", soft_wrap=True)


def select(patterns: Sequence[str], root: Path) -> list[Checkpoint]:
    """Return the checkpoints that any pattern names, simplest first.

    Parameters
    ----------
    patterns : sequence of str
        Names, or with "*" and "?" as for files.
    root : Path
        Folder of checkpoints.

    Returns
    -------
    list of Checkpoint
        Each once, at least one.

    Raises
    ------
    CheckpointError
        If a pattern names none, or there are none.
    """
    good, _ = list_checkpoints(root)
    chosen: dict[str, Checkpoint] = {}
    for pattern in patterns:
        matching = [c for c in good if fnmatch(c.name, pattern)]
        if not matching and good:
            raise CheckpointError(unknown_name("checkpoint", pattern, [c.name for c in good]))
        chosen |= {c.name: c for c in matching}
    if not chosen:
        raise CheckpointError(f"There are no checkpoints in {root} yet: try latentlab sweep.")
    return sorted(chosen.values(), key=_order)


def table(found: Sequence[Checkpoint]) -> Table:
    """Return the table for a terminal."""
    result = Table(box=None, header_style="bold")
    result.add_column("checkpoint", no_wrap=True)
    for column in COLUMNS:
        result.add_column(column.head, justify="right")
    for checkpoint in found:
        values = (column.of(checkpoint.manifest) for column in COLUMNS)
        cells = (
            "-" if value is None else format(value, column.text)
            for value, column in zip(values, COLUMNS, strict=True)
        )
        result.add_row(checkpoint.name, *cells)
    return result


def _files(found: Sequence[Checkpoint]) -> dict[str, bytes]:
    from latentlab.cli.viz_report import page_colors
    from latentlab.export.report import Report, Section, files_of
    from latentlab.figures import bars, offline, static
    from latentlab.figures.theme import LIGHT

    labels = short_names([checkpoint.name for checkpoint in found])
    sections = []
    for column in COLUMNS:
        values = {
            label: value
            for label, checkpoint in zip(labels, found, strict=True)
            if (value := column.of(checkpoint.manifest)) is not None
        }
        if not values:
            continue
        slug = column.title.lower().replace(" ", "-")
        drawing = bars.columns(values, LIGHT, unit=column.unit, height=320)
        sections.append(
            Section(
                slug,
                column.title[0].upper() + column.title[1:],
                column.meaning,
                drawing.alt,
                static.columns_png(values, LIGHT, unit=column.unit),
                offline.fragment(drawing, f"chart-{slug}"),
                offline.page(drawing, column.title[0].upper() + column.title[1:], LIGHT),
            )
        )
    report = Report(
        title=f"{len(found)} checkpoints compared",
        subtitle=", ".join(checkpoint.name for checkpoint in found),
        facts=[],
        sections=sections,
        colors=page_colors(),
        footer=f"Made by latentlab {__version__} from the manifests of the checkpoints. All "
        "metrics are measured on test images.",
        script=offline.SCRIPT,
    )
    return files_of(report, {offline.SCRIPT: offline.script()})


def short_names(names: Sequence[str]) -> list[str]:
    """Leave out the parts that all names share, so that they fit under bars.

    Parameters
    ----------
    names : sequence of str
        With dashes between their parts.

    Returns
    -------
    list of str
        In the same order.

    Examples
    --------
    >>> short_names(["sweep-digits-vae-z2", "sweep-digits-vae-z4"])
    ['z2', 'z4']
    """
    parts = [name.split("-") for name in names]
    if len(parts) < 2:
        return list(names)
    shared = 0
    while all(len(p) > shared + 1 and p[shared] == parts[0][shared] for p in parts):
        shared += 1
    return ["-".join(p[shared:]) for p in parts]


def _order(checkpoint: Checkpoint) -> tuple[str, str, int, float, str]:
    config = checkpoint.manifest.config
    return config.dataset, config.model, config.latent_dim, config.beta, checkpoint.name


def _metric(name: str) -> Callable[[Manifest], float | None]:
    def of(manifest: Manifest) -> float | None:
        value = manifest.metrics.get(name)
        return value if isinstance(value, float) and math.isfinite(value) else None

    return of


def _agreement(manifest: Manifest) -> float | None:
    value = manifest.metrics.get("label_agreement")
    return 100 * value["latent"] if isinstance(value, dict) and "latent" in value else None


COLUMNS: tuple[Column, ...] = (
    Column(
        "reconstruction error",
        "MSE",
        "MSE per pixel",
        _metric("mse"),
        ".4f",
        "Mean squared difference between image and reconstruction; lower is better.",
    ),
    Column(
        "negative ELBO",
        "neg. ELBO",
        "nats per image",
        _metric("elbo"),
        ".1f",
        "Reconstruction term plus KL divergence; lower is better. VAEs only.",
    ),
    Column(
        "active dimensions",
        "active",
        "dimensions",
        _metric("active_dimensions"),
        ".0f",
        "Latent dimensions whose mean varies between images (variance > 0.01). VAEs only.",
    ),
    Column(
        "label agreement",
        "labels %",
        "percent",
        _agreement,
        ".0f",
        "Share of the 9 nearest training images that have the label of the test image.",
    ),
    Column(
        "size",
        "size",
        "parameters",
        lambda manifest: float(manifest.n_parameters),
        ",.0f",
        "Number of parameters of the network.",
    ),
    Column(
        "seconds",
        "seconds",
        "seconds",
        lambda manifest: manifest.run.seconds,
        ".0f",
        "Time from loading the images to writing the checkpoint, on the machine that trained it.",
    ),
)

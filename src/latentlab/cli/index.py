"""``latentlab index``: build a search index beside a checkpoint."""

from __future__ import annotations

from typing import Annotated

import typer

from latentlab.analysis import AnalysisError
from latentlab.analysis.neighbors import METRICS
from latentlab.cli.experiment import find_by_name
from latentlab.cli.options import Checkpoints, Name
from latentlab.cli.output import plain_console
from latentlab.errors import unknown_name


def index(
    name: Name,
    backend: Annotated[
        str, typer.Option(help="usearch (approximate) or qdrant (vector database).")
    ] = "usearch",
    metric: Annotated[str, typer.Option(help="euclidean or cosine.")] = "euclidean",
    server: Annotated[
        str | None,
        typer.Option(help="Address of a running Qdrant; embedded by default.", show_default=False),
    ] = None,
    checkpoints: Checkpoints = None,
) -> None:
    """Build a search index beside a checkpoint and measure how many true neighbors it finds.

    The app searches exactly by default, which is fast up to a million latents; beside an index it
    offers that too, with its recall.
    """
    from latentlab.analysis import stored_index

    if metric not in METRICS:
        raise AnalysisError(unknown_name("metric", metric, METRICS))
    checkpoint = find_by_name(name, checkpoints)
    note = stored_index.write(checkpoint, backend, metric=metric, server=server)
    plain_console().print(
        f"{note.n:,} latents in {note.seconds:.1f} s; finds {100 * note.recall:.1f} % of the 9 "
        f"true neighbors of {note.n_queries:,} new places. The Neighbors page offers it.",
        markup=False,
        soft_wrap=True,
    )

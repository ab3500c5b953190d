"""``latentlab index``: send a checkpoint's latents to a vector database."""

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
    server: Annotated[
        str,
        typer.Option(help="Address of a running Qdrant, such as http://localhost:6333."),
    ],
    metric: Annotated[str, typer.Option(help="euclidean or cosine.")] = "euclidean",
    checkpoints: Checkpoints = None,
) -> None:
    """Send a checkpoint's latents to a Qdrant database and measure how many neighbors it finds.

    The app searches exactly, which is fast up to a million latents. The Neighbors page also offers
    the database, with its recall.
    """
    from latentlab.analysis import stored_index

    if metric not in METRICS:
        raise AnalysisError(unknown_name("metric", metric, METRICS))
    checkpoint = find_by_name(name, checkpoints)
    note = stored_index.write(checkpoint, server, metric=metric)
    plain_console().print(
        f"{note.n:,} latents in {note.seconds:.1f} s; finds {100 * note.recall:.1f} % of the 9 "
        f"exact neighbors of {note.n_queries:,} new points. The Neighbors page offers it.",
        soft_wrap=True,
    )

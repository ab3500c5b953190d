"""``latentlab viz``: a report of a checkpoint that can be handed in as homework."""

from __future__ import annotations

from pathlib import Path

from latentlab import __version__
from latentlab.checkpoints import Checkpoint
from latentlab.cli.experiment import about_checkpoint
from latentlab.cli.ledger import Ledger, key_of
from latentlab.cli.options import (
    REPORTS,
    RUNS,
    Reports,
    Runs,
)
from latentlab.cli.output import plain_console

REPORT = "viz"


@about_checkpoint
def viz(
    checkpoint: Checkpoint,
    reports: Reports = REPORTS,
    runs: Runs = RUNS,
) -> None:
    """Write a report of a checkpoint: images, charts and one HTML page, in reports/."""
    page = make_report(checkpoint, reports, Ledger(runs))
    plain_console().print(f"Report: {page}", soft_wrap=True)


def report_key(checkpoint: Checkpoint) -> str:
    """Return the fingerprint of what a report is made from."""
    return key_of(step=REPORT, checkpoint=checkpoint.fingerprint, version=__version__)


def make_report(checkpoint: Checkpoint, reports: Path, ledger: Ledger) -> Path:
    """Write the report of a checkpoint.

    Parameters
    ----------
    checkpoint : Checkpoint
    reports : Path
        The report becomes a folder in it, called like the checkpoint.
    ledger : Ledger
        Remembers what was written.

    Returns
    -------
    Path
        The page to open.
    """
    from latentlab.cli.viz_report import files
    from latentlab.export.report import write_files

    written = write_files(reports / checkpoint.name, files(checkpoint))
    ledger.record(REPORT, checkpoint.name, report_key(checkpoint), written)
    return written[-1]

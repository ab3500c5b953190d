"""``latentlab run`` and ``clean``: every step in order, each only where something has changed."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from filelock import FileLock, Timeout

from latentlab.checkpoints import Checkpoint, checkpoints_root, open_checkpoint
from latentlab.cli.embed import BOARD, board_key, make_board
from latentlab.cli.encode import CHECKPOINT, UNFINISHED, make_checkpoint, quality
from latentlab.cli.experiment import name_of
from latentlab.cli.flags import with_config_flags
from latentlab.cli.ledger import Ledger, Made, remove_files, unwritable
from latentlab.cli.options import (
    LOGS,
    REPORTS,
    RUNS,
    Again,
    Checkpoints,
    DataDir,
    DataRoot,
    Logs,
    NewName,
    Reports,
    Runs,
    use_data,
)
from latentlab.cli.output import plain_console
from latentlab.cli.progress import INTERRUPTED
from latentlab.cli.query import ANSWER, answer_key, ask, draw_answer, show_answer
from latentlab.cli.unattended import BUSY, BusyError, RunLog, calm_end, only_one
from latentlab.cli.viz import REPORT, make_report, report_key
from latentlab.config import RunConfig, make_config
from latentlab.errors import ConfigError


@dataclass(frozen=True)
class Plan:
    """What a run is about, and where its results go.

    Attributes
    ----------
    config : RunConfig
    name : str
        Of the checkpoint.
    checkpoints, runs, reports, logs : Path
    again : bool
        Train even if the checkpoint is up to date.
    """

    config: RunConfig
    name: str
    checkpoints: Path
    runs: Path
    reports: Path
    logs: Path
    again: bool = False


@with_config_flags
def run(
    *,
    asked: dict[str, str],
    name: NewName = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Print nothing but errors: for cron.")
    ] = False,
    log: Annotated[
        Path | None, typer.Option(help="Also write into this file; rotated at a megabyte.")
    ] = None,
    again: Again = False,
    checkpoints: Checkpoints = None,
    runs: Runs = RUNS,
    reports: Reports = REPORTS,
    logs: Logs = LOGS,
    data_dir: DataDir = None,
    data_root: DataRoot = None,
) -> None:
    """Run encode, viz, embed and query in order, each only if something has changed.

    Exit codes: 0 done or up to date; 1 a step failed, said in one sentence; 2 wrong command line;
    3 another run is under way; 130 interrupted, and the next run continues.
    """
    use_data(data_dir, data_root)
    run_log = RunLog(quiet=quiet, log=log)
    try:
        config = make_config(**asked)
        plan = Plan(
            config,
            name_of(config, name),
            checkpoints or checkpoints_root(),
            runs,
            reports,
            logs,
            again,
        )
        with only_one(runs), calm_end():
            finished = _follow(plan, run_log)
    except BusyError as error:
        run_log.say(str(error))
        raise typer.Exit(BUSY) from None
    except Exception as error:
        run_log.fail(error)
        raise
    finally:
        run_log.close()
    if not finished:
        raise typer.Exit(INTERRUPTED)


def clean(
    runs: Runs = RUNS,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be removed, and stop.")
    ] = False,
) -> None:
    """Remove what encode, viz, embed and query wrote, and nothing else."""
    console = plain_console()
    ledger = Ledger(runs)
    entries = ledger.entries()

    def remove(made: Made) -> bool:
        present = [file for file in made.files if file.is_file()]
        if not present:
            return True
        if not dry_run and not _removed(made):
            console.print(f"{made.name} is being trained, so its run stays.")
            return False
        verb = "would remove" if dry_run else "removed"
        files = "1 file" if len(present) == 1 else f"{len(present)} files"
        console.print(f"{verb} {files} of {made.step} in {present[0].parent}")
        return True

    if not entries:
        console.print("There is nothing to remove.")
    elif dry_run:
        for made in entries:
            remove(made)
    else:
        # The locks stay, for another command may be waiting for them.
        with only_one(runs):
            ledger.clear(remove)


def _removed(made: Made) -> bool:
    """Remove what a step made; False where a training is under way in there."""
    if made.step != UNFINISHED:
        remove_files(made.files)
        return True
    *files, lock = made.files
    try:
        with FileLock(lock, timeout=0):
            remove_files(files)
            # While it is held: once let go, it may be the next training's. Windows does so itself.
            with contextlib.suppress(OSError):
                lock.unlink()
                lock.parent.rmdir()
    except Timeout:
        return False
    except OSError as error:
        raise unwritable(lock.parent, error) from None
    return True


def _follow(plan: Plan, run_log: RunLog) -> bool:
    """Follow a plan to its end or to an interruption; False then."""
    try:
        finished = follow(plan, run_log)
    except KeyboardInterrupt:
        finished = False
    if not finished:
        run_log.say(f"{plan.name}: interrupted; the next run continues where it was.")
    return finished


def follow(plan: Plan, run_log: RunLog) -> bool:
    """Do every step that has something to do.

    Parameters
    ----------
    plan : Plan
    run_log : RunLog
        Told what happens; its last line is the summary.

    Returns
    -------
    bool
        False when the training was stopped before its end.

    Raises
    ------
    ConfigError
        If the network would have no latent: before it is trained.
    """
    _check_latent(plan.config)
    began = time.perf_counter()
    with run_log.reporter() as reporter:
        encoded = make_checkpoint(
            plan.config,
            plan.name,
            plan.checkpoints,
            plan.runs,
            reporter=reporter,
            again=plan.again,
        )
    if encoded.path is None:
        return False
    spent = [_seconds(CHECKPOINT, began) if encoded.trained else ""]
    checkpoint, ledger = open_checkpoint(encoded.path), Ledger(plan.runs)
    if encoded.trained:
        run_log.say(quality(checkpoint))
        run_log.say(f"{CHECKPOINT}: {encoded.path}")
    for step, (key, make) in STEPS.items():
        if ledger.is_current(step, plan.name, key(checkpoint)):
            continue
        began = time.perf_counter()
        made = make(checkpoint, plan, ledger, run_log)
        run_log.say(f"{step}: {made}")
        spent.append(_seconds(step, began))
    run_log.say(_summary(checkpoint, [words for words in spent if words]))
    return True


def _check_latent(config: RunConfig) -> None:
    if not config.latent_dim:
        raise ConfigError(
            f"A network of the model '{config.model}' has no latent, so there is nothing to draw, "
            "to map or to search: give another --model, or train it with `latentlab encode`."
        )


def _viz(checkpoint: Checkpoint, plan: Plan, ledger: Ledger, run_log: RunLog) -> Path:
    return make_report(checkpoint, plan.reports, ledger)


def _embed(checkpoint: Checkpoint, plan: Plan, ledger: Ledger, run_log: RunLog) -> Path:
    return make_board(checkpoint, plan.logs, ledger)


def _query(checkpoint: Checkpoint, plan: Plan, ledger: Ledger, run_log: RunLog) -> Path:
    answer = ask(checkpoint, None)
    if run_log.console is not None:
        show_answer(answer, run_log.console)
    return draw_answer(checkpoint, answer, plan.reports, ledger)


Step = tuple[Callable[[Checkpoint], str], Callable[[Checkpoint, Plan, Ledger, RunLog], Path]]
STEPS: dict[str, Step] = {
    REPORT: (report_key, _viz),
    BOARD: (board_key, _embed),
    ANSWER: (answer_key, _query),
}
"""After the training: what each step is made from, and how."""


def _seconds(step: str, began: float) -> str:
    return f"{step} {time.perf_counter() - began:.0f} s"


def _summary(checkpoint: Checkpoint, spent: list[str]) -> str:
    if not spent:
        return f"{checkpoint.name}: nothing to do, everything is up to date."
    metrics = checkpoint.manifest.metrics
    return f"{checkpoint.name}: {', '.join(spent)}; MSE {metrics['mse']:.3g}."

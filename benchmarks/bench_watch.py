"""A training that is watched: how soon it shows, how often, and what watching costs.

The server's side of the Training page, without a browser. Each figure is the median of several
runs. A training as a job and the same under ``latentlab train`` take turns, so that both meet the
same machine; what is compared is the time of training as both write it into their history: all
steps, and what looks on between them.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from benchmarks.promises import Row, record
from benchmarks.setting import setting
from latentlab.config import checkpoint_name
from latentlab.export.message import unpack
from latentlab.jobs import estimates, manager, training
from latentlab.jobs.training import Recipe, Training
from latentlab.ui.training import sending
from latentlab.ui.training.page import SECONDS_LIVE

RECIPE = Recipe(images="digits", model="vae", latent_dim=2, epochs=60)
WARM_BAR, COLD_BAR, RATE_BAR, COST_BAR, WATCHED_BAR = 1.5, 5.0, 4.0, 1.2, 1.15
N_WATCHERS = 10
HELD: list[int] = []  # bytes, by warm workers


def until(condition: Callable[[], object], seconds: float = 300.0) -> float:
    """Wait for a state; return for how many seconds."""
    began = time.perf_counter()
    while not condition():
        if time.perf_counter() - began > seconds:
            raise SystemExit("It did not come to that.")
        time.sleep(0.002)
    return time.perf_counter() - began


def first_stage(runs: Path, *, warm: bool) -> float:
    """Return the seconds from Train to the first stage on disk."""
    if warm:
        (manager.place(runs, "training") / estimates.FILE).unlink(missing_ok=True)
        training.warm(runs, RECIPE)
        until(lambda: training.estimate(runs, RECIPE) is not None)
        HELD.append(psutil.Process(_worker()).memory_info().rss)
    began = time.perf_counter()
    found = training.start(runs, RECIPE)
    until(found.stages)
    seconds = time.perf_counter() - began
    training.discard(found)
    return seconds


def _worker() -> int:
    """Return the process that waits for a job."""
    return max(child.pid for child in psutil.Process().children())


def as_job(runs: Path, n_watchers: int = 0) -> tuple[Training, float]:
    """Train as a job, watched by so many; return the seconds of training with all its stages."""
    found = training.start(runs, RECIPE)
    over = threading.Event()
    for _ in range(n_watchers):
        threading.Thread(target=watch, args=(runs, found, over), daemon=True).start()
    ended = found.job.wait(300)
    over.set()
    if found.checkpoint is None:
        raise SystemExit(f"The training ended as {ended.state}: {ended.problem}")
    return found, own_seconds(found.checkpoint)


def watch(runs: Path, found: Training, over: threading.Event) -> None:
    """Ask what a session of the page asks, as often: what is new, if anything is."""
    since = -1
    while not over.wait(SECONDS_LIVE):
        new = sending.news(runs, found.id, since)
        if new is not None:
            since, _ = new


def under_the_command(folder: Path, recipe: Recipe = RECIPE) -> float:
    """Train the same with ``latentlab train``; return the network's own seconds."""
    config = folder / "config.json"
    config.write_text(recipe.config().model_dump_json())
    command = [sys.executable, "-m", "latentlab", "train", "--config", str(config)]
    command += ["--checkpoints", str(folder / "c"), "--runs", str(folder / "r"), "--overwrite"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return own_seconds(folder / "c" / checkpoint_name(recipe.config()))


def own_seconds(checkpoint: Path) -> float:
    """Return what a checkpoint's history says of its training time."""
    last = (checkpoint / "history.jsonl").read_text().splitlines()[-1]
    return float(json.loads(last)["seconds"])


def main(n_runs: int) -> int:
    # As the app sets it for itself; a worker has all cores, like the command line.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        cold = [first_stage(folder / "runs", warm=False) for _ in range(n_runs)]
        warm = [first_stage(folder / "runs", warm=True) for _ in range(n_runs)]
        command, whole, watched, rates, sizes = [], [], [], [], []
        for _ in range(n_runs):
            command.append(under_the_command(folder))
            found, seconds = as_job(folder / "runs")
            whole.append(seconds)
            stages = found.stages()
            rates.append((len(stages) - 1) / seconds)
            sizes.append(len(stages[-1].read() or b""))
            _, arrays = unpack(stages[-1].read() or b"")
            watched.append(as_job(folder / "runs", N_WATCHERS)[1])
        manager.shut_down()
    costs = [job / alone for job, alone in zip(whole, command, strict=True)]
    crowded = [many / none for many, none in zip(watched, whole, strict=True)]
    rows = [
        row("Train pressed to first stage on disk, warm", WARM_BAR, warm, "s"),
        row("the same, cold", COLD_BAR, cold, "s"),
        Row(
            "stages on disk while digits train",
            f">= {RATE_BAR:g}/s",
            f"{statistics.median(rates):.1f}/s",
            statistics.median(rates) >= RATE_BAR,
        ),
        row("training as a job / under `latentlab train`", COST_BAR, costs, ""),
        row(f"training with {N_WATCHERS} watching sessions / with none", WATCHED_BAR, crowded, ""),
        Row("a warm worker holds", "", f"{statistics.median(HELD) / 2**20:.0f} MB", None),
        Row(
            "a stage", "", f"{max(sizes) / 1024:.0f} KiB, {len(arrays['latents']):,} latents", None
        ),
    ]
    note = (
        f"Medians of {n_runs}; digits, VAE, z = 2, {RECIPE.epochs} epochs. The command took "
        f"{statistics.median(command):.1f} s of training. {setting('torch')}"
    )
    return record("Watch", "python -m benchmarks.bench_watch", rows, note)


def row(promise: str, bar: float, values: list[float], unit: str) -> Row:
    """Return a row of the table for a figure that must not be larger than its bar."""
    middle = statistics.median(values)
    unit = f" {unit}" if unit else ""
    measured = f"{middle:.2f}{unit} ({min(values):.2f} to {max(values):.2f})"
    return Row(promise, f"<= {bar:g}{unit}", measured, middle <= bar)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    sys.exit(main(parser.parse_args().runs))

"""Thirty students at once, on a checkpoint of 20,000 points, once more while a training runs."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

# Before torch: what is worked out here beside the class needs one thread.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import psutil
from benchmarks.promises import Row, record
from benchmarks.setting import setting
from classroom import Expected, Record, lesson
from serving import serve

from latentlab.checkpoints import open_checkpoint
from latentlab.ui.shell.opening import FIRST_VARIABLE

HOME = Path(__file__).resolve().parents[2]
FOLDER = HOME / "bench-results" / "load"
NAME, OTHER = "shapes-20k", "digits-vae-z2"
POINTS, STUDENTS = 20_000, 30
SECONDS_ALONE, SECONDS, SECONDS_TRAINING = 40, 40, 40
Browsers = dict[str, list[Any]]
SETTINGS = ("--dataset", "shapes", "--model", "vae", "--latent-dim", "2", "--image-size", "32")
SIZES = ("--index-size", str(POINTS), "--epochs", "1", "--projections", "pca")


def main() -> int:
    checkpoints = prepared()
    expected = Expected(checkpoints / NAME)
    _ = expected.image_statistics
    # The network of the lesson is the one that the app opens with, as `--checkpoint` makes it.
    os.environ[FIRST_VARIABLE] = NAME
    with tempfile.TemporaryDirectory() as scratch:
        log = Path(scratch) / "server.log"
        with serve(log, checkpoints=checkpoints) as server:
            cold, _ = measured(server.url, expected, students=1, seconds=5)
            alone, _ = measured(server.url, expected, seconds=SECONDS_ALONE)
            quiet, browsers = measured(server.url, expected, seconds=SECONDS, chromium=True)
            with training(Path(scratch)):
                busy, _ = measured(server.url, expected, seconds=SECONDS_TRAINING)
            tracebacks = server.output().count("Traceback")
    told(alone, "thirty students alone")
    told(quiet, "beside three browsers")
    told(busy, "beside a training")
    first, arrived = cold.seconds["arrive"][0], alone.seconds["arrive"]
    rows = [
        Row("first page of a fresh server", "", f"{first:.1f} s", None),
        Row(
            "first page, 30 students at once: p95",
            "1200 ms",
            spread(arrived),
            quantile(arrived, 0.95) <= 1.2,
        ),
        *class_rows("30 students", alone, bar=0.25),
        upload_row("upload to neighbors", alone),
        *class_rows("30 students beside 3 browsers on the same cores", quiet, bar=0.25),
        upload_row("upload to neighbors beside 3 browsers", quiet),
        browser_row(browsers),
        *class_rows("30 students beside a training", busy, bar=1.0),
        upload_row("upload to neighbors beside a training", busy),
        Row("tracebacks in the server's log", "0", str(tracebacks), tracebacks == 0),
    ]
    note = (
        f"{POINTS:,} points, 30 websocket clients that each act about once a second (12 explore, "
        f"12 draw, 6 upload) and check their own answers, for {SECONDS_ALONE}, {SECONDS} and "
        f"{SECONDS_TRAINING} s, all on the server's own cores; the browsers, which draw in "
        "software and in a class would be elsewhere, with the least priority. "
        f"{setting('streamlit', 'torch')}"
    )
    return record("Load: thirty students", "python tests/torture load", rows, note)


def prepared() -> Path:
    """Return a folder with two checkpoints: one of 20,000 points, trained if there is none like it.

    Raises
    ------
    RuntimeError
        If the checkpoint has another number of points.
    """
    checkpoints, note = FOLDER / "checkpoints", FOLDER / "settings.txt"
    settings = " ".join((*SETTINGS, *SIZES))
    if not (checkpoints / NAME).is_dir() or not note.is_file() or note.read_text() != settings:
        shutil.rmtree(FOLDER, ignore_errors=True)
        places = ("--checkpoints", str(checkpoints), "--runs", str(FOLDER / "runs"))
        train = (sys.executable, "-m", "latentlab", "train", *SETTINGS, "--name", NAME)
        subprocess.run([*train, *SIZES, *places], check=True, stdout=subprocess.DEVNULL)
        note.write_text(settings)
    n = len(open_checkpoint(checkpoints / NAME).index().latents)
    if n != POINTS:
        raise RuntimeError(f"The checkpoint in {FOLDER} has {n:,} points, not {POINTS:,}.")
    if not (checkpoints / OTHER).is_dir():
        shutil.copytree(HOME / "checkpoints" / OTHER, checkpoints / OTHER)
    return checkpoints


def measured(
    url: str,
    expected: Expected,
    *,
    students: int = STUDENTS,
    seconds: float,
    chromium: bool = False,
) -> tuple[Record, Browsers]:
    """Hold a lesson, beside three browsers if asked for."""
    beside = None
    if chromium:
        command = [sys.executable, str(Path(__file__).parent / "chromiums.py")]
        beside = subprocess.Popen(
            ["nice", "-n", "19", *command, url, NAME, str(seconds)],
            stdout=subprocess.PIPE,
            start_new_session=True,  # otherwise what steps back is the session of all of us
        )
        time.sleep(10)  # they open their pages
        step_back(beside)
    class_record = asyncio.run(lesson(url, expected, OTHER, students=students, seconds=seconds))
    return class_record, _said(beside)


def step_back(beside: subprocess.Popen[bytes]) -> None:
    """Let the browsers' groups of processes wait for all others.

    Linux shares time between sessions first, and "nice" counts only within one: a browser, which
    begins a session of its own, would have as much of the machine as the server and its class.
    """
    first = psutil.Process(beside.pid)
    for process in (first, *first.children(recursive=True)):
        with suppress(OSError):  # another system, or already gone
            Path(f"/proc/{process.pid}/autogroup").write_text("19")


def _said(browsers: subprocess.Popen[bytes] | None) -> Browsers:
    """Read what the browsers measured."""
    if browsers is None:
        return {}
    try:
        said, _ = browsers.communicate(timeout=120)
        return dict(json.loads(said))
    except (subprocess.TimeoutExpired, ValueError):
        browsers.kill()
        return {"problems": ["the browsers did not come back"], "seconds": []}


@contextmanager
def training(scratch: Path) -> Iterator[None]:
    """Train another network meanwhile, with as many threads as a teacher's training would have."""
    environment = {k: v for k, v in os.environ.items() if k != "OMP_NUM_THREADS"}
    places = ("--checkpoints", str(scratch / "checkpoints"), "--runs", str(scratch / "runs"))
    command = (sys.executable, "-m", "latentlab", "train", *SETTINGS, "--epochs", "200", *places)
    with (scratch / "training.log").open("w") as log:
        process = subprocess.Popen(
            command,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,  # as from another terminal; see `step_back`
        )
        try:
            end = time.monotonic() + 60
            while "training" not in (scratch / "training.log").read_text():
                if time.monotonic() > end or process.poll() is not None:
                    raise RuntimeError("The training did not start.")
                time.sleep(0.5)
            yield
            if process.poll() is not None:
                raise RuntimeError("The training ended before the lesson did.")
        finally:
            process.kill()
            process.wait()


def class_rows(what: str, found: Record, *, bar: float) -> list[Row]:
    """Return a class's rows: answers, errors, answers of somebody else."""
    p95 = quantile(found.all(), 0.95)
    faults = f"{len(found.errors)} and {len(found.wrong)} of {found.n_actions:,}"
    return [
        Row(f"{what}: p95 of an answer", f"< {bar * 1e3:.0f} ms", spread(found.all()), p95 < bar),
        Row(
            f"{what}: errors, answers of another session",
            "0 and 0",
            f"{faults} ({found.n_checked:,} worked out again)",
            not found.errors and not found.wrong,
        ),
    ]


def upload_row(what: str, found: Record) -> Row:
    times = found.seconds["upload"]
    return Row(f"{what}: p95", "< 1000 ms", spread(times), quantile(times, 0.95) < 1)


def browser_row(browsers: Browsers) -> Row:
    problems = browsers["problems"]
    for problem in problems:
        print(f"  Chromium: {problem}")
    measured_text = f"{len(problems)} errors; random image shown in {spread(browsers['seconds'])}"
    fine = not problems and bool(browsers["seconds"])
    return Row("3 Chromium contexts beside them", "0 errors", measured_text, fine)


def told(found: Record, when: str) -> None:
    """Print every kind of action, and the first faults."""
    print(f"  {when}, load {os.getloadavg()[0]:.1f} now")
    for kind, times in found.seconds.items():
        print(f"    {kind}: {spread(times)}")
    for fault in [*found.errors[:5], *found.wrong[:5]]:
        print(f"    {fault}")


def quantile(seconds: object, share: float) -> float:
    times = np.asarray(seconds, float)
    return float(np.quantile(times, share)) if times.size else float("inf")


def spread(seconds: object) -> str:
    """Say how long things took."""
    times = np.asarray(seconds, float)
    if not times.size:
        return "nothing measured"
    p50, p95, most = 1e3 * np.quantile(times, [0.5, 0.95, 1])
    return f"p50 {p50:.0f}, p95 {p95:.0f}, most {most:.0f} ms, n = {times.size:,}"


if __name__ == "__main__":
    sys.exit(main())

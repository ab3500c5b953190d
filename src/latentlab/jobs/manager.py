"""What the app does with jobs: warm a worker, start a job, steer it, end it, look at it.

Nothing here knows a kind beyond its name and its `Kind`. A job belongs to the app that started it:
it ends with that app, and only that app can steer it; every other process can watch.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from latentlab.jobs import JobError
from latentlab.jobs.folder import (
    LOCK,
    REQUEST,
    RESERVE,
    RESERVE_BYTES,
    Job,
    is_held,
    jobs,
    write_status,
)
from latentlab.jobs.launch import LOG, Worker, launch
from latentlab.jobs.table import kind as kind_of
from latentlab.jobs.worker import ACCEPTED, REFUSED

# An interpreter that starts on a busy machine.
SECONDS_TO_ANSWER = 60.0
# Until somebody who only looks whether a lock is held has let go of it.
PATIENCE = 0.1

_LOCK = threading.RLock()
_WORKERS: dict[Path, Worker] = {}


def place(runs: Path, kind: str) -> Path:
    """Return the folder of all jobs of a kind.

    Parameters
    ----------
    runs : Path
        The folder ``runs`` beside the checkpoints.
    kind : str
        A key of `table.JOBS`.

    Returns
    -------
    Path
        Absolute; it may be missing.
    """
    return runs.absolute() / "jobs" / kind


def current(runs: Path, kind: str) -> Job | None:
    """Return the job that is running, or the last one that was started.

    Parameters
    ----------
    runs : Path
    kind : str
        A key of `table.JOBS`.

    Returns
    -------
    Job or None
        None before there was one.
    """
    found = jobs(place(runs, kind))
    return found[0] if found else None


def warm(runs: Path, kind: str) -> None:
    """Start a worker that waits for a job, unless there is one or a job is running.

    It goes away by itself after ten idle minutes, or with the app. A folder that cannot be written
    to is no reason to complain before there is a job.
    """
    folder = place(runs, kind)
    with _LOCK, suppress(JobError):
        if not is_held(folder / LOCK):
            _worker(folder)


def prepare(runs: Path, kind: str, request: Mapping[str, object]) -> None:
    """Tell the waiting worker, if there is one, which request is likely.

    Parameters
    ----------
    runs : Path
    kind : str
        A key of `table.JOBS`.
    request : mapping of str to JSON value
        As for `start`.
    """
    with _LOCK:
        worker = _WORKERS.get(place(runs, kind))
        key = json.dumps(request, sort_keys=True)
        if worker and worker.is_alive and worker.job is None and key not in worker.prepared:
            worker.prepared.add(key)
            worker.send({"order": "prepare", "request": request})


def start(runs: Path, kind: str, request: Mapping[str, object]) -> Job:
    """Start a job.

    Parameters
    ----------
    runs : Path
    kind : str
        A key of `table.JOBS`.
    request : mapping
        JSON values, for the kind's `work`.

    Returns
    -------
    Job
        Accepted: its worker holds the lock.

    Raises
    ------
    JobError
        If another one of this kind runs, or the folder cannot be written to.
    """
    folder = place(runs, kind)
    with _LOCK:
        _check_free(folder)
        now = time.time()
        stamp = time.strftime("%Y%m%d-%H%M%S", time.localtime(now))
        job = Job(folder / f"{stamp}-{int(now % 1 * 1e6):06}-{os.getpid()}")
        try:
            job.folder.mkdir(parents=True)
            (job.folder / RESERVE).write_bytes(bytes(RESERVE_BYTES))
            (job.folder / REQUEST).write_text(json.dumps(request), encoding="utf-8")
            _begin(job)
        except OSError as error:
            shutil.rmtree(job.folder, ignore_errors=True)
            raise _unwritable(folder, error) from None
        except JobError:
            shutil.rmtree(job.folder, ignore_errors=True)
            raise
        _prune(folder, kind_of(kind).n_kept)
        return job


def start_again(job: Job) -> None:
    """Start a job that ended early once more, in its own folder.

    Raises
    ------
    JobError
        If another one of its kind runs, it is still running, or the folder cannot be written to.
    """
    with _LOCK:
        _check_free(job.folder.parent)
        try:
            (job.folder / RESERVE).write_bytes(bytes(RESERVE_BYTES))
            _begin(job)
        except OSError as error:
            raise _unwritable(job.folder, error) from None


def order(job: Job, word: str) -> None:
    """Send a command to a running job; which words it knows, its kind says.

    Raises
    ------
    JobError
        If it has ended, or another app has started it.
    """
    with _LOCK:
        if not job.status().is_live:
            raise JobError("It has ended already.")
        if not is_own(job):
            raise _foreign()
        _WORKERS[job.folder.parent].send({"order": word})


def is_own(job: Job) -> bool:
    """Say whether this app has started a job, so that it can steer and end it."""
    worker = _WORKERS.get(job.folder.parent)
    return worker is not None and worker.job == job.folder


def cancel(job: Job) -> None:
    """End a job at once; its folder stays, and its status says "cancelled".

    Raises
    ------
    JobError
        If another app has started it.
    """
    with _LOCK:
        if not is_own(job):
            if job.status().is_live:
                raise _foreign()
            return
        _WORKERS[job.folder.parent].kill()
    status = job.status()
    if status.state == "interrupted":
        with suppress(OSError):
            write_status(job.folder, replace(status, state="cancelled"))


def discard(job: Job) -> None:
    """End a job if it runs, and remove its folder.

    Raises
    ------
    JobError
        If another app has started it, or the folder cannot be removed.
    """
    cancel(job)
    try:
        shutil.rmtree(job.folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise JobError(f"The folder {job.folder} cannot be removed: {error.strerror}.") from None


def shut_down() -> None:
    """End all workers of this process, as the end of the app does."""
    with _LOCK:
        for worker in _WORKERS.values():
            worker.kill()
        _WORKERS.clear()


def _check_free(folder: Path) -> None:
    if is_held(folder / LOCK, PATIENCE):
        raise JobError(kind_of(folder.name).busy)


def _begin(job: Job) -> None:
    """Hand a job to a worker and wait for its answer."""
    accepted, refused = job.folder / ACCEPTED, job.folder / REFUSED
    for path in (accepted, refused):
        path.unlink(missing_ok=True)
    worker = _worker(job.folder.parent)
    worker.job = job.folder
    worker.send({"order": "start", "folder": str(job.folder)})
    end = time.monotonic() + SECONDS_TO_ANSWER
    while not accepted.exists():
        if refused.exists():
            worker.job = None
            reason = refused.read_text(encoding="utf-8")
            if reason:
                raise JobError(f"The folder {job.folder.parent} cannot be used: {reason}.")
            raise JobError(kind_of(job.folder.parent.name).busy)
        if not worker.is_alive or time.monotonic() > end:
            worker.kill()
            log = job.folder.parent / LOG
            raise JobError(f"The process for it could not be started; {log} says why.")
        time.sleep(0.005)


def _worker(folder: Path) -> Worker:
    """Return the waiting worker of a kind, or start one."""
    worker = _WORKERS.get(folder)
    if worker is not None:
        if worker.is_alive and worker.job is None:
            return worker
        worker.kill()  # at most about to exit: it has let go of the lock
    try:
        _WORKERS[folder] = launch(folder)
    except OSError as error:
        raise _unwritable(folder, error) from None
    return _WORKERS[folder]


def _prune(folder: Path, n_kept: int) -> None:
    ended = [job.folder for job in jobs(folder)[1:] if not job.status().is_live]
    # One that no worker has accepted may be about to be; after an hour its app was killed.
    accepted = {job.folder for job in jobs(folder)}
    stale = [
        path
        for path in folder.iterdir()
        if path.is_dir() and path not in accepted and time.time() - path.stat().st_mtime > 3600
    ]
    for path in [*ended[n_kept:], *stale]:
        shutil.rmtree(path, ignore_errors=True)


def _foreign() -> JobError:
    return JobError("Another app on this machine has started it: steer it from there.")


def _unwritable(folder: Path, error: OSError) -> JobError:
    return JobError(f"The folder {folder} cannot be written to: {error.strerror or error}.")

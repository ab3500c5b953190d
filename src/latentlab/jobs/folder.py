"""A job on disk: what was asked, how far it is, and whether its process still lives.

========================  =========================================================================
``<kind>/lock``           held by the worker that works: one job of a kind at a time
``<kind>/<job>/``         a folder for each job; names sort by the time they were started
``    request.json``      what was asked
``    status.json``       how far it is, replaced as a whole
``    lock``              held by the job's own worker: who died says "running" for ever
``    reserve``           room for a last word on a full disk
========================  =========================================================================
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout

State = Literal[
    "starting", "running", "paused", "done", "failed", "cancelled", "interrupted"
]  # the last one is never written: it is what a dead worker's status means

LIVE = ("starting", "running", "paused")
LOCK, STATUS, REQUEST, RESERVE = "lock", "status.json", "request.json", "reserve"
RESERVE_BYTES = 16 * 1024
# Windows refuses to replace a file while somebody reads it.
_TRIES = 20


@dataclass(frozen=True)
class Status:
    """How far a job is.

    Attributes
    ----------
    state : str
        "starting", "running", "paused", "done", "failed", "cancelled" or "interrupted".
    step, n_steps : int
        Steps done, of how many; 0 of 0 where that is not known.
    what : str
        What it does now, in a few words.
    problem : str or None
        Why it failed, in one sentence.
    note : str
        What a person should know of it, in one sentence or a few; usually empty.
    seconds_left : float or None
        Estimated from the pace so far.
    latest : int
        Number of the newest numbered result in the folder, -1 before the first.
    started : float
        Seconds since 1970.
    """

    state: State
    step: int = 0
    n_steps: int = 0
    what: str = ""
    problem: str | None = None
    note: str = ""
    seconds_left: float | None = None
    latest: int = -1
    started: float = 0.0

    @property
    def is_live(self) -> bool:
        """Whether its process works on it, or waits for a command."""
        return self.state in LIVE

    @property
    def seconds(self) -> float:
        """How long ago it was started."""
        return max(0.0, time.time() - self.started)


@dataclass(frozen=True)
class Job:
    """A job, by its folder; what is asked of it is read anew each time.

    Attributes
    ----------
    folder : Path
    """

    folder: Path

    @property
    def id(self) -> str:
        """The name of its folder; a later job's name sorts after it."""
        return self.folder.name

    def request(self) -> dict[str, Any]:
        """Return what was asked; empty if the file is gone or damaged."""
        return _read_object(self.folder / REQUEST)

    def status(self) -> Status:
        """Return how far it is; "interrupted" where its process has died."""
        status = self._written()
        if status.is_live and not is_held(self.folder / LOCK):
            status = self._written()  # its last word may have come in between
            if status.is_live:
                return Status(**{**asdict(status), "state": "interrupted", "seconds_left": None})
        return status

    def wait(self, seconds: float) -> Status:
        """Wait until it has ended, at most so long; return how far it is then.

        Parameters
        ----------
        seconds : float

        Returns
        -------
        Status
        """
        end = time.monotonic() + seconds
        while (status := self.status()).is_live and time.monotonic() < end:
            time.sleep(0.02)
        return status

    def _written(self) -> Status:
        known = {field.name for field in fields(Status)}
        found = {k: v for k, v in _read_object(self.folder / STATUS).items() if k in known}
        return Status(**{"state": "starting", **found})


def jobs(folder: Path) -> list[Job]:
    """Return the jobs of one kind that were accepted, the newest first.

    Parameters
    ----------
    folder : Path
        ``<runs>/jobs/<kind>``; it may be missing.

    Returns
    -------
    list of Job
    """
    names = folder.iterdir() if folder.is_dir() else ()
    found = [Job(path) for path in names if (path / STATUS).is_file()]
    return sorted(found, key=lambda job: job.id, reverse=True)


def is_held(lock: Path, patience: float = 0.0) -> bool:
    """Say whether a living process holds a lock; a dead one cannot.

    Parameters
    ----------
    lock : Path
    patience : float
        Seconds to try again. Without, somebody else who asks at the same moment is taken for a
        holder, which does no harm where one asks again soon.

    Returns
    -------
    bool
        False also where the file system has no locks.
    """
    probe = FileLock(lock)
    try:
        probe.acquire(timeout=patience, poll_interval=0.01)
    except Timeout:
        return True
    except (OSError, NotImplementedError):
        return False
    probe.release()
    return False


def write_status(folder: Path, status: Status) -> None:
    """Replace a job's status, if need be with the room that was reserved for it.

    Parameters
    ----------
    folder : Path
        The job's own.
    status : Status

    Raises
    ------
    OSError
        If the disk refuses even so.
    """
    content = json.dumps(asdict(status)).encode()
    try:
        replace(folder / STATUS, content)
    except OSError:
        (folder / RESERVE).unlink(missing_ok=True)
        replace(folder / STATUS, content)


def replace(path: Path, content: bytes) -> None:
    """Replace a file as a whole: a reader sees the old one or the new one.

    Parameters
    ----------
    path : Path
        Its folder has to exist.
    content : bytes

    Raises
    ------
    OSError
        If the disk refuses; what was there before is untouched.
    """
    scratch = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        scratch.write_bytes(content)
        for _ in range(_TRIES):
            with suppress(PermissionError):
                scratch.replace(path)
                return
            time.sleep(0.01)
        scratch.replace(path)
    except OSError:
        scratch.unlink(missing_ok=True)
        raise


def _read_object(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}

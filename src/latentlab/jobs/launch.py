"""The workers of this app: one process for each kind of job, waiting or at work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# The server computes with one thread; the limits that it has set itself are not for its workers.
LIMITS_SET = "LATENTLAB_THREAD_LIMITS"
LOG = "worker.log"


@dataclass
class Worker:
    """A process that waits for a job, or does one.

    Attributes
    ----------
    process : Popen
    job : Path or None
        The folder of the job that it was given.
    prepared : set of str
        What it was told to get ready for.
    """

    process: subprocess.Popen[bytes]
    job: Path | None = None
    prepared: set[str] = field(default_factory=set)

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self.process.poll() is None

    def send(self, order: Mapping[str, object]) -> None:
        """Send an order; one that has just died does not hear it, and its status says so.

        Parameters
        ----------
        order : mapping of str to JSON value
            ``order`` names the command.
        """
        if self.process.stdin is not None:
            with suppress(OSError):
                self.process.stdin.write(json.dumps(order).encode() + b"\n")
                self.process.stdin.flush()

    def kill(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.wait()
        if self.process.stdin is not None:
            with suppress(OSError):
                self.process.stdin.close()


def launch(folder: Path) -> Worker:
    """Start a worker for the kind of job whose folder is given.

    Parameters
    ----------
    folder : Path
        ``<runs>/jobs/<kind>``; made if it is missing.

    Returns
    -------
    Worker
        Not yet warm.

    Raises
    ------
    OSError
        If the folder cannot be written to, or the system refuses a process.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOG).open("wb") as log:
        # -P: a student's random.py in the folder where the app was started is not Python's.
        # Its own session: Ctrl-C on the terminal ends the app, and the app's end the worker.
        process = subprocess.Popen(  # noqa: S603 - our own module, and names we made ourselves
            [sys.executable, "-P", "-m", "latentlab.jobs.worker", folder.name, str(folder)],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            env=_environment(),
            **_apart(),
        )
    return Worker(process)


def _apart() -> dict[str, Any]:
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def _environment() -> dict[str, str]:
    own_limits = os.environ.get(LIMITS_SET, "").split(",")
    kept = {name: value for name, value in os.environ.items() if name not in own_limits}
    return {"OMP_WAIT_POLICY": "PASSIVE", **kept}

"""Maps that somebody has had computed: in a process of their own, kept on disk beside the runs.

A fit takes seconds to minutes and must not hold up a class. One is computed at a time for all
visitors; what is finished is offered to everybody, also after a restart.
"""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from latentlab.analysis import Coordinates
from latentlab.checkpoints import Checkpoint
from latentlab.errors import LatentlabError
from latentlab.ui.map.request import Asked, parse
from latentlab.ui.shell import cache

MOST_KEPT = 24
_LOCK = threading.Lock()


class MapError(LatentlabError):
    """A map that cannot be computed now."""


@dataclass
class Job:
    """A map that is being computed, or was.

    Attributes
    ----------
    asked : Asked
    fingerprint : str
        Of the checkpoint.
    step, n_steps : int
        How far it is.
    what : str
        What it does now.
    problem : str or None
        Why it failed, in one sentence.
    """

    asked: Asked
    fingerprint: str
    process: subprocess.Popen[str]
    step: int = 0
    n_steps: int = 3
    what: str = "starting"
    problem: str | None = None
    cancelled: bool = False
    started: float = field(default_factory=time.monotonic)
    _ended: threading.Event = field(default_factory=threading.Event)

    @property
    def running(self) -> bool:
        """Whether it is still under way."""
        return not self._ended.is_set()

    @property
    def seconds(self) -> float:
        """How long ago it was started."""
        return time.monotonic() - self.started

    def cancel(self) -> None:
        """End it; nothing of it is kept."""
        self.cancelled = True
        self.process.terminate()

    def wait(self, seconds: float) -> bool:
        """Wait until it ends; say whether it has."""
        return self._ended.wait(seconds)

    def listen(self) -> None:
        """Follow what the process says until it ends, in the thread that calls."""
        last = ""
        with self.process:
            for line in self.process.stdout or ():
                last = line.strip()
                found = re.fullmatch(r"(\d+)/(\d+) (.+)", last)
                if found:
                    self.step, self.n_steps, self.what = int(found[1]), int(found[2]), found[3]
        if self.process.returncode != 0 and not self.cancelled:
            self.problem = last[:300] or "The computation ended without a word; try it again."
        self._ended.set()


_CURRENT: list[Job] = []


def current() -> Job | None:
    """Return the job that is running, or the last one."""
    with _LOCK:
        return _CURRENT[0] if _CURRENT else None


def start(checkpoint: Checkpoint, asked: Asked) -> Job:
    """Start computing a map.

    Raises
    ------
    MapError
        If another one is being computed, there are too many, or the folder cannot be written.
    """
    with _LOCK:
        if _CURRENT and _CURRENT[0].running:
            raise MapError("Another map is being computed; wait for it or cancel it.")
        folder = _folder(checkpoint)
        if len(finished(checkpoint)) >= MOST_KEPT:
            raise MapError(f"There are {MOST_KEPT} maps already; delete some from {folder}.")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise MapError(f"The folder {folder} cannot be made: {error.strerror}.") from None
        process = subprocess.Popen(  # noqa: S603 - our own module, and names we made ourselves
            [
                *(sys.executable, "-P", "-m", "latentlab.ui.map.worker"),
                *(str(checkpoint.path), asked.name, str(folder)),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        job = Job(asked, checkpoint.fingerprint, process)
        _CURRENT[:] = [job]
    threading.Thread(target=job.listen, name=f"map-{asked.name}", daemon=True).start()
    return job


def finished(checkpoint: Checkpoint) -> dict[str, Asked]:
    """Return the maps that are on disk for a checkpoint, by name."""
    folder = _folder(checkpoint)
    names = sorted(path.stem for path in folder.glob("*.npy")) if folder.is_dir() else []
    found = ((name, parse(name)) for name in names)
    return {name: asked for name, asked in found if asked is not None}


def coordinates(checkpoint: Checkpoint, name: str, n: int) -> Coordinates | None:
    """Read a finished map, or None if the file is not one of these latents.

    Parameters
    ----------
    checkpoint : Checkpoint
    name : str
        Of `finished`.
    n : int
        How many latents there are.

    Returns
    -------
    ndarray of float32, shape (n, 2), or None
    """
    return _read(checkpoint, name, n)


@cache.kept
def _read(checkpoint: Checkpoint, name: str, n: int) -> Coordinates | None:
    try:
        places = np.load(_folder(checkpoint) / f"{name}.npy", allow_pickle=False)
    except (OSError, ValueError):
        return None
    if places.shape != (n, 2) or places.dtype != np.float32 or not np.isfinite(places).all():
        return None
    places.flags.writeable = False
    return np.asarray(places, dtype=np.float32)


def _folder(checkpoint: Checkpoint) -> Path:
    return checkpoint.path.parent.absolute().parent / "runs" / "maps" / checkpoint.fingerprint[:16]

"""The process that does a job: ``python -P -m latentlab.jobs.worker KIND FOLDER``.

It is started by ``manager`` and may wait, warm, for what it is to do. Orders come on standard
input, a JSON object a line. When that ends, the app is gone, however it went, and so is the worker:
at once and without a word, as if it had been killed. What it leaves is found by whoever looks next.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue

from filelock import BaseFileLock, FileLock, Timeout

from latentlab.errors import LatentlabError
from latentlab.jobs.folder import LOCK, Job, Status, write_status
from latentlab.jobs.work import Order, Work

ACCEPTED, REFUSED = "accepted", "refused"
# A warm worker that nobody wants holds the memory that torch takes.
IDLE_SECONDS = 600.0
ORPHANED = 3
"""The exit code of a worker whose app is gone."""


def main(arguments: list[str]) -> int:
    """Get warm, wait for a job, do it.

    Parameters
    ----------
    arguments : [kind, folder]
        A key of ``JOBS``, and ``<runs>/jobs/<kind>``.

    Returns
    -------
    int
        Exit code: 0 also where no job came in ten minutes.
    """
    kind_name, folder = arguments
    orders: SimpleQueue[Order] = SimpleQueue()
    locks: list[BaseFileLock] = []  # of the job that was accepted
    reader = threading.Thread(target=_read, args=(Path(folder), orders, locks), daemon=True)
    reader.start()

    from latentlab.jobs.table import kind as kind_of

    kind = kind_of(kind_name)
    kind.warm()
    while True:
        try:
            order = orders.get(timeout=IDLE_SECONDS)
        except Empty:
            if locks:  # a job has been accepted at this very moment
                continue
            return 0
        if order["order"] == "prepare":
            with suppress(LatentlabError, OSError):  # whoever starts it then hears why
                kind.prepare(Path(folder), order["request"], lambda: not orders.empty())
        elif order["order"] == "start":
            work = Work(Path(order["folder"]), orders, Job(Path(order["folder"])).status())
            code = _do(kind.work, work)
            for lock in locks:  # the next job need not wait for a large program to tidy up
                lock.release()
            return code


def _do(job: Callable[[Work], None], work: Work) -> int:
    try:
        job(work)
    except (LatentlabError, OSError) as error:
        return _fail(work, str(error))
    except MemoryError:
        return _fail(work, "The machine's memory is full: close other programs or ask for less.")
    except Exception as error:
        traceback.print_exc()  # into the worker's log
        return _fail(work, f"It ended with a fault of the program ({type(error).__name__}).")
    return 0


def _fail(work: Work, problem: str) -> int:
    failed = {"state": "failed", "problem": problem, "seconds_left": None}
    with suppress(OSError):  # then it is found interrupted
        write_status(work.folder, Status(**{**vars(work.status), **failed}))
    return 1


def _read(folder: Path, orders: SimpleQueue[Order], locks: list[BaseFileLock]) -> None:
    """Hand orders on until the app is gone; accept a job here, for the rest may be importing."""
    for line in _lines():
        order = json.loads(line)
        if order["order"] == "start" and not _accept(folder, Path(order["folder"]), locks):
            continue
        orders.put(order)
    os._exit(ORPHANED)


def _accept(folder: Path, job: Path, locks: list[BaseFileLock]) -> bool:
    """Take the locks and say so; or say that somebody else has them."""
    own = FileLock(job / LOCK, thread_local=False)
    only = FileLock(folder / LOCK, thread_local=False)
    try:
        only.acquire(timeout=0.2, poll_interval=0.01)
        own.acquire(timeout=2, poll_interval=0.01)
        locks += [own, only]
        write_status(job, Status("starting", what="loading libraries", started=time.time()))
    except (Timeout, OSError, NotImplementedError) as error:
        only.release()
        reason = "" if isinstance(error, Timeout) else getattr(error, "strerror", None) or error
        _answer(job / REFUSED, str(reason))
        return False
    _answer(job / ACCEPTED, "")
    return True


def _answer(path: Path, reason: str) -> None:
    with suppress(OSError):
        path.touch()  # even a full disk has room for that
        path.write_text(reason, encoding="utf-8")


def _lines() -> Iterator[bytes]:
    # Not through sys.stdin: a thread that waits there with the buffer's lock upsets the exit.
    rest = b""
    while chunk := os.read(0, 65536):
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

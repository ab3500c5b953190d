"""Fetching one file from the network: checked, with progress, never half there, never hanging."""

from __future__ import annotations

import hashlib
import os
import queue
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Protocol
from urllib.request import Request, urlopen

from latentlab.errors import DataError

CONNECT_SECONDS = 8.0
"""How long all mirrors together may take to answer; a silent network is given up on after that."""
READ_SECONDS = 15.0
_BLOCK = 1 << 18

Report = Callable[[int, int], None]


class Response(Protocol):
    """What is needed of an answer; tests stand in for it."""

    def read(self, size: int, /) -> bytes: ...  # noqa: D102
    def getheader(self, name: str, /) -> str | None: ...  # noqa: D102
    def close(self) -> None: ...  # noqa: D102


def fetch(urls: Sequence[str], target: Path, *, md5: str, report: Report) -> None:
    """Download a file from the first mirror that has it.

    It is written under a temporary name and renamed when its sum is right, so that an interrupted
    download leaves nothing.

    Parameters
    ----------
    urls : sequence of str
        Addresses of the same file, tried in order.
    target : Path
        Where it is to lie; its folder is created.
    md5 : str
        The sum its publisher gives.
    report : callable
        Called with (bytes done, bytes in all; 0 when unknown).

    Raises
    ------
    ConnectionError
        If no mirror answers, or none has the right file.
    DataError
        If it cannot be written.
    """
    deadline = time.monotonic() + CONNECT_SECONDS
    problem = "no address is known"
    for url in urls:
        try:
            response = _connect(url, deadline - time.monotonic())
        except OSError as error:
            problem = _reason(error)
            continue
        try:
            _save(response, target, md5, report)
            return
        except (ConnectionError, TimeoutError, HTTPException) as error:
            problem = _reason(error)
        finally:
            response.close()
    raise ConnectionError(problem)


def _connect(url: str, seconds: float) -> Response:
    """Open an address in a thread of its own: a name look-up knows no timeout."""
    if not url.startswith(("http://", "https://")):
        raise ConnectionError(f"{url} is not a web address")
    answers: queue.Queue[HTTPResponse | Exception] = queue.Queue()

    def open_it() -> None:
        try:
            asked = Request(url, headers={"User-Agent": "latentlab"})  # noqa: S310 (checked above)
            answers.put(urlopen(asked, timeout=READ_SECONDS))  # noqa: S310
        except (OSError, HTTPException, ValueError) as error:
            answers.put(error)

    threading.Thread(target=open_it, daemon=True).start()
    try:
        answer = answers.get(timeout=max(0.1, seconds))
    except queue.Empty:
        raise TimeoutError("no answer") from None
    if isinstance(answer, Exception):
        raise ConnectionError(_reason(answer)) from answer
    return answer


def _reason(error: object) -> str:
    reason = getattr(error, "reason", error)  # urllib wraps what the system said
    return getattr(reason, "strerror", None) or str(reason) or type(reason).__name__


def _save(response: Response, target: Path, md5: str, report: Report) -> None:
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            total = int(response.getheader("Content-Length") or 0)
            found = _copy(response, file.write, total, report)
        if found != md5:
            raise ConnectionError("what arrived is incomplete or not the published file")
        part.replace(target)
    except (ConnectionError, TimeoutError):
        raise
    except OSError as error:
        why = error.strerror or "it cannot be written"
        raise DataError(
            f"'{target}' cannot be saved ({why}); choose another --data-dir."
        ) from error
    finally:
        with suppress(OSError):
            part.unlink()


def _copy(response: Response, write: Callable[[bytes], object], total: int, report: Report) -> str:
    sum_ = hashlib.md5(usedforsecurity=False)
    done = 0
    while block := response.read(_BLOCK):
        write(block)
        sum_.update(block)
        done += len(block)
        report(done, total)
    return sum_.hexdigest()

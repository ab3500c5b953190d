"""What a run needs when nobody is watching: a lock, a log that does not grow, a calm end."""

from __future__ import annotations

import contextlib
import datetime
import json
import logging
import logging.handlers
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from latentlab.cli.ledger import unwritable
from latentlab.cli.output import plain_console
from latentlab.cli.progress import Terminal, describe
from latentlab.errors import LatentlabError

if TYPE_CHECKING:
    from latentlab.training.loop import Trainer
    from latentlab.training.watching import Watcher

DONE, FAILED, BUSY = 0, 1, 3
"""Exit codes, with ``progress.INTERRUPTED``; 2 is a wrong command line."""

LOG_BYTES = 1_000_000
LOG_FILES = 5
LOG_SECONDS = 60.0


class BusyError(LatentlabError):
    """Another run holds the lock."""


@contextlib.contextmanager
def only_one(runs: Path) -> Iterator[None]:
    """Hold the pipeline's lock.

    The lock belongs to the process and not to the file: the system lets go of it when the process
    ends, however it ends, so a file that a crash left behind locks nobody out.

    Parameters
    ----------
    runs : Path
        Made if it is missing.

    Raises
    ------
    BusyError
        If another process holds it: which, and since when.
    LatentlabError
        If the folder cannot be written to.
    """
    try:
        runs.mkdir(parents=True, exist_ok=True)
        lock = FileLock(runs / "pipeline.lock", timeout=0).acquire()
    except Timeout:
        raise BusyError(f"Another run is under way{_owner(runs)}; this one does nothing.") from None
    except OSError as error:
        raise unwritable(runs, error) from None
    with lock:
        try:
            _write_owner(runs)
            yield
        finally:
            with contextlib.suppress(OSError):  # whoever comes next writes its own
                _owner_file(runs).unlink()


@contextlib.contextmanager
def calm_end() -> Iterator[None]:
    """Treat a request to terminate (systemd, a shutdown) like Ctrl-C while the block runs.

    Raises
    ------
    KeyboardInterrupt
        In the block, when the request comes.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class RunLog:
    """Say things on the terminal, into a log, both, or nowhere.

    Parameters
    ----------
    quiet : bool
        Whether the terminal stays empty.
    log : Path, optional
        A file that is rotated at a megabyte; five older ones are kept.

    Raises
    ------
    LatentlabError
        If the log cannot be written.
    """

    def __init__(self, *, quiet: bool, log: Path | None) -> None:
        self.console = None if quiet else plain_console()
        self._logger = _logger(log)

    def say(self, text: str) -> None:
        """Say a line."""
        self.note(text)
        if self.console is not None:
            self.console.print(text, soft_wrap=True)

    def note(self, text: str) -> None:
        """Write a line into the log alone."""
        self._logger.info(text)

    def fail(self, error: BaseException) -> None:
        """Write into the log why a run ended; a bug with where it was."""
        known = isinstance(error, LatentlabError)
        self._logger.error(str(error) or type(error).__name__, exc_info=None if known else error)

    @contextlib.contextmanager
    def reporter(self) -> Iterator[Terminal | LogReporter]:
        """Return who is told how a training goes.

        Yields
        ------
        Terminal or LogReporter
        """
        if self.console is None:
            yield LogReporter(self._logger)
            return
        with Terminal(self.console) as terminal:
            yield terminal

    def close(self) -> None:
        """Close the log."""
        for handler in list(self._logger.handlers):
            self._logger.removeHandler(handler)
            handler.close()


class LogReporter:
    """Tell a log how a training goes, a line a minute."""

    def __init__(self, logger: logging.Logger) -> None:
        self._logger = logger
        self._said = time.monotonic()

    def stage(self, text: str) -> None:
        """Begin a stage."""
        self._logger.info(text)

    def progress(self, what: str, done: int, total: int) -> None:
        """Say how far a download or a scan is, once a minute."""
        if self._due():
            self._logger.info("%s: %d of %d", what, done, total)

    def note(self, text: str) -> None:
        """Say a sentence."""
        self._logger.info(text)

    def trainer(self, trainer: Trainer) -> Watcher:
        """Watch a training."""
        return self

    def after_step(self, trainer: Trainer) -> None:
        """Say nothing."""

    def after_epoch(self, trainer: Trainer) -> None:
        """Say where it is, once a minute and at the end."""
        entry = trainer.progress.history[-1]
        if self._due() or trainer.finished:
            epoch = f"epoch {int(entry['epoch'])} of {trainer.n_epochs}"
            self._logger.info("%s: %s nats per image", epoch, describe(entry))

    def _due(self) -> bool:
        now = time.monotonic()
        if now - self._said < LOG_SECONDS:
            return False
        self._said = now
        return True


def _logger(log: Path | None) -> logging.Logger:
    logger = logging.Logger("latentlab.pipeline", logging.INFO)
    if log is None:
        logger.addHandler(logging.NullHandler())
        return logger
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            log, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
        )
    except OSError as error:
        raise LatentlabError(
            f"The log {log} cannot be written ({error.strerror}); choose another --log."
        ) from None
    form = logging.Formatter(f"%(asctime)s {os.getpid()} %(levelname)s %(message)s")
    handler.setFormatter(form)
    logger.addHandler(handler)
    return logger


def _owner_file(runs: Path) -> Path:
    return runs / "pipeline.owner"


def _write_owner(runs: Path) -> None:
    now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    owner = json.dumps({"process": os.getpid(), "since": now})
    try:
        _owner_file(runs).write_text(owner, encoding="utf-8")
    except OSError as error:
        raise unwritable(runs, error) from None


def _owner(runs: Path) -> str:
    try:
        owner = json.loads(_owner_file(runs).read_text(encoding="utf-8"))
        return f" (process {int(owner['process'])}, since {owner['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""

"""Fetch an image set in the background: what, how far, and Cancel.

A script run would be stopped by the next click, so the work has a thread of its own. All visitors
see the same download; there is one per image set.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field

from latentlab import data
from latentlab.errors import DataError, LatentlabError

LOGGER = logging.getLogger(__name__)

_STARTED: dict[str, Download] = {}
_LOCK = threading.Lock()


class CanceledError(DataError):
    """The visitor asked to stop."""


@dataclass
class Download:
    """A download under way or ended.

    Attributes
    ----------
    name : str
        The image set.
    what : str
        What is being done, as the image set says it.
    done, total : int
        In the unit of `what`; `total` is 0 while it is unknown.
    problem : str or None
        Why it failed, in one sentence.
    """

    name: str
    what: str = "Starting"
    done: int = 0
    total: int = 0
    problem: str | None = None
    _cancel: threading.Event = field(default_factory=threading.Event)
    _ended: threading.Event = field(default_factory=threading.Event)

    @property
    def running(self) -> bool:
        """Whether it is still under way."""
        return not self._ended.is_set()

    @property
    def share(self) -> float:
        """How much is done, from 0 to 1."""
        return min(1.0, self.done / self.total) if self.total > 0 else 0.0

    def cancel(self) -> None:
        """Ask it to stop at the next step."""
        self._cancel.set()

    def wait(self, seconds: float) -> bool:
        """Wait until it ends; say whether it has."""
        return self._ended.wait(seconds)

    def run(self) -> None:
        """Fetch every split, in the thread that calls."""
        try:
            for split in data.SPLITS:
                data.load(self.name, split, progress=self._report, download=True)
        except CanceledError:
            LOGGER.info("The download of %s was canceled.", self.name)
        except LatentlabError as error:
            self.problem = str(error)
        except Exception:
            LOGGER.exception("The download of %s failed.", self.name)
            self.problem = "The download failed; see the terminal where the app was started."
        finally:
            self._ended.set()

    def _report(self, what: str, done: int, total: int) -> None:
        if self._cancel.is_set():
            raise CanceledError("The download was canceled.")
        self.what, self.done, self.total = what, done, total


def start(name: str) -> Download:
    """Start fetching an image set, or return the download that is already under way.

    Parameters
    ----------
    name : str
        The image set.

    Returns
    -------
    Download
    """
    with _LOCK:
        present = _STARTED.get(name)
        if present is not None and present.running:
            return present
        download = _STARTED[name] = Download(name)
        threading.Thread(target=download.run, name=f"download-{name}", daemon=True).start()
        return download


def find(name: str) -> Download | None:
    """Return the last download of an image set, if there was one since the server started."""
    with _LOCK:
        return _STARTED.get(name)

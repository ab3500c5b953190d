"""What the pipeline made and from what: the memory behind skipping a step, and behind ``clean``."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from latentlab.errors import LatentlabError
from latentlab.scratch import beside

FILE = "pipeline.json"
FORMAT = 1


@dataclass(frozen=True)
class Made:
    """What one step made.

    Attributes
    ----------
    step, name : str
        "encode", "viz", "embed" or "query", and the checkpoint it was about.
    key : str
        Fingerprint of everything the step was made from.
    files : tuple of Path
        Every file it wrote, absolute.
    """

    step: str
    name: str
    key: str
    files: tuple[Path, ...]


class Ledger:
    """A small JSON file in the folder of runs; written beside and renamed.

    Files beside that folder are written relative to it, so that a copied project cleans its own
    files and not the original's; all others are written absolute.

    Parameters
    ----------
    runs : Path
        The folder; made where missing.
    """

    def __init__(self, runs: Path) -> None:
        self.path = runs / FILE
        self._home = runs.resolve().parent

    def entries(self) -> list[Made]:
        """Return what was made, in the order of making; nothing if the ledger cannot be read."""
        try:
            content = json.loads(self.path.read_bytes())
            if content["format"] != FORMAT:
                return []
            return [
                Made(e["step"], e["name"], e["key"], tuple(self._home / f for f in e["files"]))
                for e in content["made"]
            ]
        except (OSError, ValueError, KeyError, TypeError):
            # Without a memory every step is simply done again; nothing is deleted.
            return []

    def find(self, step: str, name: str) -> Made | None:
        """Return what a step made for a checkpoint, if it is known.

        Parameters
        ----------
        step, name : str
            Of the step and of the checkpoint.

        Returns
        -------
        Made or None
        """
        found = [made for made in self.entries() if (made.step, made.name) == (step, name)]
        return found[-1] if found else None

    def is_current(self, step: str, name: str, key: str) -> bool:
        """Say whether a step was made from exactly this and all its files are still there.

        Parameters
        ----------
        step, name : str
            Of the step and of the checkpoint.
        key : str
            From `key_of`.

        Returns
        -------
        bool
        """
        made = self.find(step, name)
        return made is not None and made.key == key and all(f.is_file() for f in made.files)

    def record(self, step: str, name: str, key: str, files: Iterable[Path]) -> None:
        """Remember a step; files of an earlier time that are not made any more are removed.

        Parameters
        ----------
        step, name : str
            Of the step and of the checkpoint.
        key : str
            From `key_of`.
        files : iterable of Path
            All that it made.

        Raises
        ------
        LatentlabError
            If a file cannot be removed, or the ledger cannot be written.
        """
        made = Made(step, name, key, tuple(file.resolve() for file in files))
        with self._locked():
            kept = self.entries()
            for old in [m for m in kept if (m.step, m.name) == (step, name)]:
                kept.remove(old)
                remove_files({file.resolve() for file in old.files} - set(made.files))
            self._write([*kept, made])

    def clear(self, remove: Callable[[Made], bool]) -> None:
        """Forget every step whose files are removed; without any, the ledger goes too.

        Parameters
        ----------
        remove : callable
            Removes a step's files; False where they have to stay.
        """
        with self._locked():
            kept = [made for made in self.entries() if not remove(made)]
            if kept:
                self._write(kept)
            else:
                remove_files([self.path])

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.path.with_suffix(".json.lock")).acquire()
        except OSError as error:
            raise unwritable(self.path.parent, error) from None
        with lock:
            yield

    def _write(self, entries: list[Made]) -> None:
        content = {
            "format": FORMAT,
            "made": [
                {"step": m.step, "name": m.name, "key": m.key, "files": self._written(m.files)}
                for m in entries
            ],
        }
        try:
            with beside(self.path) as folder:
                scratch = folder / self.path.name
                scratch.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
                scratch.replace(self.path)
        except OSError as error:
            raise unwritable(self.path.parent, error) from None

    def _written(self, files: Iterable[Path]) -> list[str]:
        home = self._home
        return [str(f.relative_to(home) if f.is_relative_to(home) else f) for f in files]


def key_of(**inputs: Any) -> str:
    """Return a fingerprint of what a step is made from: JSON values, in any order.

    Parameters
    ----------
    **inputs : JSON value
        Anything else counts as its text.

    Returns
    -------
    str
        SHA-256 in hexadecimal.
    """
    text = json.dumps(inputs, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def remove_files(files: Iterable[Path]) -> int:
    """Remove files, then the folders that are empty without them; return how many were there.

    A folder that holds anything else (a student's notes, say) stays with what it holds.

    Parameters
    ----------
    files : iterable of Path
        Those that are gone already are passed over.

    Returns
    -------
    int

    Raises
    ------
    LatentlabError
        If a file cannot be removed.
    """
    n_removed = 0
    folders: set[Path] = set()
    for file in files:
        try:
            file.unlink()
            n_removed += 1
        except FileNotFoundError:
            pass
        except OSError as error:
            raise unwritable(file.parent, error) from None
        folders.add(file.parent)
    for folder in sorted(folders, key=lambda f: -len(f.parts)):
        with contextlib.suppress(OSError):
            folder.rmdir()
    return n_removed


def unwritable(folder: Path, error: OSError) -> LatentlabError:
    """Make the sentence for a folder that refuses.

    Parameters
    ----------
    folder : Path
    error : OSError

    Returns
    -------
    LatentlabError
        To be raised.
    """
    reason = error.strerror or str(error)
    return LatentlabError(f"The folder {folder} cannot be written to ({reason}); choose another.")

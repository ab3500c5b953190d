"""Which files of a user's folder should be pictures, and whether any has changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from latentlab.data.image_set import Progress
from latentlab.decoding import SUFFIXES
from latentlab.errors import DataError


@dataclass(frozen=True)
class FoundFile:
    """A file that should be a picture; `path` is relative to the folder, with slashes."""

    path: str
    n_bytes: int
    modified_ns: int
    changed_ns: int


@dataclass(frozen=True)
class Listing:
    """All files of a folder in a fixed order, and those left out with the reason."""

    files: tuple[FoundFile, ...]
    skipped: tuple[tuple[str, str], ...]

    def fingerprint(self) -> str:
        """Return a sum that changes when a file is added, removed, renamed or written.

        Where the system keeps it, the time of a file's last change is part of it: a copy can bring
        its own time of writing, and the same size, but not that.
        """
        total = hashlib.sha256()
        for file in self.files:
            line = f"{file.path}\0{file.n_bytes}\0{file.modified_ns}\0{file.changed_ns}\n"
            total.update(line.encode("utf-8", "surrogateescape"))
        return total.hexdigest()


def list_files(folder: Path, progress: Progress) -> Listing:
    """List what should be pictures, without following links or opening anything.

    Hidden files are passed over in silence; everything else that is left out is listed.

    Parameters
    ----------
    folder : Path
    progress : callable
        Told how many files were found.

    Returns
    -------
    Listing
        Sorted by path.

    Raises
    ------
    DataError
        If the folder cannot be opened.
    """
    files: list[FoundFile] = []
    skipped: list[tuple[str, str]] = []
    for entry, path in _walk(folder, skipped):
        if Path(entry.name).suffix.lower() not in SUFFIXES:
            skipped.append((path, "is not named like an image"))
            continue
        found = entry.stat(follow_symlinks=False)
        files.append(FoundFile(path, found.st_size, found.st_mtime_ns, found.st_ctime_ns))
        if len(files) % 1000 == 0:
            progress("looking for images", len(files), 0)
    return Listing(tuple(sorted(files, key=lambda file: file.path)), tuple(sorted(skipped)))


def _walk(folder: Path, skipped: list[tuple[str, str]]) -> Iterator[tuple[os.DirEntry[str], str]]:
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            entries = list(os.scandir(folder / below))
        except OSError as error:
            if not below:
                raise DataError(
                    f"The folder '{folder}' cannot be opened ({error.strerror}); make it readable "
                    "or choose another."
                ) from None
            skipped.append((below, f"cannot be opened ({error.strerror})"))
            continue
        for entry in entries:
            path = below + entry.name
            if entry.name.startswith("."):
                continue
            if entry.is_symlink():
                skipped.append((path, "is a link; links are not followed"))
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(path + "/")
            elif entry.is_file(follow_symlinks=False):
                yield entry, path
            else:
                skipped.append((path, "is not a plain file"))

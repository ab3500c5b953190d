"""Which files of a user's folder are pictures, of which class, and of which split."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from latentlab.data.image_set import Progress
from latentlab.errors import DataError

SUFFIXES = frozenset(
    ".png .jpg .jpeg .jpe .jfif .webp .gif .bmp .dib .tif .tiff".split()  # noqa: SIM905
)
_VALIDATION_NAMES = frozenset({"validation", "val", "valid"})
# Of the circle of digests: what is validation, and what is test.
_VALIDATION, _TEST = 0.1, 0.2
_SALT = b"latentlab split"


@dataclass(frozen=True)
class FoundFile:
    """A file that should be a picture; `path` is relative to the folder, with slashes."""

    path: str
    n_bytes: int
    modified_ns: int


@dataclass(frozen=True)
class Listing:
    """All files of a folder in a fixed order, and those left out with the reason."""

    files: tuple[FoundFile, ...]
    skipped: tuple[tuple[str, str], ...]

    def fingerprint(self) -> str:
        """Return a sum that changes when a file is added, removed, renamed or written."""
        total = hashlib.sha256()
        for file in self.files:
            line = f"{file.path}\0{file.n_bytes}\0{file.modified_ns}\n"
            total.update(line.encode("utf-8", "surrogateescape"))
        return total.hexdigest()


@dataclass(frozen=True)
class Layout:
    """How a folder is laid out: which class and which published split a path belongs to.

    `published`: ``train`` and ``test`` lie at its top. `validation`: so does a validation folder.
    """

    name: str
    published: bool
    validation: bool = False

    def class_of(self, path: str) -> str:
        """Return the class: the first folder below the split's; the folder's own name if flat."""
        parts = path.split("/")[1 if self.published else 0 :]
        return parts[0] if len(parts) > 1 else self.name

    def split_of(self, path: str, place: float) -> str | None:
        """Return the split of a file, given its content's place on the circle (0 to 1).

        None: the file is outside the published splits.
        """
        if not self.published:
            return _by_place(place, test=_TEST)
        top = path.split("/")[0]
        if top in _VALIDATION_NAMES:
            return "validation"
        if top == "train":
            return "train" if self.validation else _by_place(place, test=_VALIDATION)
        return "test" if top == "test" else None


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
    """
    files: list[FoundFile] = []
    skipped: list[tuple[str, str]] = []
    for entry, path in _walk(folder, skipped):
        if Path(entry.name).suffix.lower() not in SUFFIXES:
            skipped.append((path, "is not named like a picture"))
            continue
        found = entry.stat(follow_symlinks=False)
        files.append(FoundFile(path, found.st_size, found.st_mtime_ns))
        if len(files) % 1000 == 0:
            progress("looking for pictures", len(files), 0)
    return Listing(tuple(sorted(files, key=lambda file: file.path)), tuple(sorted(skipped)))


def layout_of(folder: Path) -> Layout:
    """Find out whether a folder has published splits: ``train`` and ``test`` at its top.

    Raises
    ------
    DataError
        If the folder cannot be opened.
    """
    try:
        tops = {entry.name for entry in os.scandir(folder) if entry.is_dir(follow_symlinks=False)}
    except OSError as error:
        raise DataError(
            f"The folder '{folder}' cannot be opened ({error.strerror}); make it readable or "
            "choose another."
        ) from None
    return Layout(
        folder.name,
        published={"train", "test"} <= tops,
        validation=not tops.isdisjoint(_VALIDATION_NAMES),
    )


def place_on_circle(digest: bytes) -> float:
    """Turn a picture's digest into a place from 0 to 1, the same for ever.

    Splits are cut out of this circle. As it depends on the content alone, a new file moves no other
    one, renaming moves nothing, and two copies of a picture cannot land in different splits.
    """
    salted = hashlib.blake2b(_SALT + digest, digest_size=8).digest()
    return int.from_bytes(salted, "big") / 2**64


def natural(name: str) -> list[tuple[int, int, str]]:
    """Return a sort key by which class 10 comes after class 9."""
    parts = re.split(r"([0-9]+)", name.casefold())
    return [(1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts]


def _by_place(place: float, *, test: float) -> str:
    if place < _VALIDATION:
        return "validation"
    return "test" if place < test else "train"


def _walk(folder: Path, skipped: list[tuple[str, str]]) -> Iterator[tuple[os.DirEntry[str], str]]:
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            entries = list(os.scandir(folder / below))
        except OSError as error:
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

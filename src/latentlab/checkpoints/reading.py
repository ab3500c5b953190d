"""Opening checkpoints: nothing is believed before its sum is proven."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors

from latentlab.checkpoints.anomalies import Anomalies, anomalies_from
from latentlab.checkpoints.arrays import (
    LatentIndex,
    Timeline,
    check_tensors,
    index_from,
    timeline_from,
)
from latentlab.checkpoints.manifest import FILES, MANIFEST, Manifest, damaged, parse_manifest
from latentlab.errors import CheckpointError

# A manifest is a few kilobytes; anything larger is not ours and is not read into memory.
MAX_MANIFEST_BYTES = 4 * 2**20
MAX_FILE_BYTES = 4 * 2**30


@dataclass(frozen=True)
class Refused:
    """A folder that is not shown, and why, in one sentence."""

    name: str
    reason: str


@dataclass(frozen=True)
class Checkpoint:
    """An opened checkpoint: the manifest is read and every file's sum is proven.

    Attributes
    ----------
    path : Path
    manifest : Manifest
    fingerprint : str
        SHA-256 of ``checkpoint.json``; changes whenever anything in the folder does.
    """

    path: Path
    manifest: Manifest
    fingerprint: str

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.path.name

    def weights(self) -> dict[str, npt.NDArray[Any]]:
        """Return the network's tensors by name, as stored (float32 or float16)."""
        return self._tensors("weights.safetensors")

    def index(self) -> LatentIndex:
        """Return the latent index."""
        return index_from(self._tensors("index.safetensors"), self.name)

    def anomalies(self) -> Anomalies | None:
        """Return what was measured about anomalies; None where all classes were normal."""
        return anomalies_from(self._tensors("index.safetensors"), self.name)

    def timeline(self) -> Timeline:
        """Return the stages of training."""
        return timeline_from(self._tensors("timeline.safetensors"))

    def history(self) -> list[dict[str, float]]:
        """Return one object per epoch: ``epoch``, ``seconds`` and the loss terms."""
        return [json.loads(line) for line in self._read("history.jsonl").decode().splitlines()]

    def samples(self) -> bytes:
        """Return the contact sheet as PNG."""
        return self._read("samples.png")

    def _read(self, file: str) -> bytes:
        """Read a file and prove its sum again: it may have changed since it was opened."""
        data = read_file(self.path, file)
        if hashlib.sha256(data).hexdigest() != self.manifest.files[file]:
            raise damaged(self.name, f"{file} has changed")
        return data

    def _tensors(self, file: str) -> dict[str, npt.NDArray[Any]]:
        try:
            tensors = load_tensors(self._read(file))
        except SafetensorError as error:
            raise damaged(self.name, f"{file} cannot be read ({error})") from None
        wanted = {
            name.removeprefix(f"{file}/"): spec
            for name, spec in self.manifest.tensors.items()
            if name.startswith(f"{file}/")
        }
        check_tensors(tensors, wanted, self.name, file)
        return tensors


def checkpoints_root(default: Path | None = None) -> Path:
    """Return the folder that holds checkpoints: LATENTLAB_CHECKPOINTS, or ``checkpoints`` here.

    Parameters
    ----------
    default : Path, optional
        Used when the environment variable is not set.
    """
    given = os.environ.get("LATENTLAB_CHECKPOINTS")
    return Path(given) if given else (default or Path("checkpoints"))


def open_checkpoint(path: Path) -> Checkpoint:
    """Open a checkpoint and prove that every file is the one that was written.

    Parameters
    ----------
    path : Path
        The folder.

    Returns
    -------
    Checkpoint
        Ready to be read.

    Raises
    ------
    CheckpointError
        If the folder is missing, damaged, foreign or newer: which file, and what to do.
    """
    text = read_file(path, MANIFEST, MAX_MANIFEST_BYTES)
    manifest = parse_manifest(text, path.name)
    present = {entry.name for entry in path.iterdir() if not entry.name.startswith(".")}
    surplus = present - {MANIFEST, *FILES}
    if surplus:
        raise damaged(path.name, f"there is a file that does not belong: {sorted(surplus)[0]!r}")
    for file in FILES:
        if sha256(path, file) != manifest.files[file]:
            raise damaged(path.name, f"{file} is not the file that was written")
    return Checkpoint(path, manifest, hashlib.sha256(text).hexdigest())


def list_checkpoints(root: Path) -> tuple[list[Checkpoint], list[Refused]]:
    """Open every checkpoint under a folder; those that cannot be opened are named with the reason.

    Parameters
    ----------
    root : Path
        The folder of checkpoints; it may be missing.

    Returns
    -------
    checkpoints : list of Checkpoint
        Sorted by name.
    refused : list of Refused
        Folders that are not shown.
    """
    recover(root)
    good: list[Checkpoint] = []
    refused: list[Refused] = []
    if not root.is_dir():
        return good, refused
    for folder in sorted(root.iterdir()):
        if folder.name.startswith(".") or not folder.is_dir():
            continue
        try:
            good.append(open_checkpoint(folder))
        except CheckpointError as error:
            refused.append(Refused(folder.name, str(error)))
    return good, refused


def recover(root: Path) -> None:
    """Put back a checkpoint whose replacement was interrupted between its two renames.

    Parameters
    ----------
    root : Path
        The folder of checkpoints; it may be missing or read-only.
    """
    if not root.is_dir():
        return
    for old in root.glob(".replaced-*"):
        target = root / old.name.removeprefix(".replaced-").rsplit("-", 1)[0]
        try:
            if target.exists():
                shutil.rmtree(old, ignore_errors=True)
            else:
                old.rename(target)
        except OSError:
            continue  # a read-only folder is listed as it is


def _regular_file(path: Path, file: str, limit: int) -> Path:
    target = path / file
    if path.is_symlink() or target.is_symlink():
        raise damaged(path.name, f"{file} is a link, and links are not followed")
    if not target.is_file():
        raise damaged(path.name, f"{file} is missing")
    if target.stat().st_size > limit:
        raise damaged(path.name, f"{file} is larger than a checkpoint's can be")
    return target


def read_file(path: Path, file: str, limit: int = MAX_FILE_BYTES) -> bytes:
    """Read a regular file of a checkpoint, of at most ``limit`` bytes."""
    try:
        return _regular_file(path, file, limit).read_bytes()
    except OSError as error:
        raise damaged(path.name, f"{file} cannot be read ({error.strerror})") from None


def sha256(path: Path, file: str) -> str:
    """Return the SHA-256 of a regular file of a checkpoint, in hexadecimal."""
    try:
        with _regular_file(path, file, MAX_FILE_BYTES).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise damaged(path.name, f"{file} cannot be read ({error.strerror})") from None

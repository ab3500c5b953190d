"""Opening checkpoints: nothing is believed before its sum is proven."""

from __future__ import annotations

import hashlib
import math
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
    SPLIT_CODES,
    LatentIndex,
    check_tensors,
    index_from,
)
from latentlab.checkpoints.manifest import (
    FILES,
    MANIFEST,
    Manifest,
    damaged,
    parse_json,
    parse_manifest,
)
from latentlab.checkpoints.schema import FLOAT, INDEX, check_axes, check_range
from latentlab.checkpoints.timelines import Timeline, decoder_shapes, timeline_from
from latentlab.errors import CheckpointError
from latentlab.images import printable
from latentlab.scratch import PREFIX, sweep

# A manifest is a few kilobytes; anything larger is not ours and is not read into memory.
MAX_MANIFEST_BYTES = 4 * 2**20
MAX_FILE_BYTES = 4 * 2**30
PNG = b"\x89PNG\r\n\x1a\n"


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
        weights = self._tensors("weights.safetensors")
        if any(array.dtype.kind != FLOAT for array in weights.values()):
            raise damaged(self.name, "weights.safetensors holds weights of another kind")
        return weights

    def index(self) -> LatentIndex:
        """Return the latent index."""
        tensors = self._index_tensors()
        limits = {
            "labels": len(self.manifest.class_names),
            "splits": len(SPLIT_CODES),
            "numbers": 2**31,
            "neighbors": len(tensors["latents"]),
        }
        check_range(tensors, limits, self.name)
        return index_from(tensors, self.name)

    def anomalies(self) -> Anomalies | None:
        """Return what was measured about anomalies; None where all classes were normal."""
        return anomalies_from(self._index_tensors(), self.name)

    def timeline(self) -> Timeline:
        """Return the stages of training."""
        tensors = self._tensors("timeline.safetensors")
        return timeline_from(tensors, decoder_shapes(self.manifest.tensors), self.name)

    def history(self) -> list[dict[str, float]]:
        """Return one object per epoch: ``epoch``, ``seconds`` and the loss terms."""
        lines = self._read("history.jsonl").splitlines()
        return [_epoch(parse_json(line, self.name, "history.jsonl"), self.name) for line in lines]

    def samples(self) -> bytes:
        """Return the contact sheet as PNG."""
        content = self._read("samples.png")
        if not content.startswith(PNG):
            raise damaged(self.name, "samples.png is no PNG picture")
        return content

    def _index_tensors(self) -> dict[str, npt.NDArray[Any]]:
        tensors = self._tensors("index.safetensors")
        sizes = {"z": self.manifest.config.latent_dim, "p": math.prod(self.manifest.image_shape)}
        check_axes(tensors, INDEX, self.name, **sizes)
        return tensors

    def _read(self, file: str) -> bytes:
        """Read a file and prove its sum again: it may have changed since it was opened."""
        data = read_file(self.path, file)
        if hashlib.sha256(data).hexdigest() != self.manifest.files[file]:
            raise damaged(self.name, f"{file} has changed")
        return data

    def _tensors(self, file: str) -> dict[str, npt.NDArray[Any]]:
        try:
            tensors = load_tensors(self._read(file))
        # Types that numpy does not have are not the library's own kind of error.
        except (SafetensorError, KeyError, TypeError, ValueError) as error:
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
    if not path.name.isprintable():
        raise damaged(path.name, "the folder's name cannot be shown")
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
            refused.append(Refused(printable(folder.name), str(error)))
    return good, refused


def recover(root: Path) -> None:
    """Put back a checkpoint whose replacement was interrupted; sweep away what a kill left.

    What a living process is replacing right now is left alone. Where folders cannot be locked,
    nobody knows who lives: there, what a kill left is put back after a day.

    Parameters
    ----------
    root : Path
        The folder of checkpoints; it may be missing or read-only.
    """
    if not root.is_dir():
        return
    sweep(root)
    found = list(root.glob(".replaced-*"))
    # Looked for afterwards: who has finished in between has put the new one in its place.
    writers = {folder.name.rsplit("-", 1)[-1] for folder in root.glob(f"{PREFIX}*")}
    for old in found:
        name, *writer = old.name.removeprefix(".replaced-").rsplit("-", 1)
        if not writers.isdisjoint(writer):
            continue
        target = root / name
        try:
            if target.exists():
                shutil.rmtree(old, ignore_errors=True)
            else:
                old.rename(target)
        except OSError:
            continue  # a read-only folder is listed as it is


def _epoch(entry: Any, name: str) -> dict[str, float]:
    """Prove that a line of the history is an epoch: names and finite numbers."""
    is_one = isinstance(entry, dict) and "epoch" in entry
    if not is_one or any(
        isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e300
        for value in entry.values()
    ):
        raise damaged(name, "history.jsonl holds a line that is no epoch")
    return dict(entry)


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

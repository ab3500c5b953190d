"""Opening checkpoints: nothing is believed before its sum is proven."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors

from latentlab.checkpoints.anomalies import Anomalies, anomalies_from
from latentlab.checkpoints.arrays import (
    LatentIndex,
    check_tensors,
    index_from,
)
from latentlab.checkpoints.files import opened, read_file, sha256, sizes_of, specs_of
from latentlab.checkpoints.full_index import FullIndex, full_index_from, map_full
from latentlab.checkpoints.manifest import (
    FULL,
    GRAPHS,
    MANIFEST,
    Manifest,
    damaged,
    parse_json,
    parse_manifest,
)
from latentlab.checkpoints.samples import check_samples
from latentlab.checkpoints.schema import (
    FLOAT,
    FULL_INDEX,
    INDEX,
    STAGE,
    TIMELINE,
    check_axes,
    check_values,
)
from latentlab.checkpoints.timelines import Timeline, decoder_shapes, timeline_from
from latentlab.errors import CheckpointError, NetworkError
from latentlab.graphs.stored import check_stored
from latentlab.images import printable


@dataclass(frozen=True)
class Checkpoint:
    """An opened checkpoint: the manifest is read and every file's sum is proven.

    What is read of it later raises CheckpointError if its file has changed or is damaged.

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

    def prove(self) -> None:
        """Read everything once, so that whoever reads a part of it later meets no fault.

        Raises
        ------
        CheckpointError
            For the first part that is not what a training writes.
        """
        parts = (self.weights, self.index, self.anomalies, self.timeline, self.history)
        for part in (*parts, self.full_index):
            part()
        self.samples()
        for file in GRAPHS:
            if file in self.manifest.files:
                self._check_graph(file)

    def weights(self) -> dict[str, npt.NDArray[Any]]:
        """Return the network's tensors.

        Returns
        -------
        dict of str to float32 or float16 array
            By torch's names, as stored; read-only.

        Raises
        ------
        CheckpointError
            If the file has changed or is damaged.
        """
        return self._tensors("weights.safetensors")

    def graph(self, file: str) -> bytes | None:
        """Return one of `GRAPHS` of a network from elsewhere; None where the checkpoint has none.

        It is what was written, and nothing more is proven: whoever uses it reads it with
        `graphs.read_graph`.

        Parameters
        ----------
        file : str
            One of `GRAPHS`.

        Returns
        -------
        bytes or None
            Of an ONNX file.

        Raises
        ------
        CheckpointError
            If the file has changed.
        """
        return self._read(file) if file in self.manifest.files else None

    def index(self) -> LatentIndex:
        """Return the latent index."""
        return index_from(self._index_tensors(), self.name)

    def full_index(self) -> FullIndex | None:
        """Return where every image landed, mapped; None where the latent index holds all of them.

        Every value is proven, a part at a time: how long this takes, and never how much memory,
        depends on how many there are.

        Returns
        -------
        FullIndex or None

        Raises
        ------
        CheckpointError
            If the file has changed, is damaged, or does not begin with the latent index.
        """
        if FULL not in self.manifest.files:
            return None
        least, most = sizes_of(self.manifest, FULL)
        if sha256(self.path, FULL, least, most) != self.manifest.files[FULL]:
            raise damaged(self.name, f"{FULL} has changed")
        with opened(self.path, FULL, least, most) as file:
            tensors = map_full(file, specs_of(self.manifest, FULL), self.name)
        return full_index_from(tensors, self.index(), len(self.manifest.class_names), self.name)

    def anomalies(self) -> Anomalies | None:
        """Return what was measured about anomalies; None where all classes were normal."""
        return anomalies_from(self._index_tensors(), self.name)

    def timeline(self) -> Timeline:
        """Return the stages of training.

        Returns
        -------
        Timeline
            Without any stage where none was kept.

        Raises
        ------
        CheckpointError
            If the file has changed or is damaged, or does not fit the latent index.
        """
        tensors = self._tensors("timeline.safetensors")
        check_values(tensors, TIMELINE, self.name)
        timeline = timeline_from(tensors, decoder_shapes(self.manifest.tensors), self.name)
        n_rows, size = self.manifest.tensors["index.safetensors/latents"].shape
        n_stages, n_probe, own_size = timeline.latents.shape
        if n_stages and (own_size != size or not 0 < n_probe <= n_rows):
            raise damaged(self.name, "the stages of training do not fit the latent index")
        return timeline

    def history(self) -> list[dict[str, float]]:
        """Return one object per epoch: ``epoch``, ``seconds`` and the loss terms."""
        lines = self._read("history.jsonl").splitlines()
        return [_epoch(parse_json(line, self.name, "history.jsonl"), self.name) for line in lines]

    def samples(self) -> bytes:
        """Return the contact sheet as PNG, of at least one whole image."""
        content = self._read("samples.png")
        check_samples(content, self.manifest.image_shape, self.name)
        return content

    def _check_graph(self, file: str) -> None:
        """Prove that a graph is harmless, and takes and gives what the manifest says."""
        shape, latent_dim = self.manifest.image_shape, self.manifest.config.latent_dim
        try:
            check_stored(self._read(file), file, image_shape=shape, latent_dim=latent_dim)
        except NetworkError as error:
            raise damaged(self.name, f"{file}: {str(error).rstrip('.')}") from None

    def _index_tensors(self) -> dict[str, npt.NDArray[Any]]:
        tensors = self._tensors("index.safetensors")
        ends = {"class": len(self.manifest.class_names), "n": len(tensors["latents"])}
        check_values(tensors, INDEX, self.name, **ends)
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
        check_tensors(tensors, specs_of(self.manifest, file), self.name, file)
        return tensors


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
    if path.is_symlink():
        raise CheckpointError(
            f"'{printable(path.name)}' is a link, and links to checkpoints are not followed: copy "
            "the folder here, or give the folder that it lies in with --checkpoints."
        )
    text = read_file(path, MANIFEST)
    manifest = parse_manifest(text, path.name)
    check_specs(manifest, path.name)
    present = {entry.name for entry in path.iterdir() if not entry.name.startswith(".")}
    surplus = present - {MANIFEST, *manifest.files}
    if surplus:
        raise damaged(path.name, f"there is a file that does not belong: {sorted(surplus)[0]!r}")
    for file in manifest.files:
        least, most = sizes_of(manifest, file)
        if sha256(path, file, least, most) != manifest.files[file]:
            raise damaged(path.name, f"{file} is not the file that was written")
    return Checkpoint(path, manifest, hashlib.sha256(text).hexdigest())


def check_specs(manifest: Manifest, name: str) -> None:
    """Prove from the manifest alone that all arrays will fit together: nothing is read or built.

    Parameters
    ----------
    manifest : Manifest
    name : str
        Of the checkpoint, for the sentence.

    Raises
    ------
    CheckpointError
        For the first array that does not fit.
    """
    weights = specs_of(manifest, "weights.safetensors")
    if any(spec.dtype not in FLOAT for spec in weights.values()):
        raise damaged(name, "weights.safetensors holds weights of another kind")
    sizes = {"z": manifest.config.latent_dim, "p": math.prod(manifest.image_shape)}
    check_axes(specs_of(manifest, "index.safetensors"), INDEX, name, **sizes)
    full = specs_of(manifest, FULL)
    if (FULL in manifest.files) != bool(full):
        raise damaged(name, f"{MANIFEST} does not say what {FULL} holds")
    if full:
        check_axes(full, FULL_INDEX, name, z=sizes["z"])
    timeline = specs_of(manifest, "timeline.safetensors")
    check_axes({k: s for k, s in timeline.items() if "/" not in k}, TIMELINE, name)
    if any(s.dtype not in STAGE for k, s in timeline.items() if "/" in k):
        raise damaged(name, "timeline.safetensors holds weights of another kind")


def _epoch(entry: Any, name: str) -> dict[str, float]:
    """Prove that a line of the history is an epoch: names and finite numbers."""
    is_one = isinstance(entry, dict) and "epoch" in entry
    if not is_one or any(
        isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e300
        for value in entry.values()
    ):
        raise damaged(name, "history.jsonl holds a line that is no epoch")
    return dict(entry)

"""Writing checkpoints: beside, flushed, renamed, so that a kill never leaves half of one."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save as save_tensors

from latentlab.checkpoints.anomalies import Anomalies, anomaly_tensors
from latentlab.checkpoints.arrays import LatentIndex, index_tensors
from latentlab.checkpoints.full_index import FullIndex, full_tensors, write_full
from latentlab.checkpoints.manifest import (
    FORMAT,
    FULL,
    MANIFEST,
    Manifest,
    Run,
    TensorSpec,
    manifest_text,
)
from latentlab.checkpoints.timelines import Timeline, compressed_tensors
from latentlab.config import RunConfig
from latentlab.errors import CheckpointError
from latentlab.models import OWN
from latentlab.scratch import beside


@dataclass(frozen=True)
class Contents:
    """Everything a checkpoint is written from.

    Attributes
    ----------
    config : RunConfig
    image_shape : (int, int, int)
        Height, width, channels.
    class_names : tuple of str
    n_parameters, n_train : int
        Weights of the network, and images it was trained on.
    metrics : mapping of str to value
        As `metrics.odd_metric` proves them.
    run : Run
        When, where and how long it was trained.
    weights : mapping of str to float32 or float16 array
        By torch's names.
    index : LatentIndex
    history : list of dict of str to float
        One per epoch: ``epoch``, ``seconds`` and the loss terms (nats per image).
    timeline : Timeline
    samples : bytes
        PNG: the contact sheet.
    anomalies : Anomalies or None
        None where all classes are normal.
    warning : str
        A sentence for whoever looks at it; empty as a rule.
    image_sums : mapping of split name to str
        Over all pixels; see `latentlab.data.split_sum`.
    graphs : mapping of str to bytes
        ONNX files of a network from elsewhere, by name.
    notes : tuple of str
        How such a network was understood, in sentences.
    full_index : FullIndex or None
        None where the latent index holds every image.
    """

    config: RunConfig
    image_shape: tuple[int, int, int]
    class_names: tuple[str, ...]
    n_parameters: int
    n_train: int
    metrics: Mapping[str, Any]
    run: Run
    weights: Mapping[str, npt.NDArray[Any]]
    index: LatentIndex
    history: list[dict[str, float]]
    timeline: Timeline
    samples: bytes
    anomalies: Anomalies | None = None
    warning: str = ""
    image_sums: Mapping[str, str] = field(default_factory=dict)
    graphs: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    full_index: FullIndex | None = None


def write_checkpoint(root: Path, name: str, contents: Contents, *, replace: bool = False) -> Path:
    """Write a checkpoint beside its place, flush it to disk, and rename it.

    Parameters
    ----------
    root : Path
        The folder of checkpoints; made where missing.
    name : str
        The checkpoint's name.
    contents : Contents
        Everything it is made of.
    replace : bool
        Whether an existing checkpoint of that name may be replaced. It stays whole until the new
        one is complete.

    Returns
    -------
    Path
        The finished folder.

    Raises
    ------
    CheckpointError
        If the name is taken or impossible, or the disk refuses.
    """
    target = root / check_checkpoint_name(name)
    taken = name_taken(name)
    if target.exists() and not replace:
        raise taken
    try:
        with beside(target) as folder:
            _write_files(folder, contents)
            _swap(folder, target, replace=replace)
    except OSError as error:
        if not replace and target.exists():
            raise taken from None  # another training has finished meanwhile
        raise CheckpointError(
            f"The checkpoint '{name}' could not be written to {root}: {error.strerror}. "
            "What was there before is untouched."
        ) from None
    return target


def name_taken(name: str) -> CheckpointError:
    """Say that there is a checkpoint of a name already, and what to do.

    Parameters
    ----------
    name : str
        Of the checkpoint.

    Returns
    -------
    CheckpointError
        To be raised.
    """
    return CheckpointError(
        f"There is already a checkpoint called '{name}'; give another --name, or replace it with "
        f"--name {name} --overwrite."
    )


def check_checkpoint_name(name: str) -> str:
    """Return the name if it can be a folder on every system.

    Parameters
    ----------
    name : str
        From anywhere.

    Returns
    -------
    str
        At most 80 characters.

    Raises
    ------
    CheckpointError
        If it is empty, too long, starts with a dot or has other characters than letters, digits,
        dot, dash and underscore.
    """
    allowed = name.replace("-", "").replace("_", "").replace(".", "")
    if not (allowed.isascii() and allowed.isalnum()) or name.startswith((".", "-")):
        raise CheckpointError(
            f"A checkpoint cannot be called {name[:80]!r}: use letters, digits, '-', '_' and '.'."
        )
    if len(name) > 80:
        raise CheckpointError(
            f"The name {name[:40]!r}... has {len(name)} characters; use at most 80."
        )
    return name


def _swap(scratch: Path, target: Path, *, replace: bool) -> None:
    # It ends like the scratch folder: while that one is there, a listing leaves this one alone.
    old = target.parent / f".replaced-{target.name}-{scratch.name.rsplit('-', 1)[-1]}"
    if replace and target.exists():
        target.rename(old)
    try:
        scratch.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    _flush(target.parent)
    shutil.rmtree(old, ignore_errors=True)


def _write_files(folder: Path, contents: Contents) -> None:
    index = index_tensors(contents.index) | anomaly_tensors(contents.anomalies)
    timeline = compressed_tensors(contents.timeline)
    weights = {name: np.asarray(array, order="C") for name, array in contents.weights.items()}
    lines = (json.dumps(epoch, allow_nan=False) for epoch in contents.history)
    data = {
        "weights.safetensors": save_tensors(weights),
        "index.safetensors": save_tensors(index),
        "history.jsonl": "".join(f"{line}\n" for line in lines).encode(),
        "timeline.safetensors": save_tensors(timeline),
        "samples.png": contents.samples,
        **contents.graphs,
    }
    full = {} if contents.full_index is None else full_tensors(contents.full_index)
    sums = {file: hashlib.sha256(content).hexdigest() for file, content in data.items()}
    if full:
        sums[FULL] = write_full(folder / FULL, full)
    tensors = {
        f"{file}/{name}": TensorSpec(shape=array.shape, dtype=array.dtype.name)
        for file, arrays in (
            ("weights.safetensors", weights),
            ("index.safetensors", index),
            ("timeline.safetensors", timeline),
            (FULL, full),
        )
        for name, array in sorted(arrays.items())
    }
    manifest = Manifest(
        format=FORMAT if full else 2 if contents.config.body == OWN else 1,
        config=contents.config,
        image_shape=contents.image_shape,
        class_names=contents.class_names,
        n_parameters=contents.n_parameters,
        n_train=contents.n_train,
        metrics=dict(contents.metrics),
        run=contents.run,
        warning=contents.warning,
        notes=contents.notes,
        tensors=tensors,
        image_sums=dict(contents.image_sums),
        files=sums,
    )
    data[MANIFEST] = manifest_text(manifest)
    for file, content in data.items():
        with (folder / file).open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    _flush(folder)


def _flush(folder: Path) -> None:
    """Make a rename survive a power cut, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

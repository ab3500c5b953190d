"""One run, from a run config to a checkpoint: load, train, measure, index, write."""

from __future__ import annotations

import datetime
import os
import platform
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from filelock import FileLock, Timeout

from latentlab import data
from latentlab.analysis import projections
from latentlab.checkpoints import (
    CheckpointError,
    Contents,
    Run,
    check_checkpoint_name,
    write_checkpoint,
)
from latentlab.codec import TorchCodec, build_for
from latentlab.config import RunConfig, checkpoint_name
from latentlab.data import ImageSet
from latentlab.errors import ConfigError, TrainingError, unknown_name
from latentlab.images import to_float
from latentlab.training import resume
from latentlab.training.contact_sheet import contact_sheet
from latentlab.training.evaluation import evaluate, evaluate_index
from latentlab.training.indexing import Selection, build_index, select
from latentlab.training.loop import Trainer, Watcher, start_from_mean
from latentlab.training.timeline import N_PROBE, TimelineRecorder

PACKAGES = ("latentlab", "torch", "numpy", "scikit-learn", "umap-learn", "safetensors")
# Image sets whose pictures may be passed on: they are free, or the project draws them itself.
SHOWABLE = ("digits", "shapes")


class Reporter(Protocol):
    """Someone who is told how the run goes: a terminal, a log, a test."""

    def stage(self, text: str) -> None:
        """Begin a stage ("training", "mapping with umap")."""

    def progress(self, what: str, done: int, total: int) -> None:
        """Say how far a download or a scan is."""

    def trainer(self, trainer: Trainer) -> Watcher | None:
        """Meet the trainer before it starts; a returned watcher is told of every step."""


@dataclass(frozen=True)
class Places:
    """Where a run reads and writes.

    Attributes
    ----------
    checkpoints, runs : Path
        Finished checkpoints; resume files of unfinished runs.
    data_dir, data_root : Path, optional
        Downloads; the user's own image folders.
    """

    checkpoints: Path = Path("checkpoints")
    runs: Path = Path("runs")
    data_dir: Path | None = None
    data_root: Path | None = None


@dataclass(frozen=True)
class Result:
    """What a run came to.

    Attributes
    ----------
    path : Path or None
        The checkpoint; None when the run was stopped and can be resumed.
    metrics : dict
    seconds : dict of str to float
        Spent in each stage.
    """

    path: Path | None
    metrics: Mapping[str, Any] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)


class _Silent:
    def stage(self, text: str) -> None: ...

    def progress(self, what: str, done: int, total: int) -> None: ...

    def trainer(self, trainer: Trainer) -> Watcher | None: ...


def run(
    config: RunConfig,
    *,
    name: str | None = None,
    places: Places = Places(),
    replace: bool = False,
    resuming: bool = False,
    device: str | None = None,
    reporter: Reporter | None = None,
) -> Result:
    """Train a network and write its checkpoint.

    Parameters
    ----------
    config : RunConfig
        What was asked for.
    name : str, optional
        Of the checkpoint; made from the config by default.
    places : Places
        Where to read and write.
    replace : bool
        Replace an existing checkpoint of that name, and forget an interrupted run.
    resuming : bool
        Continue an interrupted run.
    device : str, optional
        "cpu", "cuda", "mps"; the fastest present by default.
    reporter : Reporter, optional
        Told how it goes.

    Returns
    -------
    Result

    Raises
    ------
    LatentlabError
        One sentence: a name that is taken, data that is missing, a loss that is not a number, a
        disk that is full.
    """
    name = check_checkpoint_name(name or checkpoint_name(config))
    _check_request(config, name, places, replace=replace)
    folder = _run_folder(places.runs, name)
    try:
        with FileLock(folder / "lock", timeout=0):
            return _run(config, name, folder, places, replace, resuming, device, reporter)
    except Timeout:
        raise TrainingError(
            f"Another training into '{name}' is under way; wait for it or give another --name."
        ) from None


def _run(
    config: RunConfig,
    name: str,
    folder: Path,
    places: Places,
    replace: bool,
    resuming: bool,
    device: str | None,
    reporter: Reporter | None,
) -> Result:
    teller = reporter or _Silent()
    clock = _Clock(teller)
    clock.stage("loading images")
    sets = load_splits(config, places, teller)
    selection = select(sets, config.index_size, seed=config.seed)

    trainer = make_trainer(config, sets, choose_device(device))
    recorder = TimelineRecorder(selection.pixels[:N_PROBE], trainer, config.timeline_mb)
    if resuming:
        resume.restore(folder, trainer, recorder)
    clock.stage("training")
    watchers: list[Watcher] = [recorder, resume.ResumeWriter(folder, recorder)]
    if (watcher := teller.trainer(trainer)) is not None:
        watchers.append(watcher)
    if not trainer.run(watchers):
        return Result(None)

    codec = _finished(trainer, sets["train"], config)
    index, metrics = _measure(codec, selection, sets, config, clock)
    clock.stage("writing the checkpoint")
    train_set = sets["train"]
    seconds = clock.seconds() | {"training": trainer.progress.seconds}
    contents = Contents(
        config=config,
        image_shape=codec.image_shape,
        class_names=train_set.class_names,
        n_parameters=sum(p.numel() for p in codec.module.parameters()),
        n_train=len(train_set.images),
        metrics=metrics,
        run=_facts(trainer, sum(seconds.values())),
        weights=_stored_weights(codec, config),
        index=index,
        history=trainer.progress.history,
        timeline=recorder.timeline(),
        samples=contact_sheet(
            codec,
            sets["test"].images,
            show_originals=config.dataset in SHOWABLE,
            has_prior=config.model == "vae",
            seed=config.seed,
        ),
    )
    path = write_checkpoint(places.checkpoints, name, contents, replace=replace)
    shutil.rmtree(folder, ignore_errors=True)
    return Result(path, metrics, clock.seconds() | {"training": trainer.progress.seconds})


def load_splits(config: RunConfig, places: Places, teller: Reporter) -> dict[str, ImageSet]:
    """Load the three splits a run needs; only training images are limited by ``n_images``."""
    return {
        split: data.load(
            config.dataset,
            split,
            size=config.image_size,
            n_images=config.n_images if split == "train" else None,
            data_dir=places.data_dir,
            data_root=places.data_root,
            progress=teller.progress,
        )
        for split in data.SPLITS
    }


def make_trainer(config: RunConfig, sets: Mapping[str, ImageSet], device: torch.device) -> Trainer:
    """Build the untrained network and its trainer; the same seed gives the same weights."""
    train = sets["train"].images
    height, width, channels = (int(side) for side in train.shape[1:])
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(config.seed)
        module = build_for(config, (height, width, channels))
    start_from_mean(module, train)
    return Trainer(module, config, train, sets["validation"].images, device)


def choose_device(asked: str | None) -> torch.device:
    """Return the device asked for, or the fastest one present.

    Raises
    ------
    ConfigError
        If it is not on this machine.
    """
    present = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    if asked is None:
        return torch.device(next(name for name, here in present.items() if here))
    if asked not in present:
        raise ConfigError(unknown_name("device", asked, present))
    if not present[asked]:
        raise ConfigError(f"This machine has no '{asked}' device; use --device cpu.")
    return torch.device(asked)


def _measure(
    codec: TorchCodec,
    selection: Selection,
    sets: Mapping[str, ImageSet],
    config: RunConfig,
    clock: _Clock,
) -> tuple[Any, dict[str, Any]]:
    maps = {}
    latents = codec.encode(to_float(selection.pixels))
    for projection in config.projections:
        clock.stage(f"mapping with {projection}")
        maps[projection] = projections.project(projection, latents, seed=config.seed)
    clock.stage("measuring")
    index = build_index(codec, selection, sets["train"].images, maps)
    metrics = evaluate(codec, sets["test"].images, seed=config.seed)
    metrics |= evaluate_index(index, selection.pixels, seed=config.seed)
    return index, metrics


def _finished(trainer: Trainer, train: ImageSet, config: RunConfig) -> TorchCodec:
    """Return the codec with weights as they will be stored, so that every figure is theirs."""
    height, width, channels = (int(side) for side in train.images.shape[1:])
    module = trainer.module.cpu().float()
    if config.weights_dtype == "float16":
        with torch.no_grad():
            for tensor in module.state_dict().values():
                if tensor.is_floating_point():
                    tensor.copy_(tensor.half().float())
    return TorchCodec(module, (height, width, channels))


def _stored_weights(codec: TorchCodec, config: RunConfig) -> dict[str, np.ndarray[Any, Any]]:
    dtype = np.float16 if config.weights_dtype == "float16" else np.float32
    return {
        name: tensor.numpy().astype(dtype) for name, tensor in codec.module.state_dict().items()
    }


def _check_request(config: RunConfig, name: str, places: Places, *, replace: bool) -> None:
    for projection in config.projections:
        if projection not in projections.PROJECTIONS:
            raise ConfigError(unknown_name("projection", projection, projections.PROJECTIONS))
    if (places.checkpoints / name).exists() and not replace:
        raise CheckpointError(
            f"There is already a checkpoint called '{name}'; give another --name or --overwrite."
        )
    for folder in (places.checkpoints, places.runs):
        existing = next(p for p in (folder.absolute(), *folder.absolute().parents) if p.exists())
        if not (existing.is_dir() and os.access(existing, os.W_OK)):
            raise TrainingError(f"The folder {folder} cannot be written to; choose another.")


def _run_folder(runs: Path, name: str) -> Path:
    folder = runs / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TrainingError(f"The folder {folder} cannot be made: {error.strerror}.") from None
    return folder


def _facts(trainer: Trainer, seconds: float) -> Run:
    return Run(
        created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        seconds=round(seconds, 3),
        device=f"{trainer.device.type} ({platform.machine()})",
        n_threads=torch.get_num_threads(),
        versions={"python": platform.python_version(), **{p: version(p) for p in PACKAGES}},
    )


class _Clock:
    """Seconds spent in each stage, told to the reporter as it begins."""

    def __init__(self, teller: Reporter) -> None:
        self._teller = teller
        self._marks: list[tuple[str, float]] = []

    def stage(self, text: str) -> None:
        self._marks.append((text, time.perf_counter()))
        self._teller.stage(text)

    def seconds(self) -> dict[str, float]:
        ends: Sequence[float] = [*(mark for _, mark in self._marks[1:]), time.perf_counter()]
        return {text: end - begin for (text, begin), end in zip(self._marks, ends, strict=True)}

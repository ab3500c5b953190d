"""One run, from a run config to a checkpoint: load, train, measure, index, write."""

from __future__ import annotations

import dataclasses
import datetime
import math
import platform
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch
from filelock import FileLock, Timeout

from latentlab.analysis import projections
from latentlab.analysis.support import Support
from latentlab.checkpoints import (
    Contents,
    LatentIndex,
    Run,
    check_checkpoint_name,
    write_checkpoint,
)
from latentlab.codec import Network, TorchCodec
from latentlab.config import RunConfig
from latentlab.data import ImageSet, dataset, split_sum
from latentlab.errors import TrainingError
from latentlab.images import Pixels, to_float
from latentlab.tasks import TASKS
from latentlab.training import resume
from latentlab.training.agreement import label_agreement
from latentlab.training.anomalies import find_anomalies
from latentlab.training.contact_sheet import contact_sheet
from latentlab.training.defaults import needs_one_thread, settle
from latentlab.training.encoding import encode_all
from latentlab.training.evaluation import evaluate, evaluate_support, trustworthiness
from latentlab.training.image_facts import ImageFacts, image_facts
from latentlab.training.indexing import Selection, build_index, check_selection, select
from latentlab.training.initialization import one_thread
from latentlab.training.loop import Trainer
from latentlab.training.nothing_learned import nothing_learned
from latentlab.training.parallel import world
from latentlab.training.preparation import (
    Places,
    check_request,
    choose_device,
    load_crops,
    load_splits,
    make_trainer,
    run_folder,
)
from latentlab.training.reporting import Clock, Silent, fixed_time
from latentlab.training.request import RunRequest
from latentlab.training.restored_sheet import restored_sheet
from latentlab.training.restoring import evaluate_task
from latentlab.training.stage_watcher import open_training
from latentlab.training.standardizing import standardize
from latentlab.training.storing import as_stored, stored_weights
from latentlab.training.timeline import N_PROBE, TimelineRecorder
from latentlab.training.uses import evaluate_uses
from latentlab.training.variants import with_inverses, with_variants
from latentlab.training.watching import Watcher

__all__ = ["Places", "Result", "RunRequest", "measure", "run", "sheet"]

PACKAGES = ("latentlab", "torch", "numpy", "scikit-learn", "umap-learn", "safetensors")


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
    warning : str
        One sentence where the network has learned nothing; else empty.
    """

    path: Path | None
    metrics: Mapping[str, Any] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    warning: str = ""


def run(request: RunRequest) -> Result:
    """Train a network and write its checkpoint.

    Parameters
    ----------
    request : RunRequest

    Returns
    -------
    Result

    Raises
    ------
    LatentlabError
        One sentence: a name that is taken, an interrupted run that would be lost, data that is
        missing, a loss that is not a number, a disk that is full.
    """
    if request.n_threads:
        torch.set_num_threads(request.n_threads)
    name, places = check_checkpoint_name(request.checkpoint), request.places
    check_request(request.config, name, places, replace=request.replace)
    folder = run_folder(places.runs, name)
    if not world().is_main:  # the main process holds the lock, writes and tells
        return _run(dataclasses.replace(request, reporter=Silent()), folder)
    try:
        lock = FileLock(folder / "lock", timeout=0).acquire()
    except Timeout:
        raise TrainingError(
            f"Another training into '{name}' is under way; wait for it or give another --name."
        ) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise TrainingError(
            f"The folder {folder} cannot be written to ({reason}); choose another --runs."
        ) from None
    with lock:
        if request.resuming is False and not request.replace:
            resume.check_not_interrupted(folder)
        return _run(request, folder)


def _run(request: RunRequest, folder: Path) -> Result:
    fixed, places, reporter = fixed_time(), request.places, request.reporter
    clock = Clock(reporter)
    clock.stage("loading images")
    together = world()
    with together.main_first():
        sets = load_splits(request.config, places, reporter)
        config = settle(request.config, sets["train"])
        crops = load_crops(config, sets["train"], places, reporter)
    selection = select(sets, config.index_size, seed=config.seed)
    if config.latent_dim:
        check_selection(selection)

    trainer = make_trainer(config, sets, choose_device(request.device, together), together, crops)
    recorder = TimelineRecorder(selection.pixels[:N_PROBE], trainer, config.timeline_mb)
    images = image_facts(sets)
    resuming = request.resuming
    if resuming is None:
        resuming = resume.is_resumable(folder, config, images)
    if resuming:
        resume.restore(folder, trainer, recorder, images)
    clock.stage("training")
    train = sets["train"].images
    small = not request.n_threads and needs_one_thread(config, train)
    with one_thread(small):
        watchers = _watchers(request, folder, trainer, recorder, selection, sets, images)
        finished = trainer.run(watchers, request.control if together.size == 1 else None)
    if not finished:
        return Result(None)
    recorder.finish(trainer)
    timeline = recorder.timeline()
    if config.standardize:
        timeline = standardize(trainer.module.cpu().float(), train).timeline(timeline)

    codec = as_stored(trainer.module, sets["train"], config)
    clock.stage("encoding")
    everything = encode_all(codec, selection, sets, folder, world=together, progress=clock.progress)
    if not together.is_main:
        return Result(places.checkpoints / request.checkpoint)
    index, metrics = measure(codec, selection, sets, config, clock)
    anomalies, areas = find_anomalies(codec, index, sets, config, clock)
    metrics |= areas
    clock.stage("writing the checkpoint")
    train_set = sets["train"]
    seconds = clock.seconds() | {"training": trainer.progress.seconds}
    history = trainer.progress.history
    contents = Contents(
        config=config,
        image_shape=codec.image_shape,
        class_names=train_set.class_names,
        n_parameters=sum(p.numel() for p in codec.module.parameters()),
        n_train=len(train_set.images),
        metrics=metrics,
        run=_facts(trainer, 0 if fixed else sum(seconds.values()), fixed),
        weights=stored_weights(codec, config),
        index=index,
        history=[epoch | {"seconds": 0.0} for epoch in history] if fixed else history,
        timeline=timeline,
        samples=sheet(codec, config, sets["test"].images),
        anomalies=anomalies,
        image_sums={split: split_sum(image_set) for split, image_set in sets.items()},
        warning=nothing_learned(config, metrics, math.prod(codec.image_shape)),
        full_index=everything,
    )
    path = write_checkpoint(
        places.checkpoints, request.checkpoint, contents, replace=request.replace
    )
    shutil.rmtree(folder, ignore_errors=True)
    seconds = clock.seconds() | {"training": trainer.progress.seconds}
    return Result(path, metrics, seconds, contents.warning)


def _watchers(
    request: RunRequest,
    folder: Path,
    trainer: Trainer,
    recorder: TimelineRecorder,
    selection: Selection,
    sets: Mapping[str, ImageSet],
    images: ImageFacts,
) -> list[Watcher]:
    watchers: list[Watcher] = [recorder]
    if trainer.world.is_main:
        watchers.append(resume.ResumeWriter(folder, recorder, images))
        if request.audience is not None:
            watched = (selection, sets, request.audience, request.control)
            watchers.append(open_training(trainer, *watched))
    if (watcher := request.reporter.trainer(trainer)) is not None:
        watchers.append(watcher)
    return watchers


def measure(
    codec: Network,
    selection: Selection,
    sets: Mapping[str, ImageSet],
    config: RunConfig,
    clock: Clock,
) -> tuple[LatentIndex, dict[str, Any]]:
    """Work out the latent index and every figure of a trained network.

    Parameters
    ----------
    codec : Network
        With weights as they are stored.
    selection : Selection
        The images to index.
    sets : mapping of split name to ImageSet
    config : RunConfig
    clock : Clock
        Told of each stage.

    Returns
    -------
    index : LatentIndex
    metrics : dict
    """
    maps = {}
    latents = codec.encode(to_float(selection.pixels))
    for projection in config.projections:
        clock.stage(f"mapping with {projection}")
        maps[projection] = projections.project(projection, latents, seed=config.seed)
    clock.stage("measuring")
    index = build_index(codec, selection, sets["train"].images, maps)
    index = with_inverses(index, seed=config.seed)
    if config.task in TASKS:
        metrics = evaluate_task(codec, config, sets)
    else:
        metrics = evaluate(codec, config, sets)
    metrics |= label_agreement(codec, config, sets, index.pca)
    metrics |= trustworthiness(index, seed=config.seed)
    metrics |= evaluate_support(codec, index, sets["validation"].images)
    # What depends on the size of the latent is asked of families: of networks trained here.
    if config.latent_dim and config.task not in TASKS and isinstance(codec, TorchCodec):
        metrics |= evaluate_uses(codec, config, sets, index, Support(index, metrics))
    if config.map_variants:
        clock.stage("mapping again with other seeds")
        index = with_variants(index, seed=config.seed, progress=clock.progress)
    return index, metrics


def sheet(codec: Network, config: RunConfig, images: Pixels) -> bytes:
    """Draw the contact sheet of test images, uint8 (n, h, w, c), that a checkpoint carries: PNG."""
    show_originals = dataset(config.dataset).is_free
    if config.task in TASKS:
        return restored_sheet(codec, config, images, show_originals=show_originals)
    return contact_sheet(
        codec,
        images,
        show_originals=show_originals,
        has_prior=config.model == "vae",
        seed=config.seed,
    )


def _facts(trainer: Trainer, seconds: float, fixed: datetime.datetime | None) -> Run:
    created = fixed or datetime.datetime.now(datetime.UTC)
    return Run(
        created=created.isoformat(timespec="seconds"),
        seconds=round(seconds, 3),
        device=f"{trainer.device.type} ({platform.machine()})",
        n_threads=torch.get_num_threads(),
        versions={"python": platform.python_version(), **{p: version(p) for p in PACKAGES}},
    )

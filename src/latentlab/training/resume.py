"""The resume file: what an interrupted run needs to end bit-identical to an uninterrupted one.

Randomness is a function of the seed and the step, so weights, optimizer moments, the step and what
was recorded so far are everything. The file is written beside and renamed; its sum stands in front.
It also says which images the run had, for an own folder may change before the run is resumed.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor

from latentlab.checkpoints import Timeline
from latentlab.checkpoints.timelines import timeline_from, timeline_tensors
from latentlab.config import RECIPE
from latentlab.errors import TrainingError
from latentlab.training.image_facts import ImageFacts, difference
from latentlab.training.watching import Progress

if TYPE_CHECKING:
    from latentlab.config import RunConfig
    from latentlab.training.loop import Trainer
    from latentlab.training.timeline import TimelineRecorder

FILE = "resume.latentlab"
MAGIC = b"latentlab resume 1\n"
INTERVAL_SECONDS = 5.0


def interval_seconds() -> float:
    """Return the saving interval: LATENTLAB_SAVE_SECONDS, or five seconds.

    Returns
    -------
    float
        0 to 3600.

    Raises
    ------
    TrainingError
        If the variable is not a number of seconds.
    """
    given = os.environ.get("LATENTLAB_SAVE_SECONDS", str(INTERVAL_SECONDS))
    try:
        seconds = float(given)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 3600:
        raise TrainingError(f"LATENTLAB_SAVE_SECONDS is {given!r}; use a number from 0 to 3600.")
    return seconds


class ResumeWriter:
    """Write the resume file every few seconds; a killed run loses at most one such interval.

    Parameters
    ----------
    folder : Path
        The run's own folder.
    recorder : TimelineRecorder
        Its stages are kept too.
    images : dict
        What tells its images from others; see ``image_facts``.
    every_seconds : float, optional
        Shortest time between two writings; see ``interval_seconds``.
    """

    def __init__(
        self,
        folder: Path,
        recorder: TimelineRecorder,
        images: ImageFacts,
        every_seconds: float | None = None,
    ) -> None:
        self.folder = folder
        self.recorder = recorder
        self.images = images
        self.every_seconds = interval_seconds() if every_seconds is None else every_seconds
        self._written = time.monotonic()

    def after_step(self, trainer: Trainer) -> None:
        """Write if the interval is over, except where ``after_epoch`` is about to be called."""
        if trainer.progress.step % trainer.batches.per_epoch:
            self._write_when_due(trainer)

    def after_epoch(self, trainer: Trainer) -> None:
        """Write if the interval is over, or the run is about to stop or to be evaluated."""
        if trainer.stopping or trainer.finished:
            self.write(trainer)
        else:
            self._write_when_due(trainer)

    def write(self, trainer: Trainer) -> None:
        """Write now.

        Raises
        ------
        TrainingError
            If the disk refuses; the last resume file is then still there.
        """
        target = self.folder / FILE
        # The run is locked, so the name may be fixed: what a kill leaves is written over.
        scratch = target.with_suffix(".writing")
        try:
            with scratch.open("wb") as stream:
                stream.write(_pack(trainer, self.recorder.timeline(), self.images))
                stream.flush()
                os.fsync(stream.fileno())
            scratch.replace(target)
        except OSError as error:
            scratch.unlink(missing_ok=True)
            raise TrainingError(
                f"The run could not be saved in {self.folder}: {error.strerror}. Make room or "
                "choose another --runs folder, then continue with --resume."
            ) from None
        self._written = time.monotonic()

    def _write_when_due(self, trainer: Trainer) -> None:
        if time.monotonic() - self._written >= self.every_seconds:
            self.write(trainer)


def is_interrupted(folder: Path) -> bool:
    """Say whether a run's folder holds a resume file, whole or not.

    Parameters
    ----------
    folder : Path
        The run's own; it may be missing.

    Returns
    -------
    bool
    """
    return (folder / FILE).exists()


def check_not_interrupted(folder: Path) -> None:
    """Refuse to begin anew where an interrupted run would be lost.

    Parameters
    ----------
    folder : Path
        The run's own.

    Raises
    ------
    TrainingError
        If the run's folder holds a resume file, whole or not.
    """
    if is_interrupted(folder):
        raise TrainingError(
            f"The run '{folder.name}' was interrupted: go on with --resume, or begin anew with "
            f"--name {folder.name} --overwrite."
        )


def is_resumable(folder: Path, config: RunConfig, images: ImageFacts) -> bool:
    """Say whether a folder holds a whole resume file of this run config and these images.

    Parameters
    ----------
    folder : Path
        The run's own.
    config : RunConfig
    images : dict of str to dict
        From `image_facts`.

    Returns
    -------
    bool
        False also where the file is damaged.
    """
    try:
        facts, _ = _unpack(folder / FILE)
    except TrainingError:
        return False
    return bool(
        facts["config"] == json.loads(config.model_dump_json())
        and _images_before(facts, images) == images
    )


def restore(folder: Path, trainer: Trainer, recorder: TimelineRecorder, images: ImageFacts) -> None:
    """Put a trainer where an interrupted run was.

    Parameters
    ----------
    folder : Path
        The run's own folder.
    trainer : Trainer
        Freshly made from the same run config.
    recorder : TimelineRecorder
        Gets the stages kept so far.
    images : dict
        What tells the images of now from others; see ``image_facts``.

    Raises
    ------
    TrainingError
        If the file is damaged or belongs to another run config or to other images.
    """
    facts, tensors = _unpack(folder / FILE)
    asked = json.loads(trainer.config.model_dump_json())
    odd = [name for name in asked if facts["config"].get(name) != asked[name]]
    before = _images_before(facts, images)
    # What the recipe has chosen from other images is no setting that somebody changed.
    if set(odd) - set(RECIPE) or (odd and before == images):
        name = next((name for name in odd if name not in RECIPE), odd[0])
        raise TrainingError(
            f"The interrupted run in {folder} had {name} = {facts['config'].get(name)!r}, and now "
            f"{asked[name]!r} was asked for: use the same settings, or start again with "
            f"--name {folder.name} --overwrite."
        )
    if before != images:
        raise TrainingError(
            f"The interrupted run in {folder} had {difference(before, images)}: start again with "
            f"--name {folder.name} --overwrite instead of --resume."
        )
    trainer.module.load_state_dict(_family(tensors, "module/"))
    state = trainer.optimizer.state_dict()
    state["state"] = {
        int(i): _family(tensors, f"optimizer/{i}/") for i in facts["optimizer_states"]
    }
    trainer.optimizer.load_state_dict(state)
    trainer.progress = Progress(**facts["progress"])
    trainer.best = _family(tensors, "best/")
    stored = {k: v.numpy() for k, v in _family(tensors, "timeline/").items()}
    decoder = getattr(trainer.module, "decoder", torch.nn.Identity()).state_dict()
    shapes = {name: tuple(tensor.shape) for name, tensor in decoder.items()}
    recorder.restore(timeline_from(stored, shapes, folder.name))


def _images_before(facts: dict[str, Any], images: ImageFacts) -> ImageFacts:
    """Return the images a resume file was written with; an earlier version said less."""
    before: ImageFacts = facts.get("summed_images", images)
    return before


def _pack(trainer: Trainer, timeline: Timeline, images: ImageFacts) -> bytes:
    states = trainer.optimizer.state_dict()["state"]
    tensors = {f"module/{k}": v for k, v in trainer.module.state_dict().items()}
    tensors |= {f"best/{k}": v for k, v in trainer.best.items()}
    for i, state in states.items():
        tensors |= {f"optimizer/{i}/{name}": value for name, value in state.items()}
    stored = timeline_tensors(timeline)
    tensors |= {f"timeline/{k}": torch.from_numpy(v) for k, v in stored.items()}
    facts = {
        "config": json.loads(trainer.config.model_dump_json()),
        "summed_images": images,
        "progress": asdict(trainer.progress),
        "optimizer_states": sorted(states),
    }
    # Equal but separate tensors: safetensors refuses memory that is shared.
    separate = {
        name: tensor.detach().cpu().contiguous().clone() for name, tensor in tensors.items()
    }
    payload = save(separate, metadata={"latentlab": json.dumps(facts)})
    return MAGIC + hashlib.sha256(payload).digest() + payload


def _unpack(path: Path) -> tuple[dict[str, Any], dict[str, Tensor]]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise TrainingError(
            f"There is nothing to resume in {path.parent}; start the training without --resume."
        ) from None
    except OSError as error:
        raise TrainingError(f"{path} cannot be read: {error.strerror}.") from None
    damaged = TrainingError(
        f"{path} is damaged; start again with --name {path.parent.name} --overwrite."
    )
    head = len(MAGIC) + 32
    payload = data[head:]
    if data[:head] != MAGIC + hashlib.sha256(payload).digest():
        raise damaged
    try:
        tensors = load(payload)
    except SafetensorError:
        raise damaged from None
    header = json.loads(payload[8 : 8 + int.from_bytes(payload[:8], "little")])
    facts: dict[str, Any] = json.loads(header["__metadata__"]["latentlab"])
    return facts, tensors


def _family(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}

"""A training as others watch it: an opening, then stages as they happen, each a few bytes.

The Training page follows a run in a process of its own. What it shows (where the probe images lie
in the latent space, the decoder of the moment, ten reconstructions, the loss) is sent by a watcher
of the one training loop; `jobs.stage_files` carries it between processes. Between two steps the
watcher only copies the weights: a thread makes the stage of them while training goes on.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt
import torch

from latentlab.checkpoints import Packed
from latentlab.config import RunConfig
from latentlab.data import ImageSet
from latentlab.images import Pixels, to_pixels
from latentlab.training.batches import to_tensor
from latentlab.training.indexing import Selection
from latentlab.training.timeline import N_PROBE, encode, packed_decoder
from latentlab.training.timeline import stages as stage_steps
from latentlab.training.watching import Control

if TYPE_CHECKING:
    from latentlab.training.loop import Trainer

# Stages that were planned (many in the first epoch) may come faster than the others.
PLANNED_SECONDS, OTHER_SECONDS = 0.05, 0.2
# A stage of a large network takes long to make: so many times as long is then trained.
TRAINED_PER_STAGE = 10
N_SHOWN = 10

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Opening:
    """What is the same at every stage.

    Attributes
    ----------
    config : RunConfig
        Settled: with the epochs and the images per step.
    image_shape : (int, int, int)
    class_names : tuple of str
    labels, splits, numbers : int (n_probe,)
        Of the images whose latents are followed; see `LatentIndex`.
    shown : uint8 (n, height, width, channels)
        Test images whose reconstructions are followed.
    n_steps, n_epochs : int
        At most.
    seconds : float
        How long that takes on this machine, measured.
    """

    config: RunConfig
    image_shape: tuple[int, int, int]
    class_names: tuple[str, ...]
    labels: npt.NDArray[np.integer[Any]]
    splits: npt.NDArray[np.integer[Any]]
    numbers: npt.NDArray[np.integer[Any]]
    shown: Pixels
    n_steps: int
    n_epochs: int
    seconds: float


@dataclass(frozen=True)
class Stage:
    """The network at one step.

    Attributes
    ----------
    step : int
        Steps done.
    epoch : float
        Epochs done, the parts of one included.
    seconds : float
        Spent in training.
    latents : float32 (n_probe, latent_dim)
    decoder : dict of str to Packed
        Weights by name; empty for a network without a latent.
    reconstructions : uint8 (n, height, width, channels)
        Of the shown images.
    terms : dict of str to float
        Loss terms of the newest batch they were computed for, in nats per image; see
        `Progress.history` for their names.
    history : dict of str to float
        The newest epoch's entry; empty in the first epoch.
    """

    step: int
    epoch: float
    seconds: float
    latents: Floats
    decoder: dict[str, Packed]
    reconstructions: Pixels
    terms: dict[str, float] = field(default_factory=dict)
    history: dict[str, float] = field(default_factory=dict)


class Audience(Protocol):
    """Someone who watches a training from outside the loop."""

    def opened(self, opening: Opening) -> None:
        """See what the stages are about, before the first step."""

    def stage(self, stage: Stage) -> None:
        """See a stage, in a thread beside the training; the next one waits until this is seen."""


class StageWatcher:
    """Send stages of the training: planned ones, several a second, and the end of each run.

    Parameters
    ----------
    trainer : Trainer
        About to start; the first stage is sent at once.
    probe : uint8 (n_probe, height, width, channels)
        Images whose latents are followed.
    shown : uint8 (n, height, width, channels)
        Images whose reconstructions are followed.
    audience : Audience
    control : Control, optional
        Where it asks for single epochs, the end of each is sent.
    """

    def __init__(
        self,
        trainer: Trainer,
        probe: Pixels,
        shown: Pixels,
        audience: Audience,
        control: Control | None = None,
    ) -> None:
        self._probe, self._shown, self._audience = probe, shown, audience
        self._control = control or Control()
        planned = stage_steps(trainer.n_steps, trainer.batches.per_epoch)
        self._planned = set(planned.tolist())
        self._twin = copy.deepcopy(trainer.module).eval()
        self._thread = ThreadPoolExecutor(1, "stages")
        self._made: Future[None] = Future()
        self._made.set_result(None)
        self._cost = 0.0
        self._send(trainer)

    def after_step(self, trainer: Trainer) -> None:
        """Send the stage where it is planned or long enough after the last one."""
        is_end = trainer.progress.step % trainer.batches.per_epoch == 0
        if not is_end and not self._control.finishing:  # else the epoch is about to be closed
            self._send_if_due(trainer)

    def after_epoch(self, trainer: Trainer) -> None:
        """Send the stage, in any case where training is about to end or to wait."""
        waiting = self._control.one_epoch or self._control.paused or self._control.finishing
        if trainer.finished or trainer.stopping or waiting:
            self._made.result()
            self._send(trainer)
            self._made.result()
        else:
            self._send_if_due(trainer)

    def _send_if_due(self, trainer: Trainer) -> None:
        if not self._made.done():
            return
        self._made.result()  # an audience that has failed ends the training
        wait = PLANNED_SECONDS if trainer.progress.step in self._planned else OTHER_SECONDS
        if time.monotonic() - self._sent >= max(wait, TRAINED_PER_STAGE * self._cost):
            self._send(trainer)

    def _send(self, trainer: Trainer) -> None:
        self._sent, progress = time.monotonic(), trainer.progress
        self._twin.load_state_dict(trainer.module.state_dict())
        self._made = self._thread.submit(
            self._make,
            trainer,
            step=progress.step,
            epoch=progress.step / trainer.batches.per_epoch,
            seconds=progress.seconds,
            terms=dict(trainer.newest),
            history=dict(progress.history[-1]) if progress.history else {},
        )

    def _make(self, trainer: Trainer, **known: Any) -> None:
        # The thread's own time: on a busy machine a stage takes longer, and is not dearer.
        began, twin = time.thread_time(), self._twin
        stage = Stage(
            latents=encode(twin, self._probe, trainer.device),
            decoder=packed_decoder(twin) if twin.latent_dim else {},
            reconstructions=self._restored(trainer),
            **known,
        )
        self._audience.stage(stage)
        self._cost = time.thread_time() - began

    def _restored(self, trainer: Trainer) -> Pixels:
        with torch.inference_mode():
            images = to_tensor(self._shown, trainer.device, torch.float32)
            images = trainer.degrader(images, -1) if trainer.degrader else images
            restored = self._twin.restore(images).float().cpu().permute(0, 2, 3, 1).numpy()
        return to_pixels(np.nan_to_num(restored))


def open_training(
    trainer: Trainer,
    selection: Selection,
    sets: Mapping[str, ImageSet],
    audience: Audience,
    control: Control | None = None,
) -> StageWatcher:
    """Tell an audience what it is about to see; the watcher returned sends it the stages.

    Parameters
    ----------
    trainer : Trainer
        About to start.
    selection : Selection
        The images of the latent index; the first 2,000 are followed.
    sets : mapping of split name to ImageSet
        Ten test images are reconstructed at each stage.
    audience : Audience
    control : Control, optional

    Returns
    -------
    StageWatcher
        It has sent the untrained network as the first stage.
    """
    height, width, channels = (int(side) for side in sets["test"].images.shape[1:])
    probe = selection.pixels[:N_PROBE]
    shown = np.asarray(sets["test"].images[:N_SHOWN])
    audience.opened(
        Opening(
            config=trainer.config,
            image_shape=(height, width, channels),
            class_names=sets["train"].class_names,
            labels=selection.labels[: len(probe)],
            splits=selection.splits[: len(probe)],
            numbers=selection.numbers[: len(probe)],
            shown=shown,
            n_steps=trainer.n_steps,
            n_epochs=trainer.n_epochs,
            seconds=trainer.seconds_to_go(),
        )
    )
    return StageWatcher(trainer, probe, shown, audience, control)

"""The training loop: it reads as a recipe and knows nothing of files, screens or checkpoints.

What is fast on a CPU, and why, is measured by ``make bench``: images as one tensor, half
precision where the machine has it, a fused optimizer, the gradient of the Bernoulli term written
directly, and a one-cycle schedule over larger batches.
"""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import torch
from torch import Tensor, nn

from latentlab.config import RunConfig
from latentlab.errors import TrainingError
from latentlab.images import Pixels
from latentlab.models.autoencoder import Autoencoder
from latentlab.training.batches import ALL, Batches, to_tensor
from latentlab.training.degrading import Degrader, make_degrader
from latentlab.training.parallel import ALONE, World
from latentlab.training.schedule import one_cycle
from latentlab.training.start import training_dtype

# The values of the loss terms are computed at this many steps of each pass; their gradient at all.
VALUES_PER_EPOCH = 16
BETAS = (0.9, 0.99)
EVALUATION_BATCH = 1000


@dataclass
class Progress:
    """How far a run is; everything a resume must know besides the tensors.

    Attributes
    ----------
    step : int
        Steps finished.
    history : list of dict
        One object per finished epoch.
    sums : dict of str to float
        Loss terms added up over the current epoch.
    n_sums : int
        How many values each sum holds.
    seconds : float
        Spent in this run so far, resumed parts included.
    """

    step: int = 0
    history: list[dict[str, float]] = field(default_factory=list)
    sums: dict[str, float] = field(default_factory=dict)
    n_sums: int = 0
    seconds: float = 0.0


class Watcher(Protocol):
    """Something that looks on while the network trains."""

    def after_step(self, trainer: Trainer) -> None:
        """See the state after each step; called often, so it must be cheap."""

    def after_epoch(self, trainer: Trainer) -> None:
        """See the state after each epoch; ``trainer.progress.history[-1]`` is the new entry."""


class Trainer:
    """A network, its optimizer and its images.

    Parameters
    ----------
    module : Autoencoder
        Trained in place.
    config : RunConfig
        What was asked for.
    train, validation : uint8 (n, height, width, channels)
        Images; training never sees the validation images, it only reports on them.
    device : torch.device
        Where to train.
    world : World
        The processes that train together; alone by default.
    """

    def __init__(
        self,
        module: Autoencoder,
        config: RunConfig,
        train: Pixels,
        validation: Pixels,
        device: torch.device,
        world: World = ALONE,
    ) -> None:
        self.world = world
        self.module = module.to(device)
        self.config = config
        self.device = device
        self.dtype = training_dtype(config.precision, device)
        self.optimizer = torch.optim.AdamW(
            module.parameters(),
            lr=config.learning_rate,
            betas=BETAS,
            weight_decay=config.weight_decay,
            fused=device.type in ("cpu", "cuda"),
        )
        self.degrader = make_degrader(config)
        share = world.share(min(config.batch_size, len(train)))
        # Damage is drawn for a batch as a whole, so every process needs all of its rows.
        self._cut = share if self.degrader else ALL
        self.batches = Batches(
            train,
            batch_size=config.batch_size,
            latent_dim=config.latent_dim,
            seed=config.seed,
            device=device,
            dtype=self.dtype,
            share=ALL if self.degrader else share,
        )
        self.validation = validation
        self.progress = Progress()
        self.n_steps = config.epochs * self.batches.per_epoch
        self.stopping = False

    @property
    def n_epochs(self) -> int:
        """Passes asked for."""
        return self.config.epochs

    def run(self, watchers: Sequence[Watcher] = ()) -> bool:
        """Train until done, or until ``stopping`` is set and the current pass is over.

        Parameters
        ----------
        watchers : sequence of Watcher
            Told after every step and every epoch.

        Returns
        -------
        bool
            True when all epochs are done and nobody asked to stop.

        Raises
        ------
        TrainingError
            If the loss is not a number: the step, and what to do.
        """
        self.module.train()
        while not self.world.any(self.stopping):
            if self.progress.step == self.n_steps:
                return True
            self._epoch(watchers)
        return False

    def _epoch(self, watchers: Sequence[Watcher]) -> None:
        epoch, first = divmod(self.progress.step, self.batches.per_epoch)
        value_every = max(1, self.batches.per_epoch // VALUES_PER_EPOCH)
        before, began = self.progress.seconds, time.perf_counter()
        for images, noise in self.batches.epoch(epoch, first):
            self._step(images, noise, with_values=self.progress.step % value_every == 0)
            self.progress.seconds = before + time.perf_counter() - began
            for watcher in watchers:
                watcher.after_step(self)
        self._close_epoch(epoch)
        for watcher in watchers:
            watcher.after_epoch(self)

    def _step(self, images: Tensor, noise: Tensor, *, with_values: bool) -> None:
        rate = one_cycle(self.progress.step, self.n_steps, self.config.learning_rate)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        damaged = self.degrader(images, self.progress.step) if self.degrader else images
        damaged, noise, images = damaged[self._cut], noise[self._cut], images[self._cut]
        with self._autocast():
            if with_values:
                losses = self.module.loss(damaged, noise, images)
                terms = {name: term.mean() for name, term in losses.items()}
                loss = terms["loss"]
                self._add_values(terms, len(images))
            else:
                loss = self.module.training_loss(damaged, noise, images)
        loss.backward()  # type: ignore[no-untyped-call]
        self.world.average_gradients(self.module, len(images))
        if self.module.gradient_limit is not None:
            nn.utils.clip_grad_norm_(self.module.parameters(), self.module.gradient_limit)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.progress.step += 1

    def _add_values(self, terms: dict[str, Tensor], n_rows: int) -> None:
        mine = {name: float(term.detach()) for name, term in terms.items()}
        values = self.world.average(mine, n_rows)
        if not math.isfinite(values["loss"]):
            raise TrainingError(
                f"The loss is not a number at step {self.progress.step} of {self.n_steps}: try a "
                f"learning rate below {self.config.learning_rate:g}, or --precision float32."
            )
        for name, value in values.items():
            self.progress.sums[name] = self.progress.sums.get(name, 0.0) + value
        self.progress.n_sums += 1

    def _close_epoch(self, epoch: int) -> None:
        means = {k: v / self.progress.n_sums for k, v in self.progress.sums.items()}
        entry: dict[str, float] = {"epoch": epoch + 1, "step": self.progress.step, **means}
        for name, value in self.evaluate(self.validation).items():
            entry[f"validation_{name}"] = value
        if not all(math.isfinite(value) for value in entry.values()):
            raise TrainingError(
                f"The validation loss is not a number after epoch {epoch + 1}: try a learning rate "
                f"below {self.config.learning_rate:g}, or --precision float32."
            )
        entry["seconds"] = round(self.progress.seconds, 3)
        self.progress.history.append(entry)
        self.progress.sums, self.progress.n_sums = {}, 0

    def evaluate(self, images: Pixels) -> dict[str, float]:
        """Return the mean loss terms over images, one fixed noise sample each, in float32."""
        return mean_terms(
            self.module, images, self.device, seed=self.config.seed, degrader=self.degrader
        )

    def _autocast(self) -> contextlib.AbstractContextManager[Any]:
        if self.dtype is torch.float32:
            return contextlib.nullcontext()
        return torch.autocast(self.device.type, dtype=self.dtype, cache_enabled=False)


def mean_terms(
    module: Autoencoder,
    images: Pixels,
    device: torch.device,
    *,
    seed: int,
    degrader: Degrader | None = None,
) -> dict[str, float]:
    """Return the mean of each loss term over images, in nats per image.

    Parameters
    ----------
    module : Autoencoder
        Put into training mode again if it was.
    images : uint8 (n, height, width, channels)
    device : torch.device
    seed : int
        Of the one noise sample drawn for each image.
    degrader : Degrader, optional
        What the network has to undo; each image is damaged in one fixed way.

    Returns
    -------
    dict of str to float
    """
    was_training = module.training
    module.eval()
    generator = torch.Generator().manual_seed(seed)
    sums: dict[str, float] = {}
    with torch.inference_mode():
        for start in range(0, len(images), EVALUATION_BATCH):
            batch = to_tensor(
                np.asarray(images[start : start + EVALUATION_BATCH]), device, torch.float32
            )
            noise = torch.randn(len(batch), module.latent_dim, generator=generator).to(device)
            damaged = degrader(batch, -1 - start) if degrader else batch
            for name, term in module.loss(damaged, noise, batch).items():
                sums[name] = sums.get(name, 0.0) + float(term.sum())
    module.train(was_training)
    return {name: total / len(images) for name, total in sums.items()}

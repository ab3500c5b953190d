"""The training loop: it reads as a recipe and knows nothing of files, screens or checkpoints.

What is fast on a CPU, and why, is measured by ``make bench``: images as one tensor, half
precision where the machine has it, a fused optimizer, the gradient of the Bernoulli term written
directly, and a one-cycle schedule over larger batches.
"""

from __future__ import annotations

import contextlib
import copy
import itertools
import math
import statistics
import time
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from latentlab.config import RunConfig
from latentlab.errors import TrainingError
from latentlab.images import Pixels
from latentlab.models.autoencoder import Autoencoder
from latentlab.training.batches import ALL, Batches
from latentlab.training.defaults import schedule
from latentlab.training.degrading import make_degrader
from latentlab.training.initialization import training_dtype
from latentlab.training.parallel import ALONE, World
from latentlab.training.schedule import one_cycle
from latentlab.training.terms import mean_terms
from latentlab.training.watching import Control, Progress, Watcher

# The values of the loss terms are computed at this many steps of each pass; their gradient at all.
VALUES_PER_EPOCH = 16
BETAS = (0.9, 0.99)
# Training stops when the validation loss has not fallen for this share of its steps.
PATIENCE = 0.3
# Training images for each validation image that is looked at after an epoch, or more.
VALIDATED = 4
# Steps that are made to see how long one takes.
REHEARSED = 8
# More nats than this for each value of an image, and the weights have run away: an untrained
# network pays about one.
ABSURD_NATS = 1e5


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
    crops : uint8 (n, n_crops, height, width, channels), optional
        Crops of each training image, one of which takes its place in each epoch.

    Attributes
    ----------
    best : dict of str to Tensor
        Weights of the epoch with the lowest validation loss; empty without early stopping.
    newest : dict of str to float
        Loss terms of the last batch they were computed for, in nats per image.
    """

    def __init__(
        self,
        module: Autoencoder,
        config: RunConfig,
        train: Pixels,
        validation: Pixels,
        device: torch.device,
        world: World = ALONE,
        crops: Pixels | None = None,
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
        batch_size, self.n_epochs = schedule(config, train)
        share = world.share(batch_size)
        # The degradation is drawn for a batch as a whole, so every process needs all of its rows.
        self._cut = share if self.degrader else ALL
        self.batches = Batches(
            train,
            batch_size=batch_size,
            latent_dim=config.latent_dim,
            seed=config.seed,
            device=device,
            dtype=self.dtype,
            share=ALL if self.degrader else share,
            crops=crops,
            mirror=bool(config.augment),
        )
        # Beside an epoch of few images, many would take longer than the training itself.
        self.validation = validation[:: max(1, round(VALIDATED * len(validation) / len(train)))]
        self.progress = Progress()
        self.best: dict[str, Tensor] = {}
        self.newest: dict[str, float] = {}
        self.n_steps = self.n_epochs * self.batches.per_epoch
        self.stopping = False
        self._absurd = ABSURD_NATS * train[0].size

    @property
    def finished(self) -> bool:
        """Whether all epochs are done, or the validation loss has long not fallen any more."""
        step = self.progress.step
        if self.config.early_stopping and step - self.progress.best_step >= max(
            PATIENCE * self.n_steps, self.batches.per_epoch + 1
        ):
            return True
        return step >= self.n_steps

    @property
    def kept_step(self) -> int:
        """The step whose weights are kept at the end."""
        return self.progress.best_step if self.best else self.progress.step

    def run(self, watchers: Sequence[Watcher] = (), control: Control | None = None) -> bool:
        """Train until done, or until ``stopping`` is set and the current epoch is over.

        Parameters
        ----------
        watchers : sequence of Watcher
            Told after every step and every epoch.
        control : Control, optional
            Looked at before every step.

        Returns
        -------
        bool
            True when the network is finished: all epochs are done, the validation loss no longer
            falls, or ``control`` says so. It then has the weights that are to be kept.

        Raises
        ------
        TrainingError
            If the loss is not a number, or absurdly large: the step, and what to do.
        """
        self.module.train()
        control = control or Control()
        while not self.world.any(self.stopping):
            if self.finished or (control.finishing and self.progress.step):
                if self.best:
                    self.module.load_state_dict(self.best)
                return True
            self._epoch(watchers, control)
            control.epoch_ended()
        return False

    def _epoch(self, watchers: Sequence[Watcher], control: Control) -> None:
        epoch, first = divmod(self.progress.step, self.batches.per_epoch)
        value_every = max(1, self.batches.per_epoch // VALUES_PER_EPOCH)
        before, began = self.progress.seconds, time.perf_counter()
        for images, noise in self.batches.epoch(epoch, first):
            began += control.wait(self)
            if control.finishing and self.progress.step:
                break
            self._step(images, noise, with_values=self.progress.step % value_every == 0)
            self.progress.seconds = before + time.perf_counter() - began
            for watcher in watchers:
                watcher.after_step(self)
        if self.progress.n_sums:  # an epoch that was ended at its first step has nothing to tell
            self._close_epoch(epoch)
            for watcher in watchers:
                watcher.after_epoch(self)

    def _step(self, images: Tensor, noise: Tensor, *, with_values: bool) -> None:
        rate = one_cycle(self.progress.step, self.n_steps, self.config.learning_rate)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        degraded = self.degrader(images, self.progress.step) if self.degrader else images
        degraded, noise, images = degraded[self._cut], noise[self._cut], images[self._cut]
        with self._autocast():
            if with_values:
                losses = self.module.loss(degraded, noise, images)
                terms = {name: term.mean() for name, term in losses.items()}
                loss = terms["loss"]
                self._add_values(terms, len(images))
            else:
                loss = self.module.training_loss(degraded, noise, images)
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
        self.newest = values
        self._check(values["loss"], f"The loss at step {self.progress.step} of {self.n_steps}")
        for name, value in values.items():
            self.progress.sums[name] = self.progress.sums.get(name, 0.0) + value
        self.progress.n_sums += 1

    def _close_epoch(self, epoch: int) -> None:
        means = {k: v / self.progress.n_sums for k, v in self.progress.sums.items()}
        entry: dict[str, float] = {"epoch": epoch + 1, "step": self.progress.step, **means}
        for name, value in self.evaluate(self.validation).items():
            entry[f"validation_{name}"] = value
        validation = entry["validation_loss"]
        self._check(
            validation if all(map(math.isfinite, entry.values())) else math.nan,
            f"The validation loss after epoch {epoch + 1}, step {self.progress.step},",
        )
        self._keep_best(validation)
        entry["seconds"] = round(self.progress.seconds, 3)
        self.progress.history.append(entry)
        self.progress.sums, self.progress.n_sums = {}, 0

    def seconds_to_go(self) -> float:
        """Estimate the seconds that are left, from what was measured so far or in a rehearsal.

        Before the first step a few steps and one evaluation are made with a copy of the network:
        nothing of the run is changed.
        """
        done = self.progress.step
        if not done:
            return self._rehearse()
        return self.progress.seconds / done * max(0, self.n_steps - done)

    def _rehearse(self) -> float:
        twin = copy.copy(self)
        twin.module = copy.deepcopy(self.module)
        twin.optimizer = torch.optim.AdamW(twin.module.parameters(), lr=0.0)
        twin.progress, twin.world, times = Progress(), ALONE, []
        twin.module.train()
        for images, noise in itertools.islice(self.batches.epoch(0), REHEARSED):
            began = time.perf_counter()
            twin._step(images, noise, with_values=False)
            times.append(time.perf_counter() - began)
        began = time.perf_counter()
        twin.evaluate(self.validation)
        evaluating = time.perf_counter() - began
        # The first steps prepare what all later ones use.
        return (
            statistics.median(times[len(times) // 2 :]) * self.n_steps + evaluating * self.n_epochs
        )

    def _check(self, loss: float, what: str) -> None:
        if math.isfinite(loss) and loss <= self._absurd:
            return
        is_what = f"is {loss:.2g} nats per image" if math.isfinite(loss) else "is not a number"
        raise TrainingError(
            f"{what} {is_what}: try a learning rate below {self.config.learning_rate:g}, or "
            "--precision float32."
        )

    def _keep_best(self, loss: float) -> None:
        if not self.config.early_stopping:
            return
        if self.progress.best_loss is None or loss < self.progress.best_loss:
            self.progress.best_step, self.progress.best_loss = self.progress.step, loss
            state = self.module.state_dict()
            self.best = {name: tensor.detach().clone() for name, tensor in state.items()}

    def evaluate(self, images: Pixels) -> dict[str, float]:
        """Return the mean loss terms over images, one fixed noise sample each, in float32.

        Parameters
        ----------
        images : uint8 (n, height, width, channels)

        Returns
        -------
        dict of str to float
            Nats per image, by the name of the term.
        """
        return mean_terms(
            self.module, images, self.device, seed=self.config.seed, degrader=self.degrader
        )

    def _autocast(self) -> contextlib.AbstractContextManager[Any]:
        if self.dtype is torch.float32:
            return contextlib.nullcontext()
        return torch.autocast(self.device.type, dtype=self.dtype, cache_enabled=False)

"""pythae's TrainingPipeline on the network of ``bench_training``, until the test ELBO is reached.

pythae is no dependency of this project: `bench_training` imports this module only where pythae is.
"""

from __future__ import annotations

import logging
import tempfile
import time
from contextlib import suppress

import numpy as np
import torch
from pythae.models import VAE, VAEConfig
from pythae.models.base.base_utils import ModelOutput
from pythae.models.nn import BaseDecoder, BaseEncoder
from pythae.pipelines import TrainingPipeline
from pythae.trainers import BaseTrainerConfig
from pythae.trainers.training_callbacks import TrainingCallback
from torch import Tensor, nn

from latentlab import data
from latentlab.images import to_float


class Encoder(BaseEncoder):
    """784-400-20 twice."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = nn.Sequential(nn.Flatten(), nn.Linear(784, 400), nn.ReLU())
        self.mean, self.log_variance = nn.Linear(400, 20), nn.Linear(400, 20)

    def forward(self, images: Tensor) -> ModelOutput:
        hidden = self.hidden(images)
        return ModelOutput(embedding=self.mean(hidden), log_covariance=self.log_variance(hidden))


class Decoder(BaseDecoder):
    """20-400-784."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(20, 400), nn.ReLU(), nn.Linear(400, 784), nn.Sigmoid()
        )

    def forward(self, latents: Tensor) -> ModelOutput:
        return ModelOutput(reconstruction=self.layers(latents).reshape(-1, 1, 28, 28))


class Reached(Exception):  # noqa: N818  (not an error)
    """Ends the pipeline, which itself would go on."""


class Watch(TrainingCallback):
    """Keeps the test ELBO after every epoch; stops the pipeline at the target."""

    def __init__(self, target: float) -> None:
        self.target = target
        self.elbos: list[float] = []

    def on_log(self, _config: object, logs: dict[str, float], **_more: object) -> None:
        self.elbos.append(float(logs["eval_epoch_loss"]))
        if self.elbos[-1] <= self.target:
            raise Reached


def train_with_pythae(seed: int, target: float, most_epochs: int) -> tuple[float, float, int]:
    """Train; return seconds, test ELBO and epochs, the test pass after every epoch included."""
    logging.disable(logging.INFO)
    torch.manual_seed(seed)
    began = time.perf_counter()
    train = [to_float(data.load("mnist", split).images) for split in ("train", "validation")]
    test = to_float(data.load("mnist", "test").images)
    images, tested = (
        torch.from_numpy(part).permute(0, 3, 1, 2).contiguous()
        for part in (np.concatenate(train), test)
    )
    model = VAE(
        VAEConfig(input_dim=(1, 28, 28), latent_dim=20, reconstruction_loss="bce"),
        encoder=Encoder(),
        decoder=Decoder(),
    )
    watch = Watch(target)
    with tempfile.TemporaryDirectory() as folder:
        config = BaseTrainerConfig(
            output_dir=folder,
            num_epochs=most_epochs,
            learning_rate=1e-3,
            per_device_train_batch_size=128,
            per_device_eval_batch_size=100,
            seed=seed,
            no_cuda=True,
        )
        pipeline = TrainingPipeline(model=model, training_config=config)
        with suppress(Reached):
            pipeline(images, eval_data=tested, callbacks=[watch])
    logging.disable(logging.NOTSET)
    return time.perf_counter() - began, watch.elbos[-1], len(watch.elbos)

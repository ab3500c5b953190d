"""A trained network as functions on arrays: images in, latents out, and back.

This is all the app and ``analysis`` ever see of a network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import torch

from latentlab import models
from latentlab.errors import CheckpointError
from latentlab.tasks import TASKS

if TYPE_CHECKING:
    from latentlab.checkpoints import Checkpoint
    from latentlab.config import RunConfig
    from latentlab.models.autoencoder import Autoencoder

Floats = npt.NDArray[np.float32]

# Larger batches gain nothing on a CPU and cost memory.
BATCH = 1024
# A U-Net keeps every size it has seen; smaller batches stay in the processor's cache.
RESTORE_BATCH = 64


class TorchCodec:
    """Encode and decode with a trained torch network, on the CPU, in float32.

    Parameters
    ----------
    module : Autoencoder
        The network; put into evaluation mode.
    image_shape : (int, int, int)
        Height, width, channels.

    Attributes
    ----------
    image_shape : (int, int, int)
    latent_dim : int
    module : Autoencoder
        For exporters; never to be trained.
    """

    def __init__(self, module: Autoencoder, image_shape: tuple[int, int, int]) -> None:
        self.module = module.eval().requires_grad_(False).float().cpu()
        self.image_shape = image_shape
        self.latent_dim = module.latent_dim

    def encode(self, images: Floats) -> Floats:
        """Encode images.

        Parameters
        ----------
        images : float32 (n, height, width, channels)
            Values in [0, 1].

        Returns
        -------
        float32 (n, latent_dim)
            The latents; for a VAE the means of q(z|x).
        """
        return self.encode_stats(images)[0]

    def encode_stats(self, images: Floats) -> tuple[Floats, Floats | None]:
        """Encode images to mean and standard deviation.

        Parameters
        ----------
        images : float32 (n, height, width, channels)
            Values in [0, 1].

        Returns
        -------
        means : float32 (n, latent_dim)
        stds : float32 (n, latent_dim) or None
            None for a plain autoencoder.
        """
        means, stds = [np.zeros((0, self.latent_dim), np.float32)], []
        _one_thread()
        with torch.inference_mode():
            for start in range(0, len(images), BATCH):
                mean, log_variance = self.module.encode(_to_nchw(images[start : start + BATCH]))
                means.append(mean.numpy())
                if log_variance is not None:
                    stds.append(torch.exp(0.5 * log_variance).numpy())
        return np.concatenate(means), np.concatenate(stds) if stds else None

    def decode(self, latents: Floats) -> Floats:
        """Decode latents.

        Parameters
        ----------
        latents : float32 (n, latent_dim)

        Returns
        -------
        float32 (n, height, width, channels)
            Values in [0, 1].
        """
        images = [np.zeros((0, *self.image_shape), np.float32)]
        _one_thread()
        with torch.inference_mode():
            for start in range(0, len(latents), BATCH):
                # A copy: index arrays are read-only and torch warns about those.
                batch = torch.from_numpy(np.array(latents[start : start + BATCH], np.float32))
                images.append(self.module.decode(batch).permute(0, 2, 3, 1).numpy())
        return np.concatenate(images)

    def reconstruct(self, images: Floats) -> Floats:
        """Encode and decode: float32 (n, height, width, channels) in [0, 1], same out."""
        if not self.latent_dim:
            return self.restore(images)
        return self.decode(self.encode(images))

    def restore(self, images: Floats) -> Floats:
        """Let the network undo what it has learned to undo.

        Parameters
        ----------
        images : float32 (n, height, width, channels)
            Damaged images in [0, 1]; of any size if the network has no latent.

        Returns
        -------
        float32, same shape
            Restored images in [0, 1], as the network answers: see ``Task.finish``.
        """
        restored = [np.zeros((0, *images.shape[1:]), np.float32)]
        _one_thread()
        with torch.inference_mode():
            for start in range(0, len(images), RESTORE_BATCH):
                answer = self.module.restore(_to_nchw(images[start : start + RESTORE_BATCH]))
                restored.append(answer.permute(0, 2, 3, 1).numpy())
        return np.concatenate(restored)


def load_codec(checkpoint: Checkpoint) -> TorchCodec:
    """Build the network a checkpoint asks for and give it the stored weights, strictly.

    Parameters
    ----------
    checkpoint : Checkpoint
        An opened checkpoint.

    Returns
    -------
    TorchCodec
        Ready to encode and decode.

    Raises
    ------
    CheckpointError
        If a tensor is missing, surplus or of another shape than the network's.
    """
    manifest = checkpoint.manifest
    module = build_for(manifest.config, manifest.image_shape)
    stored = checkpoint.weights()
    wanted = module.state_dict()
    for name in sorted(set(stored) ^ set(wanted)):
        state = "missing" if name in wanted else "surplus"
        raise CheckpointError(
            f"The checkpoint '{checkpoint.name}' does not fit its network: the tensor "
            f"'{name}' is {state}. Train it again."
        )
    for name, tensor in wanted.items():
        if tuple(tensor.shape) != stored[name].shape:
            raise CheckpointError(
                f"The checkpoint '{checkpoint.name}' does not fit its network: '{name}' has shape "
                f"{stored[name].shape} where {tuple(tensor.shape)} is needed. Train it again."
            )
    module.load_state_dict(
        {name: torch.from_numpy(np.array(array, np.float32)) for name, array in stored.items()}
    )
    return TorchCodec(module, manifest.image_shape)


def build_for(config: RunConfig, image_shape: tuple[int, int, int]) -> Autoencoder:
    """Build the untrained network that a run config asks for."""
    return models.build(
        config.model,
        body=config.body,
        image_shape=image_shape,
        latent_dim=config.latent_dim,
        hidden=config.hidden,
        likelihood=config.likelihood,
        beta=config.beta,
        predicts=TASKS[config.task].predicts if config.task in TASKS else "image",
    )


def _to_nchw(images: Floats) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(images.transpose(0, 3, 1, 2), np.float32))


def _one_thread() -> None:
    # Threads of the app each start with torch's default; one is fastest for single images, and
    # setting it in another thread has no effect here.
    torch.set_num_threads(1)

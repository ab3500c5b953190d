"""A trained network as functions on arrays: images in, latents out, and back.

This is all the app and ``analysis`` ever see of a network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt
import torch

from latentlab import models
from latentlab.checkpoints import GRAPHS, specs_of
from latentlab.checkpoints.schema import LARGEST
from latentlab.errors import CheckpointError, NetworkError
from latentlab.graphs.stored import check_stored
from latentlab.images import printable
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


class Network(Protocol):
    """A network that can be measured: what `TorchCodec` offers, by whatever it is run."""

    image_shape: tuple[int, int, int]
    latent_dim: int
    decodes: bool

    def encode(self, images: Floats, /) -> Floats:
        """Encode images (n, h, w, c) in [0, 1] to latents (n, z), of a VAE the means; float32."""
        ...

    def encode_stats(self, images: Floats, /) -> tuple[Floats, Floats | None]:
        """Encode images to mean and standard deviation (n, z), None for a plain autoencoder."""
        ...

    def decode(self, latents: Floats, /) -> Floats:
        """Decode latents (n, z) to images (n, h, w, c) in [0, 1]; float32."""
        ...

    def reconstruct(self, images: Floats, /) -> Floats:
        """Encode and decode images: (n, h, w, c) in [0, 1], same out."""
        ...

    def restore(self, images: Floats, /) -> Floats:
        """Undo a degradation of images: (n, h, w, c) in [0, 1], same out."""
        ...


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

    decodes = True

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
            Degraded images in [0, 1]; of any size if the network has no latent.

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


def load_codec(checkpoint: Checkpoint) -> Network:
    """Return a checkpoint's network; one from elsewhere runs in ONNX Runtime.

    Raises CheckpointError if it is damaged or its weights do not fit; see `load_trained`.
    """
    return _load_own(checkpoint) if checkpoint.manifest.is_own else load_trained(checkpoint)


def load_trained(checkpoint: Checkpoint) -> TorchCodec:
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
        If a tensor is missing, surplus or of another shape than the network's, or the weights are
        so large that the network answers with no numbers.
    """
    check_network(checkpoint)
    manifest = checkpoint.manifest
    module = build_for(manifest.config, manifest.image_shape)
    stored = checkpoint.weights().items()
    module.load_state_dict({k: torch.from_numpy(np.array(v, np.float32)) for k, v in stored})
    codec = TorchCodec(module, manifest.image_shape)
    _check_answers(codec, checkpoint.name)
    return codec


def _load_own(checkpoint: Checkpoint) -> Network:
    from latentlab.graphs.codec import OnnxCodec

    manifest = checkpoint.manifest
    shape, latent_dim = manifest.image_shape, manifest.config.latent_dim
    try:
        halves = [
            None
            if (content := checkpoint.graph(file)) is None
            else check_stored(content, file, image_shape=shape, latent_dim=latent_dim)
            for file in GRAPHS
        ]
        codec = OnnxCodec(*halves, image_shape=shape, latent_dim=latent_dim)
        _check_answers(codec, checkpoint.name, encodes=manifest.encodes)
    except NetworkError as error:
        raise CheckpointError(f"'{printable(checkpoint.name)}' cannot be run: {error}") from None
    return codec


def _check_answers(codec: Network, name: str, *, encodes: bool = True) -> None:
    """Let the network answer once to black, gray and white."""
    levels = np.array([0, 0.5, 1], np.float32)[:, None, None, None]
    images = np.broadcast_to(levels, (3, *codec.image_shape))
    answers = list(codec.encode_stats(images)) if encodes else []
    if codec.decodes:
        latents = answers[0] if codec.latent_dim and answers else None
        if latents is None:
            latents = np.zeros((1, codec.latent_dim), np.float32)
        answers.append(codec.decode(latents) if codec.latent_dim else codec.restore(images))
    # False for what is not a number, too.
    if not all((np.abs(answer) <= LARGEST).all() for answer in answers if answer is not None):
        raise CheckpointError(
            f"The network of '{name}' answers with values too large to compute with. Train it "
            "again, with a lower learning rate."
        )


def check_network(checkpoint: Checkpoint) -> None:
    """Prove that the weights fit the network, by shapes alone: neither is there in memory.

    Raises
    ------
    CheckpointError
        If a tensor is missing, surplus or of another shape than the network's.
    """
    manifest = checkpoint.manifest
    if manifest.is_own:
        return  # `Checkpoint.prove` has read the graphs
    with torch.device("meta"):
        wanted = build_for(manifest.config, manifest.image_shape).state_dict()
    stored = specs_of(manifest, "weights.safetensors")
    start = f"The checkpoint '{checkpoint.name}' does not fit its network"
    for name in sorted(set(stored) ^ set(wanted)):
        state = "missing" if name in wanted else "surplus"
        shown = printable(name)
        raise CheckpointError(f"{start}: the tensor '{shown}' is {state}. Train it again.")
    for name, tensor in wanted.items():
        if tuple(tensor.shape) != stored[name].shape:
            raise CheckpointError(
                f"{start}: '{name}' has shape {stored[name].shape} where {tuple(tensor.shape)} is "
                "needed. Train it again."
            )


def build_for(config: RunConfig, image_shape: tuple[int, int, int]) -> Autoencoder:
    """Build the untrained network of a run config for images (height, width, channels)."""
    return models.build(
        config.model,
        body=config.body,
        image_shape=image_shape,
        latent_dim=config.latent_dim,
        hidden=config.hidden,
        likelihood=config.likelihood,
        beta=config.beta,
        predicts=TASKS[config.task].predicts if config.task in TASKS else "image",
        blocks=config.blocks,
    )


def _to_nchw(images: Floats) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(images.transpose(0, 3, 1, 2), np.float32))


def _one_thread() -> None:
    # Threads of the app each start with torch's default; one is fastest for single images, and
    # setting it in another thread has no effect here.
    torch.set_num_threads(1)

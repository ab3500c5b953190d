"""What a training starts with: its arithmetic, and a decoder that draws the mean image."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import numpy as np
import torch

from latentlab.images import Pixels
from latentlab.models.autoencoder import Autoencoder
from latentlab.models.unet import UNet
from latentlab.training.batches import to_tensor


def training_dtype(precision: str, device: torch.device) -> torch.dtype:
    """Choose the arithmetic: bfloat16 where asked for, or where the machine is fast at it.

    Parameters
    ----------
    precision : {"auto", "float32", "bfloat16"}
    device : torch.device

    Returns
    -------
    torch.dtype
        float32 or bfloat16.
    """
    if precision == "bfloat16":
        return torch.bfloat16
    if precision == "float32":
        return torch.float32
    supported: dict[str, Callable[[], bool]] = {
        # Emulated bfloat16 (AVX-512 without the bf16 instructions) is slower than float32.
        "cpu": lambda: bool(getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)()),
        "cuda": torch.cuda.is_bf16_supported,
    }
    fast = supported.get(device.type, lambda: False)()
    return torch.bfloat16 if fast else torch.float32


@contextlib.contextmanager
def one_thread(wanted: bool) -> Iterator[None]:
    """Let torch compute on one thread while the block runs, where that is wanted.

    Parameters
    ----------
    wanted : bool
        False changes nothing.
    """
    before = torch.get_num_threads()
    if wanted:
        torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def start_from_mean(module: Autoencoder | UNet, images: Pixels) -> None:
    """Set the last bias of the decoder so that the untrained network decodes the mean image.

    Parameters
    ----------
    module : Autoencoder
        Changed in place.
    images : uint8 (n, height, width, channels)
        Training images; the first 10,000 are used.
    """
    if isinstance(module, UNet):
        module.prepare(to_tensor(images[:10_000], torch.device("cpu"), torch.float32))
        return
    mean = images[:10_000].mean(axis=0, dtype=np.float64).transpose(2, 0, 1) / 255
    clipped = torch.from_numpy(np.clip(mean, 1e-3, 1 - 1e-3)).float()
    last = [layer for layer in module.decoder if getattr(layer, "bias", None) is not None][-1]
    with torch.no_grad():
        if isinstance(last, torch.nn.Linear):
            last.bias.copy_(torch.logit(clipped).flatten())
        elif isinstance(last, torch.nn.Conv2d | torch.nn.ConvTranspose2d) and last.bias is not None:
            last.bias.copy_(torch.logit(clipped.mean(dim=(1, 2))))

"""The weights as a checkpoint has them: every figure is theirs."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from latentlab.codec import TorchCodec
from latentlab.config import RunConfig
from latentlab.data import ImageSet
from latentlab.models.autoencoder import Autoencoder


def as_stored(module: Autoencoder, train: ImageSet, config: RunConfig) -> TorchCodec:
    """Return the codec with weights as they will be stored, so that every figure is theirs.

    Parameters
    ----------
    module : Autoencoder
        Changed in place: brought to the CPU and rounded.
    train : ImageSet
        Says how large images are.
    config : RunConfig
        ``weights_dtype`` says how weights are stored.

    Returns
    -------
    TorchCodec
    """
    height, width, channels = (int(side) for side in train.images.shape[1:])
    module = module.cpu().float()
    if config.weights_dtype == "float16":
        with torch.no_grad():
            for tensor in module.state_dict().values():
                if tensor.is_floating_point():
                    tensor.copy_(tensor.half().float())
    return TorchCodec(module, (height, width, channels))


def stored_weights(codec: TorchCodec, config: RunConfig) -> dict[str, np.ndarray[Any, Any]]:
    """Return the weights as a checkpoint has them.

    Parameters
    ----------
    codec : TorchCodec
        From `as_stored`.
    config : RunConfig

    Returns
    -------
    dict of str to float32 or float16 array
        By torch's names.
    """
    dtype = np.float16 if config.weights_dtype == "float16" else np.float32
    return {
        name: tensor.numpy().astype(dtype) for name, tensor in codec.module.state_dict().items()
    }

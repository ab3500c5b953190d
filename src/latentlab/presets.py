"""The settings of the shipped checkpoints: ``make checkpoints`` rebuilds them all.

They were chosen on validation images. Each entry holds only what differs from the image set's own
defaults, and is given to ``make_config``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from latentlab.errors import ConfigError, unknown_name

_MNIST: Mapping[str, Any] = {
    "dataset": "mnist",
    "body": "dense",
    "hidden": (512, 512),
    "batch_size": 256,
    "weights_dtype": "float16",
}
_SHAPES: Mapping[str, Any] = {
    "dataset": "shapes",
    "body": "conv",
    "weights_dtype": "float16",
}

PRESETS: Mapping[str, Mapping[str, Any]] = {
    "digits-vae-z2": {"dataset": "digits", "model": "vae", "latent_dim": 2},
    "shapes-vae-z8": {**_SHAPES, "model": "vae", "latent_dim": 8},
    "shapes-ae-z2": {**_SHAPES, "model": "ae", "latent_dim": 2},
    "mnist-ae-z2": {**_MNIST, "model": "ae", "latent_dim": 2, "epochs": 40},
    "mnist-vae-z2": {**_MNIST, "model": "vae", "latent_dim": 2, "epochs": 100},
    "mnist-vae-z2-beta10": {**_MNIST, "model": "vae", "latent_dim": 2, "beta": 10, "epochs": 30},
    "mnist-vae-z16": {**_MNIST, "model": "vae", "latent_dim": 16, "epochs": 60},
}


def preset(name: str) -> Mapping[str, Any]:
    """Return the settings of a shipped checkpoint.

    Raises
    ------
    ConfigError
        If there is none of that name.
    """
    if name not in PRESETS:
        raise ConfigError(unknown_name("preset", name, PRESETS))
    return PRESETS[name]

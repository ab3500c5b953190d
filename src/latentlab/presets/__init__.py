"""The settings of the shipped checkpoints: ``make checkpoints`` rebuilds them all.

They were chosen on validation images. Each entry holds only what differs from the image set's own
defaults, and is given to ``make_config``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from latentlab.errors import ConfigError, unknown_name
from latentlab.presets.families import BETAS, FAMILIES, LESSONS, MEMBERS, NO_SEVENS, SIZES

__all__ = ["BETAS", "FAMILIES", "LESSONS", "MEMBERS", "PRESETS", "SIZES", "preset"]

# What the map page is honest with: small beside the weights.
_MAPS: Mapping[str, Any] = {"projections": ("pca", "umap", "tsne"), "map_variants": True}
_DIGITS: Mapping[str, Any] = {
    **_MAPS,
    "dataset": "digits",
    "latent_dim": 2,
    "weights_dtype": "float16",
}
_DIGITS_VAE: Mapping[str, Any] = {**_DIGITS, "model": "vae", "epochs": 60, "batch_size": 64}
_MNIST: Mapping[str, Any] = {
    **_MAPS,
    "dataset": "mnist",
    "body": "dense",
    "hidden": (512, 512, 512),
    "batch_size": 256,
    "weights_dtype": "float16",
    # Decoders of half a million weights and more: only a few stages of them.
    "timeline_mb": 1.0,
    # Room: all shipped checkpoints together stay under 60 MB.
    "index_size": 5000,
}
_SHAPES: Mapping[str, Any] = {
    **_MAPS,
    "dataset": "shapes",
    "body": "conv",
    "weights_dtype": "float16",
    "index_size": 5000,
    "epochs": 20,
    "batch_size": 256,
}
# Looked at while they learn rather than as maps.
_FEW_MAPS: Mapping[str, Any] = {"projections": ("pca", "umap"), "map_variants": False}
# Anomaly detection: sevens are left out of training. One map is enough, and little of the timeline.
_NO_SEVENS: Mapping[str, Any] = {
    **_MNIST,
    "model": "vae",
    "normal_classes": NO_SEVENS,
    "projections": ("pca", "umap"),
    "map_variants": False,
    "timeline_mb": 0.2,
    "index_size": 2000,
    "epochs": 30,
}

_CIFAR: Mapping[str, Any] = {
    "dataset": "folder:cifar10",
    "body": "conv",
    "batch_size": 64,
    "learning_rate": 3e-3,
    "augment": False,
    "weights_dtype": "float16",
    "index_size": 1000,
}
_UNET: Mapping[str, Any] = {
    "model": "unet",
    "blocks": "plain",
    "latent_dim": 0,
    "hidden": (32, 64),
    "projections": (),
}
_RESTORED_DIGITS: Mapping[str, Any] = {
    "model": "ae",
    "body": "dense",
    "likelihood": "bernoulli",
    "batch_size": 256,
    "weights_dtype": "float16",
    "index_size": 1500,
    "timeline_mb": 0,
    "projections": ("pca", "umap"),
}

_DIGITS_UNET: Mapping[str, Any] = {
    **_UNET,
    "dataset": "digits",
    "body": "conv",
    "batch_size": 64,
    "weights_dtype": "float16",
    "index_size": 1000,
    "timeline_mb": 0,
    "epochs": 30,
}
# A thousand images are few for a U-Net: in the mirror as well. It gains from more steps rather than
# from more images in each.
_MANY_STEPS: Mapping[str, Any] = {"blocks": "residual", "augment": True, "batch_size": 16}
_SMALL_DIGITS: Mapping[str, Any] = {
    **_RESTORED_DIGITS,
    "dataset": "digits",
    "latent_dim": 16,
    "hidden": (192, 96),
    "batch_size": 128,
    "epochs": 100,
    "projections": ("pca",),
}

PRESETS: Mapping[str, Mapping[str, Any]] = {
    **MEMBERS,
    **LESSONS,
    "digits-vae-z2": _DIGITS_VAE,
    # The same recipe from another start, for Explore's "Rotate the axes"; it needs no timeline.
    "digits-vae-z2-seed1": {**_DIGITS_VAE, "seed": 1, "timeline_mb": 0},
    # The same network without the KL term, and with ten times as much of it.
    "digits-ae-z2": {**_DIGITS, "model": "ae"},
    "digits-vae-z2-beta10": {**_DIGITS, "model": "vae", "beta": 10},
    "shapes-vae-z8": {**_SHAPES, "model": "vae", "latent_dim": 8, "timeline_mb": 0.25},
    # The three that the Training page compares, as those of the digits.
    "shapes-ae-z2": {**_SHAPES, "model": "ae", "latent_dim": 2},
    "shapes-vae-z2": {**_SHAPES, **_FEW_MAPS, "model": "vae", "latent_dim": 2},
    "shapes-vae-z2-beta10": {
        **_SHAPES,
        **_FEW_MAPS,
        "model": "vae",
        "latent_dim": 2,
        "beta": 10,
    },
    "mnist-ae-z2": {
        **_MNIST,
        "model": "ae",
        "latent_dim": 2,
        "hidden": (512, 256, 128),
        "epochs": 25,
    },
    "mnist-vae-z2": {
        **_MNIST,
        "model": "vae",
        "latent_dim": 2,
        "epochs": 110,
        "weight_decay": 0.1,
    },
    # Small enough for its decoder to be stored at every stage.
    "mnist-vae-z2-small": {
        **_MNIST,
        **_FEW_MAPS,
        "model": "vae",
        "latent_dim": 2,
        "hidden": (64, 256, 128),
        "timeline_mb": 5.0,
        "index_size": 2000,
        "epochs": 40,
    },
    "mnist-vae-z2-beta10": {
        **_MNIST,
        "model": "vae",
        "latent_dim": 2,
        "beta": 10,
        "hidden": (512, 256, 128),
        "epochs": 20,
    },
    "mnist-vae-z16": {
        **_MNIST,
        "model": "vae",
        "latent_dim": 16,
        "hidden": (512, 512),
        "timeline_mb": 0.25,
        "epochs": 220,
        "weight_decay": 0.08,
    },
    "mnist-normal-no7-z2": {**_NO_SEVENS, "latent_dim": 2, "hidden": (384, 192)},
    "mnist-normal-no7-z16": {
        **_NO_SEVENS,
        "latent_dim": 16,
        "hidden": (256, 128),
        "epochs": 20,
        "weight_decay": 0.03,
    },
    "digits-denoise": {
        **_RESTORED_DIGITS,
        "dataset": "digits",
        "task": "denoise",
        "latent_dim": 16,
        "hidden": (256, 128),
        "epochs": 150,
        "batch_size": 128,
    },
    # The same task without a bottleneck, for the two to stand in one row.
    "digits-denoise-unet": {**_DIGITS_UNET, **_MANY_STEPS, "task": "denoise"},
    "digits-enlarge-unet": {
        **_DIGITS_UNET,
        **_MANY_STEPS,
        "task": "enlarge",
        "hidden": (24, 48),
        "epochs": 10,
    },
    "digits-unwatermark": {**_DIGITS_UNET, "task": "unwatermark"},
    "digits-inpaint": {**_SMALL_DIGITS, "task": "inpaint"},
    "mnist-denoise": {
        **_RESTORED_DIGITS,
        "dataset": "mnist",
        "task": "denoise",
        "latent_dim": 32,
        "hidden": (256, 128),
        "epochs": 40,
    },
    "mnist-denoise-unet": {
        **_DIGITS_UNET,
        "dataset": "mnist",
        "task": "denoise",
        "hidden": (48, 96),
        "epochs": 12,
    },
    "mnist-unwatermark": {
        **_RESTORED_DIGITS,
        "dataset": "mnist",
        "task": "unwatermark",
        "latent_dim": 32,
        "hidden": (256, 128),
        "epochs": 25,
    },
    "shapes-colorize": {
        **_UNET,
        "dataset": "shapes",
        "task": "colorize",
        "body": "conv",
        "batch_size": 64,
        "weights_dtype": "float16",
        "index_size": 1000,
        "n_images": 6000,
        "epochs": 5,
    },
    "cifar10-denoise-unet": {
        **_CIFAR,
        **_UNET,
        "task": "denoise",
        "hidden": (64, 128),
        "epochs": 24,
    },
    "cifar10-colorize-unet": {
        **_CIFAR,
        **_UNET,
        "task": "colorize",
        "epochs": 10,
    },
    "cifar10-colorize-z64": {
        **_CIFAR,
        "task": "colorize",
        "model": "ae",
        "latent_dim": 64,
        "hidden": (32, 64, 96),
        "likelihood": "gaussian",
        "batch_size": 128,
        "projections": ("pca",),
        "timeline_mb": 0,
        "index_size": 500,
        "epochs": 4,
    },
    "cifar10-inpaint-unet": {
        **_CIFAR,
        **_UNET,
        "task": "inpaint",
        "hidden": (32, 64, 128),
        "epochs": 12,
    },
}


def preset(name: str) -> Mapping[str, Any]:
    """Return the settings of a shipped checkpoint.

    Parameters
    ----------
    name : str
        A key of ``PRESETS``.

    Returns
    -------
    mapping of str to value
        Fields of the run config that differ from the image set's defaults.

    Raises
    ------
    ConfigError
        If there is none of that name.
    """
    if name not in PRESETS:
        raise ConfigError(unknown_name("preset", name, PRESETS))
    return PRESETS[name]

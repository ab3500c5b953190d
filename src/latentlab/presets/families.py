"""Small networks that differ in one setting only, to be compared with each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NO_SEVENS = ("0", "1", "2", "3", "4", "5", "6", "8", "9")

# What the lessons compare: one small network with more and more of the KL term, and without it; and
# one trained without sevens, of images that everybody has.
BETAS = (0.1, 0.3, 1, 3, 10)
_LESSON: Mapping[str, Any] = {
    "dataset": "digits",
    "latent_dim": 8,
    "hidden": (64,),
    "weights_dtype": "float16",
    "index_size": 600,
    "timeline_mb": 0,
    "projections": ("pca",),
}
LESSONS: Mapping[str, Mapping[str, Any]] = {
    "lesson-digits-ae-z8": {**_LESSON, "model": "ae"},
    **{
        f"lesson-digits-vae-z8-beta{beta:g}": {**_LESSON, "model": "vae", "beta": beta}
        for beta in BETAS
    },
    "lesson-digits-normal-no7-z8": {**_LESSON, "model": "vae", "normal_classes": NO_SEVENS},
}

# Families: networks that differ only in the size of their latent, for the Bottleneck page. Small
# ones, and a lean index: what they are for is measured on all images when they are trained.
SIZES = (1, 2, 4, 8, 16, 32, 64)
_FAMILY: Mapping[str, Any] = {
    "hidden": (64, 96),
    "weights_dtype": "float16",
    "index_size": 300,
    "timeline_mb": 0,
    "projections": ("pca",),
}
FAMILIES: Mapping[str, Mapping[str, Any]] = {
    "bottleneck-digits-ae": {**_FAMILY, "dataset": "digits", "model": "ae"},
    "bottleneck-digits-vae": {**_FAMILY, "dataset": "digits", "model": "vae"},
    "bottleneck-mnist-ae": {**_FAMILY, "dataset": "mnist", "model": "ae", "steps": 3000},
}
MEMBERS: Mapping[str, Mapping[str, Any]] = {
    f"{family}-z{size}": {**settings, "latent_dim": size}
    for family, settings in FAMILIES.items()
    for size in SIZES
}

"""The 60,000 latents (z = 16) that several benchmarks measure on, and new ones to ask."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from latentlab import data
from latentlab.checkpoints import checkpoints_root, open_checkpoint
from latentlab.codec import load_codec
from latentlab.errors import LatentlabError
from latentlab.images import to_float

N, DIM = 60_000, 16
N_NEW = 10_000
CHECKPOINT = "mnist-vae-z16"

Latents = NDArray[np.float32]
Labels = NDArray[np.integer]


def sixty_thousand(checkpoint: str = CHECKPOINT) -> tuple[Latents, Labels, str]:
    """Latents, labels, and where they are from: MNIST where it is here, a mixture otherwise."""
    latents, labels, source = _all(checkpoint)
    return latents[:N], labels[:N], source


def new_ones(checkpoint: str = CHECKPOINT) -> Latents:
    """Latents like the 60,000 that are not among them: MNIST's test images."""
    return _all(checkpoint)[0][N:]


@lru_cache(maxsize=1)
def _all(checkpoint: str) -> tuple[Latents, Labels, str]:
    try:
        codec = load_codec(open_checkpoint(checkpoints_root(Path("checkpoints")) / checkpoint))
        sets = [data.load("mnist", s, download=False) for s in ("train", "validation", "test")]
    except LatentlabError:
        return *mixture(N + N_NEW, DIM), "a mixture of ten curved sheets"
    latents = [
        codec.encode(to_float(np.asarray(images.images[start : start + 5000])))
        for images in sets
        for start in range(0, len(images.images), 5000)
    ]
    labels = np.concatenate([images.labels for images in sets])
    return np.concatenate(latents), labels, f"MNIST encoded by {checkpoint}"


def mixture(n: int, dim: int, *, n_classes: int = 10, seed: int = 0) -> tuple[Latents, Labels]:
    """Draw from overlapping curved sheets of four dimensions, one per class, plus noise."""
    generator = np.random.default_rng(seed)
    centers = 0.5 * generator.normal(size=(n_classes, dim))
    bases = generator.normal(size=(n_classes, 8, dim)) / 2
    labels = generator.integers(0, n_classes, n)
    along = generator.normal(size=(n, 4))
    bent = np.hstack([along, 0.3 * (along**2 - 1)])
    points = centers[labels] + 0.5 * generator.normal(size=(n, dim))
    for label in range(n_classes):
        rows = labels == label
        points[rows] += bent[rows] @ bases[label]
    return points.astype(np.float32), labels

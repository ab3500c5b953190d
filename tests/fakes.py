"""A network that is no network: linear, exact, with real structure, and without torch.

Every class has a direction of its own and images of a class differ by seeded noise around it, so
neighbors, maps and layers mean something. What a test computes from it can be checked by hand.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latentlab.checkpoints import ImagePCA, LatentIndex

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class LinearCodec:
    """Decodes z to 0.5 + z B with orthogonal rows B; encodes by the inverse, so E(D(z)) = z.

    Images stay within [0, 1] while ``abs(z).sum() <= 0.5 / abs(B).max()``; beyond, they are clipped
    and the round trip is no longer exact, as with a real decoder far from its data.
    """

    image_shape: tuple[int, int, int]
    latent_dim: int
    basis: Floats  # (z, h * w * c), orthogonal rows of length `gain`
    gain: float

    def encode(self, images: Floats) -> Floats:
        flat = np.asarray(images, np.float32).reshape(len(images), -1)
        return ((flat - 0.5) @ self.basis.T / self.gain**2).astype(np.float32)

    def decode(self, latents: Floats) -> Floats:
        flat = np.clip(0.5 + np.asarray(latents, np.float32) @ self.basis, 0, 1)
        return flat.reshape(len(latents), *self.image_shape).astype(np.float32)

    def reconstruct(self, images: Floats) -> Floats:
        return self.decode(self.encode(images))


def linear_codec(
    latent_dim: int = 4, image_shape: tuple[int, int, int] = (8, 8, 1), *, gain: float = 0.05
) -> LinearCodec:
    """Build the codec: always the same one for the same arguments."""
    n_pixels = int(np.prod(image_shape))
    random = np.random.default_rng(1).normal(size=(n_pixels, latent_dim))
    orthogonal = np.linalg.qr(random)[0].T * gain
    return LinearCodec(image_shape, latent_dim, orthogonal.astype(np.float32), gain)


def class_latents(
    n: int = 300, latent_dim: int = 4, *, n_classes: int = 4, noise: float = 0.25, seed: int = 0
) -> tuple[Floats, NDArray[np.int32]]:
    """Draw latents: a direction per class (two units long) plus seeded noise; and their labels."""
    generator = np.random.default_rng(seed)
    directions = np.random.default_rng(7).normal(size=(n_classes, latent_dim))
    directions *= 2 / np.linalg.norm(directions, axis=1, keepdims=True)
    labels = generator.integers(0, n_classes, n).astype(np.int32)
    latents = directions[labels] + noise * generator.normal(size=(n, latent_dim))
    return latents.astype(np.float32), labels


def linear_index(n: int = 300, latent_dim: int = 4, *, seed: int = 0) -> LatentIndex:
    """Build a latent index over `class_latents`, as training would store it."""
    latents, labels = class_latents(n, latent_dim, seed=seed)
    distances = np.linalg.norm(latents[:, None] - latents[None], axis=2)
    np.fill_diagonal(distances, np.inf)
    splits = np.repeat([0, 1, 2], [n - 2 * (n // 5), n // 5, n // 5]).astype(np.uint8)
    return LatentIndex(
        latents=latents,
        stds=None,
        labels=labels,
        splits=splits,
        numbers=np.arange(n, dtype=np.int32),
        neighbors=np.argsort(distances, axis=1, kind="stable")[:, :9].astype(np.int32),
        nearest_train_distance=distances[:, splits == 0].min(axis=1).astype(np.float32),
        reconstruction_error=(0.01 * (1 + labels)).astype(np.float32),
        projections={"pca": latents[:, :2].copy()},
        factors={},
        pca=ImagePCA(
            mean=np.full(64, 0.5, np.float32),
            components=np.eye(latent_dim, 64, dtype=np.float32),
            latents=latents,
        ),
    )

"""A tiny checkpoint that is real in everything but its training: for tests of the screen.

The images are scikit-learn's digits, the latents their principal components, the network an
untrained one of a few hundred weights.
"""

from pathlib import Path
from typing import Any

import numpy as np

from latentlab import data
from latentlab.checkpoints import (
    Checkpoint,
    Contents,
    ImagePCA,
    LatentIndex,
    Run,
    Timeline,
    open_checkpoint,
    write_checkpoint,
)
from latentlab.codec import TorchCodec
from latentlab.config import RunConfig
from latentlab.images import to_float
from latentlab.models import build
from latentlab.training.contact_sheet import contact_sheet

N_IMAGES = 60
N_NEIGHBORS = 9


def write_tiny(root: Path, name: str = "digits-vae-z2", **fields: Any) -> Checkpoint:
    """Write a tiny checkpoint of the digits and open it."""
    asked: dict[str, Any] = {
        "dataset": "digits",
        "model": "vae",
        "latent_dim": 2,
        "hidden": (8,),
        "epochs": 3,
        "projections": ("pca",),
        **fields,
    }
    config = RunConfig(**asked)
    return open_checkpoint(write_checkpoint(root, name, _contents(config)))


def damage(checkpoint: Checkpoint) -> None:
    """Flip one byte of the weights."""
    path = checkpoint.path / "weights.safetensors"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(bytes(content))


def _contents(config: RunConfig) -> Contents:
    image_set = data.load("digits", "train", n_images=N_IMAGES)
    shape = image_set.images.shape[1:]
    index = _index(image_set, config)
    module = build(
        config.model,
        body=config.body,
        image_shape=shape,
        latent_dim=config.latent_dim,
        hidden=config.hidden,
        likelihood=config.likelihood,
        beta=config.beta,
        blocks=config.blocks,
    )
    weights = {key: tensor.detach().numpy() for key, tensor in module.state_dict().items()}
    return Contents(
        config=config,
        image_shape=shape,
        class_names=image_set.class_names,
        n_parameters=sum(array.size for array in weights.values()),
        n_train=N_IMAGES,
        metrics=_metrics(config),
        run=Run(
            created="2026-11-21T12:00:00Z", seconds=12.5, device="cpu", n_threads=1, versions={}
        ),
        weights=weights,
        index=index,
        history=_history(config),
        timeline=Timeline(
            steps=np.array([0, 10], np.int32),
            latents=np.stack([index.latents * 0.1, index.latents]).astype(np.float32),
            weight_steps=np.zeros(0, np.int32),
            weights=[],
        ),
        samples=contact_sheet(
            TorchCodec(module, shape),
            image_set.images,
            show_originals=config.dataset == "digits",
            has_prior=config.model == "vae",
            seed=0,
        ),
    )


def _index(image_set: data.ImageSet, config: RunConfig) -> LatentIndex:
    flat = to_float(image_set.images).reshape(N_IMAGES, -1)
    mean = flat.mean(axis=0)
    # A network without a latent has components all the same, as training gives it.
    components = np.linalg.svd(flat - mean, full_matrices=False)[2][: config.latent_dim or 2]
    in_components = ((flat - mean) @ components.T).astype(np.float32)
    latents = in_components[:, : config.latent_dim]
    distances = np.linalg.norm(latents[:, None] - latents[None], axis=-1)
    np.fill_diagonal(distances, np.inf)
    order = distances.argsort(axis=1)[:, : N_NEIGHBORS if config.latent_dim else 0]
    plane = np.pad(latents, ((0, 0), (0, max(0, 2 - config.latent_dim))))[:, :2]
    return LatentIndex(
        latents=latents,
        stds=np.full_like(latents, 0.1) if config.model == "vae" else None,
        labels=image_set.labels.astype(np.int32),
        splits=np.zeros(N_IMAGES, np.uint8),
        numbers=np.arange(N_IMAGES, dtype=np.int32),
        neighbors=order.astype(np.int32),
        nearest_train_distance=distances.min(axis=1).astype(np.float32),
        reconstruction_error=np.linspace(0.01, 0.09, N_IMAGES, dtype=np.float32),
        projections={"pca": plane} if config.latent_dim else {},
        factors={},
        pca=ImagePCA(mean.astype(np.float32), components.astype(np.float32), in_components),
    )


def _history(config: RunConfig) -> list[dict[str, float]]:
    losses = [200.0 / (epoch + 1) for epoch in range(config.epochs or 0)]
    return [
        {"epoch": number, "seconds": 0.1, "loss": loss, "validation_loss": loss + 5}
        for number, loss in enumerate(losses, start=1)
    ]


def _metrics(config: RunConfig) -> dict[str, Any]:
    metrics: dict[str, Any] = {
        "mse": 0.0183,
        "psnr": 17.4,
        "ssim": 0.812,
        "label_agreement": {"latent": 0.87, "pixel": 0.94, "pca": 0.55, "shuffled": 0.09},
        "trustworthiness": {"pca": 0.9, "umap": 0.95},
    }
    if config.model == "vae":
        kl = [3.0 / (number + 1) for number in range(config.latent_dim - 1)] + [0.001]
        metrics |= {
            "elbo": 137.2,
            "kl": sum(kl),
            "kl_per_dimension": kl,
            "active_dimensions": float(config.latent_dim - 1),
        }
    return metrics


if __name__ == "__main__":
    import sys

    for kind in ("ae", "vae"):
        write_tiny(Path(sys.argv[1]), f"digits-{kind}-z2", model=kind)
    write_tiny(Path(sys.argv[1]), "digits-vae-z16-beta10", beta=10.0, latent_dim=16)

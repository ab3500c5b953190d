"""What was measured on test images, each figure with what it means."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from latentlab.checkpoints import Checkpoint, Manifest
from latentlab.wording import words

# A latent dimension that carries less than this tells next to nothing of the picture.
IDLE_NATS = 0.05


@dataclass(frozen=True)
class Measured:
    """One figure for the screen.

    Attributes
    ----------
    title : str
        What it is called.
    value : str
        Three significant digits and a unit.
    meaning : str
        One sentence.
    """

    title: str
    value: str
    meaning: str


def figures(checkpoint: Checkpoint) -> list[Measured]:
    """Return what was measured, the most telling first; what was not measured is left out."""
    found = (write(checkpoint.manifest) for write in FIGURES)
    return [figure for figure in found if figure is not None]


def agreement(checkpoint: Checkpoint) -> dict[str, float]:
    """Return label agreement by space, in plain words; empty where it was not measured."""
    stored = _family(checkpoint.manifest, "label_agreement")
    return {title: stored[key] for key, title in SPACES.items() if key in stored}


def agreement_meaning(shares: Mapping[str, float]) -> str:
    """Say what label agreement shows, in one sentence, whatever it turned out to be."""
    latent = shares.get(SPACES["latent"])
    if latent is None:
        return ""
    sentence = (
        "Of the nine training images nearest to a test image in latent space, "
        f"{words.share(latent)} show the same class."
    )
    pixel = shares.get(SPACES["pixel"])
    if pixel is None:
        return sentence
    better = "keeps classes together better than" if latent > pixel else "loses some of what is in"
    return f"{sentence} Here the latent {better} the plain pixels."


def kl_per_dimension(checkpoint: Checkpoint) -> dict[str, float]:
    """Return how many nats each latent dimension carries, largest first; empty for an AE."""
    stored = checkpoint.manifest.metrics.get("kl_per_dimension")
    values = stored if isinstance(stored, list) else []
    named = {f"z{number}": value for number, value in enumerate(values, start=1)}
    return dict(sorted(named.items(), key=lambda item: -item[1]))


def idle_dimensions(kl: Mapping[str, float]) -> list[str]:
    """Return the latent dimensions that tell next to nothing of the picture."""
    return [name for name, nats in kl.items() if nats < IDLE_NATS]


def kl_meaning(kl: Mapping[str, float]) -> str:
    """Say what the bars of KL show."""
    idle = idle_dimensions(kl)
    used = len(kl) - len(idle)
    rest = f"; the gray ones ({len(idle)}) are not used at all" if idle else ""
    return f"{words.counted(used, 'dimension')} of {len(kl)} carry what the network knows{rest}."


def learning(history: list[dict[str, float]]) -> tuple[list[float], dict[str, list[float]]]:
    """Return the epochs and the loss curves of a history, named for a student."""
    complete = [epoch for epoch in history if "loss" in epoch]
    curves = {
        title: [epoch[key] for epoch in complete]
        for key, title in (("loss", "training images"), ("validation_loss", "other images"))
        if complete and all(key in epoch for epoch in complete)
    }
    return [epoch["epoch"] for epoch in complete], curves


def learning_meaning(curves: Mapping[str, list[float]]) -> str:
    """Say what the loss curves show."""
    seen, other = curves.get("training images"), curves.get("other images")
    sentence = "The lower, the better the network describes the images."
    if not seen or not other:
        return sentence
    gap = (other[-1] - seen[-1]) / max(abs(seen[-1]), 1e-9)
    if gap > 0.1:
        return f"{sentence} The gap shows what it learned by heart: unseen images are harder."
    return f"{sentence} Images that it did not train on are hardly harder for it."


def _error(manifest: Manifest) -> Measured | None:
    mse = _number(manifest, "mse")
    if mse is None:
        return None
    typical = words.share(math.sqrt(mse))
    return Measured(
        "Drawing error",
        f"{words.figure(mse)} per pixel",
        f"Mean squared, on a scale from 0 (black) to 1 (white): typically off by {typical}.",
    )


def _structure(manifest: Manifest) -> Measured | None:
    ssim, psnr = _number(manifest, "ssim"), _number(manifest, "psnr")
    if ssim is None or psnr is None:
        return None
    return Measured(
        "Structure kept",
        f"{words.figure(ssim)} of 1",
        f"SSIM: 1 means the same edges and contrasts. The error alone is {psnr:.1f} dB (PSNR).",
    )


def _bound(manifest: Manifest) -> Measured | None:
    elbo, kl = _number(manifest, "elbo"), _number(manifest, "kl")
    if elbo is None or kl is None or manifest.config.model != "vae":
        return None
    return Measured(
        "Cost of a picture",
        f"{words.figure(elbo)} nats",
        f"Negative ELBO; lower is better. {words.figure(kl)} nats of it are the latent's, the rest "
        "corrects the drawing." + (BELOW_ZERO if elbo < 0 else ""),
    )


def _activity(manifest: Manifest) -> Measured | None:
    active = _number(manifest, "active_dimensions")
    if active is None:
        return None
    return Measured(
        "Dimensions in use",
        f"{active:.0f} of {manifest.config.latent_dim}",
        "How many numbers of the latent change with the picture.",
    )


def _maps(manifest: Manifest) -> Measured | None:
    flat = manifest.config.latent_dim <= 2
    stored = _family(manifest, "trustworthiness")
    # A plane is its own best map, and turning it (PCA) changes no distance.
    trust = {name: value for name, value in stored.items() if not (flat and name == "pca")}
    if not trust:
        return None
    ranked = sorted(trust, key=lambda name: -trust[name])
    values = ", ".join(f"{MAPS.get(name, name)} {words.figure(trust[name])}" for name in ranked)
    return Measured(
        "Trust in its maps",
        values,
        "Of 1, which means that neighbors on the map are neighbors in latent space."
        + (" Its latent space is flat already and needs no map." if flat else ""),
    )


BELOW_ZERO = " Below zero, because colors count as continuous: only differences mean anything."
SPACES = {
    "latent": "in latent space",
    "pixel": "in plain pixels",
    "pca": "in PCA of the same size",
    "shuffled": "with labels shuffled",
}
MAPS = {"pca": "PCA", "umap": "UMAP", "tsne": "t-SNE", "native": "its own plane"}
FIGURES: tuple[Callable[[Manifest], Measured | None], ...] = (
    _error,
    _structure,
    _bound,
    _activity,
    _maps,
)


def _number(manifest: Manifest, key: str) -> float | None:
    value = manifest.metrics.get(key)
    return value if isinstance(value, float) and math.isfinite(value) else None


def _family(manifest: Manifest, key: str) -> dict[str, float]:
    value = manifest.metrics.get(key)
    return value if isinstance(value, dict) else {}

"""What was measured on test images, each figure with what it means."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from latentlab.checkpoints import Checkpoint, Manifest
from latentlab.wording import verdicts, words

# A latent dimension that carries less than this tells next to nothing of the picture.
IDLE_NATS = 0.05
# What is worse than this share on images that were not trained on is called overfitting.
OVERFITTING = 0.1


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


def agreement_meaning(checkpoint: Checkpoint) -> str:
    """Say what label agreement shows, among how many images, and whether pixels do as well."""
    manifest = checkpoint.manifest
    latent = _family(manifest, "label_agreement").get("latent")
    if latent is None:
        return ""
    searched = _family(manifest, "label_agreement_n").get("searched")
    among = f"{searched:,.0f} training images" if searched else "stored training images"
    sentence = (
        f"Of the nine nearest of all {among} in latent space, {words.share(latent)} show the test "
        "image's class."
    )
    return f"{sentence} {verdicts.agreement(manifest.metrics)}".strip()


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


def learning_meaning(curves: Mapping[str, list[float]], manifest: Manifest) -> str:
    """Say what the loss curves show, and how much of it is overfitting.

    The floor of a Bernoulli term, which no network gets below, would hide it: it is left out.
    """
    seen, other = curves.get("training images"), curves.get("other images")
    sentence = "The lower, the better the network describes the images."
    if not seen or not other:
        return sentence
    floor = _family(manifest, "floor")
    above = seen[-1] - floor.get("train", 0.0)
    gap = (other[-1] - floor.get("validation", 0.0) - above) / max(abs(above), 1e-9)
    error, learned = _number(manifest, "mse"), _number(manifest, "mse_train")
    if error and learned:
        gap = error / learned - 1
        sentence += f" On test images the error (MSE) is {gap:+.0%} compared with training images."
    if gap > OVERFITTING:
        return f"{sentence} That is overfitting."
    return f"{sentence} The validation loss stays close to the training loss."


def _error(manifest: Manifest) -> Measured | None:
    mse = _number(manifest, "mse")
    if mse is None:
        return None
    typical = words.share(math.sqrt(mse))
    return Measured(
        "Drawing error",
        f"{words.figure(mse)} per pixel",
        f"Mean squared, on a scale from 0 (black) to 1 (white): typically off by {typical}."
        + _left_out(manifest),
    )


def _left_out(manifest: Manifest) -> str:
    error = _family(manifest, "left_out").get("mse")
    if error is None:
        return ""
    return f" Of the classes it was shown; of those left out the error is {words.figure(error)}."


def _structure(manifest: Manifest) -> Measured | None:
    ssim, psnr = _number(manifest, "ssim"), _number(manifest, "psnr")
    if ssim is None or psnr is None:
        return None
    return Measured(
        "Structure kept",
        f"{words.figure(ssim)} of 1",
        "SSIM: 1 means the same edges and contrasts. The mean squared error over all test images "
        f"is {psnr:.1f} dB (PSNR).",
    )


def _bound(manifest: Manifest) -> Measured | None:
    elbo, kl = _number(manifest, "elbo"), _number(manifest, "kl")
    if elbo is None or kl is None or manifest.config.model != "vae":
        return None
    return Measured(
        "Cost of a picture",
        f"{words.figure(elbo)} nats",
        f"Negative ELBO; lower is better. {words.figure(kl)} nats of it are the KL term, the rest "
        "is the reconstruction term." + _floor(manifest) + (BELOW_ZERO if elbo < 0 else ""),
    )


def _floor(manifest: Manifest) -> str:
    floor = _family(manifest, "floor").get("test")
    if not floor:
        return ""
    return (
        f" A perfect reconstruction would cost {floor:.1f} nats too: gray values are taken as "
        "Bernoulli means."
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

"""The metrics of a checkpoint on test images, each with what it means."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from latentlab.analysis.comparison import Interval
from latentlab.analysis.projections import PROJECTIONS
from latentlab.checkpoints import Checkpoint, Manifest
from latentlab.wording import verdicts, words

# Below this KL divergence the posterior of a latent dimension is nearly the prior.
IDLE_NATS = 0.05
# An error that is larger by more than this share on new images is called overfitting.
OVERFITTING = 0.1


@dataclass(frozen=True)
class Metric:
    """One metric for the screen.

    Attributes
    ----------
    title : str
        The field's term.
    value : str
        Three significant digits and a unit.
    meaning : str
        One sentence.
    """

    title: str
    value: str
    meaning: str


def figures(checkpoint: Checkpoint) -> list[Metric]:
    """Return what was measured, the most telling first; what was not measured is left out."""
    found = (write(checkpoint.manifest) for write in FIGURES)
    return [figure for figure in found if figure is not None]


def agreement(checkpoint: Checkpoint) -> dict[str, float]:
    """Return label agreement by space.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    dict of str to float
        Share of the 9 nearest training images that have a test image's class, 0 to 1, by the title
        of the space; empty where it was not measured.
    """
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
        f"Of the 9 nearest of all {among} in latent space, {words.share(latent)} have the class of "
        "the test image."
    )
    return f"{sentence} {verdicts.agreement(manifest.metrics)}".strip()


def kl_values(checkpoint: Checkpoint) -> list[float]:
    """Return the KL divergence of each latent dimension in nats; empty for a plain autoencoder."""
    stored = checkpoint.manifest.metrics.get("kl_per_dimension")
    return stored if isinstance(stored, list) else []


def kl_per_dimension(checkpoint: Checkpoint) -> dict[str, float]:
    """Return the KL divergence of each latent dimension, largest first.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    dict of str to float
        Nats per image, by "z₁", "z₂" and so on; empty for a plain autoencoder.
    """
    named = {words.coordinate(i): nats for i, nats in enumerate(kl_values(checkpoint), start=1)}
    return dict(sorted(named.items(), key=lambda item: -item[1]))


def idle_dimensions(kl: Mapping[str, float]) -> list[str]:
    """Return the latent dimensions whose KL divergence is below `IDLE_NATS`.

    Parameters
    ----------
    kl : mapping of str to float
        From `kl_per_dimension`.

    Returns
    -------
    list of str
    """
    return [name for name, nats in kl.items() if nats < IDLE_NATS]


def kl_meaning(kl: Mapping[str, float]) -> str:
    """Say what the bars of KL show."""
    idle = idle_dimensions(kl)
    above = f"{len(kl) - len(idle)} of {words.counted(len(kl), 'latent dimension')}"
    rest = f" The gray ones ({len(idle)}) stay close to the prior." if idle else ""
    return f"The KL divergence is at least {IDLE_NATS} nats in {above}.{rest}"


def learning(history: list[dict[str, float]]) -> tuple[list[float], dict[str, list[float]]]:
    """Return the epochs and the loss curves of a history.

    Parameters
    ----------
    history : list of dict of str to float
        Of a checkpoint.

    Returns
    -------
    epochs : list of float
        Those with a loss.
    curves : dict of str to list of float
        Losses in nats per image, by which images they are of; what an epoch lacks is left out.
    """
    complete = [epoch for epoch in history if "loss" in epoch]
    curves = {
        title: [epoch[key] for epoch in complete]
        for key, title in (("loss", "training images"), ("validation_loss", "validation images"))
        if complete and all(key in epoch for epoch in complete)
    }
    return [epoch["epoch"] for epoch in complete], curves


def learning_meaning(curves: Mapping[str, list[float]], manifest: Manifest) -> str:
    """Say what the loss curves show, and how much of it is overfitting.

    Overfitting is judged by the error, beyond its sampling error. Where that was not measured, the
    two losses are compared without a verdict: above their floor, which no network gets below and
    which would hide the difference.
    """
    sentence = "Lower is better."
    excess = verdicts.interval_of(manifest.metrics.get("mse_excess"))
    if excess is not None:
        return f"{sentence} {_overfitting(excess)}"
    train, validation = curves.get("training images"), curves.get("validation images")
    if not train or not validation:
        return sentence
    floor = _family(manifest, "floor")
    learned = train[-1] - floor.get("train", 0.0)
    new = validation[-1] - floor.get("validation", 0.0)
    if learned <= 0:  # a density: ratios have no meaning
        return sentence
    above = f"{words.share(abs(new / learned - 1))} {'above' if new >= learned else 'below'}"
    floors = ", both measured from the lowest loss possible" if floor else ""
    return f"{sentence} At the end the validation loss is {above} the training loss{floors}."


def _overfitting(excess: Interval) -> str:
    than = "larger" if excess.difference >= 0 else "smaller"
    spread = f"{100 * excess.low:+.0f} to {100 * excess.high:+.0f} %"
    measured = (
        f"The MSE on test images is {words.share(abs(excess.difference))} {than} than on training "
        f"images (95 % interval {spread})."
    )
    limit = words.share(OVERFITTING)
    if excess.low > OVERFITTING:
        return f"{measured} More than {limit} is called overfitting here."
    if excess.high < OVERFITTING:
        return f"{measured} Less than {limit} is not called overfitting here."
    return f"{measured} Too few images were measured to say whether that is more than {limit}."


def _error(manifest: Manifest) -> Metric | None:
    mse = _number(manifest, "mse")
    if mse is None:
        return None
    typical = words.share(math.sqrt(mse))
    return Metric(
        "Reconstruction error (MSE)",
        f"{words.figure(mse)} per pixel",
        f"Mean squared error of pixels from 0 (black) to 1 (white). Its root is {typical} of that "
        "range." + _left_out(manifest),
    )


def _left_out(manifest: Manifest) -> str:
    error = _family(manifest, "left_out").get("mse")
    if error is None:
        return ""
    return f" For the training classes; for those left out it is {words.figure(error)}."


def _structure(manifest: Manifest) -> Metric | None:
    ssim, psnr = _number(manifest, "ssim"), _number(manifest, "psnr")
    if ssim is None or psnr is None:
        return None
    return Metric(
        "SSIM",
        f"{words.figure(ssim)} of 1",
        "Structural similarity: 1 means the same brightness, contrast and structure. "
        f"The PSNR of the MSE is {psnr:.1f} dB.",
    )


def _bound(manifest: Manifest) -> Metric | None:
    elbo, kl = _number(manifest, "elbo"), _number(manifest, "kl")
    if elbo is None or kl is None or manifest.config.model != "vae":
        return None
    return Metric(
        "Negative ELBO",
        f"{words.figure(elbo)} nats",
        f"Per image; lower is better. {words.figure(kl)} nats of it are the KL term, the rest is "
        "the reconstruction term." + _floor(manifest) + (BELOW_ZERO if elbo < 0 else ""),
    )


def _floor(manifest: Manifest) -> str:
    floor = _family(manifest, "floor").get("test")
    if not floor:
        return ""
    return (
        f" A perfect reconstruction has {floor:.1f} nats, because gray values are taken as "
        "Bernoulli means."
    )


def _activity(manifest: Manifest) -> Metric | None:
    active = _number(manifest, "active_dimensions")
    if active is None:
        return None
    stored = manifest.metrics.get("kl_per_dimension")
    nats = stored if isinstance(stored, list) else []
    carrying = sum(value >= IDLE_NATS for value in nats)
    # The field's threshold is ten times lower than where a dimension can be seen to matter.
    barely = f" {carrying} of them have a KL divergence of {IDLE_NATS} nats or more."
    return Metric(
        "Active dimensions",
        f"{active:.0f} of {manifest.config.latent_dim}",
        ACTIVE + (barely if nats and carrying < active else ""),
    )


def _maps(manifest: Manifest) -> Metric | None:
    flat = manifest.config.latent_dim <= 2
    stored = _family(manifest, "trustworthiness")
    # A plane is its own best map, and turning it (PCA) changes no distance.
    named = {name: known.title for name, known in PROJECTIONS.items() if not flat or name != "pca"}
    found = [(value, named[name]) for name, value in stored.items() if name in named]
    if not found:
        return None
    values = ", ".join(f"{title} {words.figure(value)}" for value, title in sorted(found)[::-1])
    return Metric(
        "Trustworthiness",
        values,
        "Of each projection, 0 to 1. 1: all neighbors in the projection are neighbors in latent "
        "space."
        + (" The latent space itself is two-dimensional and needs no projection." if flat else ""),
    )


ACTIVE = (
    "Latent dimensions whose mean varies between images: its variance is above 0.01 "
    "(Burda et al. 2016)."
)
BELOW_ZERO = " It is negative because the likelihood is a density: only differences have a meaning."
SPACES = {
    "latent": "in latent space",
    "pixel": "in pixel space",
    "pca": "in PCA of the same size",
    "shuffled": "chance level",
}
FIGURES: tuple[Callable[[Manifest], Metric | None], ...] = (
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

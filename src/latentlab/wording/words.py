"""How checkpoints, counts, figures and durations are written: three digits and a unit."""

from __future__ import annotations

from datetime import datetime

from latentlab import data
from latentlab.checkpoints import Checkpoint, Family
from latentlab.config import RunConfig
from latentlab.data.classes import class_numbers
from latentlab.errors import DataError
from latentlab.models import EMBEDDING
from latentlab.presets import PRESETS
from latentlab.tasks import TASKS

FEW_CLASSES = 3
SHORT_MODELS = {"ae": "Autoencoder", "vae": "VAE", "unet": "U-Net", EMBEDDING: "Embedding"}


def line(checkpoint: Checkpoint) -> str:
    """Say in one line what a checkpoint is: "VAE, 2 latent dimensions, handwritten digits".

    Classes that were left out come first, where no short space cuts them: "Without 7: VAE, ...".
    """
    config = checkpoint.manifest.config
    kind = SHORT_MODELS.get(config.model, config.model)
    beta = f" with beta {config.beta:g}" if config.model == "vae" and config.beta != 1 else ""
    parts = [f"{kind}{beta}"]
    if config.latent_dim:
        parts.append(counted(config.latent_dim, "latent dimension"))
    if config.task in TASKS:
        parts.append(TASKS[config.task].title.lower())
    first = left_out(checkpoint).strip(" ,")
    said = ", ".join([*parts, image_set(config)])
    return f"{first[:1].upper()}{first[1:]}: {said}" if first else said


def family(of: Family) -> str:
    """Say in one line what a family is: "Autoencoder, z = 1 to 64, handwritten digits"."""
    first = of.members[0]
    config = first.manifest.config
    kind = SHORT_MODELS.get(config.model, config.model)
    task = [TASKS[config.task].title.lower()] if config.task in TASKS else []
    images = f"{image_set(config)}{left_out(first)}"
    return ", ".join([kind, f"z = {of.sizes[0]} to {of.sizes[-1]}", *task, images])


def is_new(checkpoint: Checkpoint) -> bool:
    """Say whether somebody here trained the network since midnight; shipped ones are nobody's.

    The manifest says when, and a checkpoint may say anything.
    """
    if checkpoint.name in PRESETS:
        return False
    try:
        created = datetime.fromisoformat(checkpoint.manifest.run.created).astimezone()
    except (ValueError, OverflowError, OSError):
        return False
    return created.date() == datetime.now().astimezone().date()


def left_out(checkpoint: Checkpoint) -> str:
    """Say which classes were left out of training, if any.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    str
        To stand behind a noun: " without 7", or how many classes are left; empty where none is left
        out.
    """
    names, normal = checkpoint.manifest.class_names, checkpoint.manifest.config.normal_classes
    if normal is None:
        return ""
    shown = class_numbers(normal, names)
    missing = [name for label, name in enumerate(names) if label not in shown]
    few = 0 < len(missing) <= FEW_CLASSES
    return (
        f" without {' and '.join(missing)}"
        if few
        else f", {counted(len(shown), 'class', 'classes')}"
    )


def shows_latents(checkpoint: Checkpoint) -> bool:
    """Say whether a checkpoint's latents can be explored: it has some, of clean images.

    A U-Net has none; a network that colorizes never encodes an image in color.
    """
    config = checkpoint.manifest.config
    knows = config.task not in TASKS or TASKS[config.task].reads_clean
    return config.latent_dim > 0 and knows


def reconstructs(checkpoint: Checkpoint) -> bool:
    """Say whether any clean image can be encoded and decoded here."""
    manifest = checkpoint.manifest
    return shows_latents(checkpoint) and manifest.encodes and manifest.decodes


def has_errors(checkpoint: Checkpoint) -> bool:
    """Say whether reconstruction errors were measured: not of latents that nothing decodes."""
    return checkpoint.manifest.config.model != EMBEDDING


def image_set(config: RunConfig) -> str:
    """Name the images a network learned from, as a student would: "handwritten digits".

    A folder that bears a known set's name holds its images: so CIFAR-10 is kept as JPEG files.
    """
    own = config.dataset.removeprefix("folder:")
    try:
        return data.dataset(own if own in data.DATASETS else config.dataset).title
    except DataError:
        return f"the images in '{own}'"


def counted(number: int, thing: str, things: str = "") -> str:
    """Count things: "1 epoch", "16 epochs", "60,000 images".

    Parameters
    ----------
    number : int
    thing : str
        In the singular.
    things : str
        In the plural, where that is not an "s" more.

    Returns
    -------
    str
    """
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def figure(value: float) -> str:
    """Write a number with three significant digits and no exponent where it can be avoided.

    Examples
    --------
    >>> figure(0.01834), figure(134.62), figure(1234567.0), figure(0.000012)
    ('0.0183', '135', '1,230,000', '1.20e-05')
    """
    if value == 0:
        return "0"
    if abs(value) < 1e-4:
        return f"{value:.2e}"
    if abs(value) >= 999.5:
        digits = len(f"{abs(value):.0f}") - 3
        return f"{round(value, -digits):,.0f}"
    text = f"{value:#.3g}"
    return text.rstrip(".")


def share(value: float) -> str:
    """Write a share of 1 as a percentage: "93 %".

    Parameters
    ----------
    value : float
        0 to 1.

    Returns
    -------
    str
        Without decimals.
    """
    return f"{100 * value:.0f} %"


SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def coordinate(number: int) -> str:
    """Name a latent dimension, counted from 1: "z₁"."""
    return f"z{number}".translate(SUBSCRIPTS)


def duration(seconds: float) -> str:
    """Write a duration as people say it: "40 seconds", "4 minutes", "1.5 hours".

    Parameters
    ----------
    seconds : float

    Returns
    -------
    str
        "1 second" at least.
    """
    if seconds < 90:
        return counted(max(1, round(seconds)), "second")
    if seconds < 90 * 60:
        return counted(round(seconds / 60), "minute")
    return f"{seconds / 3600:.1f} hours"

"""What scores and kinds of anomaly are called on the screen, and what they mean."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from latentlab import data
from latentlab.checkpoints import KINDS, SPLIT_CODES, Anomalies, Checkpoint
from latentlab.data.classes import class_numbers
from latentlab.data.other import other_name
from latentlab.errors import DataError
from latentlab.ui.shell import cache

MOST_NAMED = 3
# Under this AUC a score is hardly better than chance.
OF_LITTLE_HELP = 0.6


@dataclass(frozen=True)
class Title:
    """A name for the screen.

    Attributes
    ----------
    title : str
    meaning : str
        One sentence.
    baseline : bool
        Whether it works without the network.
    """

    title: str
    meaning: str
    baseline: bool = False


SCORES = {
    "mse": Title("Reconstruction error", "Mean squared error (MSE) per pixel."),
    "ssim": Title("1 - SSIM", "Structural similarity, subtracted from 1."),
    "elbo": Title("Negative ELBO", "Reconstruction term plus KL divergence, in nats."),
    "distance": Title(
        "Distance in latent space",
        "Euclidean, from the image's latent to the nearest stored training latent.",
    ),
    "both": Title(
        "Error and distance",
        "The sum of reconstruction error and distance, each divided by its median over normal "
        "validation images.",
    ),
    "pca": Title("PCA error", "Reconstruction error of PCA with as many components.", True),
    "forest": Title(
        "Isolation forest",
        "100 trees that split pixel values at random: an image that few splits isolate is "
        "anomalous.",
        True,
    ),
    "pixels": Title(
        "Distance in pixel space",
        "Euclidean distance to the nearest of up to 10,000 training images.",
        True,
    ),
}


def scores(checkpoint: Checkpoint) -> dict[str, Title]:
    """Name the scores, and say to how many training latents a distance is the shortest.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    dict of str to Title
    """
    n = int((cache.index(checkpoint).splits == SPLIT_CODES["train"]).sum())
    meaning = f"From the image's latent to the nearest of {n:,} stored training latents."
    return {**SCORES, "distance": replace(SCORES["distance"], meaning=meaning)}


def kinds(checkpoint: Checkpoint, anomalies: Anomalies) -> dict[str, Title]:
    """Name the kinds of images that were measured, "normal" first.

    Parameters
    ----------
    checkpoint : Checkpoint
    anomalies : Anomalies

    Returns
    -------
    dict of str to Title
    """
    config = checkpoint.manifest.config
    other = other_name(config.dataset, checkpoint.manifest.image_shape[2])
    titles = {
        "normal": Title("Normal", "Test images of the classes that the network was trained on."),
        "unseen": Title(
            f"{unseen_classes(checkpoint, anomalies)} (left out of training)",
            "Test images of classes that were left out of training.",
        ),
        "other": Title(
            {"digits": "Other digits", "shapes": "Shapes"}.get(other, other),
            f"Another image set: {_set_title(other)}.",
        ),
        "noise": Title("Noise", "Every pixel value drawn uniformly at random."),
        "blank": Title("Blank", "The background color alone, with faint noise."),
        "corrupted": Title(
            "Corrupted", "Normal test images with a gray square over a random part."
        ),
    }
    return {kind: titles[kind] for kind in KINDS if kind in anomalies.groups}


def unseen_classes(checkpoint: Checkpoint, anomalies: Anomalies) -> str:
    """Name the classes that were left out, in a few words: "7", or "5 classes"."""
    group = anomalies.groups.get("unseen")
    names = checkpoint.manifest.class_names
    labels = [] if group is None else np.unique(group.labels).tolist()
    if 0 < len(labels) <= MOST_NAMED:
        return " and ".join(names[label] for label in labels)
    return f"{len(labels)} classes"


def is_unseen(checkpoint: Checkpoint, label: int) -> bool:
    """Say whether this class was left out of training."""
    normal = checkpoint.manifest.config.normal_classes
    if normal is None:
        return False
    return label not in class_numbers(normal, checkpoint.manifest.class_names)


def _set_title(name: str) -> str:
    try:
        return data.dataset(name).title
    except DataError:
        return name

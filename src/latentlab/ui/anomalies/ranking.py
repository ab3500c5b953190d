"""Test images in the order of how unusual they are, and pictures of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from latentlab.checkpoints import Anomalies, Checkpoint
from latentlab.checkpoints import originals as image_sets
from latentlab.images import Pixels
from latentlab.ui.input.query import test_rows
from latentlab.ui.shell import cache

# As many as stand in one row on a projector.
N_SHOWN = 12

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Ranked:
    """Test images with their scores.

    Attributes
    ----------
    latents : float32 (n, z)
    labels, numbers : int32 (n,)
        The number is that of the image in the test split.
    scores : dict of str to float32 (n,)
        Higher is more unusual.
    split : str
        "test", or "train" for an index without test images.
    """

    latents: Floats
    labels: npt.NDArray[np.int32]
    numbers: npt.NDArray[np.int32]
    scores: dict[str, Floats]
    split: str = "test"

    def ends(self, score: str) -> tuple[list[int], list[int]]:
        """Return the rows with the lowest and with the highest scores, the extreme one first."""
        order = np.argsort(self.scores[score], kind="stable").tolist()
        n = min(N_SHOWN, max(1, len(order) // 2))
        return order[:n], order[::-1][:n]


@cache.kept
def ranked(checkpoint: Checkpoint) -> Ranked:
    """Collect the test images that can be ranked.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    Ranked
        All test images where anomalies were measured, else those of the latent index.
    """
    anomalies = measured(checkpoint)
    if anomalies is None:
        return _indexed(checkpoint)
    groups = [anomalies.groups[kind] for kind in ("normal", "unseen") if kind in anomalies.groups]
    return Ranked(
        latents=np.concatenate([group.latents for group in groups]),
        labels=np.concatenate([group.labels for group in groups]),
        numbers=np.concatenate([group.numbers for group in groups]),
        scores={
            score: np.concatenate([group.scores[score] for group in groups])
            for score in groups[0].scores
        },
    )


@cache.kept
def measured(checkpoint: Checkpoint) -> Anomalies | None:
    """Return what training measured about anomalies, or None."""
    if checkpoint.manifest.config.normal_classes is None:
        return None
    return checkpoint.anomalies()


def pictures(checkpoint: Checkpoint, rows: list[int]) -> tuple[Pixels, bool]:
    """Return pictures of ranked images.

    Parameters
    ----------
    checkpoint : Checkpoint
    rows : list of int
        Of `ranked`.

    Returns
    -------
    uint8 (n, h, w, c)
    bool
        Whether they are the images themselves; else they are empty tiles, because the image set is
        not on this machine.
    """
    found = ranked(checkpoint)
    originals = cache.split_images(checkpoint, found.split)
    numbers = found.numbers[rows]
    if originals is not None and len(originals) > int(numbers.max()):
        return originals[numbers], True
    tile = image_sets.absent(checkpoint.manifest.image_shape)
    return np.broadcast_to(tile, (len(rows), *tile.shape)), False


def _indexed(checkpoint: Checkpoint) -> Ranked:
    index = cache.index(checkpoint)
    rows = test_rows(index)
    return Ranked(
        latents=index.latents[rows],
        labels=index.labels[rows],
        numbers=index.numbers[rows],
        scores={
            "mse": index.reconstruction_error[rows],
            "distance": index.nearest_train_distance[rows],
        },
        split="test" if (index.splits[rows] == 2).all() else "train",
    )

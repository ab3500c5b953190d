"""Near to the training data or far from it: one definition for every page and the command line.

A latent's distance to the training data is the Euclidean distance to the nearest stored training
latent. The distance alone says little, so it is compared with the same distance of validation
images, which are like the training images and were not trained on: the share of validation images
that lie nearer. From `FAR` on, a latent is called far: "no training image near".

Training stores the percentiles of the validation images' distances among the checkpoint's metrics;
for a checkpoint without them they are taken from the validation images of its latent index.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latentlab.analysis.neighbors import ExactIndex
from latentlab.checkpoints import SPLIT_CODES, LatentIndex

FAR = 99  # percentile of the validation images' distances
METRIC = "validation_distance"

Floats = NDArray[np.float32]


class Nearness(NamedTuple):
    """How a latent lies to the training data.

    Attributes
    ----------
    distance : float
        Euclidean, to the nearest stored training latent.
    share : float
        Of a hundred validation images, how many lie nearer to one, 0 to 100.
    is_far : bool
        Whether no training image is near.
    """

    distance: float
    share: float
    is_far: bool


class Support:
    """The part of latent space that training images cover.

    Parameters
    ----------
    index : LatentIndex
        With at least one dimension.
    metrics : mapping, optional
        The checkpoint's; its percentiles are used if it has them.

    Attributes
    ----------
    percentiles : float32 (101,)
        Of the distances of validation images, from the 0th to the 100th.
    """

    def __init__(self, index: LatentIndex, metrics: Mapping[str, object] | None = None) -> None:
        self._index = index
        self._training = ExactIndex(index.latents[training_rows(index)])
        stored = _valid((metrics or {}).get(METRIC))
        self.percentiles = percentiles(_usual(index)) if stored is None else stored

    @property
    def far_distance(self) -> float:
        """The distance beyond which no training image is near."""
        return float(self.percentiles[FAR])

    def of_latents(self, latents: ArrayLike) -> list[Nearness]:
        """Judge any latents, shape (q, z); a training image's own latent is at distance 0.

        Parameters
        ----------
        latents : array_like, shape (q, z)

        Returns
        -------
        list of Nearness
            One for each.
        """
        distances = self._training.nearest(latents, 1).distances[:, 0]
        return [self.judge(distance) for distance in distances.tolist()]

    def of_row(self, row: int) -> Nearness:
        """Judge an image of the index; a training image by the nearest other one.

        Parameters
        ----------
        row : int

        Returns
        -------
        Nearness
        """
        return self.judge(float(self._index.nearest_train_distance[row]))

    def judge(self, distance: float) -> Nearness:
        """Judge a distance to the nearest training latent.

        Parameters
        ----------
        distance : float
            Euclidean, in units of the latent space.

        Returns
        -------
        Nearness
        """
        share = float(np.interp(distance, self.percentiles, np.arange(len(self.percentiles))))
        return Nearness(distance, share, distance > self.far_distance)


def training_rows(index: LatentIndex) -> NDArray[np.int64]:
    """Return the rows of the stored training images; all rows of an index without any.

    Parameters
    ----------
    index : LatentIndex

    Returns
    -------
    int64 (n,)
    """
    rows = np.flatnonzero(index.splits == SPLIT_CODES["train"])
    return rows if len(rows) else np.arange(len(index))


def validation_percentiles(index: LatentIndex, validation: ArrayLike) -> list[float]:
    """Measure what is stored: percentiles of the distances of validation latents, shape (n, z).

    Parameters
    ----------
    index : LatentIndex
        Its training latents are searched.
    validation : array_like, shape (n, z)

    Returns
    -------
    list of float
        101 distances, from the 0th percentile to the 100th.
    """
    training = ExactIndex(index.latents[training_rows(index)])
    found = percentiles(training.nearest(validation, 1).distances[:, 0])
    return [float(value) for value in found]


def percentiles(distances: Floats) -> Floats:
    """Return the 0th to the 100th percentile of distances, shape (101,).

    Parameters
    ----------
    distances : float32 (n,)
        At least one.

    Returns
    -------
    float32 (101,)
    """
    return np.asarray(np.percentile(distances, np.arange(101)), np.float32)


def _usual(index: LatentIndex) -> Floats:
    """Return the distances of stored validation images, else of the other images, else of all."""
    for rows in (index.splits == SPLIT_CODES["validation"], index.splits != SPLIT_CODES["train"]):
        if rows.any():
            return np.asarray(index.nearest_train_distance[rows])
    return index.nearest_train_distance


def _valid(stored: object) -> Floats | None:
    """Return stored percentiles if they are 101 finite numbers that never fall."""
    if not isinstance(stored, list) or len(stored) != 101:
        return None
    values = np.asarray(stored, np.float32)
    is_valid = np.isfinite(values).all() and values[0] >= 0 and (np.diff(values) >= 0).all()
    return values if is_valid else None

"""The images inside a loop drawn on a map, and which points are drawn where there are too many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latentlab.analysis import AnalysisError, Codec, Coordinates, Latents
from latentlab.images import Images, Pixels, to_float

MOST_DRAWN = 60_000
_MOST_CORNERS = 2000


@dataclass(frozen=True)
class Selection:
    """What is common to some images.

    Attributes
    ----------
    counts : dict of int to int
        How many of each label, most frequent first.
    mean_image : ndarray of float32, shape (h, w, c), or None
        The mean of the images themselves, in [0, 1]; None where they are not at hand.
    decoded_mean : ndarray of float32, shape (h, w, c), or None
        Their mean latent, decoded, in [0, 1]; None without a decoder.
    """

    counts: dict[int, int]
    mean_image: Images | None
    decoded_mean: Images | None

    @property
    def difference(self) -> float:
        """Mean absolute difference of the two pictures, in [0, 1]; 0 where there is only one."""
        if self.mean_image is None or self.decoded_mean is None:
            return 0.0
        return float(np.abs(self.mean_image - self.decoded_mean).mean())


def inside(polygon: ArrayLike, coordinates: Coordinates) -> NDArray[np.int64]:
    """Find the points inside a loop, by the even-odd rule.

    Parameters
    ----------
    polygon : array_like, shape (m, 2)
        Corners of the loop in order, at least three; it closes itself.
    coordinates : ndarray of float32, shape (n, 2)
        The places.

    Returns
    -------
    ndarray of int64
        Rows of the points inside.

    Raises
    ------
    AnalysisError
        If the loop is none: fewer than three corners, more than 2,000, or not finite.

    Examples
    --------
    >>> square = [[0, 0], [2, 0], [2, 2], [0, 2]]
    >>> inside(square, np.array([[1, 1], [3, 1]], np.float32)).tolist()
    [0]
    """
    corners = np.asarray(polygon, dtype=np.float64)
    if corners.ndim != 2 or corners.shape[1] != 2 or not 3 <= len(corners) <= _MOST_CORNERS:
        raise AnalysisError(
            f"A loop of shape {corners.shape} is none; draw one of 3 to {_MOST_CORNERS} corners."
        )
    if not np.isfinite(corners).all():
        raise AnalysisError("A corner of the loop is not a finite place; draw another loop.")
    x, y = coordinates[:, 0].astype(np.float64), coordinates[:, 1].astype(np.float64)
    crossings = np.zeros(len(coordinates), dtype=np.int64)
    for (x0, y0), (x1, y1) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if y0 == y1:
            continue
        spans = (y0 > y) != (y1 > y)
        crossings += spans & (x < x0 + (y - y0) * (x1 - x0) / (y1 - y0))
    return np.flatnonzero(crossings % 2)


def summarize(
    rows: NDArray[np.int64],
    latents: Latents,
    labels: NDArray[np.int32],
    codec: Codec | None,
    *,
    pixels: Pixels | None,
) -> Selection:
    """Find out what some images have in common.

    Parameters
    ----------
    rows : ndarray of int64, shape (m,), at least one
        Of the index.
    latents : ndarray of float32, shape (n, z)
        Of the index.
    labels : ndarray of int32, shape (n,)
        Of the index.
    codec : Codec or None
        None where nothing decodes.
    pixels : ndarray of uint8, shape (n, h, w, c), or None
        The images of the index.

    Returns
    -------
    Selection

    Raises
    ------
    AnalysisError
        If there are no rows.
    """
    if len(rows) == 0:
        raise AnalysisError("There is no image in the loop; draw it around some points.")
    found, counts = np.unique(labels[rows], return_counts=True)
    order = np.argsort(-counts, kind="stable")
    mean = latents[rows].mean(axis=0, dtype=np.float64).astype(np.float32)
    return Selection(
        counts={int(found[i]): int(counts[i]) for i in order},
        mean_image=None if pixels is None else np.asarray(to_float(pixels[rows]).mean(axis=0)),
        decoded_mean=None if codec is None else codec.decode(mean[None])[0],
    )


def drawn_rows(
    labels: NDArray[np.int32], *, limit: int = MOST_DRAWN, seed: int = 0
) -> NDArray[np.int64]:
    """Choose which rows a map draws: all, or a sample in which every class keeps its share.

    Parameters
    ----------
    labels : ndarray of int32, shape (n,)
    limit : int
        How many at most.
    seed : int

    Returns
    -------
    ndarray of int64
        Ascending rows; no class that has images is left out while `limit` allows it.
    """
    n = len(labels)
    if n <= limit:
        return np.arange(n)
    generator = np.random.default_rng(seed)
    classes, counts = np.unique(labels, return_counts=True)
    wanted = np.maximum(1, np.floor(counts * limit / n)).astype(np.int64)
    chosen = [
        generator.choice(np.flatnonzero(labels == label), size=share, replace=False)
        for label, share in zip(classes, wanted, strict=True)
    ]
    return np.sort(np.concatenate(chosen))[:limit]


def spread_over(rows: NDArray[np.int64], n_most: int) -> NDArray[np.int64]:
    """Pick at most `n_most` of the rows, evenly from first to last.

    Parameters
    ----------
    rows : int64 (n,)
    n_most : int

    Returns
    -------
    int64 (min(n, n_most),)
    """
    if len(rows) <= n_most:
        return rows
    found: NDArray[np.int64] = rows[np.linspace(0, len(rows) - 1, n_most).astype(int)]
    return found

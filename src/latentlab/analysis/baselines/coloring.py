"""Color from a table: the mean color of what is as light, at this place, in images of the class."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from latentlab.color import to_lab, to_rgb
from latentlab.images import Images

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.integer]

# Levels of lightness and parts of a side: mean of the class alone; with lightness; with place too.
BINS = ((1, 1), (16, 1), (8, 4))


@dataclass(frozen=True)
class ColorTable:
    """The mean of a and b of Lab, by class, lightness and place.

    Attributes
    ----------
    means : float32 (n_classes, levels, side, side, 2)
        0, which is gray, where nothing was counted.
    """

    means: Floats

    def paint(self, images: Images, labels: Integers) -> Images:
        """Give images (n, h, w, 3) of known class (n,) the table's colors; lightness stays.

        Parameters
        ----------
        images : float32 (n, h, w, 3)
            Values in [0, 1]; their lightness stays.
        labels : int (n,)
            Classes of the images.

        Returns
        -------
        float32 (n, h, w, 3)
            Values in [0, 1].
        """
        lab = to_lab(images)
        _, levels, side, _, _ = self.means.shape
        flat = self.means.reshape(-1, 2)
        lab[..., 1:] = flat[_cells(lab, labels, levels, side)]
        return to_rgb(lab)

    def __str__(self) -> str:
        _, levels, side, _, _ = self.means.shape
        by = ("class", *(("lightness",) if levels > 1 else ()), *(("place",) if side > 1 else ()))
        return f"mean color by {_and(by)}"


def color_table(
    images: Images, labels: Integers, n_classes: int, bins: tuple[int, int]
) -> ColorTable:
    """Count colors in training images.

    Parameters
    ----------
    images : float32 (n, h, w, 3), 0 to 1
    labels : int (n,)
    n_classes : int
    bins : (levels of lightness, parts of a side)

    Returns
    -------
    ColorTable
    """
    levels, side = bins
    lab = to_lab(images)
    cells = _cells(lab, labels, levels, side).ravel()
    n_cells = n_classes * levels * side * side
    counts = np.maximum(np.bincount(cells, minlength=n_cells), 1)
    sums = [np.bincount(cells, lab[..., axis].ravel(), n_cells) for axis in (1, 2)]
    means = (np.stack(sums, axis=-1) / counts[:, None]).astype(np.float32)
    return ColorTable(means.reshape(n_classes, levels, side, side, 2))


def _cells(lab: Floats, labels: Integers, levels: int, side: int) -> Integers:
    """Return the row of the table for every pixel: (n, h, w)."""
    height, width = lab.shape[1:3]
    light = np.clip((lab[..., 0] * levels / 100).astype(np.int64), 0, levels - 1)
    down = (np.arange(height) * side // height)[:, None]
    across = np.arange(width) * side // width
    rows = np.asarray(labels, np.int64)[:, None, None] * levels + light
    return np.asarray((rows * side + down) * side + across)


def _and(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last

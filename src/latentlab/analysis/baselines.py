"""What a filter from the last century makes of the same damage: the honest line beside a network.

``BASELINES`` names, for each task, the filters and settings that are tried; the best of them is
taken, so that a network is never compared with a filter that was set badly.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from latentlab.color import to_lab, to_rgb
from latentlab.images import Images
from latentlab.tasks import LOST, Degraded

Floats = npt.NDArray[np.float32]
Filter = Callable[[Degraded], Images]


@dataclass(frozen=True)
class Baseline:
    """A filter with one setting.

    Attributes
    ----------
    title : str
        As a student reads it: "total variation".
    setting : str
        What was chosen: "weight 0.1"; may be empty.
    restore : callable
        ``Degraded -> images``; filters that fill holes are told where the hole is.
    """

    title: str
    setting: str
    restore: Filter


def median(images: Images, side: int) -> Images:
    """Take the median of a window of ``side`` pixels a side, channel by channel."""
    from scipy.ndimage import median_filter

    return np.asarray(median_filter(images, size=(1, side, side, 1), mode="nearest"), np.float32)


def bilateral(images: Images, similar: float, radius: int = 2) -> Images:
    """Average near pixels of like value: Tomasi and Manduchi, 1998.

    Parameters
    ----------
    images : float32 (n, h, w, c), 0 to 1
    similar : float
        Standard deviation of what counts as like value.
    radius : int
        Of the window, in pixels.
    """
    total, weights = np.zeros_like(images), np.zeros((*images.shape[:3], 1), np.float32)
    for moved, dy, dx in _shifted(images, radius):
        distance = ((moved - images) ** 2).mean(axis=-1, keepdims=True)
        near = np.exp(-(dy * dy + dx * dx) / (2 * (radius / 1.5) ** 2))
        weight = near * np.exp(-distance / (2 * similar**2))
        total += weight * moved
        weights += weight
    return np.asarray(total / weights, np.float32)


def nonlocal_means(images: Images, similar: float, radius: int = 4, patch: int = 3) -> Images:
    """Average pixels whose surroundings look alike: Buades, Coll and Morel, 2005.

    Parameters
    ----------
    images : float32 (n, h, w, c), 0 to 1
    similar : float
        Standard deviation of what counts as alike.
    radius, patch : int
        How far to look, and the side of the surroundings compared, in pixels.
    """
    from scipy.ndimage import uniform_filter

    total, weights = np.zeros_like(images), np.zeros((*images.shape[:3], 1), np.float32)
    for moved, dy, dx in _shifted(images, radius):
        if dy == dx == 0:
            continue
        distance = ((moved - images) ** 2).mean(axis=-1, keepdims=True)
        alike = uniform_filter(distance, size=(1, patch, patch, 1), mode="nearest")
        weight = np.exp(-alike / similar**2)
        total += weight * moved
        weights += weight
    # A pixel is as much like itself as its most alike neighbor: its own noise must not win.
    return np.asarray((total + images) / (weights + 1), np.float32)


def total_variation(images: Images, weight: float, n_steps: int = 40) -> Images:
    """Remove variation that costs little to remove: Chambolle's projection, 2004.

    Parameters
    ----------
    images : float32 (n, h, w, c), 0 to 1
    weight : float
        The larger, the flatter.
    n_steps : int
    """
    field = np.zeros((2, *images.shape), np.float32)
    restored = images
    for _ in range(n_steps):
        restored = images + weight * _divergence(field)
        slope = _gradient(restored)
        size = np.sqrt((slope**2).sum(axis=(0, -1), keepdims=True))
        # A step of 1/4 converges in two dimensions.
        field = (field + 0.25 / weight * slope) / (1 + 0.25 / weight * size)
    return np.asarray(np.clip(restored, 0, 1), np.float32)


def fill(degraded: Degraded, *, bent: bool) -> Images:
    """Fill what is lost from its surroundings, as smoothly as possible.

    Parameters
    ----------
    degraded : Degraded
        With masks; the filter is told where the damage is, a network is not.
    bent : bool
        False for a stretched skin (the Laplace equation), True for a bent plate (biharmonic).
    """
    if degraded.masks is None:
        return degraded.images
    return np.stack(
        [
            _fill_one(image, mask[..., 0] > LOST, bent=bent)
            for image, mask in zip(degraded.images, degraded.masks, strict=True)
        ]
    )


def bicubic(images: Images, halvings: int) -> Images:
    """Enlarge images that were halved so many times, with cubic splines."""
    from scipy.ndimage import zoom

    factor = 2**halvings
    if factor == 1:
        return images
    small = images[:, factor // 2 :: factor, factor // 2 :: factor]
    height, width = images.shape[1:3]
    large = zoom(small, (1, factor, factor, 1), order=3, mode="nearest", grid_mode=True)
    large = np.pad(large, ((0, 0), (0, factor), (0, factor), (0, 0)), "edge")
    return np.asarray(np.clip(large[:, :height, :width], 0, 1), np.float32)


def class_mean_chroma(images: Images, labels: npt.NDArray[np.int64], n_classes: int) -> Floats:
    """Return the mean color of each class: what can be known of a color from the label alone.

    Parameters
    ----------
    images : float32 (n, h, w, 3), 0 to 1
    labels : int64 (n,)
    n_classes : int

    Returns
    -------
    float32 (n_classes, 2)
        a and b in Lab; 0, which is grey, for a class without images.
    """
    means = to_lab(images)[..., 1:].mean(axis=(1, 2), dtype=np.float64)
    counts = np.bincount(labels, minlength=n_classes)
    sums = [np.bincount(labels, means[:, axis], n_classes) for axis in range(2)]
    return np.asarray(np.stack(sums, axis=1) / np.maximum(counts, 1)[:, None], np.float32)


def give_chroma(images: Images, chroma: Floats) -> Images:
    """Give each image (n, h, w, 3) one color (n, 2) of Lab all over; its lightness stays."""
    lab = to_lab(images)
    lab[..., 1:] = chroma[:, None, None, :]
    return to_rgb(lab)


def _settings(
    title: str, restore: Callable[[Images, float], Images], *values: float
) -> list[Baseline]:
    """Make one baseline for each setting of a filter."""

    def one(value: float) -> Baseline:
        return Baseline(title, f"{value:g}", lambda degraded: restore(degraded.images, value))

    return [one(value) for value in values]


BASELINES: dict[str, tuple[Baseline, ...]] = {
    "denoise": (
        *_settings("median of", lambda images, side: median(images, int(side)), 3, 5),
        *_settings("bilateral filter", bilateral, 0.1, 0.2, 0.4),
        *_settings("non-local means", nonlocal_means, 0.1, 0.2, 0.3),
        *_settings("total variation", total_variation, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5),
    ),
    "colorize": (Baseline("grey copy", "", lambda d: d.images),),
    "unwatermark": (
        Baseline("stretched skin", "told where", lambda d: fill(d, bent=False)),
        Baseline("bent plate", "told where", lambda d: fill(d, bent=True)),
    ),
    "inpaint": (
        Baseline("stretched skin", "", lambda d: fill(d, bent=False)),
        Baseline("bent plate", "", lambda d: fill(d, bent=True)),
    ),
    "enlarge": (
        Baseline("bicubic", "half", lambda d: bicubic(d.images, 1)),
        Baseline("bicubic", "quarter", lambda d: bicubic(d.images, 2)),
    ),
}


def best(task: str, degraded: Degraded, clean: Images) -> int:
    """Find the baseline with the smallest squared error.

    Parameters
    ----------
    task : str
        A key of ``BASELINES``.
    degraded : Degraded
    clean : float32 (n, h, w, c)
        What the images were.

    Returns
    -------
    int
        Its place in ``BASELINES[task]``.
    """
    errors = [
        float(((baseline.restore(degraded) - clean) ** 2).mean()) for baseline in BASELINES[task]
    ]
    return int(np.argmin(errors))


def _shifted(images: Images, radius: int) -> Any:
    padded = np.pad(images, ((0, 0), (radius, radius), (radius, radius), (0, 0)), "edge")
    height, width = images.shape[1:3]
    for dy in range(-radius, radius + 1):
        for dx in range(-radius, radius + 1):
            top, left = radius + dy, radius + dx
            yield padded[:, top : top + height, left : left + width], dy, dx


def _gradient(images: Images) -> Floats:
    result = np.zeros((2, *images.shape), np.float32)
    result[0, :, :-1] = images[:, 1:] - images[:, :-1]
    result[1, :, :, :-1] = images[:, :, 1:] - images[:, :, :-1]
    return result


def _divergence(field: Floats) -> Floats:
    down, right = field
    result = down + right
    result[:, 1:] -= down[:, :-1]
    result[:, :, 1:] -= right[:, :, :-1]
    return np.asarray(result, np.float32)


def _fill_one(image: Images, lost: npt.NDArray[np.bool_], *, bent: bool) -> Images:
    from scipy.sparse.linalg import spsolve

    unknown = lost.ravel()
    if not unknown.any() or unknown.all():
        return image
    laplace = _laplace(*lost.shape)
    matrix = laplace.T @ laplace if bent else laplace
    rows = matrix[unknown]
    flat = image.reshape(-1, image.shape[-1])
    right = -(rows[:, ~unknown] @ flat[~unknown])
    solved = spsolve(rows[:, unknown].tocsc(), right).reshape(-1, image.shape[-1])
    result = flat.copy()
    result[unknown] = np.clip(solved, 0, 1)
    return result.reshape(image.shape)


@lru_cache(maxsize=8)
def _laplace(height: int, width: int) -> Any:
    """Return the Laplacian of a grid whose border reflects: sparse (h * w, h * w)."""
    from scipy import sparse

    def line(n: int) -> Any:
        middle = np.full(n, 2.0)
        middle[[0, -1]] = 1.0 if n > 1 else 0.0
        beside = -np.ones(n - 1)
        return sparse.diags([beside, middle, beside], [-1, 0, 1])

    return sparse.csr_array(
        sparse.kron(line(height), sparse.eye(width)) + sparse.kron(sparse.eye(height), line(width))
    )

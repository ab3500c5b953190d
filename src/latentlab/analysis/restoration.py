"""How well damage was undone: figures for images, and a curve of them against the strength.

A network is known here only as a function from images to images.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from latentlab.analysis import baselines
from latentlab.color import chroma, to_lab
from latentlab.images import Images
from latentlab.tasks import LOST, Degraded, task

Floats = npt.NDArray[np.float64]
Restore = Callable[[Images], Images]

# A perfect restoration has no finite PSNR; 100 dB is beyond what 8 bits can show.
PERFECT_MSE = 1e-10
# Of the Gaussian window of the SSIM, and its constants (Wang, Bovik, Sheikh and Simoncelli, 2004).
WINDOW_SIGMA, C1, C2 = 1.5, 0.01**2, 0.03**2


@dataclass(frozen=True)
class Curve:
    """PSNR against the strength of the damage, each a mean over the same images, in dB.

    Attributes
    ----------
    strengths : tuple of float
    damaged, network, baseline : tuple of float
    choices : tuple of int
        Which of ``BASELINES`` was best on other images at that strength.
    """

    strengths: tuple[float, ...]
    damaged: tuple[float, ...]
    network: tuple[float, ...]
    baseline: tuple[float, ...]
    choices: tuple[int, ...]


def psnr(images: Images, clean: Images) -> Floats:
    """Return the peak signal-to-noise ratio of each image, in dB: (n,)."""
    error = np.square(images - clean, dtype=np.float64).reshape(len(clean), -1).mean(axis=1)
    return np.asarray(-10 * np.log10(np.maximum(error, PERFECT_MSE)))


def psnr_inside(images: Images, clean: Images, masks: npt.NDArray[np.float32]) -> float:
    """Return the PSNR over all pixels that are covered, in dB; NaN where none is."""
    inside = np.broadcast_to(masks > LOST, images.shape)
    if not inside.any():
        return float("nan")
    error = float(np.square(images - clean, dtype=np.float64)[inside].mean())
    return float(-10 * np.log10(max(error, PERFECT_MSE)))


def ssim(images: Images, clean: Images) -> Floats:
    """Return the structural similarity of each image, at most 1: (n,).

    Windows are Gaussian and reach over the border by reflection, so that small images have one.
    """
    from scipy.ndimage import gaussian_filter

    def local(values: Images) -> Images:
        sigma = (0, WINDOW_SIGMA, WINDOW_SIGMA, 0)
        return np.asarray(gaussian_filter(values, sigma, truncate=3.5))

    mean_a, mean_b = local(images), local(clean)
    var_a = local(images**2) - mean_a**2
    var_b = local(clean**2) - mean_b**2
    both = local(images * clean) - mean_a * mean_b
    value = ((2 * mean_a * mean_b + C1) * (2 * both + C2)) / (
        (mean_a**2 + mean_b**2 + C1) * (var_a + var_b + C2)
    )
    return np.asarray(value.reshape(len(images), -1).mean(axis=1, dtype=np.float64))


def chroma_error(images: Images, clean: Images) -> float:
    """Return how far colors are off, as a mean distance in the plane of a and b."""
    off = to_lab(images)[..., 1:] - to_lab(clean)[..., 1:]
    return float(np.hypot(off[..., 0], off[..., 1]).mean())


def mean_chroma(images: Images) -> float:
    """Return how colored images are: 0 for grey, 20 to 30 for photographs."""
    return float(chroma(images).mean())


def restored(task_name: str, degraded: Degraded, network: Restore) -> Images:
    """Let a network answer, and put back what is known anyway."""
    return task(task_name).finish(degraded, network(degraded.images))


def strengths_of(task_name: str) -> tuple[float, ...]:
    """Return the strengths at which a task is measured: its training range, and beyond."""
    chosen = task(task_name)
    if chosen.step >= 1:
        return tuple(float(s) for s in np.arange(chosen.step, chosen.maximum + 0.5, chosen.step))
    shares = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 0.85, 1.0)
    return tuple(round(share * chosen.maximum, 4) for share in shares)


def curve(
    task_name: str,
    network: Restore,
    clean: Images,
    tuning: Images,
    *,
    seed: int,
    strengths: Sequence[float] | None = None,
) -> Curve:
    """Measure a network and the best baseline at several strengths.

    Parameters
    ----------
    task_name : str
    network : callable
    clean : float32 (n, h, w, c)
        Images to measure on.
    tuning : float32 (m, h, w, c)
        Other images, on which the best setting of the baseline is chosen.
    seed : int
        Of the damage.
    strengths : sequence of float, optional

    Returns
    -------
    Curve
    """
    rows = []
    given = tuple(strengths_of(task_name) if strengths is None else strengths)
    for strength in given:
        practice = task(task_name).degrade(tuning, strength, seed + 1)
        choice = baselines.best(task_name, practice, tuning)
        degraded = task(task_name).degrade(clean, strength, seed)
        by_filter = baselines.BASELINES[task_name][choice].restore(degraded)
        answers = (degraded.images, restored(task_name, degraded, network), by_filter)
        rows.append((*(float(psnr(answer, clean).mean()) for answer in answers), choice))
    damaged, by_network, by_baseline, choices = zip(*rows, strict=True)
    return Curve(given, damaged, by_network, by_baseline, choices)

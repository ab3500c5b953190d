"""How well a degradation was undone: figures for images, and a curve of them against the strength.

A network is known here only as a function from images to images.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from latentlab.analysis.baselines import Fitted
from latentlab.analysis.comparison import Interval, paired
from latentlab.analysis.fidelity import decibels, psnr, squared_errors
from latentlab.color import chroma, to_lab
from latentlab.images import Images
from latentlab.tasks import LOST, Degraded, task

# Test images that the curves over the strengths are of.
N_CURVE = 200

Restore = Callable[[Images], Images]


@dataclass(frozen=True)
class Curve:
    """PSNR against the strength of the degradation, each over the same images, in dB.

    Attributes
    ----------
    strengths : tuple of float
    degraded, network, baseline : tuple of float
    gaps : tuple of Interval
        PSNR of the network less that of the baseline.
    """

    strengths: tuple[float, ...]
    degraded: tuple[float, ...]
    network: tuple[float, ...]
    baseline: tuple[float, ...]
    gaps: tuple[Interval, ...]


def gap(network: Images, baseline: Images, clean: Images) -> Interval:
    """Compare the PSNR of two restorations of the same images: a paired interval, in dB.

    Parameters
    ----------
    network, baseline, clean : float32 (n, h, w, c)
        Values in [0, 1].

    Returns
    -------
    Interval
        PSNR of the network minus that of the baseline, with its 95 % interval.
    """
    errors = (squared_errors(images, clean) for images in (network, baseline))
    return paired(*errors, of=decibels)


def psnr_inside(images: Images, clean: Images, masks: npt.NDArray[np.float32]) -> float:
    """Return the PSNR over all pixels that are covered, in dB; NaN where none is.

    Parameters
    ----------
    images, clean : float32 (n, h, w, c)
        Values in [0, 1].
    masks : float32 (n, h, w, 1)
        Values in [0, 1]; see `LOST`.

    Returns
    -------
    float
    """
    inside = np.broadcast_to(masks > LOST, images.shape)
    if not inside.any():
        return float("nan")
    return float(decibels(np.square(images - clean, dtype=np.float64)[inside].mean()))


def chroma_error(images: Images, clean: Images) -> float:
    """Return how far colors are off, as a mean distance in the plane of a and b.

    Parameters
    ----------
    images, clean : float32 (n, h, w, 3)
        RGB in [0, 1].

    Returns
    -------
    float
        Euclidean, in units of CIELAB.
    """
    off = to_lab(images)[..., 1:] - to_lab(clean)[..., 1:]
    return float(np.hypot(off[..., 0], off[..., 1]).mean())


def mean_chroma(images: Images) -> float:
    """Return how colored images are: 0 for gray, 20 to 30 for photographs.

    Parameters
    ----------
    images : float32 (n, h, w, 3)
        RGB in [0, 1].

    Returns
    -------
    float
        In units of CIELAB.
    """
    return float(chroma(images).mean())


def restored(task_name: str, degraded: Degraded, network: Restore) -> Images:
    """Let a network answer, and put back what is known anyway.

    Parameters
    ----------
    task_name : str
    degraded : Degraded
    network : callable
        Takes and returns float32 (n, h, w, c) in [0, 1].

    Returns
    -------
    float32 (n, h, w, c)
        Values in [0, 1].
    """
    return task(task_name).finish(degraded, network(degraded.images))


def strengths_of(task_name: str) -> tuple[float, ...]:
    """Return the strengths at which a task is measured: its usual one, training range, beyond.

    Parameters
    ----------
    task_name : str

    Returns
    -------
    tuple of float
        Increasing, in the unit of the task's control.
    """
    chosen = task(task_name)
    if chosen.step >= 1:
        return tuple(float(s) for s in np.arange(chosen.step, chosen.maximum + 0.5, chosen.step))
    shares = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 0.85, 1.0)
    return tuple(sorted({chosen.usual, *(round(share * chosen.maximum, 4) for share in shares)}))


def curve(
    task_name: str,
    network: Restore,
    fitted: Sequence[Fitted],
    clean: Images,
    *,
    seed: int,
    strengths: Sequence[float],
) -> Curve:
    """Measure a network and the best baseline at several strengths.

    Parameters
    ----------
    task_name : str
    network : callable
    fitted : sequence of Fitted
        The baseline of each strength, fitted on other images.
    clean : float32 (n, h, w, c)
        Images to measure on.
    seed : int
        Of the degradation.
    strengths : sequence of float

    Returns
    -------
    Curve
    """
    rows = []
    for strength, baseline in zip(strengths, fitted, strict=True):
        degraded = task(task_name).degrade(clean, strength, seed)
        by_network = restored(task_name, degraded, network)
        by_baseline = baseline.restore(degraded)
        answers = (degraded.images, by_network, by_baseline)
        figures = (psnr(answer, clean) for answer in answers)
        rows.append((*figures, gap(by_network, by_baseline, clean)))
    inputs, by, beside, gaps = zip(*rows, strict=True)
    return Curve(tuple(strengths), inputs, by, beside, gaps)

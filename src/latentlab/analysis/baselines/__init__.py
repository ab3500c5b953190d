"""What a classical method makes of the same degradation: the honest line beside a network.

``BASELINES`` names, for each task, the methods and settings that are tried. A baseline knows what
a network could learn: its setting is chosen on validation images, and where noise was cut to the
range of pixels a tone curve, fitted on the same images, puts the grays back where they belong.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from latentlab.analysis.baselines import filters
from latentlab.analysis.baselines.coloring import ColorTable
from latentlab.analysis.baselines.filling import biharmonic, harmonic, unblend
from latentlab.analysis.baselines.resizing import bicubic
from latentlab.analysis.baselines.tone import fit_tone, flat_tone, with_tone
from latentlab.images import Images
from latentlab.tasks import Degraded

__all__ = ["BASELINES", "TONED", "Baseline", "Fitted", "candidates", "fit"]

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.integer]
Filter = Callable[[Degraded], Images]


@dataclass(frozen=True)
class Baseline:
    """A classical method with one setting.

    Attributes
    ----------
    title : str
        The method's name: "total variation".
    setting : str
        What was chosen: "0.1", or "with the mask given"; may be empty.
    restore : callable
        ``Degraded -> images``; methods that fill or unblend are given the mask.
    """

    title: str
    setting: str
    restore: Filter

    def __str__(self) -> str:
        return f"{self.title} {self.setting}".strip()


@dataclass(frozen=True)
class Fitted:
    """A baseline as it was fitted on validation images.

    Attributes
    ----------
    baseline : Baseline
    tone : float32 (k,)
        The tone curve, see `latentlab.analysis.baselines.tone`.
    """

    baseline: Baseline
    tone: Floats

    def restore(self, degraded: Degraded) -> Images:
        """Return the restored images.

        Parameters
        ----------
        degraded : Degraded
            Images (n, h, w, c), with masks where the method is given them.

        Returns
        -------
        float32 (n, h, w, c), 0 to 1
        """
        return with_tone(self.baseline.restore(degraded), self.tone)


def _settings(
    title: str, restore: Callable[[Images, float], Images], *values: float
) -> list[Baseline]:
    """Make one baseline for each setting of a filter."""

    def one(value: float) -> Baseline:
        return Baseline(title, f"{value:g}", lambda degraded: restore(degraded.images, value))

    return [one(value) for value in values]


GIVEN = "with the mask given"
BASELINES: dict[str, tuple[Baseline, ...]] = {
    "denoise": (
        *_settings("median of", filters.median, 3, 5),
        *_settings("bilateral filter", filters.bilateral, 0.1, 0.2),
        *_settings("non-local means", filters.nonlocal_means, 0.05, 0.1, 0.15, 0.2, 0.3),
        *_settings("total variation", filters.total_variation, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8),
        *_settings("wavelet shrinkage", filters.wavelet, 0.05, 0.1, 0.2, 0.4),
        *_settings(
            "sliding DCT", filters.sliding_dct, 0.1, 0.2, 0.3, 0.35, 0.4, 0.5, 0.65, 0.8, 1.1
        ),
    ),
    "colorize": (Baseline("gray copy", "", lambda d: d.images),),
    "unwatermark": (
        Baseline("unblending", GIVEN, unblend),
        Baseline("harmonic inpainting", GIVEN, harmonic),
        Baseline("biharmonic inpainting", GIVEN, biharmonic),
    ),
    "inpaint": (
        Baseline("harmonic inpainting", "", harmonic),
        Baseline("biharmonic inpainting", "", biharmonic),
    ),
    "enlarge": (
        Baseline("bicubic", "×2", lambda d: bicubic(d.images, 1)),
        Baseline("bicubic", "×4", lambda d: bicubic(d.images, 2)),
    ),
}
# What a network is compared with where nobody has named a method: what comes in.
UNCHANGED = (Baseline("network input", "", lambda d: d.images),)
# Tasks whose degradation is cut to [0, 1]: that lifts black and lowers white.
TONED = ("denoise",)


def candidates(
    task: str, tables: Sequence[ColorTable] = (), labels: Integers | None = None
) -> tuple[Baseline, ...]:
    """Return what is tried for a task.

    Parameters
    ----------
    task : str
        A key of ``TASKS``.
    tables : sequence of ColorTable
        Of training images, for "colorize".
    labels : int (n,), optional
        Classes of the images to restore; where they are not known no table is of use.

    Returns
    -------
    tuple of Baseline
    """
    named = BASELINES.get(task, UNCHANGED)
    if labels is None:
        return named
    return named + tuple(_painted(table, labels) for table in tables)


def fit(task: str, tried: Sequence[Baseline], degraded: Degraded, clean: Images) -> Fitted:
    """Choose the method, the setting and the tone curve with the smallest squared error.

    Parameters
    ----------
    task : str
        A key of ``TASKS``.
    tried : sequence of Baseline
        See `candidates`.
    degraded : Degraded
    clean : float32 (n, h, w, c)
        What the images were: validation images, never those that are measured on.

    Returns
    -------
    Fitted
    """
    found = []
    for choice, baseline in enumerate(tried):
        answer = baseline.restore(degraded)
        tone = fit_tone(answer, clean) if task in TONED else flat_tone()
        error = float(np.square(with_tone(answer, tone) - clean, dtype=np.float64).mean())
        found.append((error, choice, tone))
    _, choice, tone = min(found, key=lambda one: one[:2])
    return Fitted(tried[choice], tone)


def _painted(table: ColorTable, labels: Integers) -> Baseline:
    return Baseline(str(table), "", lambda degraded: table.paint(degraded.images, labels))

"""How well a score tells two groups apart, at one threshold and at all of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latentlab.analysis import AnalysisError

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Confusion:
    """Counts at one threshold; "unusual" is called what scores above it.

    Attributes
    ----------
    caught, missed : int
        Anomalies called unusual, and called usual.
    false_alarms, passed : int
        Normal images called unusual, and called usual.
    """

    caught: int
    missed: int
    false_alarms: int
    passed: int

    @property
    def recall(self) -> float:
        """Share of the anomalies that was caught."""
        return self.caught / max(1, self.caught + self.missed)

    @property
    def precision(self) -> float:
        """Share of what was called unusual that is an anomaly; 1 where nothing was called."""
        called = self.caught + self.false_alarms
        return self.caught / called if called else 1.0

    @property
    def false_alarm_rate(self) -> float:
        """Share of the normal images that was called unusual."""
        return self.false_alarms / max(1, self.false_alarms + self.passed)


def confusion(normal: ArrayLike, anomalous: ArrayLike, threshold: float) -> Confusion:
    """Count what a threshold gets right and wrong.

    Parameters
    ----------
    normal, anomalous : array_like (n,), (m,)
        Scores.
    threshold : float

    Returns
    -------
    Confusion
    """
    usual, unusual = _scores(normal, "normal"), _scores(anomalous, "anomalous")
    alarms, caught = int((usual > threshold).sum()), int((unusual > threshold).sum())
    return Confusion(caught, len(unusual) - caught, alarms, len(usual) - alarms)


def auc(normal: ArrayLike, anomalous: ArrayLike) -> float:
    """Return the area under the ROC curve.

    It is the chance that a random anomaly scores higher than a random normal image, ties counted
    half: 0.5 is guessing, and below 0.5 the score is misleading.

    Parameters
    ----------
    normal, anomalous : array_like (n,), (m,)
        Scores.

    Returns
    -------
    float
        0 to 1.
    """
    usual, unusual = _scores(normal, "normal"), _scores(anomalous, "anomalous")
    return float(_placed(unusual, usual).mean())


def auc_error(normal: ArrayLike, anomalous: ArrayLike) -> float:
    """Return the standard error of the area under the ROC curve.

    Parameters
    ----------
    normal, anomalous : array_like (n,), (m,)
        Scores.

    Returns
    -------
    float
        At least 0.

    References
    ----------
    DeLong, DeLong and Clarke-Pearson, "Comparing the areas under two or more correlated ROC
    curves", 1988.
    """
    usual, unusual = _scores(normal, "normal"), _scores(anomalous, "anomalous")
    pairs = ((unusual, usual), (usual, unusual))
    return float(np.sqrt(sum(_placed(one, other).var() / len(one) for one, other in pairs)))


def roc(normal: ArrayLike, anomalous: ArrayLike) -> tuple[Floats, Floats]:
    """Return the ROC curve: for every threshold the false alarms and what they buy.

    Parameters
    ----------
    normal, anomalous : array_like (n,), (m,)
        Scores.

    Returns
    -------
    false_alarm_rate, recall : float64 (k,)
        From (0, 0) to (1, 1), neither ever falling.
    """
    usual, unusual = _scores(normal, "normal"), _scores(anomalous, "anomalous")
    alarms, caught = _counts_above(usual, unusual)
    return (
        np.concatenate([[0.0], alarms / len(usual)]),
        np.concatenate([[0.0], caught / len(unusual)]),
    )


def precision_recall(normal: ArrayLike, anomalous: ArrayLike) -> tuple[Floats, Floats]:
    """Return the precision-recall curve, over the same thresholds as `roc`.

    Parameters
    ----------
    normal, anomalous : array_like (n,), (m,)
        Scores.

    Returns
    -------
    recall, precision : float64 (k,)
        Recall never falls; the last precision is the share of anomalies among all.
    """
    usual, unusual = _scores(normal, "normal"), _scores(anomalous, "anomalous")
    alarms, caught = _counts_above(usual, unusual)
    return caught / len(unusual), caught / (alarms + caught)


def _placed(scores: Floats, others: Floats) -> Floats:
    """Return for each score which share of the others lies below it, ties counted half."""
    ordered = np.sort(others)
    below, not_above = (np.searchsorted(ordered, scores, side=side) for side in ("left", "right"))
    return np.asarray((below + not_above) / (2 * len(ordered)), np.float64)


def _counts_above(usual: Floats, unusual: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Count, at each distinct score from the highest on, the scores that are at least as high."""
    thresholds = np.unique(np.concatenate([usual, unusual]))[::-1]
    counts = [
        len(group) - np.searchsorted(np.sort(group), thresholds, side="left")
        for group in (usual, unusual)
    ]
    return counts[0], counts[1]


def _scores(values: ArrayLike, name: str) -> Floats:
    scores = np.asarray(values, dtype=np.float64).ravel()
    if not len(scores) or not np.isfinite(scores).all():
        raise AnalysisError(f"The {name} scores must be at least one finite number.")
    return scores

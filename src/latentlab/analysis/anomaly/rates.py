"""How well a score tells two groups apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latentlab.analysis import AnalysisError
from latentlab.analysis.comparison import Interval

SURE = 1.96  # standard errors on either side of a 95 % interval


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

    Raises
    ------
    AnalysisError
        If a group is empty or a score not finite.
    """
    from sklearn.metrics import roc_auc_score

    groups = _scores(normal, "normal"), _scores(anomalous, "anomalous")
    is_anomaly = np.repeat([0, 1], [len(group) for group in groups])
    return float(roc_auc_score(is_anomaly, np.concatenate(groups)))


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


def auc_difference(first: float, second: float, *, n_normal: int, n_anomalous: int) -> Interval:
    """Return how much larger one area is than another, where only the areas are known.

    Their errors are taken for independent. Those of two scores of the same images are not: the
    interval is wider than a paired one, so no difference is called one that is none.

    Parameters
    ----------
    first, second : float
        Areas under the ROC curve.
    n_normal, n_anomalous : int
        Images that both were measured on.

    Returns
    -------
    Interval

    References
    ----------
    Hanley and McNeil, "The meaning and use of the area under a receiver operating characteristic
    (ROC) curve", 1982.

    Examples
    --------
    >>> auc_difference(0.9, 0.4, n_normal=300, n_anomalous=100).verdict
    'better'
    >>> auc_difference(0.9, 0.85, n_normal=300, n_anomalous=30).verdict
    'no difference'
    """
    variance = 0.0
    for area in (first, second):
        one_normal, one_anomalous = 2 * area**2 / (1 + area), area / (2 - area)
        spread = (
            area * (1 - area)
            + (n_anomalous - 1) * (one_anomalous - area**2)
            + (n_normal - 1) * (one_normal - area**2)
        )
        variance += spread / (n_normal * n_anomalous)
    half = SURE * max(variance, 0.0) ** 0.5
    return Interval(first - second, first - second - half, first - second + half)


def _placed(scores: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return for each score which share of the others lies below it, ties counted half."""
    ordered = np.sort(others)
    below, not_above = (np.searchsorted(ordered, scores, side=side) for side in ("left", "right"))
    return np.asarray((below + not_above) / (2 * len(ordered)), np.float64)


def _scores(values: ArrayLike, name: str) -> NDArray[np.float64]:
    scores = np.asarray(values, dtype=np.float64).ravel()
    if not len(scores) or not np.isfinite(scores).all():
        raise AnalysisError(f"The {name} scores must be at least one finite number.")
    return scores

"""How well a score tells two groups apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latentlab.analysis import AnalysisError


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

"""Which of two is better or larger, and whether that can be said at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latentlab.analysis import AnalysisError

Floats = NDArray[np.float64]
Verdict = Literal["better", "worse", "no difference"]

N_RESAMPLES = 2000
LEVEL = 0.95
_BLOCK = 4_000_000  # rows drawn at once


@dataclass(frozen=True)
class Interval:
    """A difference, and where it lies with 95 % confidence.

    Attributes
    ----------
    difference : float
        Measured: the first minus the second.
    low, high : float
        Ends of the interval.
    """

    difference: float
    low: float
    high: float

    @property
    def verdict(self) -> Verdict:
        """Whether the first, whose larger values are better, is better than the second."""
        if self.low > 0:
            return "better"
        return "worse" if self.high < 0 else "no difference"


def paired(
    first: ArrayLike,
    second: ArrayLike,
    *,
    of: Callable[[Floats], Floats] = lambda means: means,
    seed: int = 0,
) -> Interval:
    """Compare two measurements of the same images by a paired bootstrap.

    The images are resampled with replacement 2,000 times, the same for both; the interval is from
    the 2.5 % to the 97.5 % quantile of the differences.

    Parameters
    ----------
    first, second : array_like (n,)
        One value for each image, in the same order.
    of : callable
        From means over images to what is compared: `latentlab.analysis.fidelity.decibels` for mean
        squared errors. By default the means themselves.
    seed : int

    Returns
    -------
    Interval
        Of ``of(mean of first) - of(mean of second)``.

    Raises
    ------
    AnalysisError
        If the two are not equally long, or empty.

    References
    ----------
    Efron and Tibshirani, "An introduction to the bootstrap", 1993: the percentile interval.
    """
    values = [np.asarray(side, np.float64).ravel() for side in (first, second)]
    n = len(values[0])
    if not n or len(values[1]) != n:
        raise AnalysisError(f"{n} and {len(values[1])} values cannot be paired: give as many each.")
    both = np.stack(values, axis=1)
    generator = np.random.default_rng(seed)
    size = max(1, _BLOCK // n)
    means = np.concatenate(
        [
            both[generator.integers(0, n, (min(size, N_RESAMPLES - start), n))].mean(axis=1)
            for start in range(0, N_RESAMPLES, size)
        ]
    )
    drawn = of(means[:, 0]) - of(means[:, 1])
    measured = of(both.mean(axis=0))
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail])
    return Interval(float(measured[0] - measured[1]), float(low), float(high))


def excess(first: ArrayLike, second: ArrayLike) -> Interval:
    """Say by which share the mean of one set of images exceeds that of another set.

    Parameters
    ----------
    first, second : array_like (n,), (m,)
        One positive value for each image, at least two of each; the images need not be the same.

    Returns
    -------
    Interval
        Of ``mean of first / mean of second - 1``, by the delta method on the logarithm of the
        ratio (Wasserman, "All of statistics", 2004, section 9.9).

    Raises
    ------
    AnalysisError
        If one has fewer than two values, or a mean that is not positive.
    """
    values = [np.asarray(side, np.float64).ravel() for side in (first, second)]
    means = [float(side.mean()) if len(side) > 1 else 0.0 for side in values]
    if min(means) <= 0:
        raise AnalysisError("A ratio needs two positive values or more on each side.")
    pairs = zip(values, means, strict=True)
    variance = sum(side.var(ddof=1) / len(side) / mean**2 for side, mean in pairs)
    ratio = means[0] / means[1]
    factor = float(np.exp(NormalDist().inv_cdf((1 + LEVEL) / 2) * np.sqrt(variance)))
    return Interval(ratio - 1, ratio / factor - 1, ratio * factor - 1)

"""Where the places of a lattice lie along one axis of a plane."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from latentlab.analysis import AnalysisError
from latentlab.errors import unknown_name

Spacing = Literal["linear", "gaussian"]
SPACINGS: tuple[Spacing, ...] = ("linear", "gaussian")


def ticks(kind: Spacing, n: int, low: float, high: float) -> NDArray[np.float32]:
    """Space the places of a lattice along one axis.

    Parameters
    ----------
    kind : {"linear", "gaussian"}
        "linear" puts equal steps between them, in the middle of n equal cells. "gaussian" puts
        equal shares of the standard normal distribution between them (its inverse cumulative
        distribution at equal steps, as in the figure of Kingma and Welling 2014): the prior of a
        VAE then fills every cell alike. It has no meaning for a plain autoencoder.
    n : int
        How many, 1 to 1,000.
    low, high : float
        Ends of the axis, in latent units.

    Returns
    -------
    ndarray of float32, shape (n,)
        Increasing, strictly between the ends.

    Raises
    ------
    AnalysisError
        For an unknown kind, an impossible number, an empty range, or Gaussian spacing on a range
        where the standard normal distribution has next to nothing.
    """
    if kind not in SPACINGS:
        raise AnalysisError(unknown_name("spacing", kind, SPACINGS))
    if not 1 <= n <= 1000 or not (np.isfinite([low, high]).all() and low < high):
        raise AnalysisError(
            f"{n} ticks from {low} to {high} cannot be placed; give 1 to 1000 and a range."
        )
    middles = (np.arange(n) + 0.5) / n
    if kind == "linear":
        return (low + (high - low) * middles).astype(np.float32)

    from scipy.special import ndtr, ndtri

    first, last = float(ndtr(low)), float(ndtr(high))
    if last - first < 1e-3:
        raise AnalysisError(
            f"Gaussian spacing has no room from {low:.3g} to {high:.3g}, far from 0; "
            "choose linear spacing."
        )
    return np.asarray(ndtri(first + (last - first) * middles), dtype=np.float32)

"""The one-cycle learning rate, as a function of the step alone, so that a resumed run agrees.

References
----------
Smith and Topin, "Super-convergence", 2018.
"""

from __future__ import annotations

import math

WARMUP = 0.3
START = 0.1


def one_cycle(step: int, n_steps: int, peak: float) -> float:
    """Return the learning rate of a step.

    Cosine up from a tenth of the peak over the first 30 % of the steps, cosine down to zero.

    Parameters
    ----------
    step : int
        Counted from 0.
    n_steps : int
        Steps in the whole run.
    peak : float
        The highest rate.

    Returns
    -------
    float
        In [0, peak].

    Examples
    --------
    >>> one_cycle(0, 100, 1.0), round(one_cycle(30, 100, 1.0), 6)
    (0.1, 1.0)
    """
    done = step / max(n_steps, 1)
    if done < WARMUP:
        return peak * (START + (1 - START) * 0.5 * (1 - math.cos(math.pi * done / WARMUP)))
    return peak * 0.5 * (1 + math.cos(math.pi * (done - WARMUP) / (1 - WARMUP)))

"""A tone curve: which gray a filter's gray stands for, never falling.

Noise that is cut to [0, 1] makes black lighter and white darker on average. A network learns that
away; a filter is given this curve, fitted on validation images.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from latentlab.images import Images

Floats = npt.NDArray[np.float32]

N_LEVELS = 64
LEVELS = (np.arange(N_LEVELS) + 0.5) / N_LEVELS


def flat_tone() -> Floats:
    """Return the curve that changes nothing.

    Returns
    -------
    float32 (0,)
        No levels; see `with_tone`.
    """
    return np.zeros(0, np.float32)


def fit_tone(answer: Images, clean: Images) -> Floats:
    """Fit the never-falling curve that brings a filter's answers nearest to the clean images.

    Parameters
    ----------
    answer, clean : float32 (n, h, w, c), 0 to 1

    Returns
    -------
    float32 (64,)
        What each of 64 levels (the middles of equal parts of [0, 1]) stands for.

    References
    ----------
    Barlow, Bartholomew, Bremner and Brunk, "Statistical inference under order restrictions", 1972:
    isotonic regression.
    """
    from sklearn.isotonic import IsotonicRegression

    level = np.minimum((answer.ravel() * N_LEVELS).astype(np.int64), N_LEVELS - 1)
    counts = np.bincount(level, minlength=N_LEVELS)
    sums = np.bincount(level, clean.ravel(), N_LEVELS)
    seen = counts > 0
    curve = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip")
    curve.fit(LEVELS[seen], sums[seen] / counts[seen], sample_weight=counts[seen])
    return np.asarray(curve.predict(LEVELS), np.float32)


def with_tone(images: Images, tone: Floats) -> Images:
    """Put every gray of images (n, h, w, c) through a curve; one without levels changes nothing.

    Parameters
    ----------
    images : float32 (n, h, w, c)
        Values in [0, 1].
    tone : float32 (64,) or (0,)
        From `fit_tone` or `flat_tone`; interpolated linearly between its levels.

    Returns
    -------
    float32 (n, h, w, c)
        Values in [0, 1].
    """
    if not len(tone):
        return images
    return np.asarray(np.interp(images, LEVELS, tone), np.float32)

"""What is said of a latent that is near to the training data, or far from it."""

from __future__ import annotations

from latentlab.analysis.support import Nearness
from latentlab.wording import words


def distance(nearness: Nearness) -> str:
    """Say how far the nearest training latent is.

    Examples
    --------
    >>> distance(Nearness(0.5, 63.0, False))
    'Nearest training latent: distance 0.500, larger than for 63 % of validation images.'
    """
    return (
        f"Nearest training latent: distance {words.figure(nearness.distance)}, larger than for "
        f"{_share(nearness.share)} validation images."
    )


def none_near(*, was_learned: bool = False) -> str:
    """Say that no training image is near; of a training image, that no other one is.

    Parameters
    ----------
    was_learned : bool
        Whether it is said of a training image itself.

    Returns
    -------
    str
    """
    return f"No {'other ' if was_learned else ''}training image is near this latent."


def _share(share: float) -> str:
    if share >= 100:
        return "all"
    return f"{share:.0f} % of" if share <= 99 else "more than 99 % of"

"""Figures worked out a second time, without the code that published them.

Images are loaded and degraded by latentlab, which is what the figures are about. The networks run
in plain numpy; figures are those of scikit-image, scikit-learn and scipy.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """One published figure.

    Attributes
    ----------
    name : str
    published, recomputed : float
    tolerance : float
        Largest difference that rounding, and where noise is drawn its sampling error, explain.
    """

    name: str
    published: float
    recomputed: float
    tolerance: float

    @property
    def agrees(self) -> bool:
        """Whether the two differ by no more than the tolerance."""
        return abs(self.published - self.recomputed) <= self.tolerance

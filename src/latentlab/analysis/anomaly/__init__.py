"""What is unusual: scores of images, how well they tell two groups apart, and what to test with.

A score is one value for each image, and higher means more anomalous. Nothing here
decides what is an anomaly: somebody sets a threshold, and `rates` counts its errors.
"""

from __future__ import annotations

from latentlab.analysis.anomaly.kinds import blank, corrupted, ground_level, noise
from latentlab.analysis.anomaly.rates import SURE, auc, auc_difference, auc_error
from latentlab.analysis.anomaly.scores import (
    BASELINES,
    NETWORK_SCORES,
    Calibration,
    Seen,
    linear_error,
    network_scores,
    pixel_errors,
)

# AUC by latent dimensions: each small network's epochs and training images, and the images of each
# kind that it is measured on, at most.
CURVE_EPOCHS, CURVE_TRAIN, CURVE_TEST = 5, 20_000, 1000

__all__ = [
    "BASELINES",
    "CURVE_EPOCHS",
    "CURVE_TEST",
    "CURVE_TRAIN",
    "NETWORK_SCORES",
    "SURE",
    "Calibration",
    "Seen",
    "auc",
    "auc_difference",
    "auc_error",
    "blank",
    "corrupted",
    "ground_level",
    "linear_error",
    "network_scores",
    "noise",
    "pixel_errors",
]

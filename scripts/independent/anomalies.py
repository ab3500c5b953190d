"""AUC of every score and kind, by scikit-learn; the network's own scores are worked out anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from sklearn.metrics import roc_auc_score
from sklearn.neighbors import NearestNeighbors

from independent import Check
from independent.forward import Network

N_REFERENCE = 10_000


def checks(
    network: Network, metrics: dict[str, Any], stored: Any, train: Any, test: Any, others: Any
) -> Iterator[Check]:
    """Compare the areas that were published.

    Parameters
    ----------
    network : Network
    metrics : dict
    stored : Anomalies
        The scores of the checkpoint, for the kinds whose images are made up.
    train, test, others : float images
        Of the classes that were shown, and of those that were left out.
    """
    for name, published in metrics["anomaly_auc"].items():
        score, kind = name.split("/")
        groups = [stored.groups[one].scores[score] for one in ("normal", kind)]
        yield Check(f"AUC {name}", published, _auc(*groups), 2e-3)
    reference = train[:N_REFERENCE]
    flat = reference.reshape(len(reference), -1)
    latents = network.encode(reference)[0]
    scores = {
        "mse": lambda images: np.square(network.reconstruct(images) - images).mean(axis=(1, 2, 3)),
        "distance": lambda images: _nearest(latents, network.encode(images)[0]),
        "pixels": lambda images: _nearest(flat, images.reshape(len(images), -1)),
    }
    for score, of in scores.items():
        published = metrics["anomaly_auc"][f"{score}/unseen"]
        yield Check(f"AUC {score}/unseen, anew", published, _auc(of(test), of(others)), 3e-3)


def _auc(normal: Any, unusual: Any) -> float:
    truth = np.repeat([0, 1], [len(normal), len(unusual)])
    return float(roc_auc_score(truth, np.concatenate([normal, unusual])))


def _nearest(space: Any, places: Any) -> Any:
    near = NearestNeighbors(n_neighbors=1, algorithm="brute").fit(space)
    return near.kneighbors(places)[0][:, 0]

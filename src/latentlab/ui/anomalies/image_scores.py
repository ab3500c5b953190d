"""One image before the network: what it draws, and how unusual its scores are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latentlab.analysis import anomaly
from latentlab.analysis.anomaly import Seen, Yardstick
from latentlab.analysis.neighbors import percentile
from latentlab.checkpoints import SPLIT_CODES, Checkpoint
from latentlab.images import Images
from latentlab.ui.anomalies.ranking import measured, ranked
from latentlab.ui.input import Query
from latentlab.ui.shell import cache

# The share of normal images that are less unusual, from which on it is said aloud.
UNUSUAL = 99.0


@dataclass(frozen=True)
class Judged:
    """What a network makes of one image.

    Attributes
    ----------
    drawn : float32 (h, w, c)
    scores : dict of str to float
        By name, in the order in which they are shown.
    percentiles : dict of str to float
        Of a hundred normal test images, how many have a lower score.
    """

    drawn: Images
    scores: dict[str, float]
    percentiles: dict[str, float]


def judge(checkpoint: Checkpoint, image: Images) -> Judged:
    """Ask the network about an image.

    Parameters
    ----------
    checkpoint : Checkpoint
    image : float32 (h, w, c)

    Returns
    -------
    Judged
        With the scores that training measured too; of a network without such measurements only
        error and distance.
    """
    codec, index = cache.codec(checkpoint), cache.index(checkpoint)
    latents, stds = codec.encode_stats(image[None])
    drawn = codec.decode(latents)
    seen = Seen(image[None], latents, stds, drawn)
    found = anomaly.network_scores(seen, _yardstick(checkpoint))
    found["pca"] = anomaly.linear_error(image[None], index.pca.mean, index.pca.components)
    reference = _normal(checkpoint)
    scores = {name: float(found[name][0]) for name in reference if name in found}
    return Judged(
        drawn[0],
        scores,
        {name: percentile(value, reference[name]) for name, value in scores.items()},
    )


def recall(checkpoint: Checkpoint, query: Query) -> Judged:
    """Return what was measured of an image of the set when it was here.

    Parameters
    ----------
    checkpoint : Checkpoint
    query : Query
        An image of the set; its pixels are what the network draws.

    Returns
    -------
    Judged
        Without scores, where this image was not measured.
    """
    found, reference = ranked(checkpoint), _normal(checkpoint)
    is_it = (found.numbers == query.number) & (query.split == found.split)
    rows = np.flatnonzero(is_it)
    scores = {name: float(found.scores[name][rows[0]]) for name in reference if len(rows)}
    return Judged(
        query.pixels,
        scores,
        {name: percentile(value, reference[name]) for name, value in scores.items()},
    )


def _normal(checkpoint: Checkpoint) -> dict[str, np.ndarray]:
    anomalies = measured(checkpoint)
    if anomalies is None:
        return dict(ranked(checkpoint).scores)
    scores = anomalies.groups["normal"].scores
    order = (*anomaly.NETWORK_SCORES, *anomaly.BASELINES)
    return {name: scores[name] for name in order if name in scores}


def _yardstick(checkpoint: Checkpoint) -> Yardstick:
    index, anomalies = cache.index(checkpoint), measured(checkpoint)
    training = index.latents[index.splits == SPLIT_CODES["train"]]
    latents = training if len(training) else index.latents
    if anomalies is None:
        return Yardstick(latents, sigma=_sigma(checkpoint))
    return Yardstick(
        latents if anomalies.reference is None else anomalies.reference,
        anomalies.typical_error,
        anomalies.typical_distance,
        _sigma(checkpoint),
    )


def _sigma(checkpoint: Checkpoint) -> float | None:
    def read() -> float | None:
        stored = checkpoint.weights().get("likelihood.log_sigma")
        return None if stored is None else float(np.exp(stored.astype(np.float64)))

    return cache.made("sigma", checkpoint, read)

"""One image before the network: what it draws, and how unusual its scores are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latentlab.analysis import anomaly
from latentlab.analysis.anomaly import Calibration, Seen
from latentlab.analysis.neighbors import percentile
from latentlab.analysis.support import Nearness
from latentlab.checkpoints import SPLIT_CODES, Checkpoint
from latentlab.images import Images
from latentlab.ui.anomalies.ranking import measured, ranked
from latentlab.ui.input import Query
from latentlab.ui.input.query import row_of
from latentlab.ui.shell import cache

# The share of normal images with a lower score, from which on a score is called large.
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
        Of a hundred normal test images, how many have a lower score; of "distance", of a hundred
        validation images, as on every page.
    nearness : Nearness or None
        To the training images; None where the distance was not measured.
    """

    drawn: Images
    scores: dict[str, float]
    percentiles: dict[str, float]
    nearness: Nearness | None = None


def judge(checkpoint: Checkpoint, query: Query) -> Judged:
    """Ask the network about an image.

    Parameters
    ----------
    checkpoint : Checkpoint
    query : Query
        With its own pixels.

    Returns
    -------
    Judged
        With the scores that training measured too; of a network without such measurements only
        error and distance.
    """
    image, codec, index = query.pixels, cache.codec(checkpoint), cache.index(checkpoint)
    latents, stds = codec.encode_stats(image[None])
    drawn = codec.decode(latents)
    seen = Seen(image[None], latents, stds, drawn)
    found = anomaly.network_scores(seen, _yardstick(checkpoint))
    found["pca"] = anomaly.linear_error(image[None], index.pca.mean, index.pca.components)
    row, support = row_of(index, query), cache.support(checkpoint)
    nearness = support.of_latents(latents)[0] if row is None else support.of_row(row)
    scores = {name: float(values[0]) for name, values in found.items()}
    return _compared(checkpoint, drawn[0], scores, nearness)


def recall(checkpoint: Checkpoint, query: Query) -> Judged:
    """Return what was measured of an image of the set when it was here.

    Parameters
    ----------
    checkpoint : Checkpoint
    query : Query
        An image of the set that is not on this machine.

    Returns
    -------
    Judged
        Without scores, where this image was not measured.
    """
    found = ranked(checkpoint)
    is_it = (found.numbers == query.number) & (query.split == found.split)
    rows = np.flatnonzero(is_it)
    scores = {name: float(values[rows[0]]) for name, values in found.scores.items() if len(rows)}
    index, support = cache.index(checkpoint), cache.support(checkpoint)
    row = row_of(index, query)
    latents = found.latents[rows[:1]] if row is None else index.latents[[row]]
    drawn = cache.codec(checkpoint).decode(latents)
    if row is not None:
        return _compared(checkpoint, drawn[0], scores, support.of_row(row))
    known = support.judge(scores["distance"]) if "distance" in scores else None
    return _compared(checkpoint, drawn[0] if len(drawn) else query.pixels, scores, known)


def _compared(
    checkpoint: Checkpoint, drawn: Images, found: dict[str, float], nearness: Nearness | None
) -> Judged:
    """Compare scores with those of normal test images."""
    reference = _normal(checkpoint)
    scores = {name: found[name] for name in reference if name in found}
    percentiles = {name: percentile(value, reference[name]) for name, value in scores.items()}
    if nearness is not None and "distance" in scores:
        scores["distance"], percentiles["distance"] = nearness.distance, nearness.share
    return Judged(drawn, scores, percentiles, nearness)


def _normal(checkpoint: Checkpoint) -> dict[str, np.ndarray]:
    anomalies = measured(checkpoint)
    if anomalies is None:
        return dict(ranked(checkpoint).scores)
    scores = anomalies.groups["normal"].scores
    order = (*anomaly.NETWORK_SCORES, *anomaly.BASELINES)
    return {name: scores[name] for name in order if name in scores}


def _yardstick(checkpoint: Checkpoint) -> Calibration:
    index, anomalies = cache.index(checkpoint), measured(checkpoint)
    training = index.latents[index.splits == SPLIT_CODES["train"]]
    latents = training if len(training) else index.latents
    if anomalies is None:
        return Calibration(latents, sigma=_sigma(checkpoint))
    return Calibration(
        latents if anomalies.reference is None else anomalies.reference,
        anomalies.typical_error,
        anomalies.typical_distance,
        _sigma(checkpoint),
    )


@cache.kept
def _sigma(checkpoint: Checkpoint) -> float | None:
    stored = checkpoint.weights().get("likelihood.log_sigma")
    return None if stored is None else float(np.exp(stored.astype(np.float64)))

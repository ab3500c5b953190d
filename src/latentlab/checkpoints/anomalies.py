"""What a checkpoint knows of anomalies: scores of test images and of what is not normal.

The tensors live in ``index.safetensors`` under ``anomaly/``. A checkpoint of a network that was
shown all classes has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from latentlab.checkpoints.manifest import damaged

# In the order in which they are shown. "normal" is what the others are told apart from.
KINDS = ("normal", "unseen", "other", "noise", "blank", "corrupted")
PREFIX = "anomaly/"

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Group:
    """Images of one kind and their scores.

    Attributes
    ----------
    latents : float32 (n, latent_dim)
    labels : int32 (n,)
        -1 where a label means nothing.
    numbers : int32 (n,)
        Image number in the test split of the set it comes from; else how many-th it was drawn.
    scores : dict of str to float32 (n,)
        Higher is more unusual; see `analysis.anomaly.scores`.
    """

    latents: Floats
    labels: Integers
    numbers: Integers
    scores: dict[str, Floats]

    def __len__(self) -> int:
        """Count the images."""
        return len(self.numbers)


@dataclass(frozen=True)
class Anomalies:
    """Everything that training measured about anomalies.

    Attributes
    ----------
    groups : dict of str to Group
        By kind, "normal" first; the same scores for each.
    typical_error, typical_distance : float
        Medians over validation images of normal classes; the score "both" divides by them.
    curve_sizes : int32 (k,)
        Latent sizes of small networks trained for comparison.
    curves : dict of str to dict of str to float32 (k,)
        AUC by score and kind, one for each size.
    reference : float32 (m, latent_dim) or None
        Latents of training images that the score "distance" is measured to; None in checkpoints
        that measured to the training latents of the index.
    """

    groups: dict[str, Group]
    typical_error: float
    typical_distance: float
    curve_sizes: Integers
    curves: dict[str, dict[str, Floats]]
    reference: Floats | None = None


def anomaly_tensors(anomalies: Anomalies | None) -> dict[str, npt.NDArray[Any]]:
    """Name the arrays as they are stored; none for None.

    Parameters
    ----------
    anomalies : Anomalies or None

    Returns
    -------
    dict of str to array
        Each name starts with `PREFIX`; empty for None.
    """
    if anomalies is None:
        return {}
    typical = [anomalies.typical_error, anomalies.typical_distance]
    tensors: dict[str, npt.NDArray[Any]] = {
        "typical": np.array(typical, np.float32),
        "curve_sizes": anomalies.curve_sizes,
    }
    if anomalies.reference is not None:
        tensors["reference"] = smaller(anomalies.reference)
    for kind, group in anomalies.groups.items():
        tensors[f"latents/{kind}"] = smaller(group.latents)
        tensors[f"labels/{kind}"] = group.labels
        tensors[f"numbers/{kind}"] = group.numbers
        tensors |= {f"score/{s}/{kind}": smaller(values) for s, values in group.scores.items()}
    for score, curve in anomalies.curves.items():
        tensors |= {f"curve/{score}/{kind}": values for kind, values in curve.items()}
    return {f"{PREFIX}{name}": np.ascontiguousarray(array) for name, array in tensors.items()}


def anomalies_from(tensors: dict[str, npt.NDArray[Any]], name: str) -> Anomalies | None:
    """Put them together from stored tensors, and prove that they belong together.

    Parameters
    ----------
    tensors : dict of str to array
        All of ``index.safetensors``; their axes and types are proven (see `schema`).
    name : str
        Of the checkpoint, for the sentence.

    Returns
    -------
    Anomalies or None
        None where nothing was measured.

    Raises
    ------
    CheckpointError
        If an array is missing or has another length than those it belongs to.
    """
    own = {k.removeprefix(PREFIX): v for k, v in tensors.items() if k.startswith(PREFIX)}
    if not own:
        return None
    try:
        groups = {kind: _group(own, kind) for kind in KINDS if f"numbers/{kind}" in own}
        error, distance = (float(value) for value in own["typical"])
        reference = _frozen(own["reference"]) if "reference" in own else None
        anomalies = Anomalies(groups, error, distance, own["curve_sizes"], _curves(own), reference)
    except (KeyError, ValueError) as error_found:
        raise damaged(name, f"its anomaly scores are incomplete ({error_found})") from None
    used = 2 + (anomalies.reference is not None) + sum(map(len, anomalies.curves.values()))
    if len(own) != used + sum(3 + len(group.scores) for group in groups.values()):
        raise damaged(name, "its anomaly scores have unknown parts")
    _check(anomalies, name)
    return anomalies


def smaller(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return values in half precision where they stay true to a thousandth, else as they are.

    Parameters
    ----------
    values : float32 (...)

    Returns
    -------
    float16 or float32 (...)
    """
    given = np.asarray(values, np.float32)
    with np.errstate(over="ignore"):
        half = given.astype(np.float16)
    return half if np.allclose(half, given, rtol=1e-3, atol=1e-6) else given


def _group(own: dict[str, npt.NDArray[Any]], kind: str) -> Group:
    names = [key.split("/") for key in own if key.startswith("score/") and key.endswith(f"/{kind}")]
    return Group(
        latents=_frozen(own[f"latents/{kind}"]),
        labels=own[f"labels/{kind}"],
        numbers=own[f"numbers/{kind}"],
        scores={score: _frozen(own[f"score/{score}/{kind}"]) for _, score, _ in names},
    )


def _curves(own: dict[str, npt.NDArray[Any]]) -> dict[str, dict[str, Floats]]:
    curves: dict[str, dict[str, Floats]] = {}
    for key, values in own.items():
        if key.startswith("curve/"):
            _, score, kind = key.split("/")
            curves.setdefault(score, {})[kind] = _frozen(values)
    return curves


def _check(anomalies: Anomalies, name: str) -> None:
    normal = anomalies.groups.get("normal")
    if normal is None or not normal.scores or len(anomalies.groups) < 2:
        raise damaged(name, "its anomaly scores lack a group to compare with")
    for group in anomalies.groups.values():
        arrays = (group.latents, group.labels, group.numbers, *group.scores.values())
        if set(group.scores) != set(normal.scores) or any(len(a) != len(group) for a in arrays):
            raise damaged(name, "the scores of its anomalies do not fit together")
        if not len(group):
            raise damaged(name, "a kind of its anomalies is empty")
    if not (anomalies.typical_error > 0 and anomalies.typical_distance > 0):
        raise damaged(name, "the typical scores of its normal images are not positive")
    for curve in anomalies.curves.values():
        if any(values.shape != anomalies.curve_sizes.shape for values in curve.values()):
            raise damaged(name, "a curve of its anomalies does not fit the latent sizes")


def _frozen(array: npt.NDArray[Any]) -> Floats:
    result = array.astype(np.float32, copy=False)
    result.flags.writeable = False
    return result

"""What was measured, as the manifest carries it: which figures there are and what they can be.

A figure of a name that is not in the table is kept, and may be any number.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Annotated

from pydantic import Field

from latentlab.strict import CountedMistakes

Value = (
    float
    | Annotated[list[float], Field(fail_fast=True)]
    | Annotated[dict[str, float], CountedMistakes]
)
Metrics = Annotated[dict[str, Value], CountedMistakes, Field(max_length=1000)]

# By pattern of the name: number, list or dict, and the least and the largest value.
KINDS: Mapping[str, tuple[type, float, float]] = {
    "mse": (float, 0, 1),
    "kl": (float, 0, math.inf),
    "active_dimensions": (float, 0, 4096),
    "elbo": (float, -math.inf, math.inf),
    "psnr": (float, -math.inf, math.inf),
    "ssim": (float, -1, 1),
    "kl_per_dimension": (list, 0, math.inf),
    "class_chroma": (list, -math.inf, math.inf),
    "curve_choice": (list, 0, 1000),
    "curve_*": (list, -math.inf, math.inf),
    "label_agreement": (dict, 0, math.inf),
    "trustworthiness": (dict, 0, math.inf),
}
# Each has one value for each strength of the degradation.
CURVES = {
    f"curve_{name}"
    for name in ("strength", "input", "network", "baseline", "choice", "gap_low", "gap_high")
}
# No measured figure comes near it, and its square is still a number.
LARGEST = 1e30
# Rounding may carry a share past its end.
ROUNDING = 1e-6


def odd_metric(metrics: Mapping[str, Value], latent_dim: int, n_classes: int) -> str:
    """Say which figure cannot be what was measured; empty if all can.

    Parameters
    ----------
    metrics : mapping of str to float, list of float or dict of str to float
    latent_dim, n_classes : int
        How long lists of one figure for each have to be.

    Returns
    -------
    str
        A part of a sentence.
    """
    for name, value in metrics.items():
        kind, least, most = next(
            (kind for pattern, kind in KINDS.items() if fnmatchcase(name, pattern)),
            (type(value), -math.inf, math.inf),
        )
        if not isinstance(value, kind):
            return f"the figure '{name}' is no {KIND_NAMES[kind]}"
        low, high = max(least, -LARGEST) - ROUNDING, min(most, LARGEST) + ROUNDING
        if any(not low <= number <= high for number in _numbers(value)):
            return f"the figure '{name}' has an impossible value"
    lengths = {"kl_per_dimension": latent_dim, "class_chroma": 2 * n_classes}
    curves = {k: len(v) for k, v in metrics.items() if isinstance(v, list) and k in CURVES}
    if curves and (min(curves.values()) < 1 or len(set(curves.values())) > 1):
        return "the curves over strengths have different lengths, or are empty"
    for name, length in lengths.items():
        found = metrics.get(name)
        if isinstance(found, list) and len(found) != length:
            return f"the figure '{name}' has {len(found)} values where {length} belong"
    return ""


KIND_NAMES = {float: "number", list: "list of numbers", dict: "table of numbers"}


def _numbers(value: Value) -> Iterator[float]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value
    else:
        yield value

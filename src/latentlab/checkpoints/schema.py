"""What the arrays of a checkpoint must look like, so that no page meets one that does not fit.

Each axis is one letter. A small letter is a size that must be the same wherever it stands:
``n`` images, ``z`` numbers of a latent, ``p`` pixels, ``c`` components, ``m`` images on other maps,
``s`` and ``w`` stages of training, ``k`` sizes of a curve. A capital stands for any size, a digit
for itself. After the axes come the types that are allowed, and the least and the largest value.

Axes and types are proven from the manifest alone, before any array is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

import numpy.typing as npt

from latentlab.checkpoints.manifest import TensorSpec, damaged

FLOAT = ("float16", "float32")
# int64 would wrap silently where it is computed with as int32.
INTEGER = ("uint8", "uint16", "uint32", "int8", "int16", "int32")
BYTE = ("uint8",)
# Of the decoder at stages of the training.
STAGE = (*FLOAT, "int8", "uint8")
# Larger values would be infinite when squared and added up in float32.
LARGEST = 1e15
INT32 = 2**31 - 1
# What stands for a "*" in a name is shown on the screen.
SHOWABLE = re.compile(r"[\w.,=+/ -]{1,80}")


@dataclass(frozen=True)
class Rule:
    """What an array must be.

    Attributes
    ----------
    axes : str
        One letter or digit for each; see this module.
    types : tuple of str
    least, most : float or str
        Of its values; a letter stands for the last row of that size.
    """

    axes: str
    types: tuple[str, ...] = FLOAT
    least: float = -LARGEST
    most: float | str = LARGEST


Schema = Mapping[str, Rule]

INDEX: Schema = {
    "latents": Rule("nz"),
    "stds": Rule("nz", least=0),
    "labels": Rule("n", INTEGER, 0, "class"),
    "splits": Rule("n", BYTE, 0, 2),
    "numbers": Rule("n", INTEGER, 0, INT32),
    "neighbors": Rule("nK", INTEGER, 0, "n"),
    "nearest_train_distance": Rule("n", least=0),
    "reconstruction_error": Rule("n", least=0),
    "pca/mean": Rule("p"),
    "pca/components": Rule("cp"),
    "pca/latents": Rule("nc"),
    "projection/*": Rule("n2"),
    "factor/*": Rule("n"),
    "variant/*": Rule("m2"),
    "inverse/*/centers": Rule("K2"),
    "inverse/*/weights": Rule("Kz"),
    "inverse/*/figures": Rule("2"),
    "anomaly/typical": Rule("2", least=0),
    "anomaly/curve_sizes": Rule("k", INTEGER, 1, INT32),
    "anomaly/reference": Rule("Nz"),
    "anomaly/latents/*": Rule("Nz"),
    "anomaly/labels/*": Rule("N", INTEGER, -1, "class"),
    "anomaly/numbers/*": Rule("N", INTEGER, 0, INT32),
    "anomaly/score/*/*": Rule("N"),
    "anomaly/curve/*/*": Rule("k", least=0, most=1),
}
FULL_INDEX: Schema = {
    "latents": Rule("nz", ("float32",)),
    "numbers": Rule("n", ("int32",), 0, INT32),
    "labels": Rule("n", ("int32",), 0, "class"),
    "splits": Rule("n", BYTE, 0, 2),
}
TIMELINE: Schema = {
    "steps": Rule("s", INTEGER, 0, INT32),
    "latents": Rule("sNY"),
    "weight_steps": Rule("w", INTEGER, 0, INT32),
    "scale/*": Rule("wR", least=0),
}
# What a plain autoencoder lacks, and a network that was shown all classes.
OPTIONAL = {"stds", "anomaly/typical", "anomaly/curve_sizes", "anomaly/reference"}
# A network without a latent has none of these, and a training need not keep its stages.
MAY_BE_EMPTY = set("zswkKNY")


def check_axes(
    specs: Mapping[str, TensorSpec], schema: Schema, name: str, **sizes: int
) -> dict[str, int]:
    """Prove that every array is named, and has the axes and the type that its name asks for.

    Parameters
    ----------
    specs : mapping of str to TensorSpec
        Shapes and types, by name of the array.
    schema : mapping of pattern to Rule
    name : str
        Of the checkpoint, for the sentence.
    **sizes : int
        Sizes that are known beforehand, by their letter.

    Returns
    -------
    dict of str to int
        All sizes, by their letter.

    Raises
    ------
    CheckpointError
        For the first array that does not fit.
    """
    missing = next((k for k in schema if not ("*" in k or k in OPTIONAL or k in specs)), None)
    if missing:
        raise damaged(name, f"there is no array {missing!r}")
    for key, spec in specs.items():
        rule = _rule(schema, key)
        if rule is None or spec.dtype not in rule.types or len(spec.shape) != len(rule.axes):
            raise damaged(name, f"the array {key!r} is not of the kind it should be")
        for axis, size in zip(rule.axes, spec.shape, strict=True):
            expected = int(axis) if axis.isdecimal() else sizes.get(axis, size)
            if size != expected:
                raise damaged(
                    name, f"the array {key!r} has {size} rows or columns where {expected} belong"
                )
            if not size and axis not in MAY_BE_EMPTY:
                raise damaged(name, f"the array {key!r} is empty")
            if axis.islower():
                sizes[axis] = size
    return sizes


def check_values(
    tensors: Mapping[str, npt.NDArray[Any]], schema: Schema, name: str, **ends: int
) -> None:
    """Prove that every value is one that its array can hold.

    Parameters
    ----------
    tensors : mapping of str to array
        Their axes and types are proven, and that they are finite.
    schema : mapping of pattern to Rule
    name : str
        Of the checkpoint, for the sentence.
    **ends : int
        What a rule calls by a word: how many of it there are.

    Raises
    ------
    CheckpointError
        For the first array that holds another value.
    """
    for key, array in tensors.items():
        rule = _rule(schema, key)
        if rule is None or not array.size:
            continue
        points = isinstance(rule.most, str)
        most = ends[rule.most] - 1 if isinstance(rule.most, str) else rule.most
        if not (float(array.min()) >= rule.least and float(array.max()) <= most):
            what = "names something that does not exist" if points else "holds an impossible value"
            raise damaged(name, f"the array {key!r} {what}")


def _rule(schema: Schema, key: str) -> Rule | None:
    if not SHOWABLE.fullmatch(key):
        return None
    return next((rule for pattern, rule in schema.items() if fnmatchcase(key, pattern)), None)

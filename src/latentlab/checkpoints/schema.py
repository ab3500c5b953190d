"""What the arrays of a checkpoint must look like, so that no page meets one that does not fit.

Each axis is one letter. A small letter is a size that must be the same wherever it stands:
``n`` images, ``z`` numbers of a latent, ``p`` pixels, ``c`` components, ``m`` images on other maps,
``s`` and ``w`` stages of training, ``k`` sizes of a curve. A capital stands for any size, a digit
for itself. After the axes come the kinds of numpy that are allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

import numpy.typing as npt

from latentlab.checkpoints.manifest import damaged

FLOAT, INTEGER = "f", "iu"
Schema = Mapping[str, tuple[str, str]]

INDEX: Schema = {
    "latents": ("nz", FLOAT),
    "stds": ("nz", FLOAT),
    "labels": ("n", INTEGER),
    "splits": ("n", INTEGER),
    "numbers": ("n", INTEGER),
    "neighbors": ("nK", INTEGER),
    "nearest_train_distance": ("n", FLOAT),
    "reconstruction_error": ("n", FLOAT),
    "pca/mean": ("p", FLOAT),
    "pca/components": ("cp", FLOAT),
    "pca/latents": ("nc", FLOAT),
    "projection/*": ("n2", FLOAT),
    "factor/*": ("n", FLOAT),
    "variant/*": ("m2", FLOAT),
    "inverse/*/centers": ("K2", FLOAT),
    "inverse/*/weights": ("Kz", FLOAT),
    "inverse/*/figures": ("2", FLOAT),
    "anomaly/typical": ("2", FLOAT),
    "anomaly/curve_sizes": ("k", INTEGER),
    "anomaly/reference": ("Nz", FLOAT),
    "anomaly/latents/*": ("Nz", FLOAT),
    "anomaly/labels/*": ("N", INTEGER),
    "anomaly/numbers/*": ("N", INTEGER),
    "anomaly/score/*/*": ("N", FLOAT),
    "anomaly/curve/*/*": ("k", FLOAT),
}
# What a plain autoencoder lacks, and a network that was shown all classes.
OPTIONAL = {"stds", "anomaly/typical", "anomaly/curve_sizes", "anomaly/reference"}
TIMELINE: Schema = {
    "steps": ("s", INTEGER),
    "latents": ("sNY", FLOAT),
    "weight_steps": ("w", INTEGER),
}


def check_axes(
    tensors: Mapping[str, npt.NDArray[Any]], schema: Schema, name: str, **sizes: int
) -> None:
    """Prove that every array is there, and has the axes and the kind that its name asks for.

    Parameters
    ----------
    tensors : mapping of str to array
    schema : mapping of pattern to (axes, kinds)
    name : str
        Of the checkpoint, for the sentence.
    **sizes : int
        Sizes that are known beforehand, by their letter.

    Raises
    ------
    CheckpointError
        For the first array that does not fit.
    """
    missing = next((k for k in schema if not ("*" in k or k in OPTIONAL or k in tensors)), None)
    if missing:
        raise damaged(name, f"there is no array {missing!r}")
    for key, array in tensors.items():
        axes, kinds = next((s for p, s in schema.items() if fnmatchcase(key, p)), ("", ""))
        if array.dtype.kind not in kinds or array.ndim != len(axes):
            raise damaged(name, f"the array {key!r} is not of the kind it should be")
        for axis, size in zip(axes, array.shape, strict=True):
            expected = int(axis) if axis.isdecimal() else sizes.get(axis, size)
            if size != expected:
                raise damaged(
                    name, f"the array {key!r} has {size} rows or columns where {expected} belong"
                )
            if axis.islower():
                sizes[axis] = size


def check_range(
    tensors: Mapping[str, npt.NDArray[Any]], limits: Mapping[str, int], name: str
) -> None:
    """Prove that numbers which point at something point at something that is there.

    Parameters
    ----------
    tensors : mapping of str to array
    limits : mapping of str to int
        By name of the array: its values are 0 or more, and below this.
    name : str
        Of the checkpoint, for the sentence.

    Raises
    ------
    CheckpointError
        For the first array that holds another value.
    """
    for key, limit in limits.items():
        array = tensors[key]
        if array.size and not (array.min() >= 0 and array.max() < limit):
            raise damaged(name, f"the array {key!r} names something that does not exist")

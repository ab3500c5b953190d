"""Parts of an image set by class: what a network is shown, and what it never sees."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from latentlab.data.image_set import ImageSet, split_sum
from latentlab.errors import DataError, unknown_name

UNLABELED = "unlabeled"
"""What stands for the class of pictures that have none, last among the class names."""


def class_numbers(asked: Sequence[str], class_names: Sequence[str]) -> tuple[int, ...]:
    """Find classes by name, or by the number of their label where no class has that name.

    Parameters
    ----------
    asked : sequence of str
        Names ("cat") or numbers ("3").
    class_names : sequence of str
        Of the image set; a label is a row of it.

    Returns
    -------
    tuple of int
        Labels, ascending, each once.

    Raises
    ------
    DataError
        If nothing was asked for, or a class does not exist.

    Examples
    --------
    >>> class_numbers(["cat", "0"], ["dog", "cat", "cow"])
    (0, 1)
    """
    if not asked:
        raise DataError("No class was named; name at least one.")
    # One letter can be written in two ways (é as one sign or two); both mean the same class.
    names = [unicodedata.normalize("NFC", name) for name in class_names]
    return tuple(sorted({_number(unicodedata.normalize("NFC", name), names) for name in asked}))


def keep_classes(image_set: ImageSet, labels: Sequence[int]) -> ImageSet:
    """Return the part of an image set that shows some classes; image numbers stay what they were.

    Parameters
    ----------
    image_set : ImageSet
    labels : sequence of int
        Rows of its class names.

    Returns
    -------
    ImageSet

    Raises
    ------
    DataError
        If no image shows any of them.
    """
    rows = np.flatnonzero(np.isin(image_set.labels, list(labels)))
    if not len(rows):
        names = ", ".join(image_set.class_names[label] for label in labels)
        raise DataError(
            f"No image of the {image_set.split} split of '{image_set.name}' shows {names}; "
            "name other classes or use more images."
        )
    return replace(
        image_set,
        images=image_set.images[rows],
        labels=image_set.labels[rows],
        factors={name: values[rows] for name, values in image_set.factors.items()},
        kept=image_set.numbers[rows],
        whole=split_sum(image_set),
    )


def labeled(image_set: ImageSet) -> npt.NDArray[np.bool_]:
    """Say of each image of a set whether its class is known.

    Parameters
    ----------
    image_set : ImageSet

    Returns
    -------
    bool (n,)
        False for the class `UNLABELED`.
    """
    nameless = [label for label, name in enumerate(image_set.class_names) if name == UNLABELED]
    return ~np.isin(image_set.labels, nameless)


def _number(name: str, class_names: Sequence[str]) -> int:
    if name in class_names:
        return list(class_names).index(name)
    if name.isascii() and name.isdigit() and len(name) < 10 and int(name) < len(class_names):
        return int(name)
    raise DataError(unknown_name("class", name, class_names))

"""What a folder's paths mean: which is a split, which a class, and which a wrapper around both.

Nothing is guessed in silence: a layout says in sentences how it was understood, and a run prints
them before it trains.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from latentlab.data.classes import UNLABELED
from latentlab.images import printable

_SPLIT_NAMES = {
    **dict.fromkeys(("train", "training"), "train"),
    **dict.fromkeys(("validation", "val", "valid", "dev"), "validation"),
    **dict.fromkeys(("test", "testing"), "test"),
}
# Of the circle of digests: what is validation and what is test, where neither is published.
_VALIDATION, _TEST = 0.1, 0.2
_CUT = 0.1  # of the published training pictures, for the one split that is not
_SALT = b"latentlab split"
_SHOWN = 6  # class names in a sentence

Parts = tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """How a folder is laid out: which class and which published split a path belongs to.

    Attributes
    ----------
    name : str
        The folder's own: the one class of a folder without any.
    wrapper : tuple of str
        Folders around everything, which mean nothing.
    splits : dict of str to str
        Folder at the top to the split it is; empty where none is published.
    inner : tuple of str
        Folders between a split and its classes.
    has_classes : bool
        Whether some picture lies in a class folder; one that does not is then unlabeled.
    """

    name: str
    wrapper: Parts = ()
    splits: dict[str, str] = field(default_factory=dict)
    inner: Parts = ()
    has_classes: bool = False

    def class_of(self, path: str) -> str:
        """Return the class of a file: the first folder below the split's.

        Parameters
        ----------
        path : str
            Relative to the folder, with slashes.

        Returns
        -------
        str
            In Unicode's composed form; `UNLABELED` for a file outside the class folders, and the
            folder's own name where there are none.
        """
        parts = _without(self.inner, self._below(path)[bool(self.splits) :])
        if len(parts) > 1:
            return composed(parts[0])
        return UNLABELED if self.has_classes else composed(self.name)

    def split_of(self, path: str, place: float) -> str | None:
        """Return the split of a file.

        Parameters
        ----------
        path : str
            Relative to the folder, with slashes.
        place : float
            Of its content on the circle, from 0 to 1; see `place_on_circle`.

        Returns
        -------
        str or None
            None where the file is outside the published splits.
        """
        if not self.splits:
            return _by_place(place, validation=_VALIDATION, test=_TEST)
        published = self.splits.get(self._below(path)[0])
        if published != "train":
            return published
        cut = self.cut
        return _by_place(
            place,
            validation=_CUT if cut == "validation" else 0.0,
            test=_CUT if cut == "test" else 0.0,
        )

    @property
    def cut(self) -> str | None:
        """The split that is cut out of the published training pictures, if one is missing."""
        missing = {"validation", "test"} - set(self.splits.values())
        return min(missing) if self.splits and missing else None

    def _below(self, path: str) -> Parts:
        return _without(self.wrapper, tuple(path.split("/")))


def understand(name: str, paths: Sequence[str]) -> Layout:
    """Find out how a folder is laid out from the paths of its pictures.

    Parameters
    ----------
    name : str
        Of the folder.
    paths : sequence of str
        Relative to it, with slashes.

    Returns
    -------
    Layout

    Examples
    --------
    >>> understand("pets", ["photos/Train/cat/1.png", "photos/val/cat/2.png"]).splits
    {'Train': 'train', 'val': 'validation'}
    """
    # Where a picture lies is all that matters, and there are far fewer folders than pictures.
    parts = [(*path.split("/")[:-1], "") for path in dict.fromkeys(map(_home, paths))]
    wrapper = _wrapper(parts)
    parts = [one[len(wrapper) :] for one in parts]
    splits = _splits(parts)
    if splits:
        parts = [one[1:] for one in parts if one[0] in splits]
    inner = _wrapper(parts) if splits else ()
    has_classes = any(len(one) > len(inner) + 1 for one in parts)
    return Layout(name, wrapper, splits, inner, has_classes)


def sentences(layout: Layout, rows: dict[str, tuple[int, int]], names: Sequence[str]) -> list[str]:
    """Say how a folder was understood.

    Parameters
    ----------
    layout : Layout
    rows : dict of split to (begin, end)
        Of the pictures that were read.
    names : sequence of str
        Class names, `UNLABELED` among them where some pictures have no class.

    Returns
    -------
    list of str
        For a person to read; names from the folder are made printable.
    """
    sizes = {split: end - begin for split, (begin, end) in rows.items()}
    classes = [name for name in names if name != UNLABELED]
    shown = ", ".join(classes[:_SHOWN]) + (", ..." if len(classes) > _SHOWN else "")
    counted = "1 class" if len(classes) == 1 else f"{len(classes)} classes"
    said = [f"'{printable(layout.name)}' has {sum(sizes.values()):,} images in {counted}: {shown}."]
    for folder in (*layout.wrapper, *layout.inner):
        said.append(f"The folder '{printable(folder)}' around the others was passed over.")
    said.append(_about_splits(layout, sizes))
    if UNLABELED in names:
        said.append(
            "Pictures outside the class folders stay unlabeled: they count in no agreement of "
            "labels."
        )
    return said


def composed(name: str) -> str:
    """Return a name in Unicode's composed form (NFC), in which equal names are equal."""
    return unicodedata.normalize("NFC", name)


def place_on_circle(digest: bytes) -> float:
    """Turn a picture's digest into a place from 0 to 1, the same for ever.

    Splits are cut out of this circle. As it depends on the content alone, a new file moves no other
    one, renaming moves nothing, and two copies of a picture cannot be in different splits.

    Parameters
    ----------
    digest : bytes
        Of the content of its file.

    Returns
    -------
    float
        From 0 to 1, evenly spread over all pictures.
    """
    salted = hashlib.blake2b(_SALT + digest, digest_size=8).digest()
    return int.from_bytes(salted, "big") / 2**64


def natural(name: str) -> tuple[bool, list[tuple[int, int, str]], str]:
    """Return a sort key by which class 10 comes after class 9, and the unlabeled last.

    Two names are never equal to it: "cat" and "Cat" are put in order by their letters.

    Parameters
    ----------
    name : str
        Of a class.

    Returns
    -------
    tuple
        For ``sorted``.
    """
    parts = re.split(r"([0-9]+)", name.casefold())
    counted = [(1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts]
    return name == UNLABELED, counted, name


def _about_splits(layout: Layout, sizes: dict[str, int]) -> str:
    counted = ", ".join(f"{n:,} {split}" for split, n in sizes.items())
    if not layout.splits:
        return f"The splits were cut by content, 80, 10 and 10 %: {counted}."
    found: dict[str, list[str]] = defaultdict(list)
    for folder, split in layout.splits.items():
        found[split].append(f"'{printable(folder)}'")
    named = ", ".join(f"{split} is {' and '.join(found[split])}" for split in sizes if found[split])
    cut = f", {layout.cut} is a tenth cut out of train" if layout.cut else ""
    return f"Its own splits were recognized: {named}{cut}: {counted}."


def _by_place(place: float, *, validation: float, test: float) -> str:
    if place < validation:
        return "validation"
    return "test" if place < test else "train"


def _wrapper(parts: Sequence[Parts]) -> Parts:
    """Return the lone folders, one in the other, around splits or several classes.

    Around nothing but pictures, the first of them is a class.
    """
    around: Parts = ()
    while len(tops := {one[0] if len(one) > 1 else "" for one in parts}) == 1 and "" not in tops:
        around = (*around, *tops)
        parts = [one[1:] for one in parts]
    return around if len(tops - {""}) > 1 else ()


def _splits(parts: Sequence[Parts]) -> dict[str, str]:
    """Return which folders at the top are splits: training, and one to measure on."""
    tops = sorted({one[0] for one in parts if len(one) > 1})
    found = {top: split for top in tops if (split := _SPLIT_NAMES.get(top.casefold()))}
    return found if "train" in found.values() and len(set(found.values())) > 1 else {}


def _home(path: str) -> str:
    return path[: path.rfind("/") + 1]


def _without(leading: Parts, parts: Parts) -> Parts:
    return parts[len(leading) :] if parts[: len(leading)] == leading else parts

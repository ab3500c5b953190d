"""Images that came as arrays: kept on this machine under the sum of their pixels.

A checkpoint carries no image. What was recorded from a notebook is kept where downloads are
(``<data_dir>/arrays``), so that every page finds the images again; equal images are kept once, and
networks that were recorded with the same images can be compared.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import numpy as np

from latentlab.data.image_set import SPLITS, Dataset, ImageSet, Request, pixel_sum
from latentlab.errors import DataError
from latentlab.scratch import beside

PREFIX = "array:"
FACTS = "images.json"
FORMAT = 1
_NAME = re.compile(PREFIX + r"[0-9a-f]{12}")
_MAX_FACTS = 2**20


def dataset(name: str) -> Dataset:
    """Describe an image set that came as arrays; no disk is touched.

    Parameters
    ----------
    name : str

    Returns
    -------
    Dataset

    Raises
    ------
    DataError
        If the name is not one that `keep` gives.
    """
    if not _NAME.fullmatch(name):
        raise DataError(f"'{name[:80]}' is not the name of recorded images.")
    return Dataset(
        name=name,
        title="recorded images",
        summary="Images that were recorded together with a network.",
        channels=None,
        size=32,
        sizes=None,
        class_names=(),
        download=None,
        defaults={},
        load=load,
        is_here=_is_here,
    )


def keep(sets: Mapping[str, ImageSet], data_dir: Path) -> str:
    """Keep the splits of an image set on this machine.

    Parameters
    ----------
    sets : mapping of split name to ImageSet
        All three.
    data_dir : Path
        Where downloads live.

    Returns
    -------
    str
        The name under which `load` finds them: the same for the same images and labels.

    Raises
    ------
    DataError
        If the disk refuses.
    """
    total = hashlib.sha256()
    for split in SPLITS:
        total.update(pixel_sum(sets[split].images).encode() + sets[split].labels.tobytes())
    names = list(sets["train"].class_names)
    total.update(json.dumps(names).encode())
    name = f"{PREFIX}{total.hexdigest()[:12]}"
    target = _folder(data_dir, name)
    if (target / FACTS).is_file():
        return name
    try:
        with beside(target) as scratch:
            for split in SPLITS:
                np.save(scratch / f"{split}.npy", np.ascontiguousarray(sets[split].images))
                np.save(scratch / f"{split}-labels.npy", sets[split].labels)
            facts = {"format": FORMAT, "class_names": names}
            (scratch / FACTS).write_text(json.dumps(facts) + "\n", encoding="utf-8")
            scratch.rename(target)
    except OSError as error:
        raise DataError(
            f"The images could not be kept in '{target.parent}' ({error.strerror}); set "
            "LATENTLAB_DATA to another folder."
        ) from None
    return name


def load(request: Request) -> ImageSet:
    """Load one split of images that came as arrays.

    Parameters
    ----------
    request : Request
        Its size is not looked at: the images keep theirs.

    Returns
    -------
    ImageSet
        Images (n, height, width, channels), mapped from the disk.

    Raises
    ------
    DataError
        If they are not on this machine, or damaged.
    """
    folder = _folder(request.data_dir, request.name)
    try:
        facts = _facts(folder)
        images = _mapped(folder / f"{request.split}.npy")
        labels = _mapped(folder / f"{request.split}-labels.npy")
    except FileNotFoundError:
        raise DataError(
            f"The recorded images '{request.name}' are not in '{request.data_dir}'; choose another "
            "--data-dir, or record them again."
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"The recorded images in '{folder}' are damaged ({error}).") from None
    return ImageSet(
        name=request.name,
        split=request.split,
        images=images[: request.n_images],
        labels=np.asarray(labels[: request.n_images]),
        class_names=facts,
    )


def _facts(folder: Path) -> tuple[str, ...]:
    with (folder / FACTS).open("rb") as stream:
        content: Any = json.loads(stream.read(_MAX_FACTS))
    if content["format"] != FORMAT:
        raise ValueError("another format")
    return tuple(str(name) for name in content["class_names"])


def _mapped(path: Path) -> Any:
    mode: Literal["r"] = "r"
    return np.load(path, mmap_mode=mode, allow_pickle=False)


def _is_here(request: Request) -> bool:
    folder = _folder(request.data_dir, request.name)
    return (folder / FACTS).is_file() and not folder.is_symlink()


def _folder(data_dir: Path, name: str) -> Path:
    return data_dir / "arrays" / name.removeprefix(PREFIX)

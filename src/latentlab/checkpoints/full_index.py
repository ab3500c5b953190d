"""The latents of all images, where these are more than the latent index holds.

One file of tensors beside the manifest, written as a stream and mapped where it is read, so that a
million images need no memory but for what is looked at. Its first rows are those of the latent
index, which is a random sample of it.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from latentlab.checkpoints.arrays import LatentIndex
from latentlab.checkpoints.manifest import FULL, TensorSpec, damaged
from latentlab.checkpoints.schema import FULL_INDEX, check_values

# What safetensors calls the types that are written here.
TYPES = {"float32": "F32", "int32": "I32", "uint8": "U8"}
MAX_HEADER = 10_000
BLOCK = 65_536  # rows looked at or written at a time


@dataclass(frozen=True)
class FullIndex:
    """Where every image landed; arrays are mapped and read-only.

    Attributes
    ----------
    latents : float32 (n, latent_dim)
        Encoder means.
    numbers : int32 (n,)
        Image number: the row in its split.
    labels : int32 (n,)
    splits : uint8 (n,)
        0 train, 1 validation, 2 test.
    """

    latents: npt.NDArray[np.float32]
    numbers: npt.NDArray[np.int32]
    labels: npt.NDArray[np.int32]
    splits: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        """Count the images."""
        return len(self.latents)


def full_tensors(index: FullIndex) -> dict[str, npt.NDArray[Any]]:
    """Name the arrays as they are stored, the widest type first, so that each is aligned.

    Parameters
    ----------
    index : FullIndex

    Returns
    -------
    dict of str to array
        Not copied.
    """
    return {
        "latents": index.latents,
        "numbers": index.numbers,
        "labels": index.labels,
        "splits": index.splits,
    }


def write_full(target: Path, tensors: Mapping[str, npt.NDArray[Any]]) -> str:
    """Write arrays as safetensors does, a part at a time.

    Parameters
    ----------
    target : Path
    tensors : mapping of str to array
        float32, int32 or uint8; they may be mapped.

    Returns
    -------
    str
        SHA-256 of the file, in hexadecimal.

    Raises
    ------
    OSError
        If the disk refuses.
    """
    header: dict[str, Any] = {}
    end = 0
    for name, array in tensors.items():
        begin, end = end, end + array.nbytes
        kind = {"dtype": TYPES[array.dtype.name], "shape": list(array.shape)}
        header[name] = {**kind, "data_offsets": [begin, end]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    total = hashlib.sha256()
    with target.open("wb") as file:
        for part in (len(text).to_bytes(8, "little"), text, *_parts(tensors)):
            file.write(part)
            total.update(part)
        file.flush()
        os.fsync(file.fileno())
    return total.hexdigest()


def map_full(
    file: BufferedReader, specs: Mapping[str, TensorSpec], name: str
) -> dict[str, npt.NDArray[Any]]:
    """Map the arrays of an open file where the manifest says they are, and as it says.

    Parameters
    ----------
    file : binary file
        At its beginning.
    specs : mapping of str to TensorSpec
        What the manifest says of it.
    name : str
        Of the checkpoint, for the sentence.

    Returns
    -------
    dict of str to array
        Mapped and read-only; their values are not proven.

    Raises
    ------
    CheckpointError
        If the file says otherwise than the manifest.
    """
    try:
        length = int.from_bytes(file.read(8), "little")
        header: Any = json.loads(file.read(length)) if length <= MAX_HEADER else None
        arrays: dict[str, npt.NDArray[Any]] = {}
        for key, spec in specs.items():
            entry = header[key]
            begin, end = entry["data_offsets"]
            n_bytes = math.prod(spec.shape) * np.dtype(spec.dtype).itemsize
            if (entry["dtype"], tuple(entry["shape"]), end - begin) != (
                *(TYPES[spec.dtype], spec.shape),
                n_bytes,
            ):
                raise ValueError(f"{key!r} is not what the manifest says")
            at = {"offset": 8 + length + begin, "shape": spec.shape}
            arrays[key] = np.memmap(file, dtype=spec.dtype, mode="r", **at)
    except (TypeError, KeyError, ValueError) as error:
        raise damaged(name, f"{FULL} cannot be read ({error})") from None
    return arrays


def full_index_from(
    tensors: Mapping[str, npt.NDArray[Any]], index: LatentIndex, n_classes: int, name: str
) -> FullIndex:
    """Prove every value, a part at a time, and that the latent index is the first part.

    Parameters
    ----------
    tensors : mapping of str to array
        From `map_full`.
    index : LatentIndex
    n_classes : int
        Labels are below it.
    name : str
        Of the checkpoint, for the sentence.

    Returns
    -------
    FullIndex

    Raises
    ------
    CheckpointError
        For the first array that does not fit.
    """
    found = FullIndex(*(tensors[key] for key in ("latents", "numbers", "labels", "splits")))
    for start in range(0, len(found), BLOCK):
        part = {key: array[start : start + BLOCK] for key, array in tensors.items()}
        if not np.isfinite(part["latents"]).all():
            raise damaged(name, f"the tensor 'latents' of {FULL} holds values that are not numbers")
        check_values(part, FULL_INDEX, name, **{"class": n_classes})
    first = slice(len(index))
    if len(found) < len(index) or not (
        np.array_equal(found.splits[first], index.splits)
        and np.array_equal(found.numbers[first], index.numbers)
    ):
        raise damaged(name, "the latent index is not a part of the index of all images")
    return found


def _parts(tensors: Mapping[str, npt.NDArray[Any]]) -> Iterator[bytes]:
    for array in tensors.values():
        for start in range(0, len(array), BLOCK):
            yield np.ascontiguousarray(array[start : start + BLOCK]).tobytes()

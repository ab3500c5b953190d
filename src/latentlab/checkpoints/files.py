"""The files of a checkpoint, read as if somebody else had put them there."""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from stat import S_ISREG

import numpy as np

from latentlab.checkpoints.manifest import FULL, GRAPHS, MANIFEST, Manifest, TensorSpec, damaged
from latentlab.graphs.bounds import MAX_BYTES as MAX_GRAPH_BYTES

# A manifest is a few kilobytes; anything larger is not ours and is not read into memory.
MAX_MANIFEST_BYTES = 4 * 2**20
MAX_TENSOR_BYTES = 2**30
# This one is mapped: nothing of it need fit into memory.
MAX_FULL_BYTES = 2**36
MAX_BYTES = {
    MANIFEST: MAX_MANIFEST_BYTES,
    "history.jsonl": 64 * 2**20,
    "samples.png": 64 * 2**20,
    **dict.fromkeys(GRAPHS, MAX_GRAPH_BYTES),
}
# What safetensors writes before its tensors, for each of them: name, type, shape and place.
MAX_HEADER_BYTES = 1000
# Never follow a link, never wait for a pipe; what a system does not know is left out.
CAREFULLY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def specs_of(manifest: Manifest, file: str) -> dict[str, TensorSpec]:
    """Return what the manifest says of the tensors of one file, by their names.

    Parameters
    ----------
    manifest : Manifest
    file : str
        "index.safetensors", say.

    Returns
    -------
    dict of str to TensorSpec
    """
    start = f"{file}/"
    return {k.removeprefix(start): s for k, s in manifest.tensors.items() if k.startswith(start)}


def sizes_of(manifest: Manifest, file: str) -> tuple[int, int]:
    """Return the least and the most bytes that a file can have, from the manifest alone.

    Parameters
    ----------
    manifest : Manifest
    file : str

    Returns
    -------
    least, most : int
        Both ends included.
    """
    if file in MAX_BYTES:
        return 0, MAX_BYTES[file]
    specs = specs_of(manifest, file).values()
    # Types are proven by now, so numpy knows them.
    n_bytes = sum(math.prod(spec.shape) * np.dtype(spec.dtype).itemsize for spec in specs)
    most = MAX_FULL_BYTES if file == FULL else MAX_TENSOR_BYTES
    return n_bytes, min(most, n_bytes + MAX_HEADER_BYTES * (len(specs) + 1))


@contextmanager
def opened(path: Path, file: str, least: int, most: int) -> Iterator[BufferedReader]:
    """Open a regular file of a checkpoint; a pipe or a device in its place is never waited for.

    Parameters
    ----------
    path : Path
        The checkpoint's folder.
    file : str
    least, most : int
        Bytes that the file may have.

    Yields
    ------
    binary file
        Closed at the end of the block.

    Raises
    ------
    CheckpointError
        If it is missing, a link, no regular file, of another size, or cannot be read.
    """
    target = path / file
    if path.is_symlink() or target.is_symlink():
        raise damaged(path.name, f"{file} is a link, and links are not followed")
    try:
        with open(
            target, "rb", opener=lambda name, flags: os.open(name, flags | CAREFULLY)
        ) as stream:
            stat = os.fstat(stream.fileno())
            if not S_ISREG(stat.st_mode):
                raise damaged(path.name, f"{file} is no file")
            if stat.st_size > most:
                raise damaged(path.name, f"{file} is larger than a checkpoint's can be")
            if stat.st_size < least:
                raise damaged(path.name, f"{file} is shorter than its tensors")
            yield stream
    except FileNotFoundError:
        raise damaged(path.name, f"{file} is missing") from None
    except OSError as error:
        raise damaged(path.name, f"{file} cannot be read ({error.strerror})") from None


def read_file(path: Path, file: str) -> bytes:
    """Read a regular file of a checkpoint.

    Parameters
    ----------
    path : Path
        The checkpoint's folder.
    file : str

    Returns
    -------
    bytes

    Raises
    ------
    CheckpointError
        If it is missing, a link, no regular file, too large, or cannot be read.
    """
    with opened(path, file, 0, MAX_BYTES.get(file, MAX_TENSOR_BYTES)) as stream:
        return stream.read()


def sha256(path: Path, file: str, least: int = 0, most: int = MAX_TENSOR_BYTES) -> str:
    """Return the SHA-256 of a regular file.

    Parameters
    ----------
    path : Path
        The checkpoint's folder.
    file : str
    least, most : int
        Bytes that the file may have.

    Returns
    -------
    str
        64 hexadecimal digits.

    Raises
    ------
    CheckpointError
        If it is missing, a link, no regular file, of another size, or cannot be read.
    """
    with opened(path, file, least, most) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

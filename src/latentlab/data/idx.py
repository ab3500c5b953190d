"""The IDX format, in which MNIST and its relatives are published."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import numpy as np

from latentlab.errors import DataError
from latentlab.images import Pixels

_UNSIGNED_BYTE = 8


def find(folder: Path, name: str) -> Path | None:
    """Find an IDX file as such or compressed (``name.gz``); None when neither is there.

    Parameters
    ----------
    folder : Path
    name : str
        Without ``.gz``.

    Returns
    -------
    Path or None
        The uncompressed one where both are there.
    """
    return next((path for path in (folder / name, folder / f"{name}.gz") if path.is_file()), None)


def read_idx(path: Path) -> Pixels:
    """Read an IDX file of unsigned bytes; an uncompressed one is mapped, not copied.

    Parameters
    ----------
    path : Path
        Ending in ``.gz`` when compressed.

    Returns
    -------
    uint8 array of the shape the file's head states, read-only

    Raises
    ------
    DataError
        If the file is not IDX, or not as long as it should be.
    """
    try:
        if path.suffix == ".gz":
            raw = np.frombuffer(gzip.decompress(path.read_bytes()), dtype=np.uint8)
        else:
            raw = np.memmap(path, dtype=np.uint8, mode="r")
        return _shaped(raw)
    except (OSError, EOFError, ValueError, IndexError, zlib.error) as error:
        raise DataError(f"'{path}' is damaged; delete it and load the set again.") from error


def unpack(compressed: Path) -> None:
    """Turn ``name.gz`` into ``name``, which can be mapped; renamed when complete.

    Parameters
    ----------
    compressed : Path
        Ending in ``.gz``; removed afterwards.

    Raises
    ------
    DataError
        If the file is cut off or otherwise damaged, or its content cannot be written.
    """
    plain = compressed.with_suffix("")
    part = plain.with_name(f".{plain.name}.part")
    try:
        content = gzip.decompress(compressed.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"'{compressed}' is damaged; delete it and load the set again.") from error
    try:
        part.write_bytes(content)
        part.replace(plain)
    except OSError as error:
        raise DataError(f"'{plain}' cannot be saved; choose another --data-dir.") from error
    finally:
        part.unlink(missing_ok=True)
    compressed.unlink()


def _shaped(raw: Pixels) -> Pixels:
    zeros, kind, axes = bytes(raw[:2]), int(raw[2]), int(raw[3])
    if zeros != b"\0\0" or kind != _UNSIGNED_BYTE or not 1 <= axes <= 3:
        raise ValueError("not an IDX file of unsigned bytes")
    head = 4 + 4 * axes
    shape = tuple(int(n) for n in np.frombuffer(bytes(raw[4:head]), dtype=">u4"))
    return raw[head:].reshape(shape)

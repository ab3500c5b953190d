"""One blob of bytes that carries a JSON header and several arrays to the browser.

A component's data must be one ``bytes`` object: Streamlit turns a dict that holds bytes into its
``str``. The layout is read by ``web/lib/message.ts``.

========  =====================================================================
bytes     what
========  =====================================================================
0-3       the letters ``LLM1``
4-7       length of the header in bytes, little-endian unsigned
8-        UTF-8 JSON: the caller's header, and under ``"arrays"`` for each name
          its ``dtype``, ``shape`` and ``offset`` from the start of the payload
aligned   payload: every array starts at a multiple of 16 bytes
========  =====================================================================
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

MAGIC = b"LLM1"
ALIGNMENT = 16
# What a JavaScript typed array can view; float16 is widened there.
DTYPES = ("float32", "float16", "int32", "uint8")


def pack(header: Mapping[str, object], arrays: Mapping[str, npt.NDArray[Any]]) -> bytes:
    """Pack a header and arrays into one blob.

    Parameters
    ----------
    header : mapping of str to JSON values
        Anything ``json`` can write, without the key ``"arrays"``.
    arrays : mapping of str to array
        float32, float16, int32 or uint8, of any shape.

    Returns
    -------
    bytes
        The blob; the same arguments give the same bytes, so Streamlit sends it once.

    Raises
    ------
    ValueError
        If an array has another dtype, or the header uses the reserved key.
    """
    if "arrays" in header:
        raise ValueError("The header key 'arrays' is reserved; rename it.")
    described: dict[str, dict[str, object]] = {}
    chunks: list[bytes] = []
    offset = 0
    for name, array in arrays.items():
        if array.dtype.name not in DTYPES:
            raise ValueError(f"Array '{name}' is {array.dtype}; use one of {', '.join(DTYPES)}.")
        raw = np.ascontiguousarray(array).tobytes()
        described[name] = {
            "dtype": array.dtype.name,
            "shape": list(array.shape),
            "offset": offset,
        }
        chunks += [raw, bytes(-len(raw) % ALIGNMENT)]
        offset += len(raw) + (-len(raw) % ALIGNMENT)
    text = json.dumps({**header, "arrays": described}, allow_nan=False).encode()
    start = 8 + len(text)
    return b"".join([MAGIC, struct.pack("<I", len(text)), text, bytes(-start % ALIGNMENT), *chunks])


def unpack(blob: bytes) -> tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]:
    """Read a blob back; the inverse of ``pack``.

    Parameters
    ----------
    blob : bytes
        From ``pack``.

    Returns
    -------
    header : dict
        Without the key ``"arrays"``.
    arrays : dict of str to read-only array
        With their dtypes and shapes.

    Raises
    ------
    ValueError
        If the blob does not begin with the magic letters.
    """
    if blob[:4] != MAGIC:
        raise ValueError("This is not a message for the browser: its first four letters are wrong.")
    (length,) = struct.unpack("<I", blob[4:8])
    header = json.loads(blob[8 : 8 + length])
    start = 8 + length + (-(8 + length) % ALIGNMENT)
    arrays = {
        name: np.frombuffer(
            blob,
            dtype=entry["dtype"],
            count=int(np.prod(entry["shape"], dtype=np.int64)),
            offset=start + entry["offset"],
        ).reshape(entry["shape"])
        for name, entry in header.pop("arrays").items()
    }
    return header, arrays

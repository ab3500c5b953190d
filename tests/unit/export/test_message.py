"""What is packed for the browser comes back, and lies where JavaScript can view it."""

from __future__ import annotations

import json
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from latentlab.export.message import ALIGNMENT, DTYPES, pack, unpack

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
NAMES = st.text(min_size=1, max_size=8)
ARRAYS = st.sampled_from(DTYPES).flatmap(
    lambda dtype: arrays.arrays(dtype, arrays.array_shapes(min_dims=1, max_dims=3, min_side=0))
)


@given(
    st.dictionaries(NAMES.filter(lambda name: name != "arrays"), JSON),
    st.dictionaries(NAMES, ARRAYS),
)
def test_round_trip(header, given_arrays):
    found_header, found = unpack(pack(header, given_arrays))
    assert found_header == header
    assert found.keys() == given_arrays.keys()
    for name, array in given_arrays.items():
        assert found[name].dtype == array.dtype
        np.testing.assert_array_equal(found[name], array)


def test_every_array_starts_at_a_multiple_of_sixteen_bytes():
    blob = pack({"a": "ü"}, {"x": np.zeros(3, np.uint8), "y": np.arange(5, dtype=np.float32)})
    (length,) = struct.unpack("<I", blob[4:8])
    header = json.loads(blob[8 : 8 + length])
    start = -(-(8 + length) // ALIGNMENT) * ALIGNMENT
    assert all((start + entry["offset"]) % ALIGNMENT == 0 for entry in header["arrays"].values())


def test_same_content_gives_the_same_bytes():
    arguments = {"k": [1, 2]}, {"x": np.ones((2, 2), np.float16)}
    assert pack(*arguments) == pack(*arguments)


@pytest.mark.parametrize("dtype", [np.float64, np.int64, np.bool_])
def test_other_dtypes_are_refused_by_name(dtype):
    with pytest.raises(ValueError, match=f"'x' is {np.dtype(dtype)}"):
        pack({}, {"x": np.zeros(2, dtype)})


def test_reserved_key_is_refused():
    with pytest.raises(ValueError, match="'arrays' is reserved"):
        pack({"arrays": 1}, {})


def test_foreign_bytes_are_refused():
    with pytest.raises(ValueError, match="not a message"):
        unpack(b"PNG and more")

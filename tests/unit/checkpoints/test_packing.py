"""Decoder weights at many stages take few bytes, and come back as they were stored."""

from __future__ import annotations

import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from latentlab.checkpoints.packing import Packed, pack, pack_stages, unpack_stages


def stages(n_stages: int, n_rows: int, n_columns: int, seed: int) -> list[Packed]:
    """Return a matrix that a training changes little by little, at each stage."""
    rng = np.random.default_rng(seed)
    first = rng.normal(size=(n_rows, n_columns))
    first[rng.integers(n_rows)] = 0
    changes = rng.normal(scale=0.002, size=(n_stages, n_rows, n_columns))
    return [pack(first + changes[:n].sum(axis=0)) for n in range(n_stages)]


@settings(max_examples=30, deadline=None)
@given(
    st.integers(1, 5),
    st.sampled_from([(16, 16), (3, 200)]),
    st.integers(0, 2**16),
)
def test_stages_come_back_within_half_a_step_and_then_exactly(n_stages, shape, seed):
    before = stages(n_stages, *shape, seed)
    compressed, scale = pack_stages(before)
    values = unpack_stages(compressed, (n_stages, *shape))
    assert values is not None
    after = [Packed(value, scale) for value in values]
    for one, other in zip(before, after, strict=True):
        assert (np.abs(one.unpack() - other.unpack()) <= 0.501 * scale[:, None]).all()
    again, same = pack_stages(after)
    assert np.array_equal(again, compressed)
    assert np.array_equal(same, scale)


def test_stages_that_differ_little_take_a_third_of_the_bytes():
    before = stages(20, 128, 128, seed=0)
    compressed, _ = pack_stages(before)
    assert len(compressed) * 3 < sum(stage.values.nbytes for stage in before)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no stream",
        zlib.compress(bytes(2 * 16 * 16 + 1)),
        zlib.compress(bytes(2 * 16 * 16 - 1)),
        zlib.compress(bytes(2 * 16 * 16))[:-1],
        zlib.compress(bytes(50_000_000)),
    ],
)
def test_what_is_not_of_that_shape_is_refused(data):
    assert unpack_stages(np.frombuffer(data, np.uint8), (2, 16, 16)) is None


def test_no_more_is_unpacked_than_a_timeline_may_hold():
    assert unpack_stages(np.zeros(9, np.uint8), (2**20, 2**20)) is None


def test_bytes_that_nobody_reads_are_refused():
    compressed, _ = pack_stages(stages(3, 8, 40, seed=0))
    assert unpack_stages(compressed, (3, 8, 40)) is not None
    assert unpack_stages(np.concatenate([compressed, compressed]), (3, 8, 40)) is None
    assert unpack_stages(compressed[None], (3, 8, 40)) is None

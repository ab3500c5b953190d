import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from latentlab.data.splits import stratified


@settings(deadline=None)
@given(
    labels=st.lists(st.integers(0, 4), min_size=0, max_size=300),
    shares=st.lists(st.integers(1, 8), min_size=1, max_size=4),
    seed=st.integers(0, 1000),
)
def test_every_row_is_in_exactly_one_part(labels, shares, seed):
    parts = stratified(np.array(labels, dtype=np.int64), shares, seed=seed)
    assert len(parts) == len(shares)
    np.testing.assert_array_equal(np.sort(np.concatenate(parts)), np.arange(len(labels)))
    assert all((np.diff(part) > 0).all() for part in parts)


@settings(deadline=None)
@given(st.integers(0, 1000))
def test_every_class_has_its_share_in_every_part(seed):
    labels = np.repeat(np.arange(5), [100, 103, 250, 17, 40])
    parts = stratified(labels, (7, 1, 2), seed=seed)
    for part, share in zip(parts, (0.7, 0.1, 0.2), strict=True):
        counts = np.bincount(labels[part], minlength=5)
        np.testing.assert_allclose(counts, share * np.bincount(labels), atol=3)


def test_sizes_are_exact():
    labels = np.random.default_rng(0).integers(0, 10, 60_000)
    assert [len(part) for part in stratified(labels, (11, 1), seed=1)] == [55_000, 5_000]


def test_another_seed_is_another_split():
    labels = np.zeros(100, dtype=np.int64)
    one, other = (stratified(labels, (1, 1), seed=seed)[0].tolist() for seed in (1, 2))
    assert one != other
    assert one == stratified(labels, (1, 1), seed=1)[0].tolist()

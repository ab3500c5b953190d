import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fakes import class_latents

from latentlab.analysis import AnalysisError
from latentlab.analysis.paths import PATHS, positions, spherical, straight


@pytest.mark.parametrize("kind", sorted(PATHS))
@pytest.mark.parametrize("overshoot", [0.0, 0.25, 0.5])
def test_paths_go_through_their_ends(kind: str, overshoot: float) -> None:
    a, b = class_latents(2, 8)[0]
    n = 41
    path = PATHS[kind](a, b, n, overshoot=overshoot)
    at = positions(n, overshoot)
    assert path.shape == (n, 8)
    assert path.dtype == np.float32
    for end, where in ((a, 0), (b, 1)):
        frame = int(np.abs(at - where).argmin())
        step = np.linalg.norm(path[1] - path[0])
        assert np.linalg.norm(path[frame] - end) <= step


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 10_000), latent_dim=st.sampled_from([2, 16, 128]))
def test_an_arc_between_equal_lengths_keeps_the_length(seed: int, latent_dim: int) -> None:
    a, b = np.random.default_rng(seed).normal(size=(2, latent_dim))
    b *= np.linalg.norm(a) / np.linalg.norm(b)
    path = spherical(a, b, 11, overshoot=0.5)
    np.testing.assert_allclose(np.linalg.norm(path, axis=1), np.linalg.norm(a), rtol=1e-4)
    turns = (path[1:] * path[:-1]).sum(axis=1)
    np.testing.assert_allclose(turns, turns[0], rtol=1e-3, atol=1e-3)  # equal angles


def test_the_middle_of_a_chord_is_shorter_than_the_middle_of_an_arc() -> None:
    a, b = np.random.default_rng(0).normal(size=(2, 64))
    chord, arc = straight(a, b, 3)[1], spherical(a, b, 3)[1]
    assert np.linalg.norm(chord) < 0.8 * np.linalg.norm(arc)


def test_where_there_is_no_arc_the_path_is_straight() -> None:
    origin, a = np.zeros(3), np.array([1.0, 2.0, 3.0])
    for start, end in ((origin, a), (a, origin), (a, 2 * a), (a, -a), (a, a)):
        assert (spherical(start, end, 5) == straight(start, end, 5)).all()


def test_lengths_between_are_in_proportion() -> None:
    path = spherical([1.0, 0.0], [0.0, 4.0], 3, overshoot=0)
    np.testing.assert_allclose(np.linalg.norm(path, axis=1), [1, 2, 4], rtol=1e-5)


def test_impossible_paths_are_refused() -> None:
    with pytest.raises(AnalysisError, match="1 frames"):
        straight([0.0], [1.0], 1)
    with pytest.raises(AnalysisError, match=r"overshoot of 0.6"):
        straight([0.0], [1.0], 5, overshoot=0.6)
    with pytest.raises(AnalysisError, match="two latents of one size"):
        spherical([0.0], [1.0, 2.0], 5)
    with pytest.raises(AnalysisError, match=r"numbers of B .* not finite"):
        straight([0.0], [np.nan], 5)

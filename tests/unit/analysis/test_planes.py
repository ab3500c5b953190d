import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference.planes import dimensions, off_plane
from tests.fakes import class_latents

from latentlab.analysis import AnalysisError
from latentlab.analysis.planes import Plane, extent, native, principal
from latentlab.analysis.spacing import SPACINGS, ticks

places = st.lists(
    st.tuples(st.floats(-50, 50, width=32), st.floats(-50, 50, width=32)), min_size=1, max_size=20
)


def planes(latent_dim: int, seed: int) -> list[Plane]:
    latents, _ = class_latents(60, latent_dim, seed=seed)
    found = [
        principal(latents, latents[0]),
        dimensions(0, latent_dim - 1, latents[3]),
    ]
    return [*found, native()] if latent_dim == 2 else found


@settings(max_examples=40, deadline=None)
@given(points=places, latent_dim=st.sampled_from([2, 3, 8, 64]), seed=st.integers(0, 50))
def test_project_undoes_lift(points: list[tuple[float, float]], latent_dim: int, seed: int) -> None:
    for plane in planes(latent_dim, seed):
        lifted = plane.lift(points)
        assert lifted.shape == (len(points), latent_dim)
        np.testing.assert_allclose(plane.project(lifted), points, atol=2e-3)
        np.testing.assert_allclose(off_plane(plane, lifted), 0, atol=2e-3)


def test_distances_on_the_plane_are_distances_in_space() -> None:
    for plane in planes(6, 1):
        a, b = plane.lift([[0, 0], [3, 4]])
        assert np.linalg.norm(a - b) == pytest.approx(5, abs=1e-4)


def test_dimensions_replace_two_numbers() -> None:
    plane = dimensions(2, 0, [1.0, 2.0, 3.0, 4.0])
    assert plane.lift([7, 9]).tolist() == [[9, 2, 7, 4]]
    assert plane.project([1.0, 2.0, 3.0, 4.0]).tolist() == [[3, 1]]


def test_principal_goes_through_its_latent() -> None:
    latents, _ = class_latents(60, 5)
    plane = principal(latents, latents[7])
    np.testing.assert_allclose(plane.lift([0, 0])[0], latents[7], atol=1e-6)
    spread = plane.project(latents).var(axis=0)
    assert spread[0] > spread[1] > 0


def test_a_space_of_one_dimension_has_a_line() -> None:
    for plane in (native(1), principal([[1.0], [4.0]], [2.0])):
        assert plane.lift([[1.5, 9.0]]).shape == (1, 1)
        assert plane.project([5.0])[0, 1] == 0
    assert native(1).lift([[1.5, 9.0]]).tolist() == [[1.5]]


def test_a_plane_cannot_be_changed_from_outside() -> None:
    origin = np.zeros(3, np.float32)
    plane = Plane(origin, np.eye(2, 3, dtype=np.float32))
    origin[0] = 5
    assert plane.origin[0] == 0
    with pytest.raises(ValueError, match="read-only"):
        plane.origin[0] = 1


def test_impossible_planes_are_refused() -> None:
    latents, _ = class_latents(5, 3)
    with pytest.raises(AnalysisError, match="Dimensions 1 and 1 span no plane"):
        dimensions(1, 1, latents[0])
    with pytest.raises(AnalysisError, match="from 0 to 2"):
        dimensions(0, 3, latents[0])
    with pytest.raises(AnalysisError, match="no plane of its own"):
        native(5)
    with pytest.raises(AnalysisError, match="length 1 and be at right angles"):
        Plane(latents[0], np.ones((2, 3), np.float32))
    with pytest.raises(AnalysisError, match="not finite"):
        dimensions(0, 1, [np.nan, 0.0, 0.0])
    with pytest.raises(AnalysisError, match="do not fit a plane in 3"):
        dimensions(0, 1, latents[0]).project(np.zeros((2, 4)))
    with pytest.raises(AnalysisError, match="two numbers, not 3"):
        native().lift([1.0, 2.0, 3.0])


def test_extent_leaves_outliers_outside() -> None:
    latents = np.random.default_rng(0).normal(size=(5000, 2)).astype(np.float32)
    latents[0] = 1000
    shown = extent(native(), latents)
    assert -4 < shown.x_low < -2 < 2 < shown.x_high < 4
    everything = extent(native(), latents, quantile=0)
    assert everything.x_high > 1000
    assert extent(native(), np.ones((9, 2)))[:2] == (0, 2)
    with pytest.raises(AnalysisError, match=r"quantile of 0.7"):
        extent(native(), latents, quantile=0.7)


@settings(max_examples=50, deadline=None)
@given(n=st.integers(1, 60), low=st.floats(-2, 0.5), width=st.floats(0.1, 8))
def test_ticks_increase_inside_the_range(n: int, low: float, width: float) -> None:
    for kind in SPACINGS:
        found = ticks(kind, n, low, low + width)
        assert found.shape == (n,)
        assert (np.diff(found) > 0).all()
        assert low - 1e-5 <= found[0] <= found[-1] <= low + width + 1e-5


def test_gaussian_ticks_hold_equal_shares_of_the_prior() -> None:
    found = ticks("gaussian", 20, -4, 4)
    samples = np.random.default_rng(0).normal(size=200_000)
    counts = np.histogram(samples, found)[0]
    assert counts.std() / counts.mean() < 0.03
    assert np.allclose(found, -found[::-1], atol=1e-5)


def test_impossible_ticks_are_refused() -> None:
    for n, low, high in [(0, 0, 1), (10**9, 0, 1), (5, 1, 1), (5, 0, np.inf), (5, np.nan, 1)]:
        with pytest.raises(AnalysisError, match="cannot be placed"):
            ticks("linear", n, low, high)
    with pytest.raises(AnalysisError, match="no room from 20 to 80"):
        ticks("gaussian", 5, 20, 80)
    with pytest.raises(AnalysisError, match="no spacing called 'gauss'"):
        ticks("gauss", 5, 0, 1)  # type: ignore[arg-type]

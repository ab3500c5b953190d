import numpy as np
import pytest
from reference.density import Density

from latentlab.analysis.kernel_density import rounded, scott_bandwidth, typical_density


def drawn(n, z, seed=0):
    generator = np.random.default_rng(seed)
    return (generator.normal(size=(n, z)) * np.arange(1, z + 1) + 3).astype(np.float32)


def test_rounding_moves_a_latent_by_less_than_a_fortieth_of_the_deviation():
    latents = drawn(40_000, 3)
    latents[5] = 1000
    found = rounded(latents)
    back = found.low + found.step * found.steps
    deviation = latents.std(axis=0)
    others = np.arange(len(latents)) != 5
    assert (np.abs(back - latents)[others] <= deviation / 40).all()
    np.testing.assert_allclose(back[5], latents.mean(axis=0) + 6 * deviation, rtol=0.01)


def test_a_dimension_that_never_moves_is_kept():
    latents = np.column_stack([drawn(100, 1)[:, 0], np.full(100, 0.25, np.float32)])
    found = rounded(latents)
    assert (found.low + found.step * found.steps)[:, 1] == pytest.approx(0.25)


@pytest.mark.parametrize("z", [1, 2, 16])
def test_bandwidth_and_typical_density_are_those_of_the_sample_among_all(z):
    latents, n = drawn(40_000, z), 500
    bandwidth = scott_bandwidth(latents[:n])
    assert bandwidth == pytest.approx(Density(latents[:n]).bandwidth, rel=1e-5)
    rows = latents[:n:2].astype(np.float64)
    sums = [np.exp(-0.5 * ((latents - row) ** 2).sum(axis=1) / bandwidth**2).sum() for row in rows]
    assert typical_density(latents, n, bandwidth) == pytest.approx(np.median(sums) - 1, rel=1e-3)


def test_a_lonely_latent_has_half_a_neighbor():
    assert typical_density(np.ones((1, 2), np.float32), 1, 1.0) == 0.5

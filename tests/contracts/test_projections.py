"""What every projection of the table keeps to."""

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.fakes import class_latents

from latentlab.analysis import AnalysisError
from latentlab.analysis.projections import PROJECTIONS, project
from latentlab.analysis.quality import trustworthiness

pytestmark = pytest.mark.parametrize("name", sorted(PROJECTIONS))


def latents_for(name: str, n: int = 120) -> NDArray[np.float32]:
    return class_latents(n, 2 if name == "native" else 6)[0]


def test_it_gives_a_finite_place_for_each_latent(name: str) -> None:
    drawn = project(name, latents_for(name), seed=0)
    assert drawn.shape == (120, 2)
    assert drawn.dtype == np.float32
    assert drawn.flags.c_contiguous
    assert np.isfinite(drawn).all()


def test_same_seed_same_picture(name: str) -> None:
    latents = latents_for(name)
    assert (project(name, latents, seed=3) == project(name, latents, seed=3)).all()


def test_the_latents_are_untouched(name: str) -> None:
    latents = latents_for(name)
    kept = latents.copy()
    latents.flags.writeable = False
    drawn = project(name, latents, seed=0)
    drawn += 1  # what is handed out is not what came in
    assert (latents == kept).all()


def test_neighbors_stay_nearer_than_chance(name: str) -> None:
    latents = latents_for(name)
    assert trustworthiness(latents, project(name, latents, seed=0)) > 0.8


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 16])
def test_few_latents_are_drawn_too(name: str, n: int) -> None:
    drawn = project(name, latents_for(name, n), seed=0)
    assert drawn.shape == (n, 2)
    assert np.isfinite(drawn).all()


def test_a_number_that_is_not_finite_is_refused(name: str) -> None:
    latents = latents_for(name)
    latents[5, 1] = np.nan
    with pytest.raises(AnalysisError, match="Row 5 of the latents"):
        project(name, latents)


def test_it_is_explained(name: str) -> None:
    projection = PROJECTIONS[name]
    assert projection.title
    assert projection.summary.endswith(".")

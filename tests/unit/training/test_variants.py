from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.conftest import tiny_config
from tests.fakes import linear_index

from latentlab.analysis.inverse import guess
from latentlab.checkpoints import CheckpointError, TensorSpec, open_checkpoint
from latentlab.checkpoints.arrays import index_from, index_tensors
from latentlab.checkpoints.schema import INDEX, check_axes
from latentlab.training.run import Places, RunRequest, run
from latentlab.training.variants import with_inverses, with_variants


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    root = tmp_path_factory.mktemp("variants")
    config = tiny_config(projections=("umap",), index_size=100, epochs=1, map_variants="true")
    result = run(
        RunRequest(config, name="tiny", places=Places(root / "checkpoints", root / "runs"))
    )
    return open_checkpoint(result.path)


def test_training_stores_variants_and_a_line_up_when_asked(trained):
    index = trained.index()
    assert trained.manifest.config.map_variants is True
    assert len(index.variants) == 7 + 8
    for places in index.variants.values():
        assert places.shape == (100, 2)
        assert np.isfinite(places).all()
        assert not places.flags.writeable


def test_training_stores_a_way_back_from_umap_only(trained, tiny_checkpoint):
    assert list(trained.index().inverses) == ["umap"]
    assert guess(trained.index().inverses["umap"], [0.0, 0.0]).shape == (1, 2)
    plain = open_checkpoint(tiny_checkpoint).index()
    assert plain.variants == {}
    assert plain.inverses == {}


def test_variants_report_how_far_they_are():
    said = []
    with_variants(linear_index(40), seed=0, progress=lambda *words: said.append(words))
    assert said[0] == ("maps of other seeds", 1, 15)
    assert said[-1] == ("maps of other seeds", 15, 15)


def test_an_index_too_small_for_maps_stays_as_it_is():
    index = linear_index(15)
    assert with_variants(index, seed=0) is index
    assert with_inverses(index, seed=0) is index


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"variant/seed/0": np.zeros((9, 3), np.float16)}, "variant/seed/0"),
        ({"variant/seed/0": np.zeros((41, 2), np.float16)}, "variants"),
        (
            {
                "variant/seed/0": np.zeros((9, 2), np.float16),
                "variant/seed/1": np.zeros((8, 2), np.float16),
            },
            "variant/seed/1",
        ),
        ({"inverse/umap/weights": np.zeros((3, 99), np.float32)}, "inverse/umap/weights"),
    ],
)
def test_maps_that_do_not_belong_to_the_index_are_refused(change, words):
    index = linear_index(40)
    index = replace(index, projections={"umap": index.projections["pca"]})
    tensors = index_tensors(with_inverses(index, seed=0)) | change
    specs = {k: TensorSpec(shape=v.shape, dtype=str(v.dtype)) for k, v in tensors.items()}
    with pytest.raises(CheckpointError, match=words):  # noqa: PT012 - one of the two finds it
        check_axes(specs, INDEX, "mine")
        index_from(tensors, "mine")

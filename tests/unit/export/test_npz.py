"""The NumPy file: everything of the index, readable without pickle."""

import io
from pathlib import Path

import numpy as np

from latentlab.checkpoints import open_checkpoint
from latentlab.export.npz import npz


def test_arrays_come_back_as_they_were(tiny_checkpoint: Path) -> None:
    checkpoint = open_checkpoint(tiny_checkpoint)
    index = checkpoint.index()
    names = checkpoint.manifest.class_names
    with np.load(io.BytesIO(npz(index, names)), allow_pickle=False) as found:
        np.testing.assert_array_equal(found["latents"], index.latents)
        np.testing.assert_array_equal(found["neighbors"], index.neighbors)
        np.testing.assert_array_equal(found["map_pca"], index.projections["pca"])
        assert found["class_names"].tolist() == list(names)

"""What the browser is sent without torch is what torch's own modules would have sent."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from reference.torch_layers import export_module
from tests.tiny import write_tiny

from latentlab.checkpoints import Checkpoint, open_checkpoint
from latentlab.codec import load_codec
from latentlab.export.browser import networks_of
from latentlab.models import BODIES, MODELS
from latentlab.presets import MEMBERS

FOUND = sorted((Path(__file__).parents[2] / "checkpoints").glob("*/checkpoint.json"))
# The members of a family differ in one size: one speaks for all.
SHIPPED = [path for path in FOUND if path.parent.name not in MEMBERS or "-z8" in path.parent.name]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_every_shipped_checkpoint(path):
    _compare(open_checkpoint(path.parent))


@pytest.mark.parametrize("weights_dtype", ["float32", "float16"])
@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("model", MODELS)
def test_every_model_and_body(model, body, weights_dtype, tmp_path):
    latent_dim = 3 if MODELS[model].has_latent else 0
    fields = {"body": body, "latent_dim": latent_dim, "weights_dtype": weights_dtype}
    _compare(write_tiny(tmp_path, model=model, hidden=(6, 5), **fields))


def _compare(checkpoint: Checkpoint) -> None:
    found, codec = networks_of(checkpoint), load_codec(checkpoint)
    if not codec.latent_dim:
        assert found is None
        return
    assert found is not None
    encoder = export_module(codec.module.encoder, codec.image_shape)
    decoder = export_module(codec.module.decoder, (codec.latent_dim,), sigmoid=True)
    for ours, torchs in ((found.encoder, encoder), (found.decoder, decoder)):
        assert ours.header() == torchs.header()
        assert ours.weights.dtype == torchs.weights.dtype
        np.testing.assert_array_equal(ours.weights, torchs.weights)

"""A network of fully connected layers answers in numpy as it does in torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.tiny import write_tiny

from latentlab.codec import load_codec
from latentlab.export.browser import networks_of
from latentlab.export.dense import dense_codec


@pytest.mark.parametrize("model", ["ae", "vae"])
@pytest.mark.parametrize("dtype", ["float32", "float16"])
def test_it_answers_as_torch_does(tmp_path: Path, model: str, dtype: str) -> None:
    checkpoint = write_tiny(tmp_path, model=model, latent_dim=5, weights_dtype=dtype)
    dense, torch = dense_codec(networks_of(checkpoint)), load_codec(checkpoint)
    assert dense is not None
    assert (dense.image_shape, dense.latent_dim) == (torch.image_shape, torch.latent_dim)
    images = np.random.default_rng(0).random((7, *dense.image_shape), np.float32)
    for ours, theirs in zip(dense.encode_stats(images), torch.encode_stats(images), strict=True):
        assert (ours is None) == (theirs is None)
        if ours is not None and theirs is not None:
            np.testing.assert_allclose(ours, theirs, atol=1e-5)
    far = 100 * np.random.default_rng(1).standard_normal((3, 5)).astype(np.float32)
    np.testing.assert_allclose(dense.decode(far), torch.decode(far), atol=1e-5)
    np.testing.assert_allclose(dense.restore(images), torch.restore(images), atol=1e-5)
    assert dense.decode(far).dtype == np.float32


def test_what_has_other_layers_is_left_to_torch(tmp_path: Path) -> None:
    conv = write_tiny(tmp_path, "conv", body="conv")
    unet = write_tiny(tmp_path, "unet", model="unet", latent_dim=0, task="denoise")
    assert dense_codec(networks_of(conv)) is None
    assert dense_codec(networks_of(unet)) is None

"""ONNX: the same numbers as torch, for any number of rows, and a sentence where it is missing."""

import sys
from pathlib import Path

import numpy as np
import pytest

from latentlab.checkpoints import open_checkpoint
from latentlab.codec import load_codec
from latentlab.errors import LatentlabError
from latentlab.export.onnx import TOLERANCE, onnx_pair


def test_both_halves_compute_what_torch_does(tiny_checkpoint: Path) -> None:
    runtime = pytest.importorskip("onnxruntime")
    codec = load_codec(open_checkpoint(tiny_checkpoint))
    pair = onnx_pair(codec, is_variational=True)
    assert pair.difference <= TOLERANCE
    latents = np.random.default_rng(0).standard_normal((5, 2)).astype(np.float32)
    (images,) = runtime.InferenceSession(pair.decoder).run(None, {"latent": latents})
    np.testing.assert_allclose(images.transpose(0, 2, 3, 1), codec.decode(latents), atol=TOLERANCE)
    means, _ = runtime.InferenceSession(pair.encoder).run(None, {"image": images})
    np.testing.assert_allclose(means, codec.encode(codec.decode(latents)), atol=1e-3)


def test_a_missing_package_is_named(tiny_checkpoint: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    codec = load_codec(open_checkpoint(tiny_checkpoint))
    with pytest.raises(LatentlabError, match="pip install onnx onnxruntime"):
        onnx_pair(codec, is_variational=True)

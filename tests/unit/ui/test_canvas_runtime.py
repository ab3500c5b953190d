"""The browser runtime gives torch's numbers: the real JavaScript, in a real browser."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import numpy as np
import pytest
import torch
from chromium import as_base64, blank_page, load_modules
from playwright.sync_api import Page
from reference.torch_layers import export_module
from torch import nn

from latentlab.export.browser import BrowserNetwork
from latentlab.export.message import pack
from latentlab.models import build

pytestmark = pytest.mark.e2e

TOLERANCE = 1e-4
RUN = """async ([blob, input, rows, options]) => {
    const bytes = Uint8Array.from(atob(blob), (letter) => letter.charCodeAt(0));
    const { header, arrays } = lab.unpack(bytes);
    const values = new Float32Array(
        Uint8Array.from(atob(input), (letter) => letter.charCodeAt(0)).buffer);
    const network = await lab.loadNetwork(header, arrays.weights, options);
    const out = network.runAll(values, rows);
    const raw = new Uint8Array(out.buffer);
    let text = '';
    for (let i = 0; i < raw.length; i += 8192) {
        text += String.fromCharCode(...raw.subarray(i, i + 8192));
    }
    return [btoa(text), network.simd];
}"""


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with blank_page() as page:
        load_modules(page, "lib/message.ts", "runtime/runtime.ts")
        yield page


def in_browser(
    page: Page, network: BrowserNetwork, rows: np.ndarray, *, batch: int = 4, simd: bool = True
) -> np.ndarray:
    blob = pack(network.header(), {"weights": network.weights})
    text, used_simd = page.evaluate(
        RUN,
        [
            as_base64(blob),
            as_base64(np.ascontiguousarray(rows, np.float32).tobytes()),
            len(rows),
            {"batch": batch, "simd": simd},
        ],
    )
    assert used_simd is simd
    return np.frombuffer(base64.b64decode(text), np.float32).reshape(
        len(rows), *network.output_shape
    )


def torch_decode(module: nn.Module, latents: np.ndarray) -> np.ndarray:
    with torch.inference_mode():
        images = torch.sigmoid(module(torch.from_numpy(latents)))
    return images.permute(0, 2, 3, 1).numpy()


def torch_encode(module: nn.Module, images: np.ndarray) -> np.ndarray:
    with torch.inference_mode():
        return module(torch.from_numpy(images).permute(0, 3, 1, 2)).numpy()


@pytest.mark.parametrize("simd", [True, False], ids=["simd", "plain"])
@pytest.mark.parametrize("model", ["ae", "vae"])
@pytest.mark.parametrize(
    ("body", "shape", "hidden", "latent_dim"),
    [
        ("dense", (28, 28, 1), (64, 33), 2),
        ("dense", (16, 16, 3), (50,), 5),
        ("conv", (28, 28, 1), (6, 11), 2),
        ("conv", (33, 20, 3), (5, 9), 8),
    ],
)
def test_decoder_and_encoder_equal_torch(page, body, shape, hidden, latent_dim, model, simd):
    torch.manual_seed(0)
    network = build(
        model, body=body, image_shape=shape, latent_dim=latent_dim, hidden=hidden
    ).eval()
    generator = np.random.default_rng(0)
    latents = (3 * generator.standard_normal((7, latent_dim))).astype(np.float32)
    images = generator.random((7, *shape), dtype=np.float32)

    decoder = export_module(network.decoder, (latent_dim,), sigmoid=True)
    decoded = in_browser(page, decoder, latents, simd=simd)
    assert decoder.output_shape == shape
    assert np.abs(decoded - torch_decode(network.decoder, latents)).max() < TOLERANCE

    encoder = export_module(network.encoder, shape)
    encoded = in_browser(page, encoder, images, simd=simd)
    assert np.abs(encoded - torch_encode(network.encoder, images)).max() < TOLERANCE


def test_every_allowed_layer_equals_torch(page):
    torch.manual_seed(1)
    module = nn.Sequential(
        nn.Linear(3, 2 * 4 * 4),
        nn.BatchNorm1d(32),
        nn.LeakyReLU(0.2),
        nn.BatchNorm1d(32),
        nn.Unflatten(1, (2, 4, 4)),
        nn.Sequential(nn.Upsample(scale_factor=2, mode="nearest"), nn.Conv2d(2, 12, 3, padding=1)),
        nn.ReLU(),
        nn.BatchNorm2d(12),
        nn.PixelShuffle(2),
        nn.Conv2d(3, 5, (3, 5), stride=(1, 2), padding=(0, 2)),
        nn.BatchNorm2d(5),
        nn.SiLU(),
        nn.ConvTranspose2d(5, 3, 3, stride=2, padding=1, output_padding=1),
        nn.BatchNorm2d(3),
        nn.Sigmoid(),
        nn.PixelUnshuffle(2),
        nn.Dropout(0.5),
        nn.Flatten(),
        nn.ReLU(),
    )
    for layer in module:
        if isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d)):
            nn.init.uniform_(layer.running_mean, -1, 1)
            nn.init.uniform_(layer.running_var, 0.5, 2)
            nn.init.uniform_(layer.weight, -1, 1)
            nn.init.uniform_(layer.bias, -1, 1)
    module.eval()
    latents = np.random.default_rng(2).standard_normal((5, 3)).astype(np.float32)
    with torch.inference_mode():
        expected = module(torch.from_numpy(latents)).numpy()
    network = export_module(module, (3,))
    assert network.output_shape == expected.shape[1:]
    assert np.abs(in_browser(page, network, latents) - expected).max() < TOLERANCE


def test_half_precision_weights_arrive_exactly(page):
    torch.manual_seed(3)
    module = nn.Sequential(nn.Linear(4, 16), nn.Unflatten(1, (1, 4, 4))).half().float().eval()
    network = export_module(module, (4,), sigmoid=True)
    assert network.weights.dtype == np.float16
    latents = np.random.default_rng(4).standard_normal((3, 4)).astype(np.float32)
    assert np.abs(in_browser(page, network, latents) - torch_decode(module, latents)).max() < 1e-6

"""What the Network page shows of every layer is what torch computes: the real JavaScript."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from chromium import as_base64, blank_page, load_modules
from playwright.sync_api import Page
from tests.tiny import write_tiny
from torch import nn

from latentlab.checkpoints import Checkpoint, open_checkpoint
from latentlab.codec import TorchCodec, load_codec
from latentlab.export.hourglass import hourglass_of
from latentlab.ui.network import messages

pytestmark = pytest.mark.e2e

HOME = Path(__file__).parents[3]
TOLERANCE = 1e-4
RUN = """async ([blob, image]) => {
    const read = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const { header, arrays } = lab.unpack(read(blob));
    const flow = await lab.loadFlow(header, arrays);
    flow.take(new Float32Array(read(image).buffer));
    const text = (values) => {
        const bytes = new Uint8Array(Float32Array.from(values).buffer);
        let text = '';
        for (const byte of bytes) text += String.fromCharCode(byte);
        return btoa(text);
    };
    const without = flow.layers.map((layer) => text(flow.outputWith(
        () => layer.off.add(0), () => layer.off.delete(0))));
    return {
        layers: flow.layers.map(({ values }) => text(values)),
        shapes: flow.layers.map(({ shape }) => shape),
        mean: text(flow.mean), std: text(flow.std ?? []), output: text(flow.output), without,
    };
}"""


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with blank_page() as page:
        load_modules(page, "lib/message.ts", "network/flow.ts")
        yield page


def in_browser(page: Page, checkpoint: Checkpoint, image: np.ndarray) -> dict[str, Any]:
    said = page.evaluate(RUN, [as_base64(messages.network(checkpoint)), as_base64(image.tobytes())])
    shapes = said.pop("shapes")

    def read(text: str) -> np.ndarray:
        return np.frombuffer(base64.b64decode(text), np.float32)

    return {
        "layers": [read(t).reshape(s) for t, s in zip(said["layers"], shapes, strict=True)],
        "without": [read(text) for text in said["without"]],
        **{name: read(said[name]) for name in ("mean", "std", "output")},
    }


def in_torch(codec: TorchCodec, image: np.ndarray, *, off: int | None = None) -> dict[str, Any]:
    """Hook every module that a drawn layer ends with; optionally switch its first unit off."""
    module, seen = codec.module, []
    hooks = []
    for number, part in enumerate(_drawn(module)):

        def keep(_: nn.Module, __: Any, values: torch.Tensor, number: int = number) -> torch.Tensor:
            values = values.clone()
            if number == off:
                values[:, 0] = 0
            if number >= len(seen):  # a U-Net also looks at the mirror image
                seen.append(values[0].numpy())
            return values

        hooks.append(part.register_forward_hook(keep))
    output = codec.reconstruct(image[None])[0]
    mean, std = codec.encode_stats(image[None])
    for hook in hooks:
        hook.remove()
    layers = [v.transpose(1, 2, 0) if v.ndim == 3 else v for v in seen]
    return {
        "layers": layers,
        "mean": mean[0],
        "std": np.zeros(0) if std is None else std[0],
        "output": output.ravel(),
    }


def _drawn(module: Any) -> list[nn.Module]:
    """Return the modules whose output is drawn, in the order in which they are run."""
    if not module.latent_dim:
        return [*module.down, *reversed(module.up)]
    found: list[nn.Module] = []
    for part in (module.encoder, module.decoder):
        ends: list[nn.Module] = []
        for layer in part:
            if isinstance(layer, nn.Linear | nn.Conv2d | nn.ConvTranspose2d):
                ends.append(layer)
            elif ends and isinstance(layer, nn.SiLU | nn.Unflatten):
                ends[-1] = layer
        found += ends[:-1]
    return found


@pytest.mark.parametrize(
    "fields",
    [
        {"model": "ae", "body": "dense", "hidden": (24, 12), "latent_dim": 3},
        {"model": "vae", "body": "conv", "hidden": (6, 5), "latent_dim": 4},
        {"model": "unet", "hidden": (8, 6, 4), "latent_dim": 0, "blocks": "plain"},
        {"model": "unet", "hidden": (8, 6), "latent_dim": 0, "blocks": "residual"},
    ],
    ids=lambda fields: f"{fields['model']} {fields.get('body') or fields.get('blocks')}",
)
def test_every_activation_equals_torch(page, tmp_path, fields):
    torch.manual_seed(0)
    checkpoint = write_tiny(tmp_path, **fields)
    codec = load_codec(checkpoint)
    _compare(page, checkpoint, codec)


@pytest.mark.parametrize("name", ["cifar10-colorize-unet", "shapes-vae-z8"])
def test_shipped_networks_in_color(page, name):
    checkpoint = open_checkpoint(HOME / "checkpoints" / name)
    _compare(page, checkpoint, load_codec(checkpoint))


def _compare(page: Page, checkpoint: Checkpoint, codec: TorchCodec) -> None:
    image = np.random.default_rng(0).random(codec.image_shape, dtype=np.float32)
    ours, torchs = in_browser(page, checkpoint, image), in_torch(codec, image)
    assert len(ours["layers"]) == len(torchs["layers"]) > 0
    for here, there in zip(ours["layers"], torchs["layers"], strict=True):
        np.testing.assert_allclose(here, there, atol=TOLERANCE)
    for name in ("mean", "std", "output"):
        np.testing.assert_allclose(ours[name], torchs[name], atol=TOLERANCE)
    for number, output in enumerate(ours["without"]):
        without = in_torch(codec, image, off=number)["output"]
        np.testing.assert_allclose(output, without, atol=TOLERANCE)


def test_a_drawing_has_a_layer_for_each_of_the_run_config(tmp_path):
    checkpoint = write_tiny(tmp_path, model="vae", hidden=(24, 12), latent_dim=3)
    hourglass = hourglass_of(checkpoint)
    assert hourglass is not None
    ends = {name: len(part.ends) for name, part in hourglass.parts.items()}
    assert ends == {"encoder": 3, "decoder": 3}

"""The layer list: what is folded, compact, refused. Its numbers: test_canvas_runtime."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from reference.torch_layers import export_module
from torch import nn

from latentlab.errors import CheckpointError, LatentlabError
from latentlab.export.browser import EXPORTERS, UnsupportedLayerError, export_network
from latentlab.models import BODIES, build
from latentlab.models.layers import Layer, Linear


def operations(network) -> list[str]:
    return [layer["op"] for layer in network.layers]


@pytest.mark.parametrize("model", ["ae", "vae"])
@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("shape", [(28, 28, 1), (17, 30, 3), (128, 128, 3)])
def test_every_network_of_ours_can_run_in_the_browser(model, body, shape):
    network = build(model, body=body, image_shape=shape, latent_dim=5, hidden=(7, 6))
    decoder = export_module(network.decoder, (5,), sigmoid=True)
    encoder = export_module(network.encoder, shape)
    assert decoder.output_shape == shape
    assert encoder.output_shape == (10 if model == "vae" else 5,)
    weights = sum(parameter.numel() for parameter in network.decoder.parameters())
    assert decoder.weights.size == weights


def test_normalization_is_folded_into_the_layer_before_it():
    module = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.ReLU(), nn.BatchNorm1d(4))
    network = export_module(module.eval(), (3,))
    assert operations(network) == ["linear", "leaky_relu", "scale"]


def test_dropout_identity_and_nesting_leave_no_trace():
    module = nn.Sequential(nn.Sequential(nn.Identity(), nn.Linear(2, 2)), nn.Dropout(0.5))
    assert operations(export_module(module, (2,))) == ["linear"]


def test_weights_are_halved_only_where_that_is_exact():
    module = nn.Sequential(nn.Linear(2, 2))
    with torch.no_grad():
        module[0].weight.fill_(0.5)
        module[0].bias.fill_(1 / 3)
    assert export_module(module, (2,)).weights.dtype == np.float32
    with torch.no_grad():
        module[0].bias.fill_(0.25)
    assert export_module(module, (2,)).weights.dtype == np.float16


def test_linear_weights_lie_as_inputs_by_outputs():
    module = nn.Sequential(nn.Linear(2, 3))
    network = export_module(module, (2,))
    [layer] = network.layers
    matrix = network.weights[layer["weights"] : layer["weights"] + 6].reshape(2, 3)
    np.testing.assert_array_equal(matrix, module[0].weight.detach().numpy().T)
    np.testing.assert_array_equal(network.weights[layer["bias"] :], module[0].bias.detach().numpy())


def test_what_the_browser_cannot_run_is_refused_in_words():
    class Whirl(Layer):
        pass

    with pytest.raises(UnsupportedLayerError, match="Whirl"):
        export_network((Whirl(),), {}, (6, 6, 4))
    assert issubclass(UnsupportedLayerError, LatentlabError)


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ({"0.weight": np.zeros((3, 2))}, r"'0\.bias' is missing"),
        ({"0.weight": np.zeros((2, 3)), "0.bias": np.zeros(3)}, r"has shape \(2, 3\)"),
    ],
)
def test_weights_of_another_network_are_refused_in_words(weights, said):
    with pytest.raises(CheckpointError, match=said):
        export_network((Linear(2, 3),), weights, (2,))


def test_the_reach_bounds_what_a_network_answers():
    module = nn.Sequential(
        nn.Linear(3, 8), nn.SiLU(), nn.Unflatten(1, (2, 2, 2)), nn.ConvTranspose2d(2, 3, 4, 2, 1)
    )
    inputs = 5 * (2 * torch.rand(100, 3) - 1)
    with torch.inference_mode():
        largest = float(module(inputs).abs().max())
    bound = export_module(module, (3,)).reach(5)
    assert largest <= bound < 1e4


def test_a_network_without_weights_can_be_exported():
    network = export_module(nn.Sequential(nn.Flatten(), nn.ReLU()), (2, 2, 3))
    assert network.weights.size == 0
    assert network.output_shape == (12,)


def test_every_exporter_has_an_operation_in_the_runtime():
    runtime = Path(__file__).parents[3] / "web" / "runtime" / "operations.ts"
    text = runtime.read_text(encoding="utf-8")
    written = ["linear", "conv", "conv_transpose", "upsample", "pixel_shuffle", "pixel_unshuffle"]
    written += ["to_channels_first", "to_channels_last", "scale", "leaky_relu", "silu", "sigmoid"]
    written += ["keep", "add", "concatenate", "group_norm", "max_pool", "avg_pool", "pad", "elu"]
    written += ["clamp", "tanh", "gelu", "softplus"]
    assert all(f"\n  {name}(" in text or f"\n  {name}: " in text for name in written)
    assert len(EXPORTERS) == 30

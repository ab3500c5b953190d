"""A trained network as ONNX, and the proof that it still computes the same."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from latentlab.codec import TorchCodec
from latentlab.errors import LatentlabError
from latentlab.graphs.reading import read_graph
from latentlab.graphs.session import Session

OPSET = 17
N_CHECKED = 16
TOLERANCE = 1e-4


@dataclass(frozen=True)
class OnnxPair:
    """Both halves of a network.

    Attributes
    ----------
    encoder : bytes
        Input ``image`` (n, channels, height, width) in [0, 1]; output ``latent`` (n, z), for a VAE
        the mean, and then also ``log_variance`` (n, z).
    decoder : bytes
        Input ``latent`` (n, z); output ``image`` (n, channels, height, width) in [0, 1].
    difference : float
        The largest difference from torch, in any output value, over random inputs.
    """

    encoder: bytes
    decoder: bytes
    difference: float


def onnx_pair(codec: TorchCodec, *, is_variational: bool) -> OnnxPair:
    """Export a network and run it in ONNX Runtime beside torch.

    Parameters
    ----------
    codec : TorchCodec
    is_variational : bool
        Whether the encoder gives a mean and a log-variance.

    Returns
    -------
    OnnxPair

    Raises
    ------
    LatentlabError
        If the two do not agree.
    """
    height, width, channels = codec.image_shape
    images = torch.rand(2, channels, height, width)
    latents = torch.randn(2, codec.latent_dim)
    outputs = ["latent", "log_variance"] if is_variational else ["latent"]
    encoder = _Encoder(codec.module, is_variational=is_variational).eval()
    decoder = _Decoder(codec.module).eval()
    exported = {
        "encoder": _export(encoder, images, "image", outputs),
        "decoder": _export(decoder, latents, "latent", ["image"]),
    }
    generator = torch.Generator().manual_seed(0)
    checks = {
        "encoder": (encoder, torch.rand(N_CHECKED, *images.shape[1:], generator=generator)),
        "decoder": (decoder, torch.randn(N_CHECKED, codec.latent_dim, generator=generator)),
    }
    difference = max(
        _difference(exported[half], module, given) for half, (module, given) in checks.items()
    )
    if not difference <= TOLERANCE:
        raise LatentlabError(
            f"The ONNX network differs from torch by {difference:.2g}, more than {TOLERANCE:g}; it "
            "was not written."
        )
    return OnnxPair(exported["encoder"], exported["decoder"], difference)


class _Encoder(nn.Module):
    def __init__(self, module: Any, *, is_variational: bool) -> None:
        super().__init__()
        self.module = module
        self.is_variational = is_variational

    def forward(self, images: Tensor) -> tuple[Tensor, ...]:
        mean, log_variance = self.module.encode(images)
        return (mean, log_variance) if self.is_variational else (mean,)


class _Decoder(nn.Module):
    def __init__(self, module: Any) -> None:
        super().__init__()
        self.module = module

    def forward(self, latents: Tensor) -> Tensor:
        image: Tensor = self.module.decode(latents)
        return image


def _export(module: nn.Module, example: Tensor, given: str, outputs: list[str]) -> bytes:
    buffer: Any = io.BytesIO()  # the signature names paths alone; the old exporter takes files too
    with warnings.catch_warnings():
        # The exporter that needs no further package calls itself old; it is the one we check.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module,
            (example,),
            buffer,
            input_names=[given],
            output_names=outputs,
            dynamic_axes={name: {0: "n"} for name in (given, *outputs)},
            opset_version=OPSET,
            dynamo=False,
        )
    content: bytes = buffer.getvalue()
    return content


def _difference(model: bytes, module: nn.Module, given: Tensor) -> float:
    """Return the largest difference between ONNX Runtime and torch over a batch."""
    found = Session(read_graph(model, "The network"), tuple(given.shape[1:])).run(given.numpy())
    with torch.inference_mode():
        result = module(given)
    wanted = result if isinstance(result, tuple) else (result,)
    return max(
        float(np.abs(mine - torchs.numpy()).max())
        for mine, torchs in zip(found, wanted, strict=True)
    )

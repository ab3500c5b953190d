"""Networks as other people write them, in their own way: small, with random weights.

Keras and pythae are heavy dependencies for a test, so their networks are written here as their
sources write them; the others need torch alone.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True)
class Stranger:
    """A network and what is true of it.

    Attributes
    ----------
    encode, decode : callable
        As their authors would hand them over.
    shape : tuple of int
        Of one image, in the order in which the network takes it.
    latent_dim : int
    mean : callable
        From images to the mean latent (n, latent_dim), by the network's own code.
    image : callable
        From latents (n, latent_dim) to images in the order of `shape`, by the network's own code.
    is_variational : bool
    """

    encode: Callable[..., Any]
    decode: Callable[..., Any]
    shape: tuple[int, ...]
    latent_dim: int
    mean: Callable[[Tensor], Tensor]
    image: Callable[[Tensor], Tensor]
    is_variational: bool = True


class PyTorchExamplesVAE(nn.Module):
    """``vae/main.py`` of pytorch/examples: 784-400-20, used as functions of the model."""

    def __init__(self) -> None:
        super().__init__()
        self.fc1 = nn.Linear(784, 400)
        self.fc21 = nn.Linear(400, 20)
        self.fc22 = nn.Linear(400, 20)
        self.fc3 = nn.Linear(20, 400)
        self.fc4 = nn.Linear(400, 784)

    def encode(self, x: Tensor) -> tuple[Tensor, Tensor]:
        h1 = functional.relu(self.fc1(x))
        return self.fc21(h1), self.fc22(h1)

    def decode(self, z: Tensor) -> Tensor:
        h3 = functional.relu(self.fc3(z))
        return torch.sigmoid(self.fc4(h3))


def pytorch_examples() -> Stranger:
    model = PyTorchExamplesVAE()
    return Stranger(
        encode=lambda x: model.encode(x.view(-1, 784)),
        decode=model.decode,
        shape=(1, 28, 28),
        latent_dim=20,
        mean=lambda x: model.encode(x.view(-1, 784))[0],
        image=lambda z: model.decode(z).view(-1, 1, 28, 28),
    )


class ModelOutput(OrderedDict[str, Any]):
    """What pythae's networks give back: a dictionary whose entries are also attributes."""

    def __getitem__(self, key: Any) -> Any:
        return dict(self.items())[key] if isinstance(key, str) else tuple(self.values())[key]


class PythaeEncoder(nn.Module):
    """``pythae.models.nn.default_architectures.Encoder_VAE_MLP``."""

    def __init__(self, input_dim: tuple[int, ...], latent_dim: int) -> None:
        super().__init__()
        size = torch.Size(input_dim).numel()
        self.layers = nn.ModuleList([nn.Sequential(nn.Linear(size, 512), nn.ReLU())])
        self.embedding = nn.Linear(512, latent_dim)
        self.log_var = nn.Linear(512, latent_dim)

    def forward(self, x: Tensor) -> ModelOutput:
        out = x.reshape(-1, x[0].numel())
        for layer in self.layers:
            out = layer(out)
        output = ModelOutput()
        output["embedding"] = self.embedding(out)
        output["log_covariance"] = self.log_var(out)
        return output


class PythaeDecoder(nn.Module):
    """``pythae.models.nn.default_architectures.Decoder_AE_MLP``."""

    def __init__(self, input_dim: tuple[int, ...], latent_dim: int) -> None:
        super().__init__()
        self.input_dim = input_dim
        size = torch.Size(input_dim).numel()
        self.layers = nn.ModuleList(
            [
                nn.Sequential(nn.Linear(latent_dim, 512), nn.ReLU()),
                nn.Sequential(nn.Linear(512, size), nn.Sigmoid()),
            ]
        )

    def forward(self, z: Tensor) -> ModelOutput:
        out = z
        for layer in self.layers:
            out = layer(out)
        output = ModelOutput()
        output["reconstruction"] = out.reshape((z.shape[0], *self.input_dim))
        return output


def pythae_vae() -> Stranger:
    encoder, decoder = PythaeEncoder((1, 28, 28), 10), PythaeDecoder((1, 28, 28), 10)
    return Stranger(
        encode=encoder,
        decode=decoder,
        shape=(1, 28, 28),
        latent_dim=10,
        mean=lambda x: encoder(x)["embedding"],
        image=lambda z: decoder(z)["reconstruction"],
    )


class PythaeConvEncoder(nn.Module):
    """``pythae.models.nn.benchmarks.mnist.convnets.Encoder_Conv_VAE_MNIST``, fewer channels."""

    def __init__(self, latent_dim: int) -> None:
        super().__init__()
        widths = (1, 8, 16, 32, 64)
        self.layers = nn.ModuleList(
            nn.Sequential(nn.Conv2d(a, b, 4, 2, padding=1), nn.BatchNorm2d(b), nn.ReLU())
            for a, b in pairwise(widths)
        )
        self.embedding = nn.Linear(64, latent_dim)
        self.log_var = nn.Linear(64, latent_dim)

    def forward(self, x: Tensor) -> ModelOutput:
        out = x
        for layer in self.layers:
            out = layer(out)
        output = ModelOutput()
        output["embedding"] = self.embedding(out.reshape(x.shape[0], -1))
        output["log_covariance"] = self.log_var(out.reshape(x.shape[0], -1))
        return output


class PythaeConvDecoder(nn.Module):
    """``pythae.models.nn.benchmarks.mnist.convnets.Decoder_Conv_AE_MNIST``, fewer channels."""

    def __init__(self, latent_dim: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(
            [
                nn.Linear(latent_dim, 64 * 4 * 4),
                nn.Sequential(
                    nn.ConvTranspose2d(64, 32, 3, 2, padding=1), nn.BatchNorm2d(32), nn.ReLU()
                ),
                nn.Sequential(
                    nn.ConvTranspose2d(32, 16, 3, 2, padding=1, output_padding=1),
                    nn.BatchNorm2d(16),
                    nn.ReLU(),
                ),
                nn.Sequential(
                    nn.ConvTranspose2d(16, 1, 3, 2, padding=1, output_padding=1), nn.Sigmoid()
                ),
            ]
        )

    def forward(self, z: Tensor) -> ModelOutput:
        out = z
        for number, layer in enumerate(self.layers):
            out = layer(out)
            if number == 0:
                out = out.reshape(z.shape[0], 64, 4, 4)
        output = ModelOutput()
        output["reconstruction"] = out
        return output


def pythae_conv() -> Stranger:
    encoder, decoder = PythaeConvEncoder(6), PythaeConvDecoder(6)
    return Stranger(
        encode=encoder,
        decode=decoder,
        shape=(1, 28, 28),
        latent_dim=6,
        mean=lambda x: encoder(x)["embedding"],
        image=lambda z: decoder(z)["reconstruction"],
    )


def course_ancestor() -> Stranger:
    """Build the plain autoencoder that courses begin with: linear layers, two latent dimensions."""
    encoder = nn.Sequential(
        *(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU()),
        *(nn.Linear(64, 12), nn.ReLU(), nn.Linear(12, 2)),
    )
    decoder = nn.Sequential(
        *(nn.Linear(2, 12), nn.ReLU(), nn.Linear(12, 64), nn.ReLU(), nn.Linear(64, 128)),
        *(nn.ReLU(), nn.Linear(128, 784), nn.Sigmoid(), nn.Unflatten(1, (1, 28, 28))),
    )
    return _halves(encoder, decoder, (1, 28, 28), 2)


class KerasEncoder(nn.Module):
    """The VAE of keras.io on the torch backend: channels last, three outputs, one of them drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 8, 3, stride=2)
        self.conv2 = nn.Conv2d(8, 16, 3, stride=2)
        self.dense = nn.Linear(7 * 7 * 16, 16)
        self.z_mean = nn.Linear(16, 2)
        self.z_log_var = nn.Linear(16, 2)
        self.generator = torch.Generator().manual_seed(0)  # as keras.random makes one

    def forward(self, x: Tensor) -> list[Tensor]:
        x = x.permute(0, 3, 1, 2)  # the backend's own: Keras keeps channels last
        x = functional.relu(self.conv1(functional.pad(x, (0, 1, 0, 1))))  # padding "same"
        x = functional.relu(self.conv2(functional.pad(x, (0, 1, 0, 1))))
        x = functional.relu(self.dense(x.permute(0, 2, 3, 1).reshape(x.shape[0], -1)))
        mean, log_var = self.z_mean(x), self.z_log_var(x)
        noise = torch.normal(0.0, 1.0, size=tuple(mean.shape), generator=self.generator)
        z = mean + torch.exp(0.5 * log_var) * noise
        return [mean, log_var, z]


class KerasDecoder(nn.Module):
    """Its other half: Conv2DTranspose with padding "same"."""

    def __init__(self) -> None:
        super().__init__()
        self.dense = nn.Linear(2, 7 * 7 * 16)
        self.up1 = nn.ConvTranspose2d(16, 16, 3, stride=2, padding=1, output_padding=1)
        self.up2 = nn.ConvTranspose2d(16, 8, 3, stride=2, padding=1, output_padding=1)
        self.last = nn.ConvTranspose2d(8, 1, 3, padding=1)

    def forward(self, z: Tensor) -> Tensor:
        x = functional.relu(self.dense(z)).reshape(-1, 7, 7, 16).permute(0, 3, 1, 2)
        x = functional.relu(self.up2(functional.relu(self.up1(x))))
        image: Tensor = torch.sigmoid(self.last(x)).permute(0, 2, 3, 1)
        return image


def keras_vae() -> Stranger:
    encoder, decoder = KerasEncoder(), KerasDecoder()
    return Stranger(
        encode=encoder,
        decode=decoder,
        shape=(28, 28, 1),
        latent_dim=2,
        mean=lambda x: encoder(x)[0],
        image=decoder,
    )


def batch_normalized() -> Stranger:
    encoder = nn.Sequential(
        *(nn.Conv2d(1, 8, 3, 2, 1), nn.BatchNorm2d(8), nn.LeakyReLU(0.2), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(8 * 49, 32), nn.BatchNorm1d(32), nn.ELU(), nn.Linear(32, 4)),
    )
    decoder = nn.Sequential(
        *(nn.Linear(4, 49), nn.BatchNorm1d(49), nn.Softplus(), nn.Unflatten(1, (1, 7, 7))),
        *(nn.BatchNorm2d(1), nn.Upsample(scale_factor=4), nn.Conv2d(1, 1, 3, padding=1)),
        nn.Sigmoid(),
    )
    return _halves(_with_statistics(encoder), _with_statistics(decoder), (1, 28, 28), 4)


def gelu_and_group_norm() -> Stranger:
    encoder = nn.Sequential(
        *(nn.Conv2d(1, 8, 3, 2, 1), nn.GroupNorm(2, 8), nn.GELU(), nn.Conv2d(8, 8, 3, 2, 1)),
        *(nn.GroupNorm(4, 8), nn.GELU(), nn.AvgPool2d(7), nn.Flatten(), nn.Linear(8, 3)),
    )
    decoder = nn.Sequential(
        *(nn.Linear(3, 8 * 49), nn.GELU(), nn.Unflatten(1, (8, 7, 7)), nn.GroupNorm(2, 8)),
        *(nn.GELU(), nn.Upsample(scale_factor=2), nn.Conv2d(8, 8, 3, padding=1), nn.SiLU()),
        *(nn.Conv2d(8, 4, 3, padding=1), nn.PixelShuffle(2), nn.Tanh()),
    )
    return _halves(encoder, decoder, (1, 28, 28), 3)


def odd_transposed() -> Stranger:
    encoder = nn.Sequential(
        *(nn.Conv2d(1, 4, (3, 5), (2, 3), (0, 2)), nn.ReLU(), nn.Flatten(), nn.LazyLinear(5)),
    )
    decoder = nn.Sequential(
        *(nn.Linear(5, 6 * 3 * 4), nn.ReLU(), nn.Unflatten(1, (6, 3, 4))),
        *(nn.ConvTranspose2d(6, 4, (5, 4), (4, 3), (1, 2), output_padding=(2, 1)), nn.ReLU()),
        nn.ConvTranspose2d(4, 1, 3, (2, 3), (0, 1), output_padding=(1, 0)),
        nn.Sigmoid(),
    )
    encoder(torch.zeros(1, 1, 28, 28))
    return _halves(encoder, decoder, (1, 28, 28), 5)


def color_64() -> Stranger:
    down = [nn.Conv2d(3, 8, 4, 2, 1), nn.ReLU(), nn.Conv2d(8, 16, 4, 2, 1), nn.ReLU()]
    encoder = nn.Sequential(*down, nn.Conv2d(16, 16, 4, 4), nn.Flatten(), nn.Linear(256, 2 * 8))
    decoder = nn.Sequential(
        *(nn.Linear(8, 256), nn.Unflatten(1, (16, 4, 4)), nn.ConvTranspose2d(16, 16, 4, 4)),
        *(nn.ReLU(), nn.ConvTranspose2d(16, 8, 4, 2, 1), nn.ReLU()),
        *(nn.ConvTranspose2d(8, 3, 4, 2, 1), nn.Sigmoid()),
    )
    return Stranger(
        encode=encoder,
        decode=decoder,
        shape=(3, 64, 64),
        latent_dim=8,
        mean=lambda x: encoder(x).chunk(2, dim=1)[0],
        image=decoder,
    )


class Residual(nn.Module):
    """A block of a diffusion model's autoencoder."""

    def __init__(self, n: int) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(4, n)
        self.conv = nn.Conv2d(n, n, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        added: Tensor = self.conv(functional.silu(self.norm(x)))
        return x + added


class DiagonalGaussian:
    """What ``AutoencoderKL.encode`` of diffusers gives: the moments, split by channel."""

    def __init__(self, parameters: Tensor) -> None:
        self.mean, self.logvar = torch.chunk(parameters, 2, dim=1)


@dataclass
class AutoencoderKLOutput:
    latent_dist: DiagonalGaussian


@dataclass
class DecoderOutput:
    sample: Tensor


class AutoencoderKL(nn.Module):
    """A small autoencoder in the manner of diffusers: the latent is an image of 16 x 4 x 4."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = nn.Sequential(
            *(nn.Conv2d(3, 16, 3, padding=1), Residual(16), nn.Conv2d(16, 16, 3, 2, 1)),
            *(Residual(16), nn.Conv2d(16, 16, 3, 2, 1), nn.Conv2d(16, 32, 3, 2, 1)),
        )
        self.decoder = nn.Sequential(
            *(nn.Conv2d(16, 16, 3, padding=1), Residual(16), nn.Upsample(scale_factor=8)),
            *(nn.Conv2d(16, 16, 3, padding=1), Residual(16), nn.Conv2d(16, 3, 3, padding=1)),
        )

    def encode(self, x: Tensor) -> AutoencoderKLOutput:
        return AutoencoderKLOutput(DiagonalGaussian(self.encoder(x)))

    def decode(self, z: Tensor) -> DecoderOutput:
        return DecoderOutput(self.decoder(z))


def diffusion_kl() -> Stranger:
    model = AutoencoderKL()
    return Stranger(
        encode=model.encode,
        decode=model.decode,
        shape=(3, 32, 32),
        latent_dim=256,
        mean=lambda x: model.encode(x).latent_dist.mean.flatten(1),
        image=lambda z: model.decode(z.reshape(-1, 16, 4, 4)).sample,
    )


def _halves(
    encoder: nn.Module,
    decoder: nn.Module,
    shape: tuple[int, ...],
    latent_dim: int,
) -> Stranger:
    return Stranger(
        encode=encoder,
        decode=decoder,
        shape=shape,
        latent_dim=latent_dim,
        mean=encoder,
        image=decoder,
        is_variational=False,
    )


def _with_statistics(module: nn.Sequential) -> nn.Sequential:
    """Give batch normalization statistics that are not those of an untrained layer."""
    generator = torch.Generator().manual_seed(1)
    for layer in module:
        if isinstance(layer, nn.BatchNorm1d | nn.BatchNorm2d):
            layer.running_mean = torch.randn(layer.num_features, generator=generator)
            layer.running_var = torch.rand(layer.num_features, generator=generator) + 0.5
            nn.init.uniform_(layer.weight, 0.5, 1.5)
    return module


STRANGERS: dict[str, Callable[[], Stranger]] = {
    "pytorch/examples": pytorch_examples,
    "pythae VAE": pythae_vae,
    "pythae convolutional VAE": pythae_conv,
    "the course's autoencoder": course_ancestor,
    "Keras 3 VAE": keras_vae,
    "batch normalization": batch_normalized,
    "GELU and GroupNorm": gelu_and_group_norm,
    "odd transposed convolutions": odd_transposed,
    "64 pixels in color": color_64,
    "diffusion autoencoder": diffusion_kl,
}


def build(name: str) -> Stranger:
    """Build one with the same random weights every time."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return STRANGERS[name]()

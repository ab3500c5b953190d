"""Record networks of pythae and Keras with the real libraries, and compare what is kept with them.

Neither is a dependency, not even of the tests, which build the same networks as their sources do
(``tests/strangers.py``). Install them beside the project first: ``pip install pythae keras``.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

os.environ["KERAS_BACKEND"] = "torch"

import numpy as np
import numpy.typing as npt
import torch
from sklearn.datasets import load_digits

import latentlab
from latentlab.checkpoints import open_checkpoint
from latentlab.codec import load_codec

Floats = npt.NDArray[np.float32]


class Real(NamedTuple):
    """A network of a library: its halves, its images, and its own mean latent and decoded image."""

    name: str
    encode: Callable[..., Any]
    decode: Callable[..., Any]
    images: Floats
    mean: Callable[[Any], Any]
    image: Callable[[Any], Any]


def digits() -> Floats:
    """Return 600 digits, (n, 1, 28, 28)."""
    small = (load_digits().images[:600, None] / 16).astype(np.float32)
    return np.pad(np.kron(small, np.ones((3, 3), np.float32)), ((0, 0), (0, 0), (2, 2), (2, 2)))


def of_pythae() -> Iterator[Real]:
    """Build the VAE and the convolutional VAE of its MNIST benchmark."""
    models = import_module("pythae.models")
    networks = import_module("pythae.models.nn.benchmarks.mnist")
    config = models.VAEConfig(input_dim=(1, 28, 28), latent_dim=10)
    halves = {
        "encoder": networks.Encoder_Conv_VAE_MNIST(config),
        "decoder": networks.Decoder_Conv_AE_MNIST(config),
    }
    for name, model in (("vae", models.VAE(config)), ("conv", models.VAE(config, **halves))):
        yield pythae(f"pythae-{name}", model.encoder.eval(), model.decoder.eval())


def pythae(name: str, encoder: Any, decoder: Any) -> Real:
    """Return two halves whose outputs are named."""
    return Real(
        name,
        encoder,
        decoder,
        digits(),
        lambda x: encoder(torch.from_numpy(x)).embedding,
        lambda z: decoder(torch.from_numpy(z)).reconstruction,
    )


def of_keras() -> Iterator[Real]:
    """Build the VAE of keras.io/examples/generative/vae, and a dense autoencoder."""
    keras = import_module("keras")
    layers, ops = keras.layers, keras.ops

    class Sampling(layers.Layer):  # type: ignore[misc, name-defined]
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.seed_generator = keras.random.SeedGenerator(1337)

        def call(self, inputs: Any) -> Any:
            mean, log_variance = inputs
            shape = (ops.shape(mean)[0], ops.shape(mean)[1])
            noise = keras.random.normal(shape=shape, seed=self.seed_generator)
            return mean + ops.exp(0.5 * log_variance) * noise

    given = keras.Input(shape=(28, 28, 1))
    x = layers.Conv2D(32, 3, activation="relu", strides=2, padding="same")(given)
    x = layers.Conv2D(64, 3, activation="relu", strides=2, padding="same")(x)
    x = layers.Dense(16, activation="relu")(layers.Flatten()(x))
    mean, log_variance = layers.Dense(2, name="z_mean")(x), layers.Dense(2, name="z_log_var")(x)
    encoder = keras.Model(given, [mean, log_variance, Sampling()([mean, log_variance])])
    latent = keras.Input(shape=(2,))
    x = layers.Reshape((7, 7, 64))(layers.Dense(7 * 7 * 64, activation="relu")(latent))
    x = layers.Conv2DTranspose(64, 3, activation="relu", strides=2, padding="same")(x)
    x = layers.Conv2DTranspose(32, 3, activation="relu", strides=2, padding="same")(x)
    image = layers.Conv2DTranspose(1, 3, activation="sigmoid", padding="same")(x)
    decoder = keras.Model(latent, image)
    images = np.ascontiguousarray(np.moveaxis(digits(), 1, -1))
    yield Real("keras-vae", encoder, decoder, images, lambda x: encoder(x)[0], decoder)
    dense = keras.Sequential(
        [keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(64, activation="gelu")]
    )
    dense.add(layers.Dense(4))
    back = keras.Sequential([keras.Input((4,)), layers.Dense(784, activation="sigmoid")])
    back.add(layers.Reshape((28, 28, 1)))
    yield Real("keras-dense", dense, back, images, dense, back)


def difference(real: Real, folder: Path) -> tuple[float, float]:
    """Record a network; return how far latents and images differ from those of its library."""
    path = latentlab.record(
        real.name,
        encode=real.encode,
        decode=real.decode,
        images=real.images,
        checkpoints=folder,
    ).path
    codec = load_codec(open_checkpoint(path))
    few = real.images[:20]
    channels_first = few.shape[1] == 1
    latents = codec.encode(np.moveaxis(few, 1, -1) if channels_first else few)
    images = codec.decode(latents)
    images = np.moveaxis(images, -1, 1) if channels_first else images
    mean, image = (value.detach().cpu().numpy() for value in (real.mean(few), real.image(latents)))
    return float(np.abs(latents - mean).max()), float(np.abs(images - image).max())


def main() -> None:
    print(", ".join(f"{name} {version(name)}" for name in ("torch", "pythae", "keras")))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LATENTLAB_DATA"] = folder
        for network in (*of_pythae(), *of_keras()):
            latents, images = difference(network, Path(folder))
            print(f"{network.name}: latents differ by {latents:.1e}, images by {images:.1e}")


if __name__ == "__main__":
    main()

"""The networks and their losses.

``MODELS`` and ``BODIES`` are the tables everything else draws from: a new model is one file and one
line here. Every layer is one that the browser runtime can run, so any checkpoint decodes at mouse
speed.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from latentlab.errors import ConfigError, unknown_name

if TYPE_CHECKING:
    from latentlab.models.autoencoder import Autoencoder
    from latentlab.models.bodies import Body


@dataclass(frozen=True)
class Entry:
    """A line of a table: what it is called and where it lives.

    It is imported only when it is used, so that names can be listed without loading torch.

    Attributes
    ----------
    title : str
        As a student reads it.
    module, attribute : str
        Where the class or function is.
    has_latent : bool
        Whether a model squeezes the image through one vector.
    per_dimension : int
        Values that the encoder of a model gives for each latent dimension: 2 for a mean and a
        log-variance.
    """

    title: str
    module: str
    attribute: str
    has_latent: bool = True
    per_dimension: int = 1

    def load(self) -> Any:
        """Import and return the class or function.

        Returns
        -------
        type or callable
            What ``module`` has under the name ``attribute``.
        """
        return getattr(import_module(self.module), self.attribute)


MODELS: dict[str, Entry] = {
    "ae": Entry("plain autoencoder", "latentlab.models.autoencoder", "Autoencoder"),
    "vae": Entry(
        "variational autoencoder",
        "latentlab.models.vae",
        "VariationalAutoencoder",
        per_dimension=2,
    ),
    "unet": Entry("U-Net", "latentlab.models.unet", "UNet", has_latent=False),
}

OWN = "own"
"""The body of a network that was recorded or imported: its layers are an ONNX graph, or unknown."""
EMBEDDING = "embedding"
"""The model of latents that nothing decodes."""

BODIES: dict[str, Entry] = {
    "dense": Entry("fully connected layers", "latentlab.models.bodies", "dense_body"),
    "conv": Entry("convolutions", "latentlab.models.bodies", "conv_body"),
}


def build(
    model: str,
    *,
    body: str,
    image_shape: tuple[int, int, int],
    latent_dim: int,
    hidden: tuple[int, ...],
    likelihood: str = "bernoulli",
    beta: float = 1.0,
    predicts: str = "image",
    blocks: str = "plain",
) -> Autoencoder:
    """Build an untrained network.

    Parameters
    ----------
    model : str
        A name in ``MODELS``.
    body : str
        A name in ``BODIES``.
    image_shape : (int, int, int)
        Height, width, channels.
    latent_dim : int
        Size of the bottleneck, 1 to 256.
    hidden : tuple of int
        Widths of the dense layers, or channels of the convolution stages, from image to latent.
    likelihood : {"bernoulli", "gaussian"}
        How the decoder's output is read as a distribution over pixels.
    beta : float
        Weight of the KL term of a VAE; a plain autoencoder has none.
    predicts : {"image", "chroma"}
        What a U-Net answers with; the others always draw the image.
    blocks : {"plain", "residual"}
        What a U-Net consists of; the others have none.

    Returns
    -------
    Autoencoder
        A module with ``encode``, ``restore`` and ``loss``; one with a latent has ``encoder`` and
        ``decoder`` too.

    Raises
    ------
    ConfigError
        If a name is unknown.
    """
    _check_names(model, body)
    kind: Any = MODELS[model].load()
    if not MODELS[model].has_latent:
        unet = kind(image_shape, hidden=hidden, predicts=predicts, blocks=blocks)
        return cast("Autoencoder", unet)
    parts = describe(
        model, body=body, image_shape=image_shape, latent_dim=latent_dim, hidden=hidden
    )
    network = kind(parts, latent_dim=latent_dim, likelihood=likelihood, beta=beta)
    return cast("Autoencoder", network)


def describe(
    model: str,
    *,
    body: str,
    image_shape: tuple[int, int, int],
    latent_dim: int,
    hidden: tuple[int, ...],
) -> Body:
    """Describe the layers of a model that has a latent, without importing torch.

    Parameters
    ----------
    model, body, image_shape, latent_dim, hidden
        As in `build`, which makes its modules from this description.

    Returns
    -------
    Body
        The layers of the encoder and of the decoder.

    Raises
    ------
    ConfigError
        If a name is unknown.
    """
    _check_names(model, body)
    n_outputs = MODELS[model].per_dimension * latent_dim
    return cast("Body", BODIES[body].load()(image_shape, n_outputs, latent_dim, hidden))


def _check_names(model: str, body: str) -> None:
    if model not in MODELS:
        raise ConfigError(unknown_name("model", model, MODELS))
    if body not in BODIES:
        raise ConfigError(unknown_name("body", body, BODIES))

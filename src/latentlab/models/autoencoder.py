"""The plain autoencoder: an encoder, a decoder, a reconstruction term and nothing else.

It is not a VAE: nothing shapes its latent space, and the app never calls it one.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from latentlab.errors import ConfigError, unknown_name
from latentlab.models.bodies import Body
from latentlab.models.likelihoods import LIKELIHOODS
from latentlab.models.modules import sequential


class Autoencoder(nn.Module):
    """Encode to a latent and decode it; the loss compares the reconstruction with the image.

    Parameters
    ----------
    body : Body
        The layers.
    latent_dim : int
        Size of the bottleneck.
    likelihood : {"bernoulli", "gaussian"}
        How the difference is measured.
    beta : float
        Ignored here; the VAE weighs its KL term with it.

    Attributes
    ----------
    gradient_limit : float or None
        Longer gradients are shortened to this in training; None where that is not needed.
    """

    gradient_limit: float | None = None

    def __init__(
        self, body: Body, *, latent_dim: int, likelihood: str = "bernoulli", beta: float = 1.0
    ) -> None:
        super().__init__()
        if likelihood not in LIKELIHOODS:
            raise ConfigError(unknown_name("likelihood", likelihood, LIKELIHOODS))
        self.encoder = sequential(body.encoder)
        self.decoder = sequential(body.decoder)
        self.likelihood = LIKELIHOODS[likelihood]()
        self.latent_dim = latent_dim
        self.beta = beta

    def encode(self, images: Tensor) -> tuple[Tensor, Tensor | None]:
        """Encode images.

        Parameters
        ----------
        images : Tensor (n, channels, height, width)
            Values in [0, 1].

        Returns
        -------
        mean : Tensor (n, latent_dim)
            The latent.
        log_variance : Tensor (n, latent_dim) or None
            None for a plain autoencoder.
        """
        return self.encoder(images), None

    def decode(self, latents: Tensor) -> Tensor:
        """Decode latents.

        Parameters
        ----------
        latents : Tensor (n, latent_dim)

        Returns
        -------
        Tensor (n, channels, height, width)
            Values in [0, 1].
        """
        return torch.sigmoid(self.decoder(latents))

    def restore(self, images: Tensor) -> Tensor:
        """Encode and decode images.

        Parameters
        ----------
        images : Tensor (n, channels, height, width)
            Values in [0, 1].

        Returns
        -------
        Tensor (n, channels, height, width)
            Values in [0, 1]; of a VAE the decoded means.
        """
        return self.decode(self.encode(images)[0])

    def loss(
        self, images: Tensor, noise: Tensor | None = None, target: Tensor | None = None
    ) -> dict[str, Tensor]:
        """Return the named loss terms, in nats per image.

        Parameters
        ----------
        images : Tensor (n, channels, height, width)
            What the encoder sees, in [0, 1].
        noise : Tensor (n, latent_dim), optional
            Standard normal noise, for the models that draw a sample.
        target : Tensor (n, channels, height, width), optional
            What the decoder should draw, in [0, 1]; the images themselves by default.

        Returns
        -------
        dict of str to Tensor (n,)
            ``loss`` is what training minimizes; the other terms are its parts.
        """
        latents, _ = self.encode(images)
        reconstruction = self.likelihood(
            self.decoder(latents), images if target is None else target
        )
        return {"loss": reconstruction, "reconstruction": reconstruction}

    def training_loss(
        self, images: Tensor, noise: Tensor | None = None, target: Tensor | None = None
    ) -> Tensor:
        """Return a scalar with the gradient of the mean loss; its value may be left out.

        Use ``loss`` where the value matters.

        Parameters
        ----------
        images : Tensor (n, channels, height, width)
        noise : Tensor (n, latent_dim), optional
        target : Tensor (n, channels, height, width), optional
            As for ``loss``.

        Returns
        -------
        Tensor ()
            Nats per image; under the Bernoulli likelihood the reconstruction term counts as 0.
        """
        latents, _ = self.encode(images)
        total = self.likelihood.gradient_only(
            self.decoder(latents), images if target is None else target
        )
        return total / len(images)

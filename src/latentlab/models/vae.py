"""The variational autoencoder, with the weight beta on its KL term.

References
----------
Kingma and Welling, "Auto-encoding variational Bayes", 2014.
Higgins et al., "beta-VAE", 2017: beta weighs the KL term; beta = 1 is the ELBO.
"""

from __future__ import annotations

import torch
from torch import Tensor

from latentlab.models.autoencoder import Autoencoder

# The prior has variance 1 and no posterior has a reason to be wider than e^2. Without the upper
# limit one odd test image out of 10,000 was given a variance of e^10, and 44,000 nats.
LOG_VARIANCE = (-20.0, 2.0)


class VariationalAutoencoder(Autoencoder):
    """An autoencoder whose latent is a Gaussian, pulled towards the standard normal.

    The encoder gives mean and log-variance side by side; ``beta`` weighs the KL term.
    """

    def encode(self, images: Tensor) -> tuple[Tensor, Tensor | None]:
        """Encode images to the mean and log-variance of q(z|x).

        Parameters
        ----------
        images : Tensor (n, channels, height, width)
            Values in [0, 1].

        Returns
        -------
        mean, log_variance : Tensor (n, latent_dim)
            Of a diagonal Gaussian.
        """
        return self._moments(images)

    def loss(
        self, images: Tensor, noise: Tensor | None = None, target: Tensor | None = None
    ) -> dict[str, Tensor]:
        """Return the named loss terms, in nats per image: reconstruction + beta * kl.

        Parameters
        ----------
        images : Tensor (n, channels, height, width)
            What the encoder sees, in [0, 1].
        noise : Tensor (n, latent_dim), optional
            Standard normal; drawn when not given.
        target : Tensor (n, channels, height, width), optional
            What the decoder should draw, in [0, 1]; the images themselves by default.

        Returns
        -------
        dict of str to Tensor (n,)
            ``loss`` is what training minimizes, ``reconstruction`` and ``kl`` are its terms without
            beta, and ``elbo`` is the negative evidence lower bound, reconstruction + kl.
        """
        mean, log_variance = self._moments(images)
        latents = sample(mean, log_variance, noise)
        reconstruction = self.likelihood(
            self.decoder(latents), images if target is None else target
        )
        kl = kl_per_dimension(mean, log_variance).sum(1)
        return {
            "loss": reconstruction + self.beta * kl,
            "reconstruction": reconstruction,
            "kl": kl,
            "elbo": reconstruction + kl,
        }

    def training_loss(
        self, images: Tensor, noise: Tensor | None = None, target: Tensor | None = None
    ) -> Tensor:
        """Return a scalar with the gradient of the mean loss; its value may be left out.

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
        mean, log_variance = self._moments(images)
        latents = sample(mean, log_variance, noise)
        total = self.likelihood.gradient_only(
            self.decoder(latents), images if target is None else target
        )
        kl = kl_per_dimension(mean, log_variance).sum()
        return (total + self.beta * kl) / len(images)

    def _moments(self, images: Tensor) -> tuple[Tensor, Tensor]:
        # Leaving bfloat16 here costs nothing (the latent is small) and keeps the KL exact.
        mean, log_variance = self.encoder(images).float().chunk(2, dim=1)
        return mean, log_variance.clamp(*LOG_VARIANCE)


def sample(mean: Tensor, log_variance: Tensor, noise: Tensor | None = None) -> Tensor:
    """Draw one latent per image by the reparametrization trick.

    Parameters
    ----------
    mean, log_variance : Tensor (n, latent_dim)
        Of q(z|x).
    noise : Tensor (n, latent_dim), optional
        Standard normal; drawn when not given.

    Returns
    -------
    Tensor (n, latent_dim)
        mean + exp(log_variance / 2) * noise.
    """
    if noise is None:
        noise = torch.randn_like(mean)
    return torch.addcmul(mean, torch.exp(0.5 * log_variance), noise)


def kl_per_dimension(mean: Tensor, log_variance: Tensor) -> Tensor:
    """Return KL(q(z|x) || N(0, I)) for each image and latent dimension, in nats.

    Parameters
    ----------
    mean, log_variance : Tensor (n, latent_dim)
        Of q(z|x).

    Returns
    -------
    Tensor (n, latent_dim)
        Non-negative.

    References
    ----------
    Kingma and Welling 2014, appendix B.
    """
    return 0.5 * (mean.square() + log_variance.exp() - 1.0 - log_variance)

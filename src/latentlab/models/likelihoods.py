"""How logits are read as a distribution over pixels; values in nats per image, summed over pixels.

Sums, not means, so that the ELBO compares with the literature.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

# A standard deviation under this (1/400 of the range) would reward rounding, not drawing.
SMALLEST_LOG_SIGMA = -6.0
# Share of the newest batch in the running mean of the optimal log(sigma).
REMEMBERED = 0.05


class Bernoulli(nn.Module):
    """Each pixel is Bernoulli: -log p(x|z) with gray values taken as means.

    Continuous gray values as Bernoulli means is usual in the VAE literature on MNIST; the
    result is a cross-entropy, not a density.
    """

    def forward(self, logits: Tensor, images: Tensor) -> Tensor:
        """Return the negative log-likelihood.

        Parameters
        ----------
        logits : Tensor (n, ...)
            Decoder output.
        images : Tensor (n, ...)
            Values in [0, 1].

        Returns
        -------
        Tensor (n,)
            Nats per image.
        """
        loss = functional.binary_cross_entropy_with_logits(
            logits.float(), images.float(), reduction="none"
        )
        return loss.flatten(1).sum(1)

    def gradient_only(self, logits: Tensor, images: Tensor) -> Tensor:
        """Return a scalar whose gradient is that of the summed loss and whose value is zero.

        The gradient of the cross-entropy is ``sigmoid(logits) - images``: writing it directly
        saves the logarithms, a third of a training step of a small dense network.

        Parameters
        ----------
        logits, images : Tensor (n, ...)
            As for ``forward``.

        Returns
        -------
        Tensor ()
            float32, always 0.
        """
        total: Tensor = _BernoulliGradient.apply(logits, images)
        return total


class Gaussian(nn.Module):
    """Each pixel is Gaussian around m = sigmoid(logit), with one calibrated standard deviation.

    The negative log-likelihood of an image x of D values is

        D log(sigma) + D/2 log(2 pi) + sum((x - m)^2) / (2 sigma^2)

    and it is least for sigma^2 = mean((x - m)^2), the mean squared error. In training sigma is this
    optimum, computed for each batch over all its images and pixels ("optimal sigma-VAE"). It
    follows the error from the first step to the last, so that no weight between KL term and
    reconstruction term has to be chosen; a sigma learned by gradient lags behind. The running mean
    of log(sigma) is stored with the weights and used everywhere else.

    References
    ----------
    Rybkin, Daniilidis and Levine, "Simple and effective VAE training with calibrated decoders",
    ICML 2021, section 3.
    """

    log_sigma: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("log_sigma", torch.tensor(math.log(0.2)))

    def forward(self, logits: Tensor, images: Tensor) -> Tensor:
        """Return the negative log-density.

        Parameters
        ----------
        logits : Tensor (n, ...)
            Decoder output.
        images : Tensor (n, ...)
            Values in [0, 1].

        Returns
        -------
        Tensor (n,)
            Nats per image; may be negative, since a density may exceed one.
        """
        error = (torch.sigmoid(logits.float()) - images.float()).flatten(1).square().sum(1)
        n_pixels = images[0].numel()
        log_sigma = self._log_sigma(error.detach().mean() / n_pixels)
        return 0.5 * error * torch.exp(-2 * log_sigma) + n_pixels * (
            log_sigma + 0.5 * math.log(2 * math.pi)
        )

    def gradient_only(self, logits: Tensor, images: Tensor) -> Tensor:
        """Return the summed loss; there is nothing to save here.

        Parameters
        ----------
        logits, images : Tensor (n, ...)
            As for ``forward``.

        Returns
        -------
        Tensor ()
            Nats, summed over images.
        """
        total: Tensor = self(logits, images).sum()
        return total

    def _log_sigma(self, mse: Tensor) -> Tensor:
        """Return the optimum of a batch in training, and remember it; else what is stored.

        At the optimum the loss does not change with sigma, so no gradient is lost.
        """
        if not self.training:
            return self.log_sigma.clamp_min(SMALLEST_LOG_SIGMA)
        optimum = (0.5 * mse.log()).clamp_min(SMALLEST_LOG_SIGMA)
        self.log_sigma.lerp_(optimum, REMEMBERED)
        return optimum


class _BernoulliGradient(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, logits: Tensor, images: Tensor) -> Tensor:
        ctx.save_for_backward(logits, images)
        return logits.new_zeros((), dtype=torch.float32)

    @staticmethod
    def backward(ctx: Any, *grad_outputs: Tensor) -> tuple[Tensor, None]:
        logits, images = ctx.saved_tensors
        scale = grad_outputs[0].to(logits.dtype)
        return torch.sigmoid(logits).sub_(images).mul_(scale), None


LIKELIHOODS: dict[str, type[Bernoulli] | type[Gaussian]] = {
    "bernoulli": Bernoulli,
    "gaussian": Gaussian,
}

"""Color as a choice among bins, with rare colors counted for more.

A network that predicts one color and minimizes its squared error predicts the mean of
the possible colors, which is nearly gray. So it names a probability for each of some hundred
colors instead, with a loss that weights rare ones more (Zhang, Isola and Efros, "Colorful image
colorization", 2016). A second term is the error of their mean.
"""

from __future__ import annotations

import itertools

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from latentlab.color import lab_planes, rgb_planes, to_lab

# Side of a bin in Lab units; they used 10, small images need fewer.
SPACING = 18
BLOCK = 2
# In bins: no color of a screen is farther from gray.
REACH = 7
# How much of the weighting is uniform: their value.
MIX = 0.5
# How much of the weighting is taken back in the answer, and how far it is flattened: the larger,
# the more colored. A matter of taste, looked at on 400 validation images of CIFAR-10: 1 is nearer
# to the truth (off by 12.26, chroma 6.5 of 13.7), 1.15 bolder (12.32, 7.1).
UNDONE = 0.9
TEMPERATURE = 1.15
# The choice term alone gives saturated colors, the error term alone pale ones. This
# much of the first is added to the second, which is counted in decibels above SMALL_ERROR (Lab
# units squared), so that it dares most where it knows most.
CHOICE = 0.3
SMALL_ERROR = 20.0


class ChromaBins(nn.Module):
    """The bins a screen can show, how rare each is, and the way from logits to a color."""

    centers: Tensor
    weights: Tensor
    table: Tensor

    def __init__(self) -> None:
        super().__init__()
        centers = torch.from_numpy(_shown_bins())
        self.register_buffer("centers", centers)
        self.register_buffer("weights", torch.ones(len(centers)))
        # The nearest bin of every cell of the plane: looking up is faster than comparing.
        steps = torch.arange(-REACH, REACH + 1, device=centers.device) * float(SPACING)
        cells = torch.cartesian_prod(steps, steps)
        side = len(steps)
        nearest = torch.cdist(cells, centers).argmin(1).reshape(side, side)
        self.register_buffer("table", nearest, persistent=False)

    @property
    def n_bins(self) -> int:
        """Count the colors to choose from."""
        return len(self.centers)

    def count(self, images: Tensor) -> None:
        """Set the weights from how often each color occurs.

        Parameters
        ----------
        images : Tensor (n, 3, h, w)
            Values in [0, 1].
        """
        counts = torch.bincount(
            self._bins(self._color_of(images.float())).flatten(), minlength=self.n_bins
        ).float()
        share = counts / counts.sum()
        weights = 1 / ((1 - MIX) * share + MIX / self.n_bins)
        self.weights.copy_(weights / (share * weights).sum())

    def loss(self, logits: Tensor, clean: Tensor) -> Tensor:
        """Return the price of a color and of the choice that led to it.

        Parameters
        ----------
        logits : Tensor (n, n_bins, h / 2, w / 2)
            For each block of 2 x 2 pixels.
        clean : Tensor (n, 3, h, w)
            Values in [0, 1].

        Returns
        -------
        Tensor (n,)
            Nats per image, up to a constant.
        """
        true = self._color_of(clean.float())
        bins = self._bins(true)
        log_share = functional.log_softmax(logits.float(), dim=1)
        chosen = log_share.gather(1, bins[:, None])[:, 0]
        choice = -(chosen * self.weights[bins]).flatten(1).sum(1)
        squared = (self._mean(logits.float(), 1.0) - true).square().flatten(1)
        color = 0.5 * squared.shape[1] * (squared.mean(1) / SMALL_ERROR).log1p()
        return CHOICE * choice + color

    def paint(self, images: Tensor, logits: Tensor) -> Tensor:
        """Join the lightness of images with the color the logits speak of.

        Parameters
        ----------
        images : Tensor (n, 3, h, w)
            Values in [0, 1].
        logits : Tensor (n, n_bins, h / 2, w / 2)

        Returns
        -------
        Tensor (n, 3, h, w)
            Values in [0, 1].
        """
        color = self._mean(logits, TEMPERATURE)
        size = (images.shape[2], images.shape[3])
        full = functional.interpolate(color, size=size, mode="bilinear", align_corners=False)
        lightness = lab_planes(*images.float().unbind(1))[0]
        return torch.stack(rgb_planes(lightness, full[:, 0], full[:, 1]), 1)

    def _mean(self, logits: Tensor, temperature: float) -> Tensor:
        """Return the mean of the colors the logits speak of: (n, 2, h / 2, w / 2)."""
        fair = logits - UNDONE * self.weights.log()[:, None, None]
        share = torch.softmax(fair / temperature, dim=1)
        return torch.einsum("nqhw,qc->nchw", share, self.centers)

    def _color_of(self, images: Tensor) -> Tensor:
        """Return a and b of the mean of each 2 x 2 block: (n, 2, h / 2, w / 2)."""
        _, a, b = lab_planes(*functional.avg_pool2d(images, BLOCK).unbind(1))
        return torch.stack([a, b], 1)

    def _bins(self, color: Tensor) -> Tensor:
        """Return the number of the bin nearest to each color (n, 2, h / 2, w / 2)."""
        cells = (color / SPACING).round().long().clamp(-REACH, REACH) + REACH
        return self.table[cells[:, 0], cells[:, 1]]


def _shown_bins() -> np.ndarray:
    """Return the centers of the bins that hold a color of a screen: float32 (n_bins, 2)."""
    levels = np.linspace(0, 1, 18, dtype=np.float32)
    every = np.array(list(itertools.product(levels, repeat=3)), np.float32)
    places = np.rint(to_lab(every)[:, 1:] / SPACING)
    return np.asarray(np.unique(places, axis=0) * SPACING, np.float32)

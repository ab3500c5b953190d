"""A small U-Net: halvings with skip connections, for undoing a degradation.

The skip connections carry the picture past the narrow middle, so there is no single latent: what
the network knows of an image is spread over three sizes. It is fully convolutional, so it takes
images of any size.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

import torch
from torch import Tensor, nn
from torch.nn import functional

from latentlab.models.chroma import ChromaBins
from latentlab.models.unet_layers import GATHER, MULTIPLE

# Errors below this (30 dB) are hardly worth more effort; it keeps the logarithm tame.
SMALL_MSE = 1e-3
# Longest gradient, for each value that is answered with: without it a step at a high learning rate
# can end in a network that answers nothing any more.
GRADIENT_PER_VALUE = 0.25


class UNet(nn.Module):
    """Answer with the restored image (a correction of what comes in), or with its color.

    Parameters
    ----------
    image_shape : (int, int, int)
        Height, width, channels of the images it learns from.
    hidden : tuple of int
        Channels at half the size, a quarter, and so on.
    predicts : {"image", "chroma"}
        A correction added to the input; or for each 2 x 2 block a distribution over colors.
    blocks : {"plain", "residual"}
        Two convolutions at each size, what skips is laid beside what rises; or a convolution and
        blocks that add to their input, as skips are added: at the same cost deeper, and faster to
        train (He, Zhang, Ren and Sun, "Deep residual learning for image recognition", 2016).
    """

    latent_dim = 0

    def __init__(
        self,
        image_shape: tuple[int, int, int],
        *,
        hidden: tuple[int, ...],
        predicts: Literal["image", "chroma"] = "image",
        blocks: Literal["plain", "residual"] = "plain",
    ) -> None:
        super().__init__()
        channels = image_shape[2]
        self.chroma = ChromaBins() if predicts == "chroma" else None
        outputs = self.chroma.n_bins if self.chroma else channels * GATHER**2
        height, width = image_shape[:2]
        # Of a color there are two numbers for each block.
        n_values = height * width * channels if self.chroma is None else height * width // 2
        self.gradient_limit = GRADIENT_PER_VALUE * n_values
        self.gather = nn.PixelUnshuffle(GATHER)
        self.residual = blocks == "residual"
        stage = _one_and_residual if self.residual else _two
        self.down = nn.ModuleList([stage(channels * GATHER**2, hidden[0])])
        self.up = nn.ModuleList()
        self.lift = nn.ModuleList()
        for above, below in pairwise(hidden):
            self.down.append(stage(above, below, stride=2))
            self.lift.append(nn.Conv2d(below, above, 1))
            self.up.append(_Residual(above) if self.residual else _two(2 * above, above))
        if self.residual:  # one more where it costs least
            self.down[-1] = nn.Sequential(self.down[-1], _Residual(hidden[-1]))
        side = 1 if self.chroma else 3  # many outputs need no window of their own
        self.head = nn.Conv2d(hidden[0], outputs, side, padding=side // 2)
        self.spread = nn.PixelShuffle(GATHER)
        for layer in self.modules():
            # Where only shapes are asked for, drawing nothing would import a thousand modules.
            if isinstance(layer, nn.Conv2d) and not layer.weight.is_meta:
                nn.init.kaiming_normal_(
                    layer.weight, nonlinearity="linear" if self.residual else "relu"
                )
                nn.init.zeros_(layer.bias)  # type: ignore[arg-type]
        for layer in self.modules():
            if isinstance(layer, _Residual):
                nn.init.zeros_(layer.last.weight)  # at first it hands on what it is given
        # The untrained network changes nothing: half a minute of training is saved.
        nn.init.zeros_(self.head.weight)

    def prepare(self, images: Tensor) -> None:
        """Take from training images what has to be known beforehand.

        A network that colorizes counts how often each color occurs; others need nothing.

        Parameters
        ----------
        images : Tensor (n, c, h, w)
            Values in [0, 1].
        """
        if self.chroma is not None:
            self.chroma.count(images)

    def encode(self, images: Tensor) -> tuple[Tensor, Tensor | None]:
        """Return latents of size zero: there is no single place where a latent would be.

        Parameters
        ----------
        images : Tensor (n, c, h, w)

        Returns
        -------
        mean : Tensor (n, 0)
        log_variance : None
        """
        return images.new_zeros(len(images), 0), None

    def restore(self, images: Tensor) -> Tensor:
        """Undo the degradation.

        An image is restored as it is and in the mirror, and the mean of both is taken, which errs
        less (Timofte, Rothe and Van Gool, "Seven ways to improve example-based single image super
        resolution", 2016). A network that predicts colors looks at it once.

        Parameters
        ----------
        images : Tensor (n, c, h, w)
            Values in [0, 1], of any size; padded where a side is no multiple of 4.

        Returns
        -------
        Tensor (n, c, h, w)
            Values in [0, 1].
        """
        height, width = images.shape[2:]
        padded = _padded(images)
        answer = self._answer(padded)
        if self.chroma is not None:
            answer = self.chroma.paint(padded, answer)
        else:
            answer = 0.5 * (answer + self._answer(padded.flip(3)).flip(3))
        return answer[..., :height, :width].clamp(0, 1)

    def loss(
        self, images: Tensor, noise: Tensor | None = None, target: Tensor | None = None
    ) -> dict[str, Tensor]:
        """Return the named loss terms, in nats per image, up to a constant.

        For an image it is the Gaussian likelihood with the standard deviation that fits each image
        best: half the logarithm of its mean squared error for every value, so that a decibel counts
        the same whether the degradation was strong or slight.

        Parameters
        ----------
        images : Tensor (n, c, h, w)
            The degraded images, in [0, 1].
        noise : None
            Nothing is drawn.
        target : Tensor (n, c, h, w), optional
            The clean images; the images themselves by default.

        Returns
        -------
        dict of str to Tensor (n,)
        """
        clean = _padded(images if target is None else target)
        answer = self._answer(_padded(images))
        if self.chroma is not None:
            error = self.chroma.loss(answer, clean)
        else:
            squared = (answer - clean.float()).square().flatten(1)
            error = 0.5 * squared.shape[1] * (squared.mean(1) / SMALL_MSE).log1p()
        return {"loss": error, "reconstruction": error}

    def training_loss(
        self, images: Tensor, noise: Tensor | None = None, target: Tensor | None = None
    ) -> Tensor:
        """Return the mean loss.

        Parameters
        ----------
        images : Tensor (n, c, h, w)
        noise : None
        target : Tensor (n, c, h, w), optional
            As for ``loss``.

        Returns
        -------
        Tensor ()
            Nats per image, up to a constant.
        """
        return self.loss(images, noise, target)["loss"].mean()

    def _answer(self, images: Tensor) -> Tensor:
        """Return the corrected image, or the logits of the colors at half the size."""
        # Convolutions with few channels are a fifth faster with channels last on a CPU.
        at_size: Tensor = self.gather(images).contiguous(memory_format=torch.channels_last)
        kept: list[Tensor] = []
        for block in self.down:
            at_size = block(at_size)
            kept.append(at_size)
        for block, lift, beside in zip(
            reversed(self.up), reversed(self.lift), reversed(kept[:-1]), strict=True
        ):
            raised = functional.interpolate(lift(at_size), size=beside.shape[2:], mode="nearest")
            joined = raised + beside if self.residual else torch.cat([raised, beside], 1)
            at_size = block(joined)
        answer: Tensor = self.head(at_size).float()
        if self.chroma is not None:
            return answer
        corrected: Tensor = images.float() + self.spread(answer)
        return corrected


class _Residual(nn.Module):
    """Two convolutions whose answer is added to what comes in."""

    def __init__(self, n: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(n, n, 3, padding=1)
        self.last = nn.Conv2d(n, n, 3, padding=1)

    def forward(self, values: Tensor) -> Tensor:
        answer: Tensor = self.last(functional.relu(self.first(values)))
        return values + answer


def _one_and_residual(n_in: int, n_out: int, *, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(n_in, n_out, 3, stride=stride, padding=1), _Residual(n_out))


def _two(n_in: int, n_out: int, *, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(n_in, n_out, 3, stride=stride, padding=1),
        nn.ReLU(),
        nn.Conv2d(n_out, n_out, 3, padding=1),
        nn.ReLU(),
    )


def _padded(images: Tensor) -> Tensor:
    height, width = images.shape[2:]
    right, below = -width % MULTIPLE, -height % MULTIPLE
    if not right and not below:
        return images
    return functional.pad(images, (0, right, 0, below), mode="replicate")

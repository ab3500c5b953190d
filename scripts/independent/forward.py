"""The shipped networks in plain numpy, from ``weights.safetensors`` alone."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file
from scipy.special import expit, softmax
from skimage.color import lab2rgb, rgb2lab

Floats = npt.NDArray[np.floating[Any]]
Weights = dict[str, Floats]
BATCH = 250
# Of the answer in color, see latentlab.models.chroma.
UNDONE, TEMPERATURE = 0.9, 1.15


class Network:
    """A network of a checkpoint; images are (n, h, w, c), latents (n, z)."""

    def __init__(self, folder: Path, config: dict[str, Any], shape: tuple[int, int, int]) -> None:
        stored = load_file(folder / "weights.safetensors")
        self.weights = {name: array.astype(np.float32) for name, array in stored.items()}
        self.config, self.shape = config, shape

    @property
    def log_sigma(self) -> float | None:
        """Logarithm of the standard deviation of a Gaussian likelihood."""
        found = self.weights.get("likelihood.log_sigma")
        return None if found is None else float(found)

    def encode(self, images: Floats) -> tuple[Floats, Floats | None]:
        """Return means and, of a VAE, log-variances."""
        out = _batched(lambda x: _run(self.weights, "encoder", _planes(x)), images)
        if self.config["model"] != "vae":
            return out, None
        mean, log_variance = np.split(out, 2, axis=1)
        return mean, np.clip(log_variance, -20, 2)

    def logits(self, latents: Floats) -> Floats:
        """Return what the decoder says before the sigmoid, as images."""
        height, width, channels = self.shape
        start = (channels, height, width) if self.config["body"] == "dense" else None
        return _batched(lambda z: _pixels(_run(self.weights, "decoder", z, start)), latents)

    def reconstruct(self, images: Floats) -> Floats:
        """Decode the latents of images, or restore with a U-Net."""
        if self.config["model"] == "unet":
            return _batched(self._unet, images)
        return expit(self.logits(self.encode(images)[0]))

    def _unet(self, images: Floats) -> Floats:
        x = _planes(images)
        if "chroma.centers" in self.weights:
            return self._paint(images, self._answer(x))
        down, across = -x.shape[2] % 4, -x.shape[3] % 4
        padded = np.pad(x, ((0, 0), (0, 0), (0, down), (0, across)), "edge")
        mirrored = padded[..., ::-1]
        straight, turned = (side + _spread(self._answer(side)) for side in (padded, mirrored))
        answer = 0.5 * (straight + turned[..., ::-1])
        return np.clip(_pixels(answer[:, :, : x.shape[2], : x.shape[3]]), 0, 1)

    def _paint(self, images: Floats, logits: Floats) -> Floats:
        """Give images the mean color of their bins; rare bins are taken back, all flattened."""
        rare = np.log(self.weights["chroma.weights"])[:, None, None]
        share = softmax((logits - UNDONE * rare) / TEMPERATURE, axis=1)
        color = np.einsum("nqhw,qc->nchw", share, self.weights["chroma.centers"])
        rows, columns = (_doubling(side) for side in color.shape[2:])
        lab = rgb2lab(images)
        lab[..., 1:] = np.einsum("yh,nchw,xw->nyxc", rows, color, columns, optimize=True)
        return _rgb(lab)

    def _answer(self, x: Floats) -> Floats:
        w, kept = self.weights, []
        at = _gathered(x)
        n_down = len({name.split(".")[1] for name in w if name.startswith("down.")})
        residual = any(name.startswith("up.") and ".first." in name for name in w)
        for stage in range(n_down):
            stride = 2 if stage else 1
            if not residual:
                at = _two(w, f"down.{stage}", at, stride)
            else:
                last = stage == n_down - 1
                name = f"down.{stage}.0" if last else f"down.{stage}"
                at = _conv(at, w[f"{name}.0.weight"], w[f"{name}.0.bias"], stride, 1)
                at = _residual(w, f"{name}.1", at)
                at = _residual(w, f"down.{stage}.1", at) if last else at
            kept.append(at)
        for stage in reversed(range(n_down - 1)):
            lifted = _conv(at, w[f"lift.{stage}.weight"], w[f"lift.{stage}.bias"], 1, 0)
            beside = kept[stage]
            raised = lifted.repeat(2, axis=2).repeat(2, axis=3)
            raised = raised[:, :, : beside.shape[2], : beside.shape[3]]
            if residual:
                at = _residual(w, f"up.{stage}", raised + beside)
            else:
                at = _two(w, f"up.{stage}", np.concatenate([raised, beside], axis=1))
        side = w["head.weight"].shape[-1]
        return _conv(at, w["head.weight"], w["head.bias"], 1, side // 2)


def _batched(function: Any, values: Floats) -> Floats:
    parts = [function(values[at : at + BATCH]) for at in range(0, len(values), BATCH)]
    return np.concatenate(parts)


def _planes(images: Floats) -> Floats:
    return np.moveaxis(images, -1, 1).astype(np.float32)


def _pixels(planes: Floats) -> Floats:
    return np.moveaxis(planes, 1, -1)


def _run(weights: Weights, part: str, x: Floats, reshape: Any = None) -> Floats:
    """Run the linear and convolution layers of an encoder or decoder with SiLU between them."""
    numbers = sorted({int(k.split(".")[1]) for k in weights if k.startswith(f"{part}.")})
    for number in numbers:
        weight, bias = (weights[f"{part}.{number}.{kind}"] for kind in ("weight", "bias"))
        if weight.ndim == 2:
            x = x.reshape(len(x), -1) @ weight.T + bias
        elif part == "encoder":
            x = _conv(x, weight, bias, 2, 1)
        else:
            if x.ndim == 2:
                side = round((x.shape[1] / weight.shape[0]) ** 0.5)
                x = x.reshape(len(x), weight.shape[0], side, side)
            x = _transposed(x, weight, bias)
        if number != numbers[-1]:
            x = x * expit(x)
    return x if reshape is None else x.reshape(len(x), *reshape)


def _two(weights: Weights, name: str, x: Floats, stride: int = 1) -> Floats:
    for layer, step in ((0, stride), (2, 1)):
        weight, bias = (weights[f"{name}.{layer}.{kind}"] for kind in ("weight", "bias"))
        x = np.maximum(_conv(x, weight, bias, step, 1), 0)
    return x


def _residual(weights: Weights, name: str, x: Floats) -> Floats:
    first, last = (
        (weights[f"{name}.{layer}.weight"], weights[f"{name}.{layer}.bias"])
        for layer in ("first", "last")
    )
    return x + _conv(np.maximum(_conv(x, *first, 1, 1), 0), *last, 1, 1)


def _conv(x: Floats, weight: Floats, bias: Floats, stride: int, padding: int) -> Floats:
    """Convolve (n, c, h, w) with (out, c, k, l)."""
    edge = (padding, padding)
    padded = np.pad(x, ((0, 0), (0, 0), edge, edge))
    windows = np.lib.stride_tricks.sliding_window_view(padded, weight.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.moveaxis(np.tensordot(windows, weight, ([1, 4, 5], [1, 2, 3])), -1, 1) + _column(bias)


def _transposed(x: Floats, weight: Floats, bias: Floats) -> Floats:
    """Transposed convolution of stride 2 and padding 1: spread with zeros, then convolve."""
    n, channels, height, width = x.shape
    spread = np.zeros((n, channels, 2 * height - 1, 2 * width - 1), x.dtype)
    spread[:, :, ::2, ::2] = x
    turned = np.flip(weight, (2, 3)).swapaxes(0, 1)
    return _conv(spread, turned, bias, 1, weight.shape[2] - 2)


def _doubling(side: int) -> Floats:
    """Return bilinear interpolation to twice as many places as a matrix (2 side, side)."""
    places = (np.arange(2 * side) + 0.5) / 2 - 0.5
    return np.stack([np.interp(places, np.arange(side), row) for row in np.eye(side)], axis=1)


def _rgb(lab: Floats) -> Floats:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # colors that no screen shows are cut off: that is meant
        return lab2rgb(lab)


def with_lightness(answer: Floats, given: Floats) -> Floats:
    """Return the color of an answer with the lightness that was given."""
    lab = rgb2lab(answer)
    lab[..., 0] = rgb2lab(given)[..., 0]
    return _rgb(lab)


def _column(bias: Floats) -> Floats:
    return bias[:, None, None]


def _gathered(x: Floats) -> Floats:
    n, c, h, w = x.shape
    return (
        x.reshape(n, c, h // 2, 2, w // 2, 2)
        .transpose(0, 1, 3, 5, 2, 4)
        .reshape(n, 4 * c, h // 2, w // 2)
    )


def _spread(x: Floats) -> Floats:
    n, c, h, w = x.shape
    return (
        x.reshape(n, c // 4, 2, 2, h, w)
        .transpose(0, 1, 4, 2, 5, 3)
        .reshape(n, c // 4, 2 * h, 2 * w)
    )

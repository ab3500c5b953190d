"""Whether a network has learned anything at all, and what to try where it has not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from latentlab.config import RunConfig
from latentlab.tasks import TASKS

# Of a decibel: what a network must gain over an answer that needs no network.
LEAST_GAIN = 0.5
# Fewer nats than this in the whole latent, and the decoder cannot tell one image from another.
LEAST_KL = 0.1
# A network pays a few nats for each value of an image, an untrained one about one.
ABSURD_NATS = 1e3

LONGER = "train for longer (--steps), with smaller batches (--batch-size) or on more images"


def nothing_learned(config: RunConfig, metrics: Mapping[str, Any], n_values: int) -> str:
    """Say in one sentence that a network has learned nothing, and what to try.

    Parameters
    ----------
    config : RunConfig
    metrics : mapping
        As measured on test images.
    n_values : int
        Of an image: height x width x channels.

    Returns
    -------
    str
        Empty where it has learned something.
    """
    loss = float(metrics.get("elbo", metrics.get("loss", 0.0)))
    if loss > ABSURD_NATS * n_values:
        return (
            f"The loss on test images is {loss:.1g} nats per image: the training diverged; "
            f"try a learning rate below {config.learning_rate:g}."
        )
    psnr = float(metrics["psnr"])
    if config.task in TASKS:
        return _of_a_task(config, psnr, float(metrics["psnr_input"]))
    kl = metrics.get("kl")
    if kl is not None and kl < LEAST_KL:
        return (
            f"The KL divergence is {kl:.2g} nats (posterior collapse), so every reconstruction is "
            f"the mean image: {LONGER}, or with a smaller --beta."
        )
    mean = metrics.get("psnr_mean_image")
    if mean is not None and psnr < mean + LEAST_GAIN:
        return (
            f"The reconstructions ({psnr:.1f} dB) are no better than the mean image "
            f"({mean:.1f} dB), so the network has learned nothing: {LONGER}."
        )
    return ""


def _of_a_task(config: RunConfig, psnr: float, psnr_input: float) -> str:
    # The gray copy is as bright as the image: little separates it from the colored one.
    least = 0.0 if config.task == "colorize" else LEAST_GAIN
    if psnr >= psnr_input + least:
        return ""
    also = "" if config.model == "unet" else ", or with --model unet, which keeps details"
    return (
        f"The restored images ({psnr:.1f} dB) are no better than the network's input "
        f"({psnr_input:.1f} dB), so it has learned nothing: {LONGER}{also}."
    )

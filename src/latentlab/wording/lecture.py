"""What is said of an image's way through a network, step by step, with its line of PyTorch."""

from __future__ import annotations

import math
from dataclasses import dataclass

from latentlab.checkpoints import Checkpoint
from latentlab.tasks import TASKS
from latentlab.wording import words


@dataclass(frozen=True)
class Step:
    """One step of the lecture.

    Attributes
    ----------
    part : {"encode", "sample", "decode", "compare"}
        What is not dimmed.
    title, sentence : str
    code : str
        One line of PyTorch.
    """

    part: str
    title: str
    sentence: str
    code: str


def steps(checkpoint: Checkpoint) -> list[Step]:
    """Return the four steps for a checkpoint's kind of network."""
    config = checkpoint.manifest.config
    values = math.prod(checkpoint.manifest.image_shape)
    numbers = words.counted(values, "value")
    dimensions = words.counted(config.latent_dim, "latent dimension")
    restores = config.task in TASKS
    seen, image = ("degraded", "degraded image") if restores else ("x", "image")
    if not config.latent_dim:
        return _unet(image, joins=config.blocks == "plain", restores=restores)
    if config.model == "vae":
        encode = Step(
            "encode",
            "Encode",
            f"The encoder maps the {image} ({numbers}) to a Gaussian q(z|x): a mean and a standard "
            f"deviation for each of {dimensions}.",
            f"mu, log_variance = encoder({seen}).chunk(2, dim=1)",
        )
        sample = Step(
            "sample",
            "Sample",
            "In training, z is sampled from this Gaussian. All randomness is in epsilon, so the "
            "gradient passes through mu and sigma (reparameterization trick).",
            "z = mu + (0.5 * log_variance).exp() * torch.randn_like(mu)",
        )
    else:
        encode = Step(
            "encode",
            "Encode",
            f"The encoder compresses the {image} ({numbers}) to a latent with {dimensions}.",
            f"z = encoder({seen})",
        )
        sample = Step(
            "sample",
            "Sample",
            "A plain autoencoder does not sample: the encoder's output is z itself, and z is all "
            "that the decoder is given.",
            f"z.shape  # (1, {config.latent_dim})",
        )
    decode = Step(
        "decode",
        "Decode",
        f"The decoder computes all {numbers} of the reconstruction from z alone.",
        "reconstruction = torch.sigmoid(decoder(z))",
    )
    return [encode, sample, decode, _compare("reconstruction", restores=restores)]


def _unet(image: str, *, joins: bool, restores: bool) -> list[Step]:
    join = "torch.cat([up, skip], dim=1)" if joins else "up + skip"
    return [
        Step(
            "encode",
            "Encode",
            f"Each block computes features of the {image}, each at half the resolution of the one "
            "before.",
            "features = [x := block(x) for block in down]",
        ),
        Step(
            "sample",
            "Skip",
            "Skip connections pass the features of each resolution to the decoder. The image is "
            "represented at all resolutions, so there is no single latent.",
            f"x = block({join})",
        ),
        Step(
            "decode",
            "Decode",
            "Each block doubles the resolution and combines the features from below with those of "
            "the skip connection, so fine detail survives.",
            "restored = unet(degraded)",
        ),
        _compare("restored", restores=restores),
    ]


def _compare(output: str, *, restores: bool) -> Step:
    if restores:
        sentence = (
            "The output is compared with the clean image, which the network was not given: "
            "training minimizes this difference."
        )
    else:
        sentence = (
            "The reconstruction error is the mean squared difference between the reconstruction "
            "and the image."
        )
    against = "clean" if restores else "x"
    return Step("compare", "Compare", sentence, f"mse = (({output} - {against}) ** 2).mean()")

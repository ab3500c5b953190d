"""What a checkpoint is, in the terms of the field."""

from __future__ import annotations

import math
import shlex
from pathlib import Path

from latentlab.checkpoints import MANIFEST, Checkpoint
from latentlab.models import EMBEDDING
from latentlab.tasks import TASKS
from latentlab.wording import words

KINDS = {
    "ae": "A plain autoencoder",
    "vae": "A variational autoencoder",
    "unet": "A U-Net",
    EMBEDDING: "An embedding",
}
CHARACTERS = {
    "ae": (
        "The loss of a plain autoencoder does not constrain where the latents lie, so there may be "
        "empty regions between them that do not decode to plausible images."
    ),
    "vae": (
        "The KL term keeps the latents close to a standard normal, so empty regions are rarer than "
        "in a plain autoencoder, and new images can be sampled from the prior."
    ),
}
NO_LATENT = (
    "It encodes each image ({pixels}) at several resolutions, and skip connections pass the "
    "features of each resolution to the decoder. There is no bottleneck, so fine detail survives, "
    "and **no single latent**, so there is no latent space to explore."
)
LEARNED = (
    "It is trained on degraded images, and the loss compares its output with the clean images."
)
LARGE_BETA = (
    "With beta = {beta:g}, the weight of the KL term is {beta:g} instead of 1: latents lie closer "
    "to the prior, and reconstructions are usually blurrier."
)
SMALL_BETA = (
    "With beta = {beta:g}, the weight of the KL term is {beta:g} instead of 1: reconstructions are "
    "usually sharper, and latents lie farther from the prior."
)

EMBEDDED = (
    "Another program encoded each image ({pixels}, {values}) to a **latent** with {dimensions}. "
    "There is no decoder, so a latent cannot be decoded to an image."
)
NOT_KEPT = "Only its outputs were recorded, so nothing can be encoded or decoded here."
RECORD_CODE = """\
import latentlab

latentlab.record({name!r}, encode=encoder, decode=decoder, images=images, labels=labels)
"""

UNET_LOSS_CODE = """\
answer = degraded + correction(degraded)          # the network only adds what is missing
mse = ((answer - x) ** 2).flatten(1).mean(dim=1)  # of each image
loss = 0.5 * x[0].numel() * torch.log1p(mse / {small:g}).mean()
"""
CHROMA_LOSS_CODE = """\
logits = network(degraded)                        # of each color, for each 2 x 2 pixels
bins, color = nearest_bin(x), mean_color(x)       # a and b of Lab
choice = (rarity[bins] * F.cross_entropy(logits, bins, reduction='none')).sum() / len(x)
mse = ((mean_color(logits) - color) ** 2).flatten(1).mean(dim=1)
loss = {choice:g} * choice + 0.5 * color[0].numel() * torch.log1p(mse / {small:g}).mean()
"""
# The constants of the losses; `models` has them too, and loads torch.
SMALL_MSE, SMALL_ERROR, CHOICE = 1e-3, 20.0, 0.3
RECONSTRUCTION_CODE = """\
from latentlab import checkpoints, codec, data
from latentlab.images import to_float

network = codec.load_codec(checkpoints.open_checkpoint(Path({path!r})))
images = to_float(data.load({dataset!r}, "test"{size}).images)
latents = network.encode(images)                 # (n, {latent_dim})
reconstructions = network.decode(latents)        # (n, {height}, {width}, {channels}), 0 to 1
mse = ((reconstructions - images) ** 2).mean()   # the reconstruction error
"""
RESTORATION_CODE = """\
from latentlab import checkpoints, codec, data, tasks
from latentlab.images import to_float

network = codec.load_codec(checkpoints.open_checkpoint(Path({path!r})))
images = to_float(data.load({dataset!r}, "test"{size}).images[:100])
task = tasks.TASKS[{task}]
degraded = task.degrade(images, task.usual, seed=0)
restored = task.finish(degraded, network.restore(degraded.images))
mse = ((restored - images) ** 2).mean()
"""
SAMPLE_CODE = "samples = network.decode(rng.standard_normal((30, {latent_dim}), np.float32))\n"


def title(checkpoint: Checkpoint) -> str:
    """Name the network: "mnist-no7: a variational autoencoder of handwritten digits without 7"."""
    config = checkpoint.manifest.config
    kind = KINDS.get(config.model, config.model)
    task = f", trained to {TASKS[config.task].title.lower()}" if config.task in TASKS else ""
    images = f"{words.image_set(config)}{words.left_out(checkpoint)}"
    return f"{checkpoint.name}: {kind[0].lower()}{kind[1:]} of {images}{task}"


def idea(checkpoint: Checkpoint) -> str:
    """Say what the network does, and what is particular about its kind.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    str
        Sentences in Markdown.
    """
    config = checkpoint.manifest.config
    height, width, channels = checkpoint.manifest.image_shape
    values = math.prod(checkpoint.manifest.image_shape)
    pixels = f"{height} x {width} pixels" + (" in 3 color channels" if channels == 3 else "")
    if not config.latent_dim:
        return f"{NO_LATENT.format(pixels=pixels)} {LEARNED}"
    if config.model == EMBEDDING:
        dimensions = words.counted(config.latent_dim, "dimension")
        n_values = words.counted(values, "value")
        return EMBEDDED.format(pixels=pixels, values=n_values, dimensions=dimensions)
    bottleneck = (
        f"The encoder compresses each image ({pixels}, {words.counted(values, 'value')}) to a "
        f"**latent** with {words.counted(config.latent_dim, 'dimension')}, and the decoder "
        "reconstructs the image from the latent alone."
    )
    learned = LEARNED if config.task in TASKS else ""
    if not checkpoint.manifest.decodes:
        learned = NOT_KEPT
    parts = (bottleneck, CHARACTERS.get(config.model, ""), _beta(checkpoint), learned)
    return " ".join(part for part in parts if part)


def training(checkpoint: Checkpoint) -> str:
    """Say what it was trained on, how long that took, and how large it is."""
    manifest = checkpoint.manifest
    if manifest.is_own:
        return _recorded(checkpoint)
    return (
        f"It was trained on {words.counted(manifest.n_train, 'image')} for "
        f"{words.counted(manifest.config.epochs or 0, 'epoch')} "
        f"({words.duration(manifest.run.seconds)}) and has "
        f"{words.counted(manifest.n_parameters, 'parameter')}. All metrics below are measured on "
        "test images, which were not used in training."
    )


def _recorded(checkpoint: Checkpoint) -> str:
    """Say where a network from elsewhere comes from, and how it was understood."""
    manifest = checkpoint.manifest
    n_test = manifest.metrics.get("n_test")
    measured = f" of {n_test:,.0f} test images" if isinstance(n_test, float) else ""
    n_parameters = words.counted(manifest.n_parameters, "parameter")
    size = f" It has {n_parameters}." if manifest.n_parameters else ""
    return (
        f"It was trained elsewhere and recorded on {manifest.run.created[:10]}.{size} latentlab "
        "does not know which images it was trained on; all metrics below are measured on latents"
        f"{measured}. {' '.join(manifest.notes)}"
    )


def train_command(checkpoint: Checkpoint) -> str:
    """Write the command that repeats this training, or recording, under another name."""
    again = f"{checkpoint.name}-again"
    if checkpoint.manifest.config.model == EMBEDDING:
        return f"latentlab import --latents z.npy --images x.npy --name {again}"
    if checkpoint.manifest.is_own:
        return RECORD_CODE.format(name=again)
    path = shlex.quote(_short(checkpoint.path / MANIFEST))
    return f"latentlab train --config {path} --name {checkpoint.name}-again"


def code(checkpoint: Checkpoint) -> str:
    """Write the lines of Python that reproduce the images and the error.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    str
        Python; paths are relative where they lie below the folder the app was started in.
    """
    config = checkpoint.manifest.config
    height, width, channels = checkpoint.manifest.image_shape
    lines = RECONSTRUCTION_CODE + (SAMPLE_CODE if config.model == "vae" else "")
    if config.task in TASKS:
        lines = RESTORATION_CODE.replace("{task}", repr(config.task))
    return lines.format(
        path=_short(checkpoint.path),
        dataset=config.dataset,
        size=f", size={config.image_size}" if config.image_size else "",
        latent_dim=config.latent_dim,
        height=height,
        width=width,
        channels=channels,
    )


def loss_code(checkpoint: Checkpoint) -> str:
    """Write the loss of this kind of network in PyTorch, as it was minimized.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    str
        Python, in nats per image; empty for a network from elsewhere, whose loss nobody knows.
    """
    config = checkpoint.manifest.config
    if checkpoint.manifest.is_own:
        return ""
    error = (
        "F.binary_cross_entropy_with_logits(decoder(z), x, reduction='sum') / len(x)"
        if config.likelihood == "bernoulli"
        # sigma^2 is the mean squared error of the batch: the optimum of the Gaussian likelihood.
        else "0.5 * x[0].numel() * torch.log(2 * torch.pi * torch.e * mse)"
    )
    mse = ""
    if config.likelihood == "gaussian":
        mse = "mse = ((torch.sigmoid(decoder(z)) - x) ** 2).mean()  # the variance that fits best\n"
    if not config.latent_dim:
        if config.task in TASKS and TASKS[config.task].predicts == "chroma":
            return CHROMA_LOSS_CODE.format(choice=CHOICE, small=SMALL_ERROR)
        return UNET_LOSS_CODE.format(small=SMALL_MSE)
    if config.model != "vae":
        seen = "x" if config.task not in TASKS else "degrade(x)"
        return f"z = encoder({seen})\n{mse}loss = {error}\n"
    return (
        "mean, log_variance = encoder(x).chunk(2, dim=1)\n"
        "z = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)\n"
        f"{mse}reconstruction = {error}\n"
        "kl = 0.5 * (mean**2 + log_variance.exp() - 1 - log_variance).sum() / len(x)\n"
        f"loss = reconstruction + {config.beta:g} * kl\n"
    )


def _beta(checkpoint: Checkpoint) -> str:
    config = checkpoint.manifest.config
    if config.model != "vae" or config.beta == 1:
        return ""
    return (LARGE_BETA if config.beta > 1 else SMALL_BETA).format(beta=config.beta)


def _short(path: Path) -> str:
    """Write a path as seen from the folder the app was started in, where it lies below it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()

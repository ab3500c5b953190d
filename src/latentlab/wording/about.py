"""What a checkpoint is, in words that a student understands."""

from __future__ import annotations

import math
import shlex
from pathlib import Path

from latentlab.checkpoints import MANIFEST, Checkpoint
from latentlab.tasks import TASKS
from latentlab.wording import words

KINDS = {
    "ae": "A plain autoencoder",
    "vae": "A variational autoencoder",
    "unet": "A U-Net",
}
CHARACTERS = {
    "ae": (
        "Nothing tells a plain autoencoder where to put its latents, so between them there may be "
        "holes where the drawing makes no sense."
    ),
    "vae": (
        "While it learned, each latent was blurred a little and pulled toward the middle. That "
        "fills the holes: neighbors draw similar pictures, and a latent picked at random draws a "
        "new one."
    ),
}
NO_LATENT = (
    "It makes every picture ({pixels}) smaller in steps and draws it again, and every step is also "
    "handed across to the drawing side. So nothing has to pass through a narrow middle: fine "
    "detail survives, and there is **no single latent**, no map and no place to point at."
)
LEARNED = "It was shown damaged pictures and charged for every difference from the clean ones."
STRONGER_PULL = (
    "Here the pull is {beta:g} times stronger than usual: the map is tidier, the drawings blurrier."
)
WEAKER_PULL = (
    "Here the pull is only {beta:g} times the usual: the drawings are sharper, the map untidier."
)

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
latents = network.encode(images)       # (n, {latent_dim})
drawn = network.decode(latents)        # (n, {height}, {width}, {channels}), values in [0, 1]
error = ((drawn - images) ** 2).mean() # the error per pixel
"""
RESTORATION_CODE = """\
from latentlab import checkpoints, codec, data, tasks
from latentlab.images import to_float

network = codec.load_codec(checkpoints.open_checkpoint(Path({path!r})))
images = to_float(data.load({dataset!r}, "test"{size}).images[:100])
task = tasks.TASKS[{task}]
degraded = task.degrade(images, task.usual, seed=0)
restored = task.finish(degraded, network.restore(degraded.images))
error = ((restored - images) ** 2).mean() # the error per pixel
"""
RANDOM_CODE = "imagined = network.decode(rng.standard_normal((30, {latent_dim}), np.float32))\n"


def title(checkpoint: Checkpoint) -> str:
    """Name the network: "mnist-no7: a variational autoencoder of handwritten digits without 7"."""
    config = checkpoint.manifest.config
    kind = KINDS.get(config.model, config.model)
    task = f"{TASKS[config.task].title.lower()}, " if config.task in TASKS else ""
    images = f"{words.image_set(config)}{words.left_out(checkpoint)}"
    return f"{checkpoint.name}: {task}{kind[0].lower()}{kind[1:]} of {images}"


def idea(checkpoint: Checkpoint) -> str:
    """Say what the network does, and what is particular about its kind."""
    config = checkpoint.manifest.config
    height, width, channels = checkpoint.manifest.image_shape
    values = math.prod(checkpoint.manifest.image_shape)
    pixels = f"{height} x {width} pixels" + (" in three colors" if channels == 3 else "")
    if not config.latent_dim:
        return f"{NO_LATENT.format(pixels=pixels)} {LEARNED}"
    squeeze = (
        f"It squeezes every picture ({pixels}, so {words.counted(values, 'number')}) into "
        f"{words.counted(config.latent_dim, 'number')}, the **latent**, and draws the picture "
        "again from the latent alone."
    )
    learned = LEARNED if config.task in TASKS else ""
    parts = (squeeze, CHARACTERS.get(config.model, ""), _pull(checkpoint), learned)
    return " ".join(part for part in parts if part)


def training(checkpoint: Checkpoint) -> str:
    """Say what it learned from, how long it took, and how large it is."""
    manifest = checkpoint.manifest
    return (
        f"It learned from {words.counted(manifest.n_train, 'image')} in "
        f"{words.counted(manifest.config.epochs or 0, 'pass', 'passes')} and "
        f"{words.duration(manifest.run.seconds)}, and has "
        f"{words.counted(manifest.n_parameters, 'weight')}. Every figure below was measured on "
        "images that it never saw while learning."
    )


def train_command(checkpoint: Checkpoint) -> str:
    """Write the command that repeats this training under another name."""
    path = shlex.quote(_short(checkpoint.path / MANIFEST))
    return f"latentlab train --config {path} --name {checkpoint.name}-again"


def code(checkpoint: Checkpoint) -> str:
    """Write the lines of Python that reproduce the pictures and the error."""
    config = checkpoint.manifest.config
    height, width, channels = checkpoint.manifest.image_shape
    lines = RECONSTRUCTION_CODE + (RANDOM_CODE if config.model == "vae" else "")
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
    """Write the loss of this kind of network in PyTorch, as it was minimized."""
    config = checkpoint.manifest.config
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


def _pull(checkpoint: Checkpoint) -> str:
    config = checkpoint.manifest.config
    if config.model != "vae" or config.beta == 1:
        return ""
    return (STRONGER_PULL if config.beta > 1 else WEAKER_PULL).format(beta=config.beta)


def _short(path: Path) -> str:
    """Write a path as seen from the folder the app was started in, where it lies below it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()

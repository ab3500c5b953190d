"""The default recipe: how long to train and in which batches, from how many images there are.

Quality follows the number of steps, not of epochs: 30 epochs are 7,000 steps for 60,000 images and
60 for 586. So a run has a budget of steps, and few images are taken in small batches. Where images
are few, mirror images and random crops stand in for more of them, and training stops when
the validation loss stops falling.
"""

from __future__ import annotations

import math

from latentlab.config import RunConfig
from latentlab.data import ImageSet
from latentlab.images import Pixels
from latentlab.models import MODELS
from latentlab.tasks import TASKS

STEPS = 4_000
# A U-Net answers for every pixel, and noise is drawn anew at every step: it gains for longer, and
# from more steps rather than from more images in each. A step costs as much as it has pixels, so
# large images get fewer: 7,000 steps of 16 photographs of 32 pixels are three minutes of a core.
UNET_STEPS = 16_000
FEWEST_UNET_STEPS = 4_000
UNET_VALUES = 7_000 * 32 * 32 * 3
SMALLEST_BATCH, LARGEST_BATCH = 16, 256
# So that there are about so many steps in an epoch.
STEPS_PER_EPOCH = 20
# Values in a batch. With fewer, two threads wait for each other longer than they compute: a step of
# 64 digits costs 2.9 ms of processor time on one thread and 4.1 on two; a U-Net's step of 16
# photographs takes 25 ms by the clock on one and 18 on two, but beside another busy program the
# first takes half as long again and the second up to eight times as long.
SMALL_STEP = 100_000
# How much of the shorter side a crop has at least: a latent is one of a whole image; a degradation
# is undone at any resolution, down to the picture's own.
CROP_FOR_LATENT, CROP_FOR_TASK = 0.7, 0.0


def batch_size(n_images: int) -> int:
    """Return the images per step for so many training images: a power of two.

    Parameters
    ----------
    n_images : int

    Returns
    -------
    int
        From `SMALLEST_BATCH` to `LARGEST_BATCH`.

    Examples
    --------
    >>> [batch_size(n) for n in (100, 600, 1260, 5_000, 60_000)]
    [16, 32, 64, 256, 256]
    """
    wanted = max(n_images, 1) / STEPS_PER_EPOCH
    nearest = int(2 ** round(math.log2(wanted)))
    return min(max(nearest, SMALLEST_BATCH), LARGEST_BATCH)


def schedule(config: RunConfig, images: Pixels) -> tuple[int, int]:
    """Return the images per step and the epochs of a run, as asked for or chosen.

    Parameters
    ----------
    config : RunConfig
    images : uint8 (n, height, width, channels)
        Training images; only their shape is looked at.

    Returns
    -------
    batch_size : int
        At most the number of images.
    epochs : int
        At least 1.
    """
    n_images = len(images)
    if MODELS[config.model].has_latent:
        default_size, default_steps = batch_size(n_images), STEPS
    else:
        affordable = UNET_VALUES // math.prod(images.shape[1:])
        default_size = SMALLEST_BATCH
        default_steps = min(max(affordable, FEWEST_UNET_STEPS), UNET_STEPS)
    size = min(config.batch_size or default_size, n_images)
    steps = config.steps or default_steps
    return size, config.epochs or max(1, round(steps / (n_images // size)))


def settle(config: RunConfig, train: ImageSet) -> RunConfig:
    """Fill in what the recipe chooses, so that the checkpoint says all of it.

    Parameters
    ----------
    config : RunConfig
        As it was asked for.
    train : ImageSet
        The training images.

    Returns
    -------
    RunConfig
        With epochs, images per step, early stopping and augmentation; the same images and it give
        the same run again.
    """
    size, epochs = schedule(config, train.images)
    in_color = train.images.shape[-1] == 3
    return config.model_copy(
        update={
            # What was asked for stays, though a batch cannot be larger than the image set.
            "batch_size": config.batch_size or size,
            "epochs": epochs,
            "early_stopping": config.early_stopping or config.epochs is None,
            "augment": in_color if config.augment is None else config.augment,
        }
    )


def needs_one_thread(config: RunConfig, images: Pixels) -> bool:
    """Say whether a step is so small that a second thread costs more than it helps.

    Parameters
    ----------
    config : RunConfig
    images : uint8 (n, height, width, channels)
        Training images; only their shape is looked at.

    Returns
    -------
    bool
    """
    size, _ = schedule(config, images)
    return size * math.prod(images.shape[1:]) < SMALL_STEP


def smallest_crop(config: RunConfig) -> float:
    """Return the side of the smallest crop to train on, as a share of the shorter side.

    Parameters
    ----------
    config : RunConfig

    Returns
    -------
    float
        `CROP_FOR_TASK` or `CROP_FOR_LATENT`.
    """
    return CROP_FOR_TASK if config.task in TASKS else CROP_FOR_LATENT

"""One image through every network of a family, and through PCA of the same sizes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latentlab.analysis import fidelity, restoration
from latentlab.analysis.linear import linear_reconstruction
from latentlab.checkpoints import Checkpoint, Family
from latentlab.images import Images
from latentlab.tasks import TASKS
from latentlab.ui.input.query import Query, row_of, test_rows
from latentlab.ui.shell import cache

N_SAMPLES = 4
# Predicting an anomaly from this percentile of the test errors on gives 5 % false positives.
UNUSUAL = 95.0


@dataclass(frozen=True)
class Cell:
    """What latents of one size make of an image.

    Attributes
    ----------
    size : int
        Of the latent.
    drawn, linear : float32 (h, w, c), 0 to 1
        By the network and by PCA.
    error, linear_error : float or None
        Mean squared error per pixel; None where it is not known.
    share : float
        Of a hundred test images, how many the network reconstructs with a smaller error.
    samples : float32 (4, h, w, c), 0 to 1, or None
        Decoded from the prior; None where there is none.
    n_far : int
        How many of the samples' latents have no training image near.
    """

    size: int
    drawn: Images
    linear: Images
    error: float | None
    linear_error: float | None
    share: float
    samples: Images | None
    n_far: int


def row(family: Family, query: Query, seed: int) -> list[Cell] | None:
    """Put an image through a whole family.

    Parameters
    ----------
    family : Family
    query : Query
    seed : int
        Of the samples.

    Returns
    -------
    list of Cell
        By size of the latent. None where the image is not on this machine and its latents are not
        stored.
    """
    stored = [row_of(cache.index(member), query) for member in family.members]
    if query.is_absent and (None in stored or family.members[0].manifest.config.task in TASKS):
        return None
    cells = []
    for member, number in zip(family.members, stored, strict=True):
        if query.is_absent and number is not None:
            cells.append(_from_latent(member, number, seed))
        else:
            cells.append(_through(member, query.pixels, seed))
    return cells


def network_input(checkpoint: Checkpoint, clean: Images) -> Images:
    """Return what a network is given of an image: for a task, the image degraded as usual.

    Parameters
    ----------
    checkpoint : Checkpoint
    clean : float32 (h, w, c), 0 to 1

    Returns
    -------
    float32 (h, w, c), 0 to 1
        `clean` itself where there is no task.
    """
    task = checkpoint.manifest.config.task
    if task not in TASKS:
        return clean
    return np.asarray(TASKS[task].degrade(clean[None], TASKS[task].usual, 0).images[0])


def _through(member: Checkpoint, clean: Images, seed: int) -> Cell:
    config, codec = member.manifest.config, cache.quick_codec(member)
    if config.task in TASKS:
        task = TASKS[config.task]
        degraded = task.degrade(clean[None], task.usual, 0)
        given, drawn = degraded.images, restoration.restored(config.task, degraded, codec.restore)
    else:
        given, drawn = clean[None], codec.reconstruct(clean[None])
    linear = linear_reconstruction(given, cache.index(member).pca)
    error = float(fidelity.squared_errors(drawn, clean[None])[0])
    linear_error = float(fidelity.squared_errors(linear, clean[None])[0])
    return _cell(member, drawn[0], linear[0], error, linear_error, seed)


def _from_latent(member: Checkpoint, number: int, seed: int) -> Cell:
    """Decode a stored latent: the image itself is not here, what was measured of it is."""
    index = cache.index(member)
    pca, shape = index.pca, member.manifest.image_shape
    linear = np.clip(pca.mean + pca.latents[number] @ pca.components, 0, 1).reshape(shape)
    drawn = cache.quick_codec(member).decode(index.latents[number][None])[0]
    error = float(index.reconstruction_error[number])
    return _cell(member, drawn, np.asarray(linear, np.float32), error, None, seed)


def _cell(
    member: Checkpoint,
    drawn: Images,
    linear: Images,
    error: float,
    linear_error: float | None,
    seed: int,
) -> Cell:
    config, index = member.manifest.config, cache.index(member)
    usual = index.reconstruction_error[test_rows(index)]
    samples, n_far = None, 0
    if config.model == "vae":
        drawn_latents = np.random.default_rng(seed).standard_normal((N_SAMPLES, config.latent_dim))
        latents = drawn_latents.astype(np.float32)
        samples = cache.quick_codec(member).decode(latents)
        n_far = sum(each.is_far for each in cache.support(member).of_latents(latents))
    return Cell(
        size=config.latent_dim,
        drawn=drawn,
        linear=linear,
        error=error,
        linear_error=linear_error,
        share=100 * float((usual < error).mean()),
        samples=samples,
        n_far=n_far,
    )

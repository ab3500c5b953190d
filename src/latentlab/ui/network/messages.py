"""What the hourglass is told: the network once, and each image that is sent through it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import numpy.typing as npt

from latentlab.analysis import planes
from latentlab.checkpoints import SPLIT_CODES, Checkpoint, LatentIndex
from latentlab.export.hourglass import Hourglass, hourglass_of
from latentlab.export.message import pack
from latentlab.figures import theme
from latentlab.images import to_pixels
from latentlab.tasks import TASKS, Task
from latentlab.ui.input.drawing import SOURCE
from latentlab.ui.input.query import Query, row_of
from latentlab.ui.shell import cache
from latentlab.wording import glossary, lecture, metrics

NETWORK = "hourglass network"
# What the flow shows as a heading or in its legend.
TERMS = (
    "Activation",
    "Latent",
    "Posterior",
    "Reconstruction",
    "Reconstruction error",
    "Reconstruction error map",
)
MOST_POINTS = 2000  # on the little map
MOST_BARS = 16  # shown in their own order
# An image is sent at each of them, and of each kind, so that the browser follows without asking.
MOST_STRENGTHS = 20
SEED = 0


@cache.kept
def network(checkpoint: Checkpoint) -> bytes:
    """Pack a network and what surrounds its latent; it is sent once.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    bytes
        For ``web/network/network.ts``; without parts where the browser cannot run it.
    """
    manifest = checkpoint.manifest
    config = manifest.config
    hourglass = hourglass_of(checkpoint) or Hourglass({}, {})
    index = cache.index(checkpoint)
    arrays: dict[str, Any] = dict(hourglass.colors)
    arrays |= {name: part.network.weights for name, part in hourglass.parts.items()}
    if config.latent_dim:
        arrays |= _map(index)
    kl = metrics.kl_values(checkpoint)
    spread = index.latents.std(axis=0)
    header = {
        "id": NETWORK,
        "network": checkpoint.fingerprint,
        "image": list(manifest.image_shape),
        "latent_dim": config.latent_dim,
        "is_vae": config.model == "vae",
        "parts": {name: part.header() for name, part in hourglass.parts.items()},
        "kl": kl,
        "order": _order(kl, spread),
        "reach": _reach(index),
        "errors": _errors(checkpoint, index),
        "class_names": list(manifest.class_names),
        "meanings": glossary.helps(*TERMS),
        "steps": [asdict(step) for step in lecture.steps(checkpoint)],
        "looks": {"light": asdict(theme.LIGHT), "dark": asdict(theme.DARK)},
        "native": config.latent_dim <= 2,
    }
    return pack(header, arrays)


def picture(checkpoint: Checkpoint, query: Query, *, drawing: int) -> bytes:
    """Pack an image: what the network sees of it, and what it should answer.

    Parameters
    ----------
    checkpoint : Checkpoint
    query : Query
    drawing : int
        Number of the drawing that the image is, so that an older one never replaces a newer one.

    Returns
    -------
    bytes
        Where the image is not on this machine, its stored latent stands for it.
    """
    index = cache.index(checkpoint)
    row = row_of(index, query)
    task = TASKS.get(checkpoint.manifest.config.task)
    header: dict[str, Any] = {
        "network": checkpoint.fingerprint,
        "drawing": drawing,
        "drawn": query.source == SOURCE,
        "source": query.source,
        "absent": query.is_absent,
        "task": task.title if task else None,
        "stored_error": None,
    }
    arrays: dict[str, Any] = {}
    if not query.is_absent:
        inputs = query.pixels[None]
        if task:
            strengths = _strengths(task)
            degraded = [
                task.degrade(inputs, each, SEED, kind=kind).images
                for kind in task.kinds
                for each in strengths
            ]
            inputs = np.concatenate(degraded)
            header["degradation"] = {
                "control": task.control,
                "help": task.help,
                "kinds": list(task.kinds) if len(task.kinds) > 1 else [],
                "strengths": strengths,
                "written": [task.written(each) for each in strengths],
                "usual": task.usual,
            }
        arrays = {"inputs": to_pixels(inputs), "target": to_pixels(query.pixels)}
    elif row is not None:
        header["stored_error"] = float(index.reconstruction_error[row])
        arrays["mean"] = index.latents[row]
        if index.stds is not None:
            arrays["std"] = index.stds[row]
    return pack(header, arrays)


def _strengths(task: Task) -> list[float]:
    """Return the strengths of a degradation that can be chosen, from none to the strongest."""
    every = math.ceil(task.n_steps / MOST_STRENGTHS)
    return [round(step * task.step, 6) for step in range(0, task.n_steps + 1, every)]


def _map(index: LatentIndex) -> dict[str, Any]:
    """Return points of the latent space, seen along two directions, and the plane they lie on."""
    latents = index.latents
    some = np.linspace(0, len(latents) - 1, min(MOST_POINTS, len(latents))).astype(int)
    plane = (
        planes.native(latents.shape[1])
        if latents.shape[1] <= 2
        else planes.principal(latents, latents.mean(axis=0))
    )
    return {
        "origin": np.asarray(plane.origin, np.float32),
        "axes": np.asarray(plane.axes, np.float32),
        "points": ((latents[some] - plane.origin) @ plane.axes.T).astype(np.float32),
        "labels": index.labels[some].astype(np.int32),
    }


def _order(kl: Sequence[float], spread: npt.NDArray[np.float32]) -> list[int]:
    """Return the latent dimensions: as they are while all fit, else the most telling first."""
    if len(spread) <= MOST_BARS:
        return list(range(len(spread)))
    if len(kl) == len(spread):
        spread = np.array(kl, np.float32)
    return [int(dimension) for dimension in np.argsort(-spread, kind="stable")]


def _reach(index: LatentIndex) -> float:
    """Return how far from zero latents lie, nearly all of them: the bars' range."""
    sizes = np.abs(index.latents)
    return max(3.0, math.ceil(1.2 * float(np.percentile(sizes, 99.9)))) if sizes.size else 3.0


def _errors(checkpoint: Checkpoint, index: LatentIndex) -> list[float]:
    """Return the percentiles of the test images' errors; none for a task: those are of others."""
    tests = index.reconstruction_error[index.splits == SPLIT_CODES["test"]]
    if checkpoint.manifest.config.task in TASKS or not len(tests) or not np.isfinite(tests).all():
        return []
    return [float(value) for value in np.percentile(tests, np.arange(101))]

"""One answer of the Restore page: degraded, restored, a classical baseline, figures under each."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from latentlab.analysis import fidelity, restoration
from latentlab.analysis.baselines import Fitted
from latentlab.analysis.baselines.stored import stored_baseline
from latentlab.checkpoints import Checkpoint
from latentlab.errors import ImageError
from latentlab.images import Images
from latentlab.tasks import TASKS, Degraded, Task
from latentlab.ui.input.query import Query, row_of
from latentlab.ui.restore import networks
from latentlab.ui.shell import cache
from latentlab.wording import verdicts

# A painted mask is at most 128 x 128 bytes; whatever is longer was not sent by our page.
MAX_TEXT = 30_000


@dataclass(frozen=True)
class Asked:
    """What the page asks for.

    Attributes
    ----------
    strength : float
    seed : int
        Another one places the degradation elsewhere.
    kind : str
        One of the task's kinds.
    paint : float32 (h, w, 1) or None
        Where somebody has painted on this picture.
    number : int
        Of the question, so that the page knows which one is answered.
    """

    strength: float
    seed: int
    kind: str
    paint: Images | None
    number: int


@dataclass(frozen=True)
class Panel:
    """One picture of the row, with its name and how near it is to the clean one, if that is known.

    A reconstruction is no clean image: it is easier to restore than its original.

    Attributes
    ----------
    name, about : str
    image : float32 (h, w, c), 0 to 1
    psnr : float or None
        In dB.
    ssim : float or None
        -1 to 1.
    """

    name: str
    about: str
    image: Images
    psnr: float | None
    ssim: float | None


def picture_id(checkpoint: Checkpoint, source: str) -> str:
    """Name a picture as a network sees it: what is painted belongs to one, and to no other."""
    return f"{checkpoint.fingerprint} {source}"


def read(said: object, checkpoint: Checkpoint, source: str) -> Asked:
    """Read what the page said; whatever is missing or impossible gets its usual value.

    Parameters
    ----------
    said : object
        From the browser, so anything.
    checkpoint : Checkpoint
    source : str
        Where the clean picture came from.

    Returns
    -------
    Asked

    Raises
    ------
    ImageError
        If what was painted did not arrive whole.
    """
    task = TASKS[checkpoint.manifest.config.task]
    given = said if isinstance(said, Mapping) else {}
    if given.get("task") != checkpoint.manifest.config.task:
        given = {}
    kind = given.get("kind")
    paint = given.get("paint") if given.get("picture") == picture_id(checkpoint, source) else None
    return Asked(
        strength=_number(given.get("strength"), task.usual, task.maximum),
        seed=int(_number(given.get("seed"), 0, 2**31 - 1)),
        kind=kind if isinstance(kind, str) and kind in task.kinds else task.kinds[0],
        paint=_mask(paint, checkpoint.manifest.image_shape),
        number=int(_number(given.get("id"), 0, 2**31 - 1)),
    )


def degrade(task: Task, clean: Images, asked: Asked) -> Degraded:
    """Degrade one image as asked for.

    Parameters
    ----------
    task : Task
    clean : float32 (h, w, c), 0 to 1
    asked : Asked

    Returns
    -------
    Degraded
        Of one image.
    """
    if asked.paint is not None and task.paint is not None:
        return task.degrade_painted(clean[None], asked.paint[None], asked.strength)
    return task.degrade(clean[None], asked.strength, asked.seed, kind=asked.kind)


def panels(checkpoint: Checkpoint, query: Query, asked: Asked) -> list[Panel]:
    """Answer: the clean image, the degraded one, every network's, and the best baseline's.

    Parameters
    ----------
    checkpoint : Checkpoint
    query : Query
        The clean image.
    asked : Asked

    Returns
    -------
    list of Panel
    """
    name, clean = checkpoint.manifest.config.task, query.pixels
    degraded = degrade(TASKS[name], clean, asked)
    result = [
        Panel("Clean", "Clean image", clean, None, None),
        _panel("Degraded", "Network input", degraded.images, query),
    ]
    for network in networks.row(checkpoint):
        answer = restoration.restored(name, degraded, cache.codec(network).restore)
        result.append(_panel("Restored", networks.kind(network), answer, query))
    beside = baseline(checkpoint, query, asked.strength)
    result.append(_panel("Classical", str(beside.baseline), beside.restore(degraded), query))
    return result


def baseline(checkpoint: Checkpoint, query: Query, strength: float) -> Fitted:
    """Return the baseline that was best on validation images at the nearest strength."""
    manifest, index = checkpoint.manifest, cache.index(checkpoint)
    row = row_of(index, query)
    labels = None if row is None else index.labels[row : row + 1]
    return stored_baseline(manifest.config.task, manifest.metrics, strength, labels)


def verdict(checkpoint: Checkpoint, strength: float) -> str:
    """Say which is better at the nearest strength, over test images; empty if not measured."""
    config, metrics = checkpoint.manifest.config, checkpoint.manifest.metrics
    has_latent = config.latent_dim > 0
    return verdicts.restoration_at(config.task, metrics, strength, has_latent=has_latent)


def _panel(name: str, about: str, images: Images, query: Query) -> Panel:
    clean = query.pixels[None]
    if np.array_equal(images, clean):
        return Panel(name, about, images[0], None, None)
    psnr, ssim = fidelity.psnr(images, clean), fidelity.ssim(images, clean)
    return Panel(name, about, images[0], psnr, float(ssim[0]))


def _number(value: object, usual: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not np.isfinite(value):
        return usual
    return float(min(max(0.0, value), most))


def _mask(text: object, shape: tuple[int, int, int]) -> Images | None:
    if not isinstance(text, str) or not text:
        return None
    try:
        content = base64.b64decode(text[:MAX_TEXT], validate=True)
    except (binascii.Error, ValueError):
        content = b""
    if len(content) != shape[0] * shape[1]:
        raise ImageError("The mask did not arrive whole; paint one more stroke.")
    mask = np.frombuffer(content, np.uint8).reshape(shape[0], shape[1], 1)
    return np.asarray(mask / np.float32(255), np.float32)

"""Encoding all images of a run, where these are more than the latent index holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from latentlab.checkpoints import SPLIT_CODES, FullIndex
from latentlab.codec import Network
from latentlab.data import ImageSet
from latentlab.images import Pixels, to_float
from latentlab.training.indexing import Selection
from latentlab.training.parallel import ALONE, World

FILE = "latents.raw"
BLOCK = 4096  # images in memory at a time


def encode_all(
    codec: Network,
    selection: Selection,
    sets: Mapping[str, ImageSet],
    folder: Path,
    *,
    world: World = ALONE,
    progress: Callable[[str, int, int], None] = lambda what, done, total: None,
) -> FullIndex | None:
    """Encode the images of the selection, then all others of which only the latent is stored.

    Parameters
    ----------
    codec : Network
        With weights as they are stored.
    selection : Selection
    sets : mapping of split name to ImageSet
    folder : Path
        Where the latents are written until the checkpoint is; all processes see it.
    world : World
        Each process encodes its share.
    progress : callable
        Told how many images of this process's share are done.

    Returns
    -------
    FullIndex or None
        Mapped; None where the selection is all there is.
    """
    if not selection.others:
        return None
    rows = [len(selection.pixels), *map(len, selection.others.values())]
    n, starts = sum(rows), np.cumsum([0, *rows])
    where = folder / FILE
    if world.is_main:
        with where.open("wb") as file:
            file.truncate(4 * n * codec.latent_dim)
    world.wait()
    blocks = [
        (part, begin, min(begin + BLOCK, length))
        for part, length in enumerate(rows)
        for begin in range(0, length, BLOCK)
    ]
    sources = [
        lambda at: selection.pixels[at],
        *(_of(sets[s], r) for s, r in selection.others.items()),
    ]
    mine = blocks[world.share(len(blocks))]
    with where.open("r+b") as file:
        for done, (part, begin, end) in enumerate(mine, start=1):
            pixels = sources[part](slice(begin, end))
            file.seek(4 * int(starts[part] + begin) * codec.latent_dim)
            file.write(np.ascontiguousarray(codec.encode(to_float(pixels))).tobytes())
            progress("encoding images", done * n // len(mine), n)
    world.wait()
    latents = np.memmap(where, np.float32, "r", shape=(n, codec.latent_dim))
    numbers, labels, splits = [selection.numbers], [selection.labels], [selection.splits]
    for split, chosen in selection.others.items():
        numbers.append(sets[split].numbers[chosen].astype(np.int32))
        labels.append(sets[split].labels[chosen].astype(np.int32))
        splits.append(np.full(len(chosen), SPLIT_CODES[split], np.uint8))
    return FullIndex(
        latents=latents,
        numbers=np.concatenate(numbers),
        labels=np.concatenate(labels),
        splits=np.concatenate(splits),
    )


def _of(image_set: ImageSet, rows: npt.NDArray[np.int32]) -> Callable[[slice], Pixels]:
    return lambda at: image_set.images[rows[at]]

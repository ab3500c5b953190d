"""What is expensive and shared by all visitors: made once, kept for everybody.

What is made of a checkpoint is made by a function that `kept` decorates: the function and its
arguments are the key, with the checkpoint's fingerprint, so that training again under the same name
is noticed. Everything handed out is shared and read-only.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from latentlab.analysis import Latents
from latentlab.analysis.neighbors import ExactIndex
from latentlab.analysis.support import Support
from latentlab.checkpoints import Checkpoint, FullIndex, LatentIndex, Timeline
from latentlab.checkpoints import originals as image_sets
from latentlab.checkpoints.originals import Lookup
from latentlab.data import SPLITS
from latentlab.errors import unknown_name
from latentlab.images import Images, Pixels, to_float
from latentlab.ui.shell import available, pictures
from latentlab.ui.shell.opening import FIRST_VARIABLE, in_order_of_opening
from latentlab.ui.shell.pictures import Sheet
from latentlab.ui.shell.shared import SharedCache

if TYPE_CHECKING:
    from latentlab.codec import Network
    from latentlab.export.browser import Networks
    from latentlab.export.dense import DenseCodec

Made = TypeVar("Made")
Arguments = ParamSpec("Arguments")

LOGGER = logging.getLogger(__name__)

# More than a page shows at once; with the least recently opened goes all that was made of it.
MAX_CHECKPOINTS = 16
MAX_OF_ONE = 64
_THUMBNAILS = SharedCache[bytes](available.MAX_SHOWN)
_ICONS = SharedCache[bytes](available.MAX_SHOWN)
_MADE = SharedCache[SharedCache[object]](MAX_CHECKPOINTS)
_SOUGHT = SharedCache[object](MAX_CHECKPOINTS)


def kept(
    make: Callable[Concatenate[Checkpoint, Arguments], Made],
) -> Callable[Concatenate[Checkpoint, Arguments], Made]:
    """Decorate a function of a checkpoint: its value is computed once, shared and never changed.

    Parameters
    ----------
    make : callable
        Its arguments after the checkpoint can be hashed, and are all that the value depends on.
    """

    @wraps(make)
    def found(
        checkpoint: Checkpoint, /, *arguments: Arguments.args, **named: Arguments.kwargs
    ) -> Made:
        key = (make, arguments, tuple(sorted(named.items())))
        values = _MADE.get(checkpoint.fingerprint, lambda: SharedCache(MAX_OF_ONE))
        return cast(Made, values.get(key, lambda: make(checkpoint, *arguments, **named)))

    return found


@kept
def codec(checkpoint: Checkpoint) -> Network:
    """Return the checkpoint's network as functions on arrays; the first call imports torch."""
    from latentlab.codec import load_codec

    return load_codec(checkpoint)


@kept
def without_torch(checkpoint: Checkpoint) -> DenseCodec | None:
    """Return the network in numpy; None where only torch can run it."""
    from latentlab.export.dense import dense_codec

    return dense_codec(networks(checkpoint))


def quick_codec(checkpoint: Checkpoint) -> Network:
    """Return the network as functions on arrays, and import torch only where it must be."""
    return without_torch(checkpoint) or codec(checkpoint)


def decode(checkpoint: Checkpoint, latents: Latents) -> Images:
    """Decode latents.

    Parameters
    ----------
    checkpoint : Checkpoint
    latents : float32 (n, z)

    Returns
    -------
    float32 (n, h, w, c), 0 to 1
        Empty tiles where the checkpoint has no decoder.
    """
    if checkpoint.manifest.decodes:
        return quick_codec(checkpoint).decode(latents)
    tile = to_float(image_sets.absent(checkpoint.manifest.image_shape))
    return np.broadcast_to(tile, (len(latents), *tile.shape))


@kept
def networks(checkpoint: Checkpoint) -> Networks | None:
    """Return the network as the browser runs it, without torch; None where it cannot."""
    from latentlab.export.browser import networks_of

    return networks_of(checkpoint)


@kept
def index(checkpoint: Checkpoint) -> LatentIndex:
    """Return the checkpoint's latent index."""
    return checkpoint.index()


@kept
def full_index(checkpoint: Checkpoint) -> FullIndex | None:
    """Return where every image landed, where the latent index holds but a sample of them."""
    return checkpoint.full_index()


def searched(checkpoint: Checkpoint) -> FullIndex | LatentIndex:
    """Return what neighbors are looked for among: all images that can be shown.

    Its first rows are those of the latent index.
    """
    everything = full_index(checkpoint)
    if everything is None or originals(checkpoint) is None:
        return index(checkpoint)
    return everything


@kept
def exact_index(checkpoint: Checkpoint) -> ExactIndex:
    """Return the latents of the latent index, prepared for exact Euclidean search."""
    return ExactIndex(index(checkpoint).latents)


@kept
def support(checkpoint: Checkpoint) -> Support:
    """Return where training images are near, and where none is."""
    return Support(index(checkpoint), checkpoint.manifest.metrics)


@kept
def history(checkpoint: Checkpoint) -> list[dict[str, float]]:
    """Return one dict per epoch of training."""
    return checkpoint.history()


@kept
def timeline(checkpoint: Checkpoint) -> Timeline:
    """Return the stages of training."""
    return checkpoint.timeline()


@kept
def sheet(checkpoint: Checkpoint) -> Sheet:
    """Return the tiles of the checkpoint's contact sheet."""
    return pictures.sheet(checkpoint)


def thumbnail(checkpoint: Checkpoint) -> bytes:
    """Return a small square picture of what the checkpoint draws, as PNG."""
    return _THUMBNAILS.get(checkpoint.fingerprint, lambda: pictures.thumbnail(checkpoint))


def icon(checkpoint: Checkpoint) -> bytes:
    """Return the thumbnail at the size of a row in a list, as PNG."""
    return _ICONS.get(checkpoint.fingerprint, lambda: pictures.icon(checkpoint))


def originals(checkpoint: Checkpoint) -> Pixels | None:
    """Return the images that the latent index speaks of, row for row.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    uint8 (n, h, w, c), in [0, 255], or None
        None where the image set is not on this machine, or has changed.
    """
    return lookup(checkpoint).pixels


def pictures_of(checkpoint: Checkpoint, rows: NDArray[np.integer]) -> Pixels:
    """Return the images of some rows.

    Parameters
    ----------
    checkpoint : Checkpoint
    rows : int (n,)
        Of `searched`.

    Returns
    -------
    uint8 (n, h, w, c), in [0, 255]
        Empty tiles where the images are not on this machine.
    """
    found, shape = originals(checkpoint), checkpoint.manifest.image_shape
    if found is None:
        return np.broadcast_to(image_sets.absent(shape), (len(rows), *shape))
    everything, pixels = searched(checkpoint), np.empty((len(rows), *shape), np.uint8)
    indexed = rows < len(found)
    pixels[indexed] = found[rows[indexed]]
    for code, split in enumerate(SPLITS):
        here = np.flatnonzero(~indexed & (everything.splits[rows] == code))
        if len(here):
            images = split_images(checkpoint, split)
            assert images is not None  # noqa: S101 - those of the index are of the same split
            pixels[here] = images[everything.numbers[rows[here]]]
    return pixels


def lookup(checkpoint: Checkpoint) -> Lookup:
    """Return the images that the latent index speaks of, or why there are none.

    What is missing is looked for again each time, so that it is found when it comes; what has
    changed every few seconds, so that it is found when it is put back.
    """
    if not image_sets.on_this_machine(checkpoint):
        return image_sets.MISSING
    pixels = _found(checkpoint, "originals", lambda: image_sets.look_up(checkpoint).pixels)
    return Lookup(pixels, "changed" if pixels is None else None)


def split_images(checkpoint: Checkpoint, split: str) -> Pixels | None:
    """Return all images of a split, where they are the ones that the checkpoint was made with."""
    if originals(checkpoint) is None:
        return None
    return _found(checkpoint, split, lambda: image_sets.proven_split(checkpoint, split))


def warm() -> None:
    """Load what the first visitor will see; none of it needs torch."""
    good, _ = available.checkpoints()
    asked = os.environ.get(FIRST_VARIABLE)
    if asked and asked not in {checkpoint.name for checkpoint in good}:
        sentence = unknown_name("checkpoint", asked, [checkpoint.name for checkpoint in good])
        LOGGER.warning("%s: %s", FIRST_VARIABLE, sentence)
    for checkpoint in in_order_of_opening(good)[:1]:
        index(checkpoint)
        networks(checkpoint)
        originals(checkpoint)


def warm_torch() -> list[Checkpoint]:
    """Load torch and the network that the first visitor will ask; return it, if there is one."""
    first = in_order_of_opening(available.checkpoints()[0])[:1]
    for checkpoint in first:
        codec(checkpoint)
    return first


def forget() -> None:
    """Forget everything, as if the server had just started."""
    available.forget()
    _THUMBNAILS.clear()
    _MADE.clear()
    _SOUGHT.clear()


class _NothingFoundError(Exception):
    """Errors are not kept, so that nothing found is not kept either."""


def _found(checkpoint: Checkpoint, what: str, look: Callable[[], Pixels | None]) -> Pixels | None:
    """Keep images that were found; look again every few seconds for those that were not."""

    def make() -> object:
        if (pixels := look()) is None:
            raise _NothingFoundError
        return pixels

    def kept_or_none() -> object:
        try:
            return _MADE.get(checkpoint.fingerprint, new).get(what, make)
        except _NothingFoundError:
            return None

    new = lambda: SharedCache[object](MAX_OF_ONE)  # noqa: E731
    asked = (checkpoint.fingerprint, what, time.monotonic() // available.RETRY_SECONDS)
    return cast(Pixels | None, _SOUGHT.get(asked, kept_or_none))

"""What is expensive and shared by all visitors: made once, kept for everybody.

Every key carries the checkpoint's fingerprint, so that training again under the same name is
noticed. Everything handed out is shared and read-only.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from latentlab import checkpoints as folders
from latentlab.analysis.neighbors import ExactIndex
from latentlab.checkpoints import Checkpoint, LatentIndex, Refused, Timeline
from latentlab.checkpoints import originals as image_sets
from latentlab.checkpoints.originals import Lookup
from latentlab.images import Pixels
from latentlab.ui.shell import pictures
from latentlab.ui.shell.pictures import Sheet
from latentlab.ui.shell.shared import Shelf

if TYPE_CHECKING:
    from latentlab.codec import TorchCodec

Made = TypeVar("Made")
Signature = tuple[tuple[str, int, int, int], ...]
Listed = tuple[tuple[Checkpoint, ...], tuple[Refused, ...]]

# Enough for every shipped checkpoint; with the least recently opened goes all that was made of it.
MAX_CHECKPOINTS = 16
MAX_OF_ONE = 64
# The picker shows all of them at once.
MAX_THUMBNAILS = 512
_LISTS = Shelf[Listed](4)
_THUMBNAILS = Shelf[bytes](MAX_THUMBNAILS)
_MADE = Shelf[Shelf[object]](MAX_CHECKPOINTS)


def root() -> Path:
    """Return the folder that holds the checkpoints."""
    return folders.checkpoints_root()


def checkpoints() -> Listed:
    """Return the checkpoints that can be shown, by name, and the folders that cannot.

    The folder is looked at every time (a few microseconds each) and read only after a change.
    """
    folder = root()
    return _LISTS.get((str(folder), _signature(folder)), lambda: _listed(folder))


def codec(checkpoint: Checkpoint) -> TorchCodec:
    """Return the checkpoint's network as functions on arrays; the first call imports torch."""

    def load() -> TorchCodec:
        from latentlab.codec import load_codec

        return load_codec(checkpoint)

    return made("codec", checkpoint, load)


def index(checkpoint: Checkpoint) -> LatentIndex:
    """Return the checkpoint's latent index."""
    return made("index", checkpoint, checkpoint.index)


def exact_index(checkpoint: Checkpoint) -> ExactIndex:
    """Return the stored latents, prepared for exact search by Euclidean distance."""
    return made("exact index", checkpoint, lambda: ExactIndex(index(checkpoint).latents))


def history(checkpoint: Checkpoint) -> list[dict[str, float]]:
    """Return one dict per epoch of training."""
    return made("history", checkpoint, checkpoint.history)


def timeline(checkpoint: Checkpoint) -> Timeline:
    """Return the stages of training."""
    return made("timeline", checkpoint, checkpoint.timeline)


def sheet(checkpoint: Checkpoint) -> Sheet:
    """Return the tiles of the checkpoint's contact sheet."""
    return made("sheet", checkpoint, lambda: pictures.sheet(checkpoint))


def thumbnail(checkpoint: Checkpoint) -> bytes:
    """Return a small square picture of what the checkpoint draws, as PNG."""
    return _THUMBNAILS.get(checkpoint.fingerprint, lambda: pictures.thumbnail(checkpoint))


def originals(checkpoint: Checkpoint) -> Pixels | None:
    """Return the images that the latent index speaks of, row for row.

    Returns
    -------
    uint8 (n, h, w, c), in [0, 255], or None
        None where the image set is not on this machine, or has changed.
    """
    return lookup(checkpoint).pixels


def lookup(checkpoint: Checkpoint) -> Lookup:
    """Return the images that the latent index speaks of, or why there are none.

    What is missing is looked for again each time, so that it is found when it comes.
    """
    if not image_sets.on_this_machine(checkpoint):
        return image_sets.MISSING
    return made("originals", checkpoint, lambda: image_sets.look_up(checkpoint))


def split_images(checkpoint: Checkpoint, split: str) -> Pixels | None:
    """Return all images of a split, where they are the ones that the checkpoint was made with."""
    if originals(checkpoint) is None:
        return None
    return made(
        f"images of {split}", checkpoint, lambda: image_sets.proven_split(checkpoint, split)
    )


def made(name: str, checkpoint: Checkpoint, make: Callable[[], Made]) -> Made:
    """Return what is computed from a checkpoint, computed once, shared and never changed.

    Parameters
    ----------
    name : str
        What it is, and all that it depends on besides the checkpoint.
    checkpoint : Checkpoint
    make : callable
        Computes it.
    """
    things = _MADE.get(checkpoint.fingerprint, lambda: Shelf(MAX_OF_ONE))
    return cast(Made, things.get(name, make))


def warm() -> None:
    """Load what the first visitor will see, so that nobody waits for torch."""
    good, _ = checkpoints()
    for checkpoint in good[:1]:
        index(checkpoint)
        codec(checkpoint)
        originals(checkpoint)


def forget() -> None:
    """Forget everything, as if the server had just started."""
    _LISTS.clear()
    _THUMBNAILS.clear()
    _MADE.clear()


def _listed(folder: Path) -> Listed:
    good, refused = folders.list_checkpoints(folder)
    return tuple(good), tuple(refused)


def _signature(folder: Path) -> Signature:
    """Describe what is in the folder, so that a new or changed checkpoint is noticed."""
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    return tuple((name, *_changed(folder / name / folders.MANIFEST)) for name in names)


def _changed(manifest: Path) -> tuple[int, int, int]:
    try:
        stat = manifest.stat()
    except OSError:
        return (0, 0, 0)  # not a checkpoint, or gone since it was listed
    return (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size)

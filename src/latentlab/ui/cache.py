"""What is expensive and shared by all visitors: the only place of Streamlit's caches.

Every key carries the checkpoint's fingerprint, so that training again under the same name is
noticed. Everything handed out is shared and read-only.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import streamlit as st

from latentlab import checkpoints as folders
from latentlab.checkpoints import Checkpoint, LatentIndex, Refused, Timeline
from latentlab.images import Pixels
from latentlab.ui import originals as image_sets
from latentlab.ui import pictures
from latentlab.ui.pictures import Sheet

if TYPE_CHECKING:
    from latentlab.codec import TorchCodec

Made = TypeVar("Made")
Signature = tuple[tuple[str, int, int], ...]

# Enough for every shipped checkpoint; the least recently opened goes first.
MAX_CHECKPOINTS = 16


def root() -> Path:
    """Return the folder that holds the checkpoints."""
    return folders.checkpoints_root()


def checkpoints() -> tuple[tuple[Checkpoint, ...], tuple[Refused, ...]]:
    """Return the checkpoints that can be shown, by name, and the folders that cannot.

    The folder is looked at every time (a few microseconds each) and read only after a change.
    """
    return _checkpoints(str(root()), _signature(root()))


def codec(checkpoint: Checkpoint) -> TorchCodec:
    """Return the checkpoint's network as functions on arrays; the first call imports torch."""
    return _codec(checkpoint.fingerprint, checkpoint)


def index(checkpoint: Checkpoint) -> LatentIndex:
    """Return the checkpoint's latent index."""
    return _index(checkpoint.fingerprint, checkpoint)


def history(checkpoint: Checkpoint) -> list[dict[str, float]]:
    """Return one dict per epoch of training."""
    return _history(checkpoint.fingerprint, checkpoint)


def timeline(checkpoint: Checkpoint) -> Timeline:
    """Return the stages of training."""
    return _timeline(checkpoint.fingerprint, checkpoint)


def sheet(checkpoint: Checkpoint) -> Sheet:
    """Return the tiles of the checkpoint's contact sheet."""
    return _sheet(checkpoint.fingerprint, checkpoint)


def thumbnail(checkpoint: Checkpoint) -> bytes:
    """Return a small square picture of what the checkpoint draws, as PNG."""
    return _thumbnail(checkpoint.fingerprint, checkpoint)


def originals(checkpoint: Checkpoint) -> Pixels | None:
    """Return the images that the latent index speaks of, row for row.

    Returns
    -------
    uint8 (n, h, w, c), in [0, 255], or None
        None where the image set is not on this machine.
    """
    if not image_sets.on_this_machine(checkpoint):
        return None
    return _originals(checkpoint.fingerprint, checkpoint)


def warm() -> None:
    """Load what the first visitor will see, so that nobody waits for torch."""
    good, _ = checkpoints()
    for checkpoint in good[:1]:
        index(checkpoint)
        codec(checkpoint)
        originals(checkpoint)


def _signature(folder: Path) -> Signature:
    """Describe what is in the folder, so that a new or changed checkpoint is noticed."""
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    return tuple((name, *_changed(folder / name / folders.MANIFEST)) for name in names)


def _changed(manifest: Path) -> tuple[int, int]:
    try:
        stat = manifest.stat()
    except OSError:
        return (0, 0)  # not a checkpoint, or gone since it was listed
    return (stat.st_mtime_ns, stat.st_size)


@st.cache_resource(show_spinner=False, max_entries=4)
def _checkpoints(
    folder: str, signature: Signature
) -> tuple[tuple[Checkpoint, ...], tuple[Refused, ...]]:
    good, refused = folders.list_checkpoints(Path(folder))
    return tuple(good), tuple(refused)


@st.cache_resource(show_spinner=False, max_entries=MAX_CHECKPOINTS)
def _codec(fingerprint: str, _checkpoint: Checkpoint) -> TorchCodec:
    from latentlab.codec import load_codec

    return load_codec(_checkpoint)


@st.cache_resource(show_spinner=False, max_entries=MAX_CHECKPOINTS)
def _index(fingerprint: str, _checkpoint: Checkpoint) -> LatentIndex:
    return _checkpoint.index()


@st.cache_resource(show_spinner=False, max_entries=MAX_CHECKPOINTS)
def _history(fingerprint: str, _checkpoint: Checkpoint) -> list[dict[str, float]]:
    return _checkpoint.history()


@st.cache_resource(show_spinner=False, max_entries=MAX_CHECKPOINTS)
def _timeline(fingerprint: str, _checkpoint: Checkpoint) -> Timeline:
    return _checkpoint.timeline()


@st.cache_resource(show_spinner=False, max_entries=MAX_CHECKPOINTS)
def _sheet(fingerprint: str, _checkpoint: Checkpoint) -> Sheet:
    return pictures.sheet(_checkpoint)


@st.cache_resource(show_spinner=False, max_entries=64)
def _thumbnail(fingerprint: str, _checkpoint: Checkpoint) -> bytes:
    return pictures.thumbnail(_checkpoint)


@st.cache_resource(show_spinner=False, max_entries=MAX_CHECKPOINTS)
def _originals(fingerprint: str, _checkpoint: Checkpoint) -> Pixels | None:
    return image_sets.indexed(_checkpoint)


def built(name: str, checkpoint: Checkpoint, build: Callable[[], bytes]) -> bytes:
    """Return bytes made from a checkpoint, made once and shared.

    Parameters
    ----------
    name : str
        What they are, and all that they depend on besides the checkpoint.
    checkpoint : Checkpoint
    build : callable
        Makes them.
    """
    return _built(name, checkpoint.fingerprint, build)


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
    return cast(Made, _made(name, checkpoint.fingerprint, make))


@st.cache_resource(show_spinner=False, max_entries=16 * MAX_CHECKPOINTS)
def _made(name: str, fingerprint: str, _make: Callable[[], object]) -> object:
    return _make()


@st.cache_resource(show_spinner=False, max_entries=4 * MAX_CHECKPOINTS)
def _built(name: str, fingerprint: str, _build: Callable[[], bytes]) -> bytes:
    return _build()

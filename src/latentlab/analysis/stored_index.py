"""A search index kept beside a checkpoint: built once by ``latentlab index``, with measured recall.

It lies in ``.indexes/<checkpoint>/`` next to the checkpoints, never inside one: it can be built
again at any time. A note says which checkpoint it belongs to and holds the sum of its file; an
index of other latents, or a file that somebody else has put there, is not opened. A database may
be shared: there the name of a collection says whose latents it holds and how they are compared.
"""

from __future__ import annotations

import hashlib
import shutil
import time
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from latentlab.analysis import AnalysisError
from latentlab.analysis.indexes import RECALL_K, RECALL_QUERIES, Index, backend, build, recall
from latentlab.analysis.neighbors import ExactIndex, Metric
from latentlab.checkpoints import Checkpoint

FOLDER = ".indexes"
NOTE = "index.json"
_MAX_NOTE_BYTES = 100_000


class StoredIndex(BaseModel):
    """What is known of an index beside a checkpoint."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    checkpoint: str
    """Fingerprint of the checkpoint whose latents it holds."""
    backend: str
    metric: Metric
    place: str
    """A file or folder beside the note, or a server's address."""
    sha256: str
    """Of the file; empty for a database."""
    n: int = Field(ge=1)
    recall: float = Field(ge=0, le=1)
    n_queries: int = Field(ge=1)
    seconds: float = Field(ge=0, allow_inf_nan=False)


def write(
    checkpoint: Checkpoint, name: str, *, metric: Metric = "euclidean", server: str | None = None
) -> StoredIndex:
    """Build an index of a checkpoint's latents beside it, and measure its recall.

    Parameters
    ----------
    checkpoint : Checkpoint
    name : str
        A key of ``indexes.BACKENDS``, not "exact": exact search needs nothing built.
    metric : {"euclidean", "cosine"}
    server : str, optional
        Address of a running Qdrant; by default it is embedded.

    Returns
    -------
    StoredIndex

    Raises
    ------
    AnalysisError
        If the back end is exact or unknown, its library is missing, its server does not answer, or
        the disk refuses.
    """
    if backend(name).is_exact:
        raise AnalysisError(
            f"The back end '{name}' searches every latent and needs no index; choose another."
        )
    if server is not None and name != "qdrant":
        raise AnalysisError(f"The back end '{name}' has no server; leave --server out.")
    folder = _folder(checkpoint)
    try:
        return _write(checkpoint, name, metric, server, folder)
    except OSError as error:
        raise AnalysisError(
            f"The index cannot be written to {folder} ({error.strerror or error}); make room, or "
            "search exactly."
        ) from None


def _write(
    checkpoint: Checkpoint, name: str, metric: Metric, server: str | None, folder: Path
) -> StoredIndex:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NOTE).unlink(missing_ok=True)  # until it is finished there is none
    latents = checkpoint.index().latents
    place = server or f"latents.{name}"
    if server is None:  # its own folder, where collections of earlier trainings would pile up
        shutil.rmtree(folder / place, ignore_errors=True)
    began = time.perf_counter()
    index = build(
        name,
        latents,
        metric=metric,
        place=_absolute(folder, place),
        collection=_collection(checkpoint, metric),
    )
    seconds = time.perf_counter() - began
    queries = _queries(latents)
    found = recall(
        index, ExactIndex(latents, metric=metric), queries, k=min(RECALL_K, len(latents))
    )
    note = StoredIndex(
        checkpoint=checkpoint.fingerprint,
        backend=name,
        metric=metric,
        place=place,
        sha256=_sum(folder / place),
        n=len(latents),
        recall=found,
        n_queries=len(queries),
        seconds=seconds,
    )
    (folder / NOTE).write_text(note.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return note


def stored(checkpoint: Checkpoint) -> StoredIndex | None:
    """Return the index beside a checkpoint, or None if there is none that belongs to it.

    Parameters
    ----------
    checkpoint : Checkpoint
    """
    path = _folder(checkpoint) / NOTE
    try:
        if path.stat().st_size > _MAX_NOTE_BYTES:
            return None
        note = StoredIndex.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
    is_inside = "://" in note.place or Path(note.place).name == note.place
    return note if is_inside and note.checkpoint == checkpoint.fingerprint else None


def open_stored(checkpoint: Checkpoint, note: StoredIndex) -> Index:
    """Open the index beside a checkpoint.

    Parameters
    ----------
    checkpoint : Checkpoint
    note : StoredIndex
        From `stored`.

    Raises
    ------
    AnalysisError
        If the file is not the one that was written, the library is missing, or the server does not
        answer.
    """
    folder = _folder(checkpoint)
    if _sum(folder / note.place) != note.sha256:
        raise AnalysisError(
            f"The search index of '{checkpoint.name}' is not the one that was built; "
            f"run latentlab index {checkpoint.name} again."
        )
    latents = checkpoint.index().latents
    place, collection = _absolute(folder, note.place), _collection(checkpoint, note.metric)
    return backend(note.backend).open(place, latents, note.metric, collection)


def _folder(checkpoint: Checkpoint) -> Path:
    return checkpoint.path.parent / FOLDER / checkpoint.name


def _collection(checkpoint: Checkpoint, metric: Metric) -> str:
    return f"latents-{checkpoint.fingerprint[:16]}-{metric}"


def _absolute(folder: Path, place: str) -> str:
    return place if "://" in place else str(folder / place)


def _sum(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _queries(latents: np.ndarray) -> np.ndarray:
    """Draw places near stored latents, but not on them: those would be found too easily."""
    generator = np.random.default_rng(0)
    rows = generator.choice(len(latents), min(RECALL_QUERIES, len(latents)), replace=False)
    noise = 0.1 * latents.std(axis=0) * generator.standard_normal((len(rows), latents.shape[1]))
    return np.asarray(latents[rows] + noise, np.float32)

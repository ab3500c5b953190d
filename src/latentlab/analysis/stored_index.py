"""A checkpoint's latents in a vector database: sent once by ``latentlab index``, recall measured.

A note in ``.indexes/<checkpoint>/`` beside the checkpoints, never inside one, says which server
holds them. A database may be shared: the name of a collection says whose latents it holds and how
they are compared.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from latentlab.analysis import AnalysisError, Latents
from latentlab.analysis.indexes import Index, recall
from latentlab.analysis.neighbors import ExactIndex, Metric
from latentlab.analysis.qdrant_index import QdrantIndex
from latentlab.checkpoints import Checkpoint

FOLDER = ".indexes"
NOTE = "index.json"
RECALL_QUERIES = 1_000
RECALL_K = 9
_MAX_NOTE_BYTES = 100_000


class StoredIndex(BaseModel):
    """What is known of a checkpoint's latents in a database."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    checkpoint: str
    """Fingerprint of the checkpoint whose latents it holds."""
    metric: Metric
    server: str = Field(pattern="^https?://")
    """The database's address."""
    n: int = Field(ge=1)
    recall: float = Field(ge=0, le=1)
    n_queries: int = Field(ge=1)
    seconds: float = Field(ge=0, allow_inf_nan=False)


def write(checkpoint: Checkpoint, server: str, *, metric: Metric = "euclidean") -> StoredIndex:
    """Send a checkpoint's latents to a database, and measure its recall.

    Parameters
    ----------
    checkpoint : Checkpoint
    server : str
        Address of a running Qdrant, such as ``http://localhost:6333``.
    metric : {"euclidean", "cosine"}

    Returns
    -------
    StoredIndex

    Raises
    ------
    AnalysisError
        If the library is missing, the server does not answer, or the disk refuses the note.
    """
    if not server.startswith(("http://", "https://")):
        raise AnalysisError(
            f"'{server}' is no address of a server; give one such as http://localhost:6333."
        )
    latents = checkpoint.index().latents
    path = _folder(checkpoint) / NOTE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)  # until it is finished there is none
        note = _filled(checkpoint, latents, server, metric)
        path.write_text(note.model_dump_json(indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise AnalysisError(
            f"{path} cannot be written ({error.strerror or error}); make room, or search exactly."
        ) from None
    return note


def stored(checkpoint: Checkpoint) -> StoredIndex | None:
    """Return what is known of a checkpoint's latents in a database, or None if there are none.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    StoredIndex or None
        None also where the note is damaged, or the checkpoint was another one when it was written.
    """
    path = _folder(checkpoint) / NOTE
    try:
        if path.stat().st_size > _MAX_NOTE_BYTES:
            return None
        note = StoredIndex.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
    return note if note.checkpoint == checkpoint.fingerprint else None


def open_stored(checkpoint: Checkpoint, note: StoredIndex) -> Index:
    """Search a checkpoint's latents in the database.

    Parameters
    ----------
    checkpoint : Checkpoint
    note : StoredIndex
        From `stored`.

    Returns
    -------
    Index
        Approximate; `StoredIndex` says with which recall.

    Raises
    ------
    AnalysisError
        If the library is missing, the server does not answer, or it holds something else.
    """
    shape = checkpoint.index().latents.shape
    return QdrantIndex.open(note.server, shape, note.metric, _collection(checkpoint, note.metric))


def _filled(checkpoint: Checkpoint, latents: Latents, server: str, metric: Metric) -> StoredIndex:
    began = time.perf_counter()
    index = QdrantIndex.build(latents, metric, server, _collection(checkpoint, metric))
    seconds = time.perf_counter() - began
    queries = _queries(latents)
    exact = ExactIndex(latents, metric=metric)
    return StoredIndex(
        checkpoint=checkpoint.fingerprint,
        metric=metric,
        server=server,
        n=len(latents),
        recall=recall(index, exact, queries, k=min(RECALL_K, len(latents))),
        n_queries=len(queries),
        seconds=seconds,
    )


def _folder(checkpoint: Checkpoint) -> Path:
    return checkpoint.path.parent / FOLDER / checkpoint.name


def _collection(checkpoint: Checkpoint, metric: Metric) -> str:
    return f"latents-{checkpoint.fingerprint[:16]}-{metric}"


def _queries(latents: Latents) -> Latents:
    """Draw places near stored latents, but not on them: those would be found too easily."""
    generator = np.random.default_rng(0)
    rows = generator.choice(len(latents), min(RECALL_QUERIES, len(latents)), replace=False)
    noise = 0.1 * latents.std(axis=0) * generator.standard_normal((len(rows), latents.shape[1]))
    return np.asarray(latents[rows] + noise, np.float32)

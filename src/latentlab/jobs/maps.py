"""Further maps of the latents: computed as a job, kept on disk beside the runs.

A fit takes seconds to minutes and must not hold up a class. One is computed at a time for all
visitors; what is finished is offered to everybody, also after a restart.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from latentlab.analysis import Coordinates
from latentlab.checkpoints import Checkpoint, open_checkpoint
from latentlab.jobs import JobError, manager
from latentlab.jobs.folder import Job
from latentlab.jobs.kind import Kind
from latentlab.jobs.map_request import Asked, parse
from latentlab.jobs.work import Work

MOST_KEPT = 24
_NAME = "map"


def start(checkpoint: Checkpoint, asked: Asked) -> Job:
    """Start computing a map.

    Parameters
    ----------
    checkpoint : Checkpoint
    asked : Asked

    Returns
    -------
    Job

    Raises
    ------
    JobError
        If another one is being computed, there are too many, or the folder cannot be written.
    """
    folder = _folder(checkpoint)
    if len(finished(checkpoint)) >= MOST_KEPT:
        raise JobError(f"There are {MOST_KEPT} maps already; delete some from {folder}.")
    request = {"checkpoint": str(checkpoint.path), "name": asked.name, "folder": str(folder)}
    return manager.start(_runs(checkpoint), _NAME, request)


def current(checkpoint: Checkpoint) -> Job | None:
    """Return the map that is being computed, or the last one, whatever its checkpoint.

    Parameters
    ----------
    checkpoint : Checkpoint
        Its folder says where jobs are.

    Returns
    -------
    Job or None
    """
    return manager.current(_runs(checkpoint), _NAME)


def asked_for(job: Job) -> Asked | None:
    """Return how a job's map is to be made; None if its folder does not say."""
    return parse(str(job.request().get("name")))


def finished(checkpoint: Checkpoint) -> dict[str, Asked]:
    """Return the maps that are on disk for a checkpoint, by name.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    dict of str to Asked
        Files of other names are passed over.
    """
    folder = _folder(checkpoint)
    names = sorted(path.stem for path in folder.glob("*.npy")) if folder.is_dir() else []
    found = ((name, parse(name)) for name in names)
    return {name: asked for name, asked in found if asked is not None}


def read(checkpoint: Checkpoint, name: str, n: int) -> Coordinates | None:
    """Read a finished map, or None if the file is not one of these latents.

    Parameters
    ----------
    checkpoint : Checkpoint
    name : str
        Of `finished`.
    n : int
        How many latents there are.

    Returns
    -------
    ndarray of float32, shape (n, 2), or None
    """
    try:
        places = np.load(_folder(checkpoint) / f"{name}.npy", allow_pickle=False)
    except (OSError, ValueError):
        return None
    if places.shape != (n, 2) or places.dtype != np.float32 or not np.isfinite(places).all():
        return None
    places.flags.writeable = False
    return np.asarray(places, dtype=np.float32)


def _folder(checkpoint: Checkpoint) -> Path:
    return _runs(checkpoint) / "maps" / checkpoint.fingerprint[:16]


def _runs(checkpoint: Checkpoint) -> Path:
    return checkpoint.path.parent.absolute().parent / "runs"


def _work(work: Work) -> None:
    """Compute a map and write it beside, then rename it."""
    from latentlab.analysis import umap_learn
    from latentlab.analysis.projections import project

    request = work.request
    asked = parse(request["name"])
    if asked is None:
        raise JobError(f"'{request['name']}' is no name of a map.")
    work.tell(state="running", step=0, n_steps=3, what="reading the latents")
    latents = open_checkpoint(Path(request["checkpoint"])).index().latents
    neighbors = None
    if asked.kind == "umap":
        work.tell(step=1, what="finding the nearest neighbors of every latent")
        neighbors = umap_learn.search(latents, asked.n_neighbors, asked.metric)
    work.tell(step=2, what="moving the points to their places")
    places = project(asked.kind, latents, seed=asked.seed, neighbors=neighbors, **asked.settings)
    folder = Path(request["folder"])
    folder.mkdir(parents=True, exist_ok=True)
    scratch = folder / f".{asked.name}-{os.getpid()}.npy"
    try:
        np.save(scratch, places)
        scratch.replace(folder / f"{asked.name}.npy")
    finally:
        scratch.unlink(missing_ok=True)
    work.tell(state="done", step=3, what="done")


KIND = Kind("Another map is being computed; wait for it or cancel it.", _work)

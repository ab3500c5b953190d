"""Compute one map, in a process of its own.

``python -m latentlab.ui.map.worker CHECKPOINT NAME FOLDER``, started by ``computed.py``.

Says on standard output how far it is ("2/3 moving the points"), and last, if it fails, why.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np

from latentlab.analysis import umap_learn
from latentlab.analysis.projections import project
from latentlab.checkpoints import open_checkpoint
from latentlab.errors import LatentlabError
from latentlab.ui.map.request import Asked, parse


def main(arguments: list[str]) -> int:
    """Compute a map and write it beside, then rename it."""
    path, name, out = arguments
    asked = parse(name)
    if asked is None:
        _say(f"'{name}' is no name of a map.")
        return 1
    try:
        _compute(Path(path), asked, Path(out))
    except (LatentlabError, OSError) as error:
        _say(str(error))
        return 1
    return 0


def _compute(path: Path, asked: Asked, out: Path) -> None:
    _say("0/3 reading the latents")
    latents = open_checkpoint(path).index().latents
    neighbors = None
    if asked.kind == "umap":
        _say("1/3 finding the nearest neighbors of every latent")
        neighbors = umap_learn.search(latents, asked.n_neighbors, asked.metric)
    _say("2/3 moving the points to their places")
    places = project(asked.kind, latents, seed=asked.seed, neighbors=neighbors, **asked.settings)
    scratch = out / f".{asked.name}-{os.getpid()}.npy"
    try:
        np.save(scratch, places)
        scratch.rename(out / f"{asked.name}.npy")
    finally:
        scratch.unlink(missing_ok=True)
    _say("3/3 done")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

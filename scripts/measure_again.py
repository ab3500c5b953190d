"""Measure finished checkpoints again without training: index, maps, figures, sheet, same network.

For each name given (all shipped ones that lie in ``checkpoints/``, if none). Useful after a change
in what is measured or stored; the images must be on this machine. Only the small networks of the
anomaly curves are trained again: their weights are not stored. A VAE that was trained before there
was ``standardize`` gets it here, as at the end of a training.

With ``--prior`` only the samples from the prior of VAEs are measured, with ``--overfitting`` only
by how much the error on test images exceeds that on training images, with ``--timeline`` only so
many stages of the training are kept as the preset has room for; all else stays.
"""

from __future__ import annotations

import math
import sys
import time
from dataclasses import replace
from importlib.metadata import version
from typing import Any

import numpy as np

from latentlab.analysis.support import Support
from latentlab.checkpoints import (
    Checkpoint,
    Contents,
    checkpoints_root,
    open_checkpoint,
    write_checkpoint,
)
from latentlab.codec import load_trained
from latentlab.config import make_config
from latentlab.data import split_sum
from latentlab.images import to_float
from latentlab.presets import PRESETS
from latentlab.training.anomalies import find_anomalies
from latentlab.training.evaluation import (
    by_normality,
    overfitting,
    reconstruction_errors,
    training_errors,
)
from latentlab.training.indexing import select
from latentlab.training.nothing_learned import nothing_learned
from latentlab.training.preparation import load_splits
from latentlab.training.reporting import Clock, Silent
from latentlab.training.run import Places, measure, sheet
from latentlab.training.standardizing import standardize
from latentlab.training.storing import as_stored, stored_weights
from latentlab.training.timeline import BYTES_PER_LATENT
from latentlab.training.uses import N_PRIOR, N_SEARCHED, evaluate_prior

# What changes the measuring but not the weights; taken from the preset as it is now.
MEASURING = ("projections", "map_variants", "index_size", "standardize")
# What a manifest keeps of it, where only some of the rest is changed.
OF_MANIFEST = (
    "config",
    "image_shape",
    "class_names",
    "n_parameters",
    "n_train",
    "metrics",
    "run",
    "warning",
    "notes",
    "image_sums",
)
# What draws and measures the maps; the other versions stay those of the training.
MEASURED_WITH = ("scikit-learn", "umap-learn")


def measure_again(checkpoint: Checkpoint) -> None:
    """Write the checkpoint again with a new index and new figures."""
    manifest = checkpoint.manifest
    preset = make_config(**PRESETS[checkpoint.name])
    config = manifest.config.model_copy(update={k: getattr(preset, k) for k in MEASURING})
    sets = load_splits(config, Places(), Silent())
    selection = select(sets, config.index_size, seed=config.seed)
    codec, timeline = load_trained(checkpoint), checkpoint.timeline()
    if config.standardize and not manifest.config.standardize:
        train = sets["train"]
        timeline = standardize(codec.module, train.images).timeline(timeline)
        codec = as_stored(codec.module, train, config)
    clock = Clock(Silent())
    index, metrics = measure(codec, selection, sets, config, clock)
    anomalies, areas = find_anomalies(codec, index, sets, config, clock)
    versions = manifest.run.versions | {name: version(name) for name in MEASURED_WITH}
    _write(
        checkpoint,
        config=config,
        metrics=metrics | areas,
        run=manifest.run.model_copy(update={"versions": versions}),
        weights=stored_weights(codec, config),
        index=index,
        timeline=timeline,
        samples=sheet(codec, config, sets["test"].images),
        anomalies=anomalies,
        image_sums={split: split_sum(image_set) for split, image_set in sets.items()},
        warning=nothing_learned(config, metrics, math.prod(manifest.image_shape)),
    )


def measure_prior(checkpoint: Checkpoint) -> None:
    """Write the checkpoint again with new figures of its prior's samples, if it has a prior."""
    config, metrics = checkpoint.manifest.config, checkpoint.manifest.metrics
    if config.model != "vae":
        return
    sets = load_splits(config, Places(), Silent())
    support = Support(checkpoint.index(), metrics)
    train = to_float(np.asarray(sets["train"].images[:N_SEARCHED]))
    normal, _ = by_normality(config, sets["test"])
    test = to_float(np.asarray(normal.images[:N_PRIOR]))
    found = evaluate_prior(load_trained(checkpoint), support, train, test, config.seed)
    _write(checkpoint, metrics={**metrics, **found})


def measure_overfitting(checkpoint: Checkpoint) -> None:
    """Write the checkpoint again with its error on training images, if it reconstructs."""
    config, metrics = checkpoint.manifest.config, checkpoint.manifest.metrics
    if "mse_train" not in metrics:
        return
    sets = load_splits(config, Places(), Silent())
    test, _ = by_normality(config, sets["test"])
    codec = load_trained(checkpoint)
    new = reconstruction_errors(codec, test.images)
    found = overfitting(new, training_errors(codec, sets["train"].images))
    _write(checkpoint, metrics={**metrics, **found})


def shorten_timeline(checkpoint: Checkpoint) -> None:
    """Write the checkpoint again with fewer stages, if these have latents alone."""
    config = checkpoint.manifest.config
    megabytes = make_config(**PRESETS[checkpoint.name]).timeline_mb
    timeline = checkpoint.timeline()
    n_fitting = int(megabytes * 2**20) // max(1, timeline.latents[:1].size * BYTES_PER_LATENT)
    if timeline.weights or not 2 <= n_fitting < len(timeline.steps):
        return
    rows = np.rint(np.linspace(0, len(timeline.steps) - 1, n_fitting)).astype(int)
    _write(
        checkpoint,
        config=config.model_copy(update={"timeline_mb": megabytes}),
        timeline=replace(timeline, steps=timeline.steps[rows], latents=timeline.latents[rows]),
    )


def _write(checkpoint: Checkpoint, **changes: Any) -> None:
    """Write the checkpoint again with some of its contents changed."""
    manifest = checkpoint.manifest
    kept = {name: getattr(manifest, name) for name in OF_MANIFEST}
    contents = Contents(
        **{
            **kept,
            "weights": checkpoint.weights(),
            "index": checkpoint.index(),
            "history": checkpoint.history(),
            "timeline": checkpoint.timeline(),
            "samples": checkpoint.samples(),
            "anomalies": checkpoint.anomalies(),
            **changes,
        }
    )
    write_checkpoint(checkpoint.path.parent, checkpoint.name, contents, replace=True)


def main(arguments: list[str]) -> int:
    root = checkpoints_root()
    names = [name for name in arguments if not name.startswith("--")]
    kinds = {
        "--prior": measure_prior,
        "--overfitting": measure_overfitting,
        "--timeline": shorten_timeline,
    }
    measure = next((kinds[flag] for flag in kinds if flag in arguments), measure_again)
    for name in names or [name for name in PRESETS if (root / name).is_dir()]:
        began = time.perf_counter()
        measure(open_checkpoint(root / name))
        print(f"{name}: {time.perf_counter() - began:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

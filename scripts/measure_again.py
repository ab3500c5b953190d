"""Measure finished checkpoints again without training: index, maps, figures, sheet, same weights.

For each name given (all shipped ones that lie in ``checkpoints/``, if none). Useful after a change
in what is measured or stored; the images must be on this machine. Only the small networks of the
anomaly curves are trained again: their weights are not stored.
"""

from __future__ import annotations

import math
import sys
import time
from importlib.metadata import version

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
from latentlab.presets import PRESETS
from latentlab.training.anomalies import find_anomalies
from latentlab.training.indexing import select
from latentlab.training.nothing_learned import nothing_learned
from latentlab.training.reporting import Clock, Silent
from latentlab.training.run import Places, measure, sheet
from latentlab.training.setup import load_splits

# What changes the measuring but not the weights; taken from the preset as it is now.
MEASURING = ("projections", "map_variants", "index_size")
# What draws and measures the maps; the other versions stay those of the training.
MEASURED_WITH = ("scikit-learn", "umap-learn")


def measure_again(checkpoint: Checkpoint) -> None:
    """Write the checkpoint again with a new index and new figures."""
    manifest = checkpoint.manifest
    preset = make_config(**PRESETS[checkpoint.name])
    config = manifest.config.model_copy(update={k: getattr(preset, k) for k in MEASURING})
    sets = load_splits(config, Places(), Silent())
    selection = select(sets, config.index_size, seed=config.seed)
    codec = load_trained(checkpoint)
    clock = Clock(Silent())
    index, metrics = measure(codec, selection, sets, config, clock)
    anomalies, areas = find_anomalies(codec, index, sets, config, clock)
    versions = manifest.run.versions | {name: version(name) for name in MEASURED_WITH}
    contents = Contents(
        config=config,
        image_shape=manifest.image_shape,
        class_names=manifest.class_names,
        n_parameters=manifest.n_parameters,
        n_train=manifest.n_train,
        metrics=metrics | areas,
        run=manifest.run.model_copy(update={"versions": versions}),
        weights=checkpoint.weights(),
        index=index,
        history=checkpoint.history(),
        timeline=checkpoint.timeline(),
        samples=sheet(codec, config, sets["test"].images),
        anomalies=anomalies,
        image_sums={split: split_sum(image_set) for split, image_set in sets.items()},
        warning=nothing_learned(config, metrics, math.prod(manifest.image_shape)),
    )
    write_checkpoint(checkpoint.path.parent, checkpoint.name, contents, replace=True)


def main(names: list[str]) -> int:
    root = checkpoints_root()
    for name in names or [name for name in PRESETS if (root / name).is_dir()]:
        began = time.perf_counter()
        measure_again(open_checkpoint(root / name))
        print(f"{name}: {time.perf_counter() - began:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

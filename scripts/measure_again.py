"""Measure finished checkpoints again without training: index, maps and figures, same weights.

For each name given (all shipped ones that lie in ``checkpoints/``, if none). Useful after a change
in what is measured or stored; the images must be on this machine.
"""

from __future__ import annotations

import math
import sys
import time

from latentlab.checkpoints import (
    Checkpoint,
    Contents,
    checkpoints_root,
    open_checkpoint,
    write_checkpoint,
)
from latentlab.codec import load_codec
from latentlab.config import make_config
from latentlab.presets import PRESETS
from latentlab.training.indexing import select
from latentlab.training.reporting import Clock, Silent
from latentlab.training.run import Places, measure
from latentlab.training.setup import load_splits
from latentlab.training.verdict import verdict

# What changes the measuring but not the weights; taken from the preset as it is now.
MEASURING = ("projections", "map_variants", "index_size")


def measure_again(checkpoint: Checkpoint) -> None:
    """Write the checkpoint again with a new index and new figures."""
    manifest = checkpoint.manifest
    preset = make_config(**PRESETS[checkpoint.name])
    config = manifest.config.model_copy(update={k: getattr(preset, k) for k in MEASURING})
    sets = load_splits(config, Places(), Silent())
    selection = select(sets, config.index_size, seed=config.seed)
    codec = load_codec(checkpoint)
    index, metrics = measure(codec, selection, sets, config, Clock(Silent()))
    kept = {key: value for key, value in manifest.metrics.items() if key not in metrics}
    contents = Contents(
        config=config,
        image_shape=manifest.image_shape,
        class_names=manifest.class_names,
        n_parameters=manifest.n_parameters,
        n_train=manifest.n_train,
        metrics=kept | metrics,
        run=manifest.run,
        weights=checkpoint.weights(),
        index=index,
        history=checkpoint.history(),
        timeline=checkpoint.timeline(),
        samples=checkpoint.samples(),
        anomalies=checkpoint.anomalies(),
        warning=verdict(config, kept | metrics, math.prod(manifest.image_shape)),
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

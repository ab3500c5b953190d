"""Work out every published figure again by an independent path; ``make verify-figures``.

Prints what is published, what was recomputed and the difference, for each checkpoint given (all
shipped ones, if none). Ends with 1 where one differs by more than rounding or sampling explains.
Checkpoints whose images are not on this machine are named and left out; with ``--quick`` so are
searches that take minutes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
from independent import Check, anomalies, autoencoders, restorers
from independent.forward import Network

from latentlab import data
from latentlab.checkpoints import Checkpoint, checkpoints_root, open_checkpoint
from latentlab.errors import DataError
from latentlab.presets import PRESETS
from latentlab.tasks import TASKS

# Multiplications that a neighbor search takes: more of them take longer than half a minute.
QUICK_SEARCH = 10**11


def verify(checkpoint: Checkpoint, *, is_quick: bool = False) -> Iterator[Check]:
    """Return every figure of a checkpoint that is published."""
    manifest = checkpoint.manifest
    config, metrics = manifest.config.model_dump(), dict(manifest.metrics)
    network = Network(checkpoint.path, config, manifest.image_shape)
    sets = {split: _load(checkpoint, split) for split in data.SPLITS}
    names = config["normal_classes"]
    normal = np.arange(1000) if names is None else _numbers(names, manifest.class_names)
    shown = {split: _part(one, np.isin(one[1], normal)) for split, one in sets.items()}
    of = restorers if config["task"] in TASKS else autoencoders
    yield from of.checks(network, metrics, shown, config["seed"])
    searched = metrics.get("label_agreement_n")
    n_asked = searched["asked"] if isinstance(searched, dict) else 0
    if n_asked and is_quick and shown["train"][0].size * n_asked > QUICK_SEARCH:
        print(f"{checkpoint.name}: label agreement is not looked at, for the sake of time")
    elif n_asked:
        yield from autoencoders.agreement(network, metrics, shown, config["seed"])
    if "anomaly_auc" in metrics:
        left = _part(sets["test"], ~np.isin(sets["test"][1], normal))[0]
        images = shown["train"][0], shown["test"][0], left
        yield from anomalies.checks(network, metrics, checkpoint.anomalies(), *images)


def _load(checkpoint: Checkpoint, split: str) -> tuple[Any, Any]:
    config = checkpoint.manifest.config
    n_images = config.n_images if split == "train" else None
    images = data.load(config.dataset, split, size=config.image_size, n_images=n_images)
    return np.asarray(images.images) / np.float32(255), np.asarray(images.labels)


def _part(images: tuple[Any, Any], rows: Any) -> tuple[Any, Any]:
    return images[0][rows], images[1][rows]


def _numbers(names: Any, class_names: tuple[str, ...]) -> list[int]:
    return [class_names.index(name) for name in names]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="checkpoints")
    parser.add_argument("--quick", action="store_true", help="leave out what takes minutes")
    asked = parser.parse_args()
    wrong = []
    print(f"{'checkpoint':28}{'figure':34}{'published':>12}{'recomputed':>12}{'difference':>12}")
    root = checkpoints_root()
    for name in asked.names or [name for name in PRESETS if (root / name).is_dir()]:
        checkpoint = open_checkpoint(root / name)
        if "n_test" not in checkpoint.manifest.metrics:
            print(f"{name:28}was measured by an older version: scripts/measure_again.py")
            continue
        try:
            for check in verify(checkpoint, is_quick=asked.quick):
                off = check.recomputed - check.published
                row = f"{name:28}{check.name:34}{check.published:12.4f}{check.recomputed:12.4f}"
                print(f"{row}{off:+12.4f}{'' if check.agrees else '  differs'}", flush=True)
                if not check.agrees:
                    wrong.append(f"{name}: {check.name}")
        except DataError as error:
            print(f"{name:28}{error}")
    if wrong:
        print(f"{len(wrong)} figures differ: {'; '.join(wrong)}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

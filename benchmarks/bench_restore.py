"""Time from the slider to a restored picture, and for a whole photograph: ``make bench``.

The first is all that the server computes for one move: damage, every network of the row, the best
filter, PSNR and SSIM of each, and packing the answer for the browser.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import time
from collections import deque

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from benchmarks.promises import Row, record
from benchmarks.setting import setting
from latentlab.analysis.tiling import restoring_tiles
from latentlab.checkpoints import Checkpoint, checkpoints_root, open_checkpoint
from latentlab.codec import load_codec
from latentlab.data.photos import photo_tiles
from latentlab.images import to_float
from latentlab.tasks import TASKS
from latentlab.ui.input.query import Query
from latentlab.ui.restore import answer, board, networks

CHECKPOINT = "cifar10-denoise-unet"
REPEATS = 50
GOAL = 60
MEGAPIXELS = 12


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", default=CHECKPOINT)
    parser.add_argument("--photograph", action="store_true", help="Restore 12 megapixels too.")
    asked = parser.parse_args()
    checkpoint = open_checkpoint(checkpoints_root() / asked.checkpoint)
    height, _, channels = checkpoint.manifest.image_shape
    task = TASKS[checkpoint.manifest.config.task]
    clean = to_float(photo_tiles(height, channels)[0])
    times = []
    for number in range(REPEATS + 1):
        strength = task.maximum * (number % 10) / 10
        move = answer.Asked(strength, number, task.kinds[0], None, number)
        began = time.perf_counter()
        panels = answer.panels(checkpoint, Query(clean, "a photograph"), move)
        board.message(checkpoint, "a photograph", move, panels)
        times.append(1000 * (time.perf_counter() - began))
    times = times[1:]  # the first loads the networks
    median = statistics.median(times)
    rows = [
        Row("slider to answer, median", f"{GOAL} ms", f"{median:.0f} ms", median <= GOAL),
        Row("the same, p95", "", f"{sorted(times)[int(0.95 * REPEATS)]:.0f} ms", None),
    ]
    if asked.photograph:
        rows += photograph(checkpoint, channels)
    note = (
        f"{asked.checkpoint} beside all networks of its row ({len(networks.row(checkpoint))}), on "
        f"the server, {REPEATS} moves. {setting('torch', 'numpy', 'pillow')}"
    )
    return record("Speed: restoration", "python -m benchmarks restore", rows, note)


def photograph(checkpoint: Checkpoint, channels: int) -> list[Row]:
    side = int((MEGAPIXELS * 1e6) ** 0.5)
    picture = np.random.default_rng(0).random((side, side, channels), np.float32)
    began = time.perf_counter()
    deque(restoring_tiles(load_codec(checkpoint).restore, picture, np.empty_like(picture)), 0)
    taken = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return [
        Row(f"{MEGAPIXELS} megapixels restored", "", f"{taken:.1f} s", None),
        Row("memory for it, Python and torch included", "2 GB", f"{peak:.2f} GB", peak < 2),
    ]


if __name__ == "__main__":
    raise SystemExit(main())

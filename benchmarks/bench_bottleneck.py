"""Time from one's own image to the whole row of sizes, on the server: ``make bench``.

It is all that the server computes for one image: every network and PCA of a family, four samples
from the prior of each, and packing the answer for the browser.
"""

from __future__ import annotations

import os
import statistics
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from benchmarks.promises import Row, record
from benchmarks.setting import setting
from latentlab.checkpoints import checkpoints_root, families, open_checkpoint
from latentlab.presets import FAMILIES, SIZES
from latentlab.ui.bottleneck import board, row
from latentlab.ui.input.query import Query

REPEATS = 50
GOAL = 150


def main() -> int:
    rows = []
    for name in FAMILIES:
        members = [open_checkpoint(checkpoints_root() / f"{name}-z{size}") for size in SIZES]
        (family,) = families(members)
        times = []
        for number in range(REPEATS + 1):
            pixels = np.random.default_rng(number).random(
                members[0].manifest.image_shape, np.float32
            )
            query = Query(pixels, "your drawing")
            began = time.perf_counter()
            cells = row.row(family, query, number)
            assert cells is not None
            board.message(family, query, cells, board.Asked(SIZES[0], number, number))
            times.append(1000 * (time.perf_counter() - began))
        times = times[1:]  # the first loads the networks
        median = statistics.median(times)
        late = sorted(times)[int(0.95 * REPEATS)]
        rows.append(
            Row(
                f"{name}: own image to the row, median",
                f"{GOAL} ms",
                f"{median:.0f} ms, 95 % within {late:.0f} ms",
                median <= GOAL,
            )
        )
    note = f"{len(SIZES)} networks each, {REPEATS} images. {setting('torch', 'numpy')}"
    return record("Speed: bottleneck", "python -m benchmarks bottleneck", rows, note)


if __name__ == "__main__":
    raise SystemExit(main())

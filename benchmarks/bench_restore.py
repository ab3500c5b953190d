"""Time from the slider to a restored picture, and for a whole photograph: ``make bench``.

The first is all that the server computes for one move: damage, every network of the row, the best
filter, PSNR and SSIM of each, and packing the answer for the browser.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from pathlib import Path

import numpy as np

from latentlab.analysis.tiling import restore_tiled
from latentlab.checkpoints import open_checkpoint
from latentlab.codec import load_codec
from latentlab.data.photos import photo_tiles
from latentlab.images import to_float
from latentlab.tasks import TASKS
from latentlab.ui.bring.query import Query
from latentlab.ui.restore import answer, board, networks

REPEATS = 50
MEGAPIXELS = 12


def main(path: Path) -> None:
    checkpoint = open_checkpoint(path)
    height, _, channels = checkpoint.manifest.image_shape
    task = TASKS[checkpoint.manifest.config.task]
    clean = to_float(photo_tiles(height, channels)[0])
    seconds = []
    for number in range(REPEATS):
        strength = task.maximum * (number % 10) / 10
        asked = answer.Asked(strength, number, task.kinds[0], None, number)
        began = time.perf_counter()
        panels = answer.panels(checkpoint, Query(clean, "a photograph"), asked)
        board.message(checkpoint, "a photograph", asked, panels)
        seconds.append(time.perf_counter() - began)
    row = len(networks.row(checkpoint))
    print(
        f"slider to answer, {row} network(s): median {1000 * statistics.median(seconds):.1f} ms, "
        f"95 % {1000 * sorted(seconds)[int(0.95 * REPEATS)]:.1f} ms"
    )
    if checkpoint.manifest.config.latent_dim == 0 and "--photograph" in sys.argv:
        side = int((MEGAPIXELS * 1e6) ** 0.5)
        photograph = np.random.default_rng(0).random((side, side, channels), np.float32)
        began = time.perf_counter()
        restore_tiled(load_codec(checkpoint).restore, photograph)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(
            f"{MEGAPIXELS} megapixels: {time.perf_counter() - began:.1f} s, peak {peak:.2f} GB "
            "with Python and torch"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))

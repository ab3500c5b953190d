"""A decoded grid of 20 x 20 images as one PNG: ours against a figure with 400 axes.

Both decode the same 400 latents in one batch and make a picture of the same 560 x 560 pixels; they
take turns. The figure is what a notebook would do: `plt.subplots(20, 20)`, one `imshow` each, axes
off, `savefig`.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("OMP_NUM_THREADS", "1")

import matplotlib as mpl
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.promises import Row, record
from benchmarks.setting import setting
from latentlab.analysis import planes
from latentlab.checkpoints import Checkpoint, checkpoints_root, open_checkpoint
from latentlab.codec import TorchCodec, load_trained
from latentlab.images import mosaic, png, to_pixels

mpl.use("agg")
from matplotlib import pyplot as plt

CHECKPOINT = "mnist-vae-z2"
SIDE = 20
GOAL = 200.0


def ours(codec: TorchCodec, latents: NDArray[np.float32]) -> bytes:
    return png(mosaic(to_pixels(codec.decode(latents)), SIDE))


def axes(codec: TorchCodec, latents: NDArray[np.float32]) -> bytes:
    images = codec.decode(latents)
    inches = SIDE * images.shape[1] / 100
    figure, all_axes = plt.subplots(SIDE, SIDE, figsize=(inches, inches), dpi=100)
    for one, image in zip(all_axes.flat, images, strict=True):
        one.imshow(image[..., 0], cmap="gray", vmin=0, vmax=1)
        one.axis("off")
    figure.subplots_adjust(0, 0, 1, 1, 0, 0)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    plt.close(figure)
    return buffer.getvalue()


def seconds(make: Callable[[], bytes]) -> float:
    began = time.perf_counter()
    make()
    return time.perf_counter() - began


def lattice(checkpoint: Checkpoint) -> NDArray[np.float32]:
    ticks = np.linspace(-2, 2, SIDE, dtype=np.float32)
    return planes.native(checkpoint.manifest.config.latent_dim).grid(ticks, ticks[::-1])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    checkpoint = open_checkpoint(checkpoints_root() / CHECKPOINT)
    codec, latents = load_trained(checkpoint), lattice(checkpoint)
    sizes = [Image.open(io.BytesIO(make(codec, latents))).size for make in (ours, axes)]
    assert sizes[0] == sizes[1], sizes  # and both are warm
    mine, theirs = [], []
    for _ in range(repeats):
        theirs.append(seconds(lambda: axes(codec, latents)))
        mine += [seconds(lambda: ours(codec, latents)) for _ in range(5)]
    medians = statistics.median(mine), statistics.median(theirs)
    ratio = medians[1] / medians[0]
    rows = [
        Row("times faster than 400 axes", f"{GOAL:g}", f"{ratio:.0f}", ratio >= GOAL),
        Row("decode, lay out and encode the grid", "", f"{1e3 * medians[0]:.1f} ms", None),
        Row("the same with matplotlib", "", f"{1e3 * medians[1]:.0f} ms", None),
    ]
    note = (
        f"{CHECKPOINT}, {SIDE} x {SIDE} images, {sizes[0][0]} x {sizes[0][1]} pixels, median of "
        f"{len(mine)} and {len(theirs)}, one thread. {setting('torch', 'pillow', 'matplotlib')}"
    )
    return record("Speed: decoded grid", "python -m benchmarks grid", rows, note)


if __name__ == "__main__":
    raise SystemExit(main())

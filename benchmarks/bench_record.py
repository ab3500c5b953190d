"""A network from elsewhere: how long `latentlab.record` takes, and one decode on the server.

Images like MNIST's are made up, so that nothing is downloaded; how they look does not change what
is computed. In a process that has just started: numba has its own files of compiled code, as on any
machine that has drawn a map before.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import numpy as np
import torch
from torch import nn

import latentlab
from benchmarks.promises import Row, record
from latentlab.checkpoints import open_checkpoint
from latentlab.codec import load_codec

N, Z, DECODES = 10_000, 16, 200
RECORD_SECONDS, DECODE_MILLISECONDS = 20.0, 30.0


def images() -> tuple[np.ndarray, np.ndarray]:
    """Blurred strokes of ten kinds, (n, 1, 28, 28), and their kinds."""
    generator = np.random.default_rng(0)
    labels = generator.integers(0, 10, N)
    y, x = np.mgrid[0:28, 0:28].astype(np.float32)
    angle = labels * np.pi / 10 + generator.normal(0, 0.1, N)
    shift = generator.normal(0, 2, (2, N)).astype(np.float32)
    across = (x[None] - 14 - shift[0, :, None, None]) * np.cos(angle)[:, None, None]
    across += (y[None] - 14 - shift[1, :, None, None]) * np.sin(angle)[:, None, None]
    ink = np.exp(-(across**2) / 6).astype(np.float32)
    return (np.round(ink * 255) / 255).astype(np.float32)[:, None], labels


def main() -> int:
    torch.manual_seed(0)
    pixels, labels = images()
    encoder = nn.Sequential(
        *(nn.Flatten(), nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU()),
        nn.Linear(256, Z),
    )
    decoder = nn.Sequential(
        *(nn.Linear(Z, 256), nn.ReLU(), nn.Linear(256, 512), nn.ReLU()),
        *(nn.Linear(512, 784), nn.Sigmoid(), nn.Unflatten(1, (1, 28, 28))),
    )
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LATENTLAB_DATA"] = os.environ["LATENTLAB_STATE"] = folder
        began, worked = time.perf_counter(), time.process_time()
        recording = latentlab.record(
            "my-network",
            encode=encoder,
            decode=decoder,
            images=pixels,
            labels=labels,
            checkpoints=Path(folder) / "checkpoints",
        )
        seconds, processor = time.perf_counter() - began, time.process_time() - worked
        codec = load_codec(open_checkpoint(recording.path))
        latent = np.zeros((1, Z), np.float32)
        times = []
        for _ in range(DECODES):
            start = time.perf_counter()
            codec.decode(latent)
            times.append(1000 * (time.perf_counter() - start))
    decode = statistics.median(times)
    return record(
        "Networks from elsewhere",
        "python -m benchmarks record",
        [
            Row(
                f"record {N:,} images of 28 x 28, z = {Z}",
                f"<= {RECORD_SECONDS:.0f} s",
                f"{seconds:.1f} s ({processor:.0f} s of processor time)",
                seconds <= RECORD_SECONDS,
            ),
            Row(
                "one decode on the server (ONNX Runtime, one thread)",
                f"<= {DECODE_MILLISECONDS:.0f} ms",
                f"{decode:.2f} ms",
                decode <= DECODE_MILLISECONDS,
            ),
        ],
        note="Two hidden layers on each side, random weights.",
    )


if __name__ == "__main__":
    sys.exit(main())

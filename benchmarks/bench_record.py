"""A network from elsewhere: how long `latentlab.record` takes, one decode, and hovering over it.

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
from playwright.sync_api import sync_playwright
from serving import ARGUMENTS, find_browser, serve
from torch import nn

import latentlab
from benchmarks.bench_canvas import HOVER, HOVER_SECONDS, opened
from benchmarks.promises import Row, record
from latentlab.checkpoints import open_checkpoint
from latentlab.codec import load_codec

N, Z, DECODES = 10_000, 16, 200
RECORD_SECONDS, DECODE_MILLISECONDS, HOVER_RATE = 20.0, 30.0, 55.0


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


def hovered(checkpoints: Path, name: str) -> float:
    """Return how many images a second Chromium decodes while the pointer moves over Explore."""
    with (
        serve(checkpoints.parent / "server.log", checkpoints=checkpoints) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        rate = opened(browser, server, f"checkpoint={name}").evaluate(HOVER, HOVER_SECONDS)
        browser.close()
    return float(rate)


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
        rate = hovered(recording.path.parent, recording.path.name)
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
            Row(
                "hover over it, images decoded in the browser",
                f">= {HOVER_RATE:.0f}/s",
                f"{rate:.1f}/s",
                rate >= HOVER_RATE,
            ),
        ],
        note="Two hidden layers on each side, random weights.",
    )


if __name__ == "__main__":
    sys.exit(main())

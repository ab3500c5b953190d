"""How the work grows from 1,000 to 1,000,000 images: encoding, indexing, one query, memory.

Each size runs in a process of its own that does what the app does with an image set: the images
stay as uint8, are encoded 5,000 at a time, and their latents are indexed for exact search. The
images are noise, since nothing here depends on what they show. Times are the processor's (one
thread), which a busy machine stretches least. Memory is the most that the process ever held, less
that of a process with one image (Python, torch and the network).

The exponent is the slope of a straight line through log(size), log(figure): 1 means that twice as
many images cost twice as much. A constant part (a call, a thread) lowers it.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from benchmarks.promises import Row, record
from benchmarks.setting import setting
from latentlab.analysis.neighbors import ExactIndex
from latentlab.checkpoints import checkpoints_root, open_checkpoint
from latentlab.codec import load_codec
from latentlab.images import to_float

CHECKPOINT = "mnist-vae-z16"
SIZES = (1_000, 10_000, 100_000, 1_000_000)
BLOCK, K, QUERIES = 5_000, 9, 200
FIGURES = {
    "encode": ("encode", "s"),
    "index": ("build the exact index", "s"),
    "query": (f"one query, k = {K}", "ms"),
    "memory": ("memory, images included", "MB"),
}


def measure(n: int) -> dict[str, float]:
    """Measure one size in this process."""
    codec = load_codec(open_checkpoint(checkpoints_root() / CHECKPOINT))
    generator = np.random.default_rng(0)
    pixels = generator.integers(0, 256, (n, 28, 28, 1), np.uint8)
    latents = np.empty((n, codec.latent_dim), np.float32)

    def encode() -> None:
        for start in range(0, n, BLOCK):
            latents[start : start + BLOCK] = codec.encode(to_float(pixels[start : start + BLOCK]))

    encoding = typical(encode)
    latents += 0.5 * generator.standard_normal(latents.shape, np.float32)  # noise looks alike
    indexing = typical(lambda: ExactIndex(latents))
    index = ExactIndex(latents)
    rows = generator.integers(0, n, QUERIES)
    queries = latents[rows] + 0.1 * generator.standard_normal((QUERIES, latents.shape[1]), "f4")
    times = []
    for query in queries:
        began = time.process_time()
        index.nearest(query, min(K, n))
        times.append(time.process_time() - began)
    return {
        "encode": encoding,
        "index": indexing,
        "query": 1e3 * statistics.median(times),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def typical(work: Callable[[], object]) -> float:
    """Return the median seconds of five runs."""
    times: list[float] = []
    for _ in range(5):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return statistics.median(times)


def in_a_process(n: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.bench_growth", "--one", str(n)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", type=int, help="Measure this size here and print it.")
    one = parser.parse_args().one
    if one is not None:
        print(json.dumps(measure(one)))
        return 0
    bare = in_a_process(1)["memory"]
    found: dict[int, dict[str, float]] = {}
    for n in SIZES:
        found[n] = in_a_process(n)
        found[n]["memory"] -= bare
        figures = ", ".join(f"{name} {found[n][name]:.3g} {u}" for name, (_, u) in FIGURES.items())
        print(f"  {n:,} images: {figures}", flush=True)
    rows = []
    for name, (title, unit) in FIGURES.items():
        values = [found[n][name] for n in SIZES]
        slope = np.polyfit(np.log(SIZES), np.log(np.maximum(values, 1e-9)), 1)[0]
        last = np.log10(values[-1] / values[-2])
        told = ", ".join(f"{value:.3g}" if value < 100 else f"{value:,.0f}" for value in values)
        measured = f"{told} {unit}; exponent {slope:.2f}, in the last step {last:.2f}"
        rows.append(Row(title, "", measured, None))
    note = (
        f"{', '.join(f'{n:,}' for n in SIZES)} images of 28 x 28, {CHECKPOINT}, CPU time on one "
        f"thread, medians of 5 and of {QUERIES} queries; memory once, in a process of its own, "
        f"which without images holds {bare:.0f} MB. {setting('torch', 'numpy')}"
    )
    return record("Speed: growth", "python -m benchmarks growth", rows, note)


if __name__ == "__main__":
    sys.exit(main())

"""One query for its 9 nearest among 60,000 latents: ours against scipy's KDTree.

Queries are new latents (others plus a little noise). Both answer each query in turn, five times
over: a machine that is busy elsewhere interrupts either, so the first figure is over each query's
best time (what the search costs) and the second over all times (what was waited).
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from benchmarks.latents import CHECKPOINT, sixty_thousand
from latentlab.analysis.neighbors import ExactIndex

K = 9
GOAL = 15.0


def milliseconds(search: Callable[[], object]) -> float:
    began = time.perf_counter()
    search()
    return 1e3 * (time.perf_counter() - began)


def told(name: str, times: NDArray[np.float64]) -> float:
    best = times.min(axis=0)
    print(
        f"  {name}: median {np.median(best):.3f} ms, p99 {np.quantile(best, 0.99):.3f} ms; "
        f"as waited: median {np.median(times):.3f}, p99 {np.quantile(times, 0.99):.3f}"
    )
    return float(np.quantile(best, 0.99))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--checkpoint", default=CHECKPOINT)
    asked = parser.parse_args()
    latents, _, source = sixty_thousand(asked.checkpoint)
    generator = np.random.default_rng(0)
    rows = generator.choice(len(latents), asked.queries, replace=False)
    noise = 0.1 * latents.std() * generator.normal(size=(asked.queries, latents.shape[1]))
    queries = (latents[rows] + noise).astype(np.float32)

    began = time.perf_counter()
    index = ExactIndex(latents)
    built = time.perf_counter()
    tree = KDTree(latents)
    print(
        f"  {len(latents)} x {latents.shape[1]}, {source}; prepared in "
        f"{1e3 * (built - began):.0f} ms, KDTree {1e3 * (time.perf_counter() - built):.0f} ms"
    )
    wanted = tree.query(queries, K)[0]
    missed = np.abs(index.nearest(queries, K).distances - wanted) > 1e-5 * (1 + wanted)
    mine, theirs = np.empty((2, asked.repeats, asked.queries))
    for repeat in range(asked.repeats):
        for i, query in enumerate(queries):
            mine[repeat, i] = milliseconds(lambda query=query: index.nearest(query, K))
            theirs[repeat, i] = milliseconds(lambda query=query: tree.query(query, K))
    ratio = told("KDTree", theirs) / told("ours  ", mine)
    print(
        f"one query, k = {K}: p99 {ratio:.1f} times below KDTree (goal {GOAL:g}), "
        f"recall {1 - missed.mean():.4f}"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""One query for its 9 nearest among 60,000 latents: ours, scipy's KDTree and scikit-learn.

Queries are latents of images that are not among the 60,000, as those of a drawing are. Each way
answers all of them before the next does, as it would in use, with what it needs in the processor's
cache; fifteen times over, without Python's garbage collector, as ``timeit`` does. The p99 is that
of the queries, each with the median of its times. A tenth of a millisecond is easily interrupted,
so the p99 of all single times is told too.
scikit-learn chooses its own algorithm, as it does for whoever does not.
"""

from __future__ import annotations

import argparse
import gc
import os
import time
from collections.abc import Callable
from functools import partial

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from scipy.spatial import KDTree
from sklearn.neighbors import NearestNeighbors

from benchmarks.latents import CHECKPOINT, Latents, new_ones, sixty_thousand
from benchmarks.promises import Row, record
from benchmarks.setting import setting
from latentlab.analysis.neighbors import ExactIndex

K = 9
GOAL = 15
OURS, KDTREE, LEARNED = "ours", "scipy's KDTree", "scikit-learn"


def milliseconds(search: Callable[[], object]) -> float:
    began = time.perf_counter()
    search()
    return 1e3 * (time.perf_counter() - began)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--checkpoint", default=CHECKPOINT)
    asked = parser.parse_args()
    latents, _, source = sixty_thousand(asked.checkpoint)
    generator = np.random.default_rng(0)
    queries = generator.choice(new_ones(asked.checkpoint), asked.queries, replace=False)

    began = time.perf_counter()
    index = ExactIndex(latents)
    built = time.perf_counter()
    tree = KDTree(latents)
    print(
        f"  {len(latents)} x {latents.shape[1]}, {source}; prepared in "
        f"{1e3 * (built - began):.0f} ms, KDTree {1e3 * (time.perf_counter() - built):.0f} ms"
    )
    learned = NearestNeighbors(n_neighbors=K).fit(latents)
    wanted = tree.query(queries, K)[0]
    missed = np.abs(index.nearest(queries, K).distances - wanted) > 1e-5 * (1 + wanted)
    ways: dict[str, Callable[[Latents], object]] = {
        OURS: lambda query: index.nearest(query, K),
        KDTREE: lambda query: tree.query(query, K),
        LEARNED: lambda query: learned.kneighbors(query[None]),
    }
    times = {name: np.empty((asked.repeats, asked.queries)) for name in ways}
    for repeat in range(asked.repeats):
        for name, search in ways.items():
            gc.collect()
            gc.disable()
            for i, query in enumerate(queries):
                times[name][repeat, i] = milliseconds(partial(search, query))
            gc.enable()
    typical = {name: np.quantile(np.median(t, axis=0), 0.99) for name, t in times.items()}
    single = {name: np.quantile(taken, 0.99) for name, taken in times.items()}
    rows = [Row("recall", "1", f"{1 - missed.mean():.4f}", not missed.any())]
    for name, bar in ((KDTREE, GOAL), (LEARNED, None)):
        ratio = float(typical[name] / typical[OURS])
        kept = ratio >= bar if bar else None
        rows.append(Row(f"p99, times below {name}", f"{bar or ''}", f"{ratio:.1f}", kept))
        ratio = float(single[name] / single[OURS])
        rows.append(Row("the same, of all single times", "", f"{ratio:.1f}", None))
    for name, taken in times.items():
        measured = f"{np.median(taken):.3f} ms, p99 {typical[name]:.3f} ms"
        rows.append(Row(f"one query, {name}, median", "", measured, None))
    note = (
        f"{len(latents):,} x {latents.shape[1]}, {source}; k = {K}, {asked.queries} new images, "
        f"medians of {asked.repeats} times, one thread. "
        f"{setting('numpy', 'scipy', 'scikit-learn')}"
    )
    return record("Speed: neighbors", "python -m benchmarks neighbors", rows, note)


if __name__ == "__main__":
    raise SystemExit(main())

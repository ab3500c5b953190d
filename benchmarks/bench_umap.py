"""A UMAP of 60,000 latents of 16 numbers: ours against umap-learn called plainly.

Each runs in a fresh process on one thread, with whatever both keep on disk already compiled (a
first run of each on 5,000 points sees to that and is not counted). Timed from the first import to
the finished map; the CPU seconds of the whole process are given too, since a busy machine stretches
the longer run more. Ours is timed once more with an empty cache: what a new machine waits.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.latents import CHECKPOINT, Labels, Latents, sixty_thousand
from benchmarks.promises import Row, record
from benchmarks.setting import setting
from latentlab.analysis.neighbors import ExactIndex
from latentlab.analysis.quality import label_agreement, trustworthiness

GOAL = 3.0
WARM_UP = 5000
N_ASKING = 5000
CALLS = {
    "umap-learn": "import umap; drawn = umap.UMAP(random_state=0).fit_transform(latents)",
    "ours": "from latentlab.analysis.projections import project\n"
    "drawn = project('umap', latents, seed=0)",
}
PROGRAM = """
import sys, time, warnings
import numpy as np
warnings.simplefilter("ignore")
latents = np.load(sys.argv[1])[: int(sys.argv[3])]
began = time.perf_counter()
{call}
print(time.perf_counter() - began, time.process_time())
np.save(sys.argv[2], drawn)
"""


def draw(name: str, n: int, folder: Path, **environment: str) -> tuple[float, float]:
    """Seconds, and CPU seconds, that a fresh process takes; leaves the map in the folder."""
    program = PROGRAM.format(call=CALLS[name])
    one_thread = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "NUMBA")}
    done = subprocess.run(
        [sys.executable, "-c", program, folder / "latents.npy", folder / f"{name}.npy", str(n)],
        env={**os.environ, **one_thread, **environment},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    wall, cpu = done.stdout.split()
    return float(wall), float(cpu)


def quality(latents: Latents, labels: Labels, drawn: Latents) -> tuple[float, float]:
    asking = np.random.default_rng(0).choice(len(labels), min(N_ASKING, len(labels)), replace=False)
    rows = ExactIndex(drawn).nearest(drawn[asking], 9, exclude=asking).rows
    return trustworthiness(latents, drawn), label_agreement(rows, labels, labels[asking])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--checkpoint", default=CHECKPOINT)
    asked = parser.parse_args()
    latents, labels, source = sixty_thousand(asked.checkpoint)
    print(f"  {len(latents)} x {latents.shape[1]}, {source}", flush=True)
    seconds: dict[str, list[tuple[float, float]]] = {name: [] for name in CALLS}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        np.save(folder / "latents.npy", latents)
        for name in CALLS:
            draw(name, WARM_UP, folder)
        for _ in range(asked.repeats):
            for name, taken in seconds.items():
                taken.append(draw(name, len(latents), folder))
        scores = {}
        for name in CALLS:
            scores[name] = quality(latents, labels, np.load(folder / f"{name}.npy"))
            wall, cpu = np.median(seconds[name], axis=0)
            print(
                f"  {name}: {wall:.1f} s ({cpu:.1f} CPU-s), trustworthiness "
                f"{scores[name][0]:.4f}, label agreement {scores[name][1]:.4f}",
                flush=True,
            )
        cold, _ = draw("ours", len(latents), folder, NUMBA_CACHE_DIR=str(folder / "empty"))
    ratio, of_cpu = np.median(np.divide(seconds["umap-learn"], seconds["ours"]), axis=0)
    trust, agreement = np.subtract(scores["ours"], scores["umap-learn"])
    walls = {name: np.median([wall for wall, _ in taken]) for name, taken in seconds.items()}
    rows = [
        Row("times faster than umap-learn", f"{GOAL:g}", f"{ratio:.1f}", ratio >= GOAL),
        Row("the same, in CPU seconds", "", f"{of_cpu:.1f}", None),
        Row("trustworthiness, difference", "0.005", f"{trust:+.4f}", trust >= -0.005),
        Row("label agreement, difference", "0.01", f"{agreement:+.4f}", agreement >= -0.01),
        *(Row(name, "", f"{wall:.1f} s", None) for name, wall in walls.items()),
        Row("ours with nothing compiled yet, once", "", f"{cold:.1f} s", None),
    ]
    note = (
        f"{len(latents):,} x {latents.shape[1]}, {source}, seeded, one thread, in fresh processes; "
        f"median of {asked.repeats}. {setting('umap-learn', 'numba')}"
    )
    return record("Speed: UMAP", "python -m benchmarks umap", rows, note)


if __name__ == "__main__":
    raise SystemExit(main())

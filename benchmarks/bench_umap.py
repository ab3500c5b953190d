"""UMAP as `analysis/umap_learn.py` calls it, against umap-learn called plainly.

At class size, at the size of a shipped index, and at MNIST's. Each runs in a fresh process on one
thread, with whatever both keep on disk already compiled (a first run sees to that and is not
counted). What compares is the CPU seconds of the whole process, interpreter and imports included:
other work on the machine stretches the longer run more. Ours is timed once more with an empty
cache: what a new machine waits.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

from benchmarks.latents import CHECKPOINT, Labels, Latents, sixty_thousand
from benchmarks.promises import Row, record
from benchmarks.setting import setting
from latentlab.analysis.components import principal_components
from latentlab.analysis.neighbors import ExactIndex
from latentlab.analysis.quality import label_agreement, trustworthiness

# How many latents, and by how much less CPU time we draw them at least.
GOALS = {1797: 3.0, 5000: 4.0, 60_000: 1.8}
N_ASKING = 5000
CALLS = {
    "plain": "import umap; drawn = umap.UMAP(random_state=0).fit_transform(latents)",
    "ours": "from latentlab.analysis.projections import project\n"
    "drawn = project('umap', latents, seed=0)",
}
PROGRAM = """
import sys, warnings
import numpy as np
warnings.simplefilter("ignore")
latents = np.load(sys.argv[1])
{call}
np.save(sys.argv[2], drawn)
"""


def draw(name: str, latents: Path, drawn: Path, **environment: str) -> float:
    """Return the CPU seconds that a fresh process takes to draw the latents."""
    one_thread = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "NUMBA")}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-c", PROGRAM.format(call=CALLS[name]), latents, drawn],
        env={**os.environ, **one_thread, **environment},
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def quality(latents: Latents, labels: Labels, drawn: Latents) -> tuple[float, float]:
    asking = np.random.default_rng(0).choice(len(labels), min(N_ASKING, len(labels)), replace=False)
    rows = ExactIndex(drawn).nearest(drawn[asking], 9, exclude=asking).rows
    return trustworthiness(latents, drawn), label_agreement(rows, labels, labels[asking])


def compare(latents: Latents, labels: Labels, folder: Path, repeats: int) -> list[Row]:
    """Draw the same latents both ways and weigh one against the other."""
    n, z = latents.shape
    given = folder / "latents.npy"
    np.save(given, latents)
    drawn = {name: folder / f"{name}.npy" for name in CALLS}
    seconds: dict[str, list[float]] = {name: [] for name in CALLS}
    for name in CALLS:  # fill the caches
        draw(name, given, drawn[name])
    for _ in range(repeats):
        for name, taken in seconds.items():
            taken.append(draw(name, given, drawn[name]))
    once = np.load(drawn["ours"])
    cold = draw("ours", given, drawn["ours"], NUMBA_CACHE_DIR=str(folder / f"empty-{n}"))
    same = bool((np.load(drawn["ours"]) == once).all())
    scores = {name: quality(latents, labels, np.load(drawn[name])) for name in CALLS}
    trust, agreement = np.subtract(scores["ours"], scores["plain"])
    ratio = float(np.median(np.divide(seconds["plain"], seconds["ours"])))
    took = {name: f"{np.median(taken):.1f} CPU-s" for name, taken in seconds.items()}
    size = f"{n:,} x {z}"
    return [
        Row(f"{size}: times less CPU", f"{GOALS[n]:g}", f"{ratio:.1f}", ratio >= GOALS[n]),
        Row(f"{size}: plain; ours", "", f"{took['plain']}; {took['ours']}", None),
        Row(f"{size}: ours, nothing compiled yet, once", "", f"{cold:.1f} CPU-s", None),
        Row(f"{size}: trustworthiness, difference", "0.005", f"{trust:+.4f}", trust >= -0.005),
        Row(
            f"{size}: label agreement, difference", "0.01", f"{agreement:+.4f}", agreement >= -0.01
        ),
        Row(f"{size}: the same bits in another process", "yes", "yes" if same else "no", same),
    ]


def class_size() -> tuple[Latents, Labels]:
    """Return the 1,797 digits of scikit-learn, as 16 principal components, and their labels."""
    images, labels = load_digits(return_X_y=True)
    images = images.astype(np.float32)
    return principal_components(images).coordinates(images, 16), labels


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--checkpoint", default=CHECKPOINT)
    parser.add_argument("--sizes", type=int, nargs="*", choices=[*GOALS], default=[*GOALS])
    asked = parser.parse_args()
    latents, labels, source = sixty_thousand(asked.checkpoint)
    given = {n: (latents[:n], labels[:n]) for n in GOALS} | {1797: class_size()}
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for n in asked.sizes:
            for row in compare(*given[n], Path(scratch), asked.repeats):
                print(f"  {row.promise}: {row.measured}", flush=True)
                rows.append(row)
    note = (
        f"1,797: digits by PCA; else {source}. Seeded, one thread, fresh processes, caches warm; "
        f"median of {asked.repeats}. {setting('umap-learn', 'numba')}"
    )
    return record("Speed: UMAP", "python -m benchmarks umap", rows, note)


if __name__ == "__main__":
    raise SystemExit(main())

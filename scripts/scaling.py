"""Take folders of 1,000 to 1,000,000 pictures all the way, and write what it cost.

``python scripts/scaling.py WORK [N ...]`` draws the folders below WORK, scans each on all cores,
trains one pass, encodes every picture into an index on disk, asks it, and opens it in a browser; a
size that was measured before is not measured again. Two processes under torchrun then do the same
with the folder of 10,000. Last it writes its section of ``docs/scaling.md``, from
all sizes that were measured in WORK.

Seconds are the processor's, over all processes, which a busy machine stretches least; only what a
visitor waits for is told by the clock. Every size is treated as those above 100,000 are: a sample
is mapped, all are searched.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HOME), str(HOME / "scripts"), str(HOME / "tests" / "e2e")]
PAGE = HOME / "docs" / "scaling.md"
MARKS = ("<!-- measured -->", "<!-- end -->")
SIZES = (1_000, 10_000, 100_000, 1_000_000)
K, QUERIES = 9, 200
PAIR = 10_000  # pictures that two processes share
CONFIG: dict[str, Any] = {
    "image_size": 28,
    "model": "vae",
    "body": "dense",
    "hidden": (512, 256),
    "latent_dim": 16,
    "likelihood": "bernoulli",
    "epochs": 1,
    "batch_size": 256,
    "projections": ("pca",),
    "index_size": 10_000_000,
    "timeline_mb": 1.0,
}
FIGURES = {
    "scan": ("scan and cache, CPU s", "s"),
    "training": ("train one pass, CPU s", "s"),
    "encoding": ("encode all into the index, CPU s", "s"),
    "measuring": ("measure and map the sample, CPU s", "s"),
    "index": ("prepare the search, CPU s", "s"),
    "query": (f"one exact query, k = {K}, CPU ms", "ms"),
    "paint": ("Neighbors, first visit to its first tile, s", "s"),
    "memory": ("most memory of the training process, MB", "MB"),
    "server": ("server after Explore, Map and Neighbors, MB", "MB"),
}


def name_of(n: int) -> str:
    return f"warped-{n}"


def main() -> int:
    if sys.argv[1] == "--step":
        step, work, n = sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
        found = {"scan": scan, "train": train, "ask": ask}[step](work, n)
        if found is not None:
            print(json.dumps(found))
        return 0
    work = Path(sys.argv[1]).resolve()
    work.mkdir(parents=True, exist_ok=True)
    for n in [int(n) for n in sys.argv[2:]] or SIZES:
        print(f"{n:,} pictures", flush=True)
        print(f"  {measure(work, n)}", flush=True)
        write(work)
    pair = work / "pair.json"
    if "paint" in known(work, PAIR) and not pair.exists():
        pair.write_text(json.dumps(compare(work)))
        write(work)
    return 0


def measure(work: Path, n: int) -> dict[str, float]:
    """Do what was not done before; every step is kept as soon as it is done."""
    draw(work, n)
    steps: dict[str, Callable[[], dict[str, Any]]] = {
        "scan": lambda: {"load": os.getloadavg()[0], **in_a_process("scan", work, n)},
        "training": lambda: in_a_process("train", work, n),
        "query": lambda: in_a_process("ask", work, n),
        "paint": lambda: paint(work, n),
    }
    for gives, step in steps.items():
        if gives not in known(work, n):
            print(f"  {gives}", flush=True)
            found = {**known(work, n), **step()}
            (work / f"{n}.json").write_text(json.dumps(found))
    return known(work, n)


def draw(work: Path, n: int) -> None:
    from warped_digits import draw_folder

    draw_folder(work / "images" / name_of(n), n)


def in_a_process(step: str, work: Path, n: int, launcher: Sequence[str] = ()) -> dict[str, Any]:
    command = [sys.executable, "-P", *launcher, __file__, "--step", step, str(work), str(n)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment())
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def environment() -> dict[str, str]:
    # Threads that wait do not spin: other processes want the cores.
    return {**os.environ, "OMP_WAIT_POLICY": "PASSIVE", "OMP_NUM_THREADS": "1"}


def processor_seconds() -> float:
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def scan(work: Path, n: int) -> dict[str, float]:
    from latentlab import data

    for begun in (work / "data" / "cache" / "folders").glob(f"{name_of(n)}-*"):
        shutil.rmtree(begun)  # what was read before would not be counted
    began, before = time.perf_counter(), processor_seconds()
    sets = data.load(
        f"folder:{name_of(n)}", "train", size=28, data_dir=work / "data", data_root=work / "images"
    )
    seconds = processor_seconds() - before
    return {"scan": seconds, "scan_wall": time.perf_counter() - began, "n_train": len(sets)}


class Stages:
    """Told of each stage of a run; keeps what the processor did in it."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._name, self._began = "", processor_seconds()

    def stage(self, text: str) -> None:
        """Begin a stage."""
        now = processor_seconds()
        self.seconds[self._name] = self.seconds.get(self._name, 0.0) + now - self._began
        self._name, self._began = text, now
        print(f"    {text}", file=sys.stderr, flush=True)

    def progress(self, what: str, done: int, total: int) -> None:
        """Nobody watches."""

    def note(self, text: str) -> None:
        """Nor reads."""

    def trainer(self, trainer: object) -> None:
        """Nor watches."""


def train(work: Path, n: int) -> dict[str, float] | None:
    from latentlab.config import make_config
    from latentlab.training import indexing
    from latentlab.training.parallel import world
    from latentlab.training.run import Places, RunRequest, run

    indexing.MOST_MAPPED = 0
    size = int(os.environ.get("WORLD_SIZE", "1"))
    name = name_of(n) if size == 1 else f"{name_of(n)}-by-{size}"
    places = Places(
        *(work / "checkpoints", work / "runs", work / "data", work / "images"),
    )
    stages = Stages()
    began = time.perf_counter()
    config = make_config(dataset=f"folder:{name_of(n)}", **CONFIG)
    request = RunRequest(config, name=name, places=places, replace=True, resuming=False)
    run(RunRequest(**{**vars(request), "reporter": stages}))
    wall = time.perf_counter() - began
    stages.stage("")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    names = {"training": "training", "encoding": "encoding"}
    parts = {key: stages.seconds.get(stage, 0.0) for key, stage in names.items()}
    rest = sum(v for k, v in stages.seconds.items() if k.startswith(("measuring", "mapping")))
    if not world().is_main:
        return None
    return {**parts, "measuring": rest, "memory": memory, "train_wall": wall}


def ask(work: Path, n: int) -> dict[str, float]:
    import numpy as np

    from latentlab.analysis.neighbors import ExactIndex
    from latentlab.checkpoints import open_checkpoint

    checkpoint = open_checkpoint(work / "checkpoints" / name_of(n))
    everything = checkpoint.full_index()
    assert everything is not None
    before = time.process_time()
    index = ExactIndex(everything.latents)
    building = time.process_time() - before
    generator = np.random.default_rng(0)
    rows = generator.integers(0, len(everything), QUERIES)
    queries = everything.latents[rows] + 0.1 * generator.standard_normal(
        (QUERIES, everything.latents.shape[1]), "f4"
    )
    times = []
    for query in queries:
        before = time.process_time()
        index.nearest(query, K)
        times.append(1e3 * (time.process_time() - before))
    bytes_ = sum(f.stat().st_size for f in checkpoint.path.iterdir())
    return {
        "index": building,
        "query": statistics.median(times),
        "indexed": len(everything),
        "checkpoint_mb": bytes_ / 1e6,
    }


def paint(work: Path, n: int) -> dict[str, float]:
    """Open the pages in a browser; say how long the first one took, and the server's memory."""
    import psutil
    from playwright.sync_api import sync_playwright
    from serving import ARGUMENTS, find_browser, serve, settle

    os.environ |= {
        "LATENTLAB_CHECKPOINTS": str(work / "checkpoints"),
        "LATENTLAB_CHECKPOINT": name_of(n),
        "LATENTLAB_DATA": str(work / "data"),
        "LATENTLAB_DATA_ROOT": str(work / "images"),
    }
    with sync_playwright() as playwright, serve(work / "server.log") as server:
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        page = chromium.new_page(viewport={"width": 1280, "height": 720})
        page.set_default_timeout(300_000)
        began = time.perf_counter()
        page.goto(f"{server.url}/neighbors?checkpoint={name_of(n)}")
        page.wait_for_selector("#board .tile")
        seconds = time.perf_counter() - began
        settle(page)
        page.screenshot(path=work / f"{n}-neighbors.png")
        for place in ("explore", "map"):
            page.goto(f"{server.url}/{place}?checkpoint={name_of(n)}&map=pca")
            settle(page)
            page.wait_for_timeout(4000)
            page.screenshot(path=work / f"{n}-{place}.png")
        memory = psutil.Process(server.process.pid).memory_info().rss / 2**20
        chromium.close()
    return {"paint": seconds, "server": memory}


def compare(work: Path) -> dict[str, float]:
    """Train and encode with two processes; say how far latents are from those of one."""
    import numpy as np

    from latentlab.checkpoints import open_checkpoint

    launcher = ("-m", "torch.distributed.run", "--nproc-per-node", "2")
    two = in_a_process("train", work, PAIR, launcher)
    one = known(work, PAIR)
    paths = [work / "checkpoints" / name for name in (name_of(PAIR), f"{name_of(PAIR)}-by-2")]
    first, second = (open_checkpoint(path) for path in paths)
    a, b = (checkpoint.full_index() for checkpoint in (first, second))
    assert a is not None
    assert b is not None
    spread = float(np.std(a.latents))
    return {
        "difference": float(np.abs(a.latents - b.latents).max()) / spread,
        "loss_one": first.history()[-1]["validation_loss"],
        "loss_two": second.history()[-1]["validation_loss"],
        "wall_one": one["train_wall"],
        "wall_two": two["train_wall"],
    }


def known(work: Path, n: int) -> dict[str, float]:
    path = work / f"{n}.json"
    found: dict[str, float] = json.loads(path.read_text()) if path.exists() else {}
    return found


def write(work: Path) -> None:
    """Write the section of ``docs/scaling.md`` from everything that was measured."""
    import numpy as np
    from benchmarks.promises import machine
    from benchmarks.setting import setting

    sizes = sorted(int(path.stem) for path in work.glob("*.json") if path.stem.isdecimal())
    sizes = [n for n in sizes if "paint" in known(work, n)]
    found = [known(work, n) for n in sizes]
    lines = [
        f"| | {' | '.join(f'{n:,}' for n in sizes)} | exponent |",
        "|---" * (len(sizes) + 2) + "|",
    ]
    for key, (title, _) in FIGURES.items():
        values = [each[key] for each in found]
        told = " | ".join(f"{v:.3g}" if v < 100 else f"{v:,.0f}" for v in values)
        slope = (
            f"{np.polyfit(np.log(sizes), np.log(np.maximum(values, 1e-9)), 1)[0]:.2f}"
            if len(sizes) > 1
            else ""
        )
        lines.append(f"| {title} | {told} | {slope} |")
    walls = ", ".join(
        f"{n:,}: {each['scan_wall']:.0f} and {each['train_wall']:.0f} s, load {each['load']:.0f}"
        for n, each in zip(sizes, found, strict=True)
    )
    largest = found[-1]
    text = [
        "Written by `python scripts/scaling.py WORK`: gray PNGs of 28 x 28 pixels in ten classes "
        "of a hundred folders each; a Bernoulli VAE 784-512-256-16, batch 256, one pass. "
        f"{machine()}; {setting('torch', 'numpy', 'streamlit')}",
        "",
        *lines,
        "",
        f"By the clock, scan and everything from loading to the checkpoint: {walls}. The "
        f"checkpoint of {largest['indexed']:,.0f} images is {largest['checkpoint_mb']:,.0f} MB.",
    ]
    if (work / "pair.json").exists():
        pair = json.loads((work / "pair.json").read_text())
        text += [
            "",
            f"**Two processes.** Trained on and encoded {PAIR:,} of these pictures under torchrun: "
            f"validation loss {pair['loss_two']:.4f} against {pair['loss_one']:.4f} with one, "
            f"latents at most {pair['difference']:.1e} of their standard deviation apart; "
            f"{pair['wall_two']:.0f} s against {pair['wall_one']:.0f} s by the clock.",
        ]
    page, section = PAGE.read_text(encoding="utf-8"), "\n".join([MARKS[0], *text, MARKS[1]])
    pattern = f"{MARKS[0]}.*?{MARKS[1]}"
    PAGE.write_text(re.sub(pattern, lambda _: section, page, flags=re.DOTALL), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

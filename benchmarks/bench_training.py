"""Training to the same test ELBO: two others against ours, in one run, on one thread and on two.

All train the 784-400-20-400-784 Bernoulli VAE on MNIST until the test ELBO is 106 nats or better.
The classic recipe is the well-known PyTorch VAE example, written plainly below: batch 128, Adam at
1e-3, a DataLoader that turns PIL pictures into tensors, float32, a test pass after every epoch.
pythae's TrainingPipeline (`benchmarks/pythae_peer.py`) gets the same network, batch and rate.
Ours is the project's own loop; its settings (batch, rate, epochs) were chosen on validation images,
so it needs one test pass, at the end. All test passes are timed. They take turns, so that a machine
that slows down slows all. Each number of threads is measured in a process of its own, and writes a
section of its own; what the arithmetic of our training reaches is told as a share of what a plain
matrix product reaches just before.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
sys.path.append(str(Path(__file__).resolve().parents[1] / "build" / "pythae"))

import torch
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.promises import Row, record
from benchmarks.setting import setting
from latentlab import data
from latentlab.codec import build_for
from latentlab.config import make_config
from latentlab.errors import LatentlabError
from latentlab.training.initialization import start_from_mean, training_dtype
from latentlab.training.loop import Trainer
from latentlab.training.terms import mean_terms

TARGET = 106.0
OURS = {
    "dataset": "mnist",
    "model": "vae",
    "body": "dense",
    "hidden": (400,),
    "latent_dim": 20,
    "batch_size": 192,
    "learning_rate": 8e-3,
    "epochs": 3,
}
MOST_EPOCHS = 15
CLASSIC, PYTHAE = "the classic recipe", "pythae's pipeline"
GOALS = {CLASSIC: {1: 10, 2: 12}}
# Never a dependency: it lives beside the environment, without what it would bring along.
HOW_TO_PYTHAE = "pip install --target build/pythae --no-deps pythae imageio"

Outcome = tuple[float, float, int]
"""Seconds, test ELBO in nats, epochs."""

# For one image: two for each weight forwards, four backwards; the images need no gradient.
WEIGHTS = 2 * 784 * 400 + 3 * 400 * 20
OPERATIONS = 6 * WEIGHTS - 2 * 784 * 400
RATES: list[float] = []


class ClassicVAE(nn.Module):
    """784-400-20-400-784 with ReLU."""

    def __init__(self) -> None:
        super().__init__()
        self.fc1 = nn.Linear(784, 400)
        self.fc21 = nn.Linear(400, 20)
        self.fc22 = nn.Linear(400, 20)
        self.fc3 = nn.Linear(20, 400)
        self.fc4 = nn.Linear(400, 784)

    def forward(self, images: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        hidden = functional.relu(self.fc1(images.view(-1, 784)))
        mean, log_variance = self.fc21(hidden), self.fc22(hidden)
        latents = mean + torch.randn_like(mean) * torch.exp(0.5 * log_variance)
        decoded = torch.sigmoid(self.fc4(functional.relu(self.fc3(latents))))
        return decoded, mean, log_variance


def classic_loss(decoded: Tensor, images: Tensor, mean: Tensor, log_variance: Tensor) -> Tensor:
    bce = functional.binary_cross_entropy(decoded, images.view(-1, 784), reduction="sum")
    kl = -0.5 * torch.sum(1 + log_variance - mean.pow(2) - log_variance.exp())
    return bce + kl


def classic(seed: int) -> Outcome:
    """Train with the classic recipe, the test pass after every epoch included."""
    from torch.utils.data import DataLoader
    from torchvision import datasets, transforms

    torch.manual_seed(seed)
    began = time.perf_counter()
    root, transform = data.data_dir(), transforms.ToTensor()
    sets = [datasets.MNIST(root, train=train, transform=transform) for train in (True, False)]
    train, test = (DataLoader(s, batch_size=128, shuffle=i == 0) for i, s in enumerate(sets))
    model = ClassicVAE()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    elbo, epoch = float("inf"), 0
    while elbo > TARGET and epoch < MOST_EPOCHS:
        epoch += 1
        model.train()
        for images, _ in train:
            optimizer.zero_grad()
            decoded, *latent = model(images)
            loss = classic_loss(decoded, images, *latent)
            loss.backward()
            optimizer.step()
        model.eval()
        with torch.no_grad():
            total = 0.0
            for images, _ in test:
                decoded, mean, log_variance = model(images)
                total += classic_loss(decoded, images, mean, log_variance).item()
        elbo = total / len(sets[1])
    return time.perf_counter() - began, elbo, epoch


def ours(seed: int) -> Outcome:
    """Train with the project's loop, reading the images and the test pass included."""
    began = time.perf_counter()
    config = make_config(**OURS, seed=seed)
    train = data.load(config.dataset, "train").images
    validation = data.load(config.dataset, "validation").images
    torch.manual_seed(seed)
    module = build_for(config, (28, 28, 1))
    start_from_mean(module, train)
    trainer = Trainer(module, config, train, validation, torch.device("cpu"))
    trainer.run()
    done = trainer.progress.step * trainer.batches.batch_size * OPERATIONS
    RATES.append(done / trainer.progress.seconds / 1e9)
    test = data.load(config.dataset, "test").images
    elbo = mean_terms(module, test, torch.device("cpu"), seed=seed)["elbo"]
    return time.perf_counter() - began, elbo, trainer.n_epochs


def product_rate(dtype: torch.dtype, side: int = 2048, times: int = 7) -> float:
    """Return the GFLOP/s of a square matrix product, the median of several."""
    a, b = (torch.randn(side, side).to(dtype) for _ in range(2))
    seconds = []
    for _ in range(times + 1):
        began = time.perf_counter()
        a @ b
        seconds.append(time.perf_counter() - began)
    return 2 * side**3 / statistics.median(seconds[1:]) / 1e9


def in_a_process(n_threads: int) -> int:
    """Measure on so many threads; torch reads how many when it is imported."""
    command = [sys.executable, "-m", "benchmarks.bench_training", *sys.argv[1:]]
    environment = {**os.environ, "OMP_NUM_THREADS": str(n_threads)}
    command += ["--threads", str(n_threads)]
    return subprocess.run(command, check=False, env=environment).returncode


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, help="Measure on so many only.")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--peers", type=int, default=5, help="How often the slower ones run.")
    asked = parser.parse_args()
    if asked.threads is None:
        return max(in_a_process(n) for n in (1, 2))
    torch.set_num_threads(asked.threads)
    try:
        data.load("mnist", "train", download=False)
    except LatentlabError as error:
        print(f"training: not measured, since MNIST is not here. {error}")
        return 1
    ways: dict[str, tuple[Callable[[int], Outcome], int]] = {
        "ours": (ours, asked.repeats),
        CLASSIC: (classic, asked.peers),
    }
    if find_spec("pythae") is not None:
        from benchmarks.pythae_peer import train_with_pythae

        ways[PYTHAE] = (lambda seed: train_with_pythae(seed, TARGET, MOST_EPOCHS), asked.peers)
    else:
        print(f"  pythae is not here; to measure it too: {HOW_TO_PYTHAE}")
    outcomes: dict[str, list[Outcome]] = {name: [] for name in ways}
    for seed in range(max(asked.repeats, asked.peers)):
        for name, (train, times) in ways.items():
            if seed < times:
                outcomes[name].append(train(seed))
                seconds, elbo, epochs = outcomes[name][-1]
                print(
                    f"  seed {seed}, {name}: {seconds:.1f} s to {elbo:.2f} nats ({epochs} epochs)",
                    flush=True,
                )
    return report(outcomes, asked.threads)


def report(outcomes: dict[str, list[Outcome]], n_threads: int) -> int:
    typical = {name: statistics.median(s for s, _, _ in found) for name, found in outcomes.items()}
    worst = {name: max(elbo for _, elbo, _ in found) for name, found in outcomes.items()}
    rows = []
    for name in list(outcomes)[1:]:
        ratio = typical[name] / typical["ours"]
        bar = GOALS.get(name, {}).get(n_threads)
        kept = ratio >= bar and worst["ours"] <= TARGET if bar else None
        rows.append(Row(f"times sooner than {name}", f"{bar or ''}", f"{ratio:.1f}", kept))
    for name, found in outcomes.items():
        epochs = sorted({epochs for _, _, epochs in found})
        told = " to ".join(str(n) for n in dict.fromkeys((epochs[0], epochs[-1])))
        measured = f"{typical[name]:.1f} s, {told} epochs, worst {worst[name]:.2f} nats"
        rows.append(Row(f"{name}, median of {len(found)}", f"{TARGET:g} nats", measured, None))
    dtype = training_dtype(make_config(**OURS).precision, torch.device("cpu"))
    peak, reached = product_rate(dtype), statistics.median(RATES)
    rows.append(
        Row(
            "arithmetic of ours, by a plain matrix product's",
            "",
            f"{reached:.0f} of {peak:.0f} GFLOP/s, {100 * reached / peak:.0f} %",
            None,
        )
    )
    missed = [name for name, elbo in worst.items() if elbo > TARGET]
    precision = str(dtype).removeprefix("torch.")
    threads = "one thread" if n_threads == 1 else f"{n_threads} threads"
    note = (
        f"784-400-20-400-784 Bernoulli VAE on MNIST to a test ELBO of {TARGET:g} nats, {threads}, "
        f"every test pass included. Ours: batch {OURS['batch_size']}, greatest rate "
        f"{OURS['learning_rate']}, {precision}; the others: batch 128, rate 0.001, float32. "
        + (f"Not reached every time by {', '.join(missed)}. " if missed else "")
        + ("" if PYTHAE in outcomes else f"For pythae: `{HOW_TO_PYTHAE}`. ")
        + setting("torch", *(("pythae",) if PYTHAE in outcomes else ()))
    )
    section = "Speed: training" + (f", {threads}" if n_threads > 1 else "")
    return record(section, "python -m benchmarks training", rows, note)


if __name__ == "__main__":
    raise SystemExit(main())

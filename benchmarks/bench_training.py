"""Training to the same test ELBO: the classic recipe against ours, in one run, on one thread.

Both train the 784-400-20-400-784 Bernoulli VAE on MNIST until the test ELBO is 106 nats or better.
The classic recipe is the well-known PyTorch VAE example, written plainly below: batch 128, Adam at
1e-3, a DataLoader that turns PIL pictures into tensors, float32, a test pass after every epoch.
Ours is the project's own loop; its settings (batch, rate, epochs) were chosen on validation images.
The two take turns, so that a machine that slows down slows both.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import torch
from torch import Tensor, nn
from torch.nn import functional

from latentlab import data
from latentlab.codec import build_for
from latentlab.config import RunConfig, make_config
from latentlab.errors import LatentlabError
from latentlab.training.loop import Trainer, mean_terms
from latentlab.training.start import start_from_mean

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


def classic(seed: int, root: os.PathLike[str]) -> tuple[float, float, int]:
    """Seconds, test ELBO and epochs of the classic recipe."""
    from torch.utils.data import DataLoader
    from torchvision import datasets, transforms

    torch.manual_seed(seed)
    began = time.perf_counter()
    sets = [datasets.MNIST(root, train=t, transform=transforms.ToTensor()) for t in (True, False)]
    train, test = (DataLoader(s, batch_size=128, shuffle=i == 0) for i, s in enumerate(sets))
    model = ClassicVAE()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    elbo, epoch = float("inf"), 0
    while elbo > TARGET and epoch < MOST_EPOCHS:
        epoch += 1
        model.train()
        for images, _ in train:
            optimizer.zero_grad()
            loss = classic_loss(*(lambda out: (out[0], images, *out[1:]))(model(images)))
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


def ours(seed: int, config: RunConfig) -> tuple[float, float, int]:
    """Seconds, test ELBO and epochs of the project's loop, reading the images included."""
    began = time.perf_counter()
    train = data.load(config.dataset, "train").images
    validation = data.load(config.dataset, "validation").images
    torch.manual_seed(seed)
    config = config.model_copy(update={"seed": seed})
    module = build_for(config, (28, 28, 1))
    start_from_mean(module, train)
    trainer = Trainer(module, config, train, validation, torch.device("cpu"))
    trainer.run()
    seconds = time.perf_counter() - began
    test = data.load(config.dataset, "test").images
    elbo = mean_terms(module, test, torch.device("cpu"), seed=seed)["elbo"]
    return seconds, elbo, config.epochs


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    repeats = parser.parse_args().repeats
    torch.set_num_threads(1)
    try:
        data.load("mnist", "train", download=False)
    except LatentlabError as error:
        print(f"training: not measured, since MNIST is not here. {error}")
        return 0
    config = make_config(**OURS)
    rows = []
    for seed in range(repeats):
        mine, theirs = ours(seed, config), classic(seed, data.data_dir())
        rows.append((mine, theirs))
        print(
            f"  seed {seed}: ours {mine[0]:.1f} s to {mine[1]:.2f} nats ({mine[2]} epochs), "
            f"classic {theirs[0]:.1f} s to {theirs[1]:.2f} ({theirs[2]} epochs), "
            f"ratio {theirs[0] / mine[0]:.1f}",
            flush=True,
        )
    ratio = statistics.median(theirs[0] / mine[0] for mine, theirs in rows)
    worst = max(mine[1] for mine, _ in rows)
    print(
        f"training to a test ELBO of {TARGET:g} nats, one thread: {ratio:.1f} times sooner than "
        f"the classic recipe (median of {repeats}; worst of ours {worst:.2f} nats)"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Which noise makes a line-up a fair question: how often the most clustered map is the real one.

A rule that anybody could follow (choose the map with the largest Hopkins statistic) takes part in
line-ups of one real UMAP and seven of noise. If it finds the real one as often as chance would, one
in eight, the question is fair. Numbers mixed among near latents are the hardest to tell, but keep
every cluster of more images than are mixed: they are no noise. The app permutes each number among
all images. ``--stored`` only tells of the line-ups that the checkpoints carry.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from latentlab.analysis import Latents
from latentlab.analysis.lineup import N_NOISE, NOISE, REAL, clustering, permuted
from latentlab.analysis.neighbors import ExactIndex
from latentlab.analysis.projections import project
from latentlab.checkpoints import open_checkpoint

N_POINTS = 500
N_LINEUPS = 6
N_MIXED = 30


def gaussian(latents: Latents, *, seed: int) -> Latents:
    """Draw from the Gaussian with the mean and the covariance of the latents."""
    drawn = np.random.default_rng(seed).multivariate_normal(
        latents.mean(axis=0), np.cov(latents.T), len(latents)
    )
    return np.asarray(drawn, np.float32)


def mixed(latents: Latents, *, seed: int) -> Latents:
    """Take each number of a latent from a random one of its nearest neighbors."""
    rows = ExactIndex(latents).nearest(latents, N_MIXED).rows
    chosen = np.random.default_rng(seed).integers(N_MIXED, size=latents.shape)
    return np.asarray(
        latents[np.take_along_axis(rows, chosen, axis=1), np.arange(latents.shape[1])]
    )


NULLS = {
    "each number permuted": permuted,
    "Gaussian of the same covariance": gaussian,
    "mixed among neighbors": mixed,
}


def stored(name: str) -> str:
    """Say how clustered the real map and the noise of a checkpoint's own line-up are."""
    variants = open_checkpoint(Path("checkpoints") / name).index().variants
    noise = [clustering(places) for key, places in variants.items() if key.startswith(NOISE)]
    real = clustering(variants[REAL])
    return f"{name}: real {real:.3f}, noise {min(noise):.3f} to {max(noise):.3f}"


def main(arguments: list[str]) -> None:
    names = [name for name in arguments if name != "--stored"]
    for name in names or ["digits-vae-z2", "mnist-vae-z2", "shapes-vae-z8", "mnist-vae-z16"]:
        print(stored(name), flush=True)
    if "--stored" in arguments:
        return
    for name in names or ["digits-vae-z2", "mnist-vae-z16"]:
        latents = open_checkpoint(Path("checkpoints") / name).index().latents
        for title, noise in NULLS.items():
            found = 0
            for number in range(N_LINEUPS):
                generator = np.random.default_rng(number)
                shown = latents[generator.choice(len(latents), N_POINTS, replace=False)]
                seeds = [number * 100 + i for i in range(N_NOISE)]
                real = clustering(project("umap", shown, seed=number * 100 + 99))
                others = [
                    clustering(project("umap", noise(shown, seed=seed), seed=seed))
                    for seed in seeds
                ]
                found += real > max(others)
            print(f"{name}, {title}: found in {found} of {N_LINEUPS} line-ups; chance 1 in 8")


if __name__ == "__main__":
    main(sys.argv[1:])

"""More maps of the same latents, made once after training: what the map page is honest with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from latentlab.analysis.inverse import fit_inverse
from latentlab.analysis.lineup import N_NOISE, compute_lineup
from latentlab.analysis.projections import PROJECTIONS
from latentlab.analysis.variants import compute_variants, variants
from latentlab.checkpoints import LatentIndex

FEWEST = 20

Progress = Callable[[str, int, int], None]


def with_variants(
    index: LatentIndex, *, seed: int, progress: Progress = lambda what, done, total: None
) -> LatentIndex:
    """Add variants of UMAP and a line-up to an index; some fifteen maps of up to 2,000 points.

    Parameters
    ----------
    index : LatentIndex
        Its rows in random order.
    seed : int
    progress : callable
        Told ``(what, done, total)`` after every map.

    Returns
    -------
    LatentIndex
        A new one; the same, where it holds too few images for a map.
    """
    if len(index) < FEWEST:
        return index
    total = len(variants()) + 1 + N_NOISE
    maps = {}
    for makers in (compute_variants, compute_lineup):
        for name, coordinates in makers(index.latents, seed=seed):
            maps[name] = coordinates
            progress("maps of other seeds", len(maps), total)
    return replace(index, variants=maps)


def with_inverses(index: LatentIndex, *, seed: int) -> LatentIndex:
    """Add an approximate inverse of each map that has none: see `analysis.inverse`.

    Parameters
    ----------
    index : LatentIndex
    seed : int

    Returns
    -------
    LatentIndex
        A new one; the same, where it holds too few images to learn from.
    """
    if len(index) < FEWEST:
        return index
    inverses = {
        name: fit_inverse(coordinates, index.latents, seed=seed)
        for name, coordinates in index.projections.items()
        if not PROJECTIONS[name].has_inverse
    }
    return replace(index, inverses=inverses)

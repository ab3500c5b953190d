"""Which maps of a checkpoint there are, and what their directions mean."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from latentlab.analysis import Coordinates
from latentlab.analysis.components import Components, principal_components
from latentlab.analysis.crowd import Crowd
from latentlab.analysis.crowd import crowd as count
from latentlab.analysis.projections import PROJECTIONS
from latentlab.analysis.stored_maps import stored_maps
from latentlab.checkpoints import Checkpoint
from latentlab.figures.scatter import Axes
from latentlab.jobs import maps as jobs
from latentlab.ui.shell import cache
from latentlab.wording import words


@dataclass(frozen=True)
class Map:
    """One picture of all latents.

    Attributes
    ----------
    name : str
        Unique among the maps of a checkpoint.
    kind : str
        A key of `PROJECTIONS`.
    title : str
        For the menu.
    summary : str
        What it keeps and what it does not, in one sentence.
    coordinates : ndarray of float32, shape (n, 2)
        Not compared: the name says which they are.
    """

    name: str
    kind: str
    title: str
    summary: str
    coordinates: Coordinates = field(compare=False)

    @property
    def has_inverse(self) -> bool:
        """Whether every place of it is a latent."""
        return PROJECTIONS[self.kind].has_inverse


def all_maps(checkpoint: Checkpoint) -> dict[str, Map]:
    """Return the maps of a checkpoint by name, the most telling first.

    Latent space itself where it has two dimensions, the stored projections, and those that
    somebody has had computed since.
    """
    index = cache.index(checkpoint)
    stored = stored_maps(index)
    if "native" in stored:
        stored.pop("pca", None)  # only turned by an angle
    maps = [
        Map(kind, kind, PROJECTIONS[kind].title, PROJECTIONS[kind].summary, coordinates)
        for kind, coordinates in stored.items()
    ]
    for name, asked in jobs.finished(checkpoint).items():
        coordinates = _computed(checkpoint, name, len(index))
        if coordinates is not None:
            maps.append(
                Map(name, asked.kind, asked.title, PROJECTIONS[asked.kind].summary, coordinates)
            )
    return {found.name: found for found in maps}


@cache.kept
def _computed(checkpoint: Checkpoint, name: str, n: int) -> Coordinates | None:
    return jobs.read(checkpoint, name, n)


def axes(checkpoint: Checkpoint, shown: Map) -> Axes:
    """Name the directions of a map, where they mean something."""
    if shown.kind == "native":
        return Axes(words.coordinate(1), words.coordinate(2))
    if shown.kind == "pca":
        shares = components(checkpoint).variance_ratio
        named = [
            f"PC {i + 1}, {words.share(float(s))} of the variance" for i, s in enumerate(shares[:2])
        ]
        return Axes(*named)
    return Axes()


@cache.kept
def components(checkpoint: Checkpoint) -> Components:
    """Return the principal components of the latents."""
    return principal_components(cache.index(checkpoint).latents)


@cache.kept
def crowd(checkpoint: Checkpoint, shown: Map) -> Crowd | None:
    """Count all images on a map that shows but a sample of them; None where it knows no others."""
    everything = cache.full_index(checkpoint)
    if everything is None or not shown.has_inverse:
        return None
    return count(everything.latents, cache.index(checkpoint).latents, shown.coordinates)


def radius(shown: Map) -> float:
    """Return how large a map is: the typical distance of its points from their middle."""
    offsets = shown.coordinates - shown.coordinates.mean(axis=0)
    return float(np.sqrt((offsets**2).sum(axis=1).mean()))

"""How a further map of the latents is to be made, and the file name that says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["umap", "tsne"]

_NAME = re.compile(r"(umap)-n(\d{1,3})-d(0\.\d{2})-s(\d{1,9})|(tsne)-p(\d{1,3})-s(\d{1,9})")


@dataclass(frozen=True)
class Asked:
    """How a map is to be made.

    Attributes
    ----------
    kind : {"umap", "tsne"}
    seed : int
    n_neighbors : int
        UMAP's, 2 to 200.
    min_dist : float
        UMAP's, 0 to 0.99, in steps of 0.01.
    perplexity : int
        t-SNE's, 1 to 200.
    """

    kind: Kind
    seed: int = 0
    n_neighbors: int = 15
    min_dist: float = 0.1
    perplexity: int = 30

    @property
    def name(self) -> str:
        """What the file is called, without its ending."""
        if self.kind == "umap":
            return f"umap-n{self.n_neighbors}-d{self.min_dist:.2f}-s{self.seed}"
        return f"tsne-p{self.perplexity}-s{self.seed}"

    @property
    def title(self) -> str:
        """What the menu calls it."""
        if self.kind == "umap":
            return f"UMAP ({self.n_neighbors} neighbors, {self.min_dist:.2f}, seed {self.seed})"
        return f"t-SNE (perplexity {self.perplexity}, seed {self.seed})"

    @property
    def settings(self) -> Mapping[str, float]:
        """Settings as `analysis.projections.project` takes them."""
        if self.kind == "umap":
            return {"n_neighbors": self.n_neighbors, "min_dist": self.min_dist}
        return {"perplexity": self.perplexity}


def parse(name: str) -> Asked | None:
    """Read from its name how a map was made; None if it is no such name.

    Examples
    --------
    >>> parse("umap-n50-d0.10-s3").title
    'UMAP (50 neighbors, 0.10, seed 3)'
    """
    found = _NAME.fullmatch(name)
    if not found:
        return None
    if found[1]:
        return Asked("umap", int(found[4]), n_neighbors=int(found[2]), min_dist=float(found[3]))
    return Asked("tsne", int(found[7]), perplexity=int(found[6]))

"""How a further map of the latents is to be made, and the file name that says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from latentlab.analysis.projections import Setting
from latentlab.analysis.umap_learn import METRICS

Kind = Literal["umap", "tsne"]

_NAME = re.compile(
    r"(?P<umap>umap)-n(?P<n_neighbors>\d{1,3})-d(?P<min_dist>0\.\d{2})"
    rf"(-(?P<metric>{'|'.join(METRICS[1:])}))?(?P<densmap>-dens)?-s(?P<umap_seed>\d{{1,9}})"
    r"|tsne-p(?P<perplexity>\d{1,3})-s(?P<tsne_seed>\d{1,9})"
)


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
    metric : str
        UMAP's, one of `umap_learn.METRICS`.
    densmap : bool
        Whether UMAP keeps the local density, too.
    perplexity : int
        t-SNE's, 1 to 200.
    """

    kind: Kind
    seed: int = 0
    n_neighbors: int = 15
    min_dist: float = 0.1
    metric: str = METRICS[0]
    densmap: bool = False
    perplexity: int = 30

    @property
    def name(self) -> str:
        """What the file is called, without its ending."""
        if self.kind == "umap":
            metric = "" if self.metric == METRICS[0] else f"-{self.metric}"
            density = "-dens" if self.densmap else ""
            return f"umap-n{self.n_neighbors}-d{self.min_dist:.2f}{metric}{density}-s{self.seed}"
        return f"tsne-p{self.perplexity}-s{self.seed}"

    @property
    def title(self) -> str:
        """What the menu calls it."""
        if self.kind == "umap":
            method = "densMAP" if self.densmap else "UMAP"
            metric = "" if self.metric == METRICS[0] else f"{self.metric}, "
            spacing = f"{self.n_neighbors} neighbors, min_dist {self.min_dist:.2f}"
            return f"{method} ({metric}{spacing}, seed {self.seed})"
        return f"t-SNE (perplexity {self.perplexity}, seed {self.seed})"

    @property
    def settings(self) -> Mapping[str, Setting]:
        """Settings as `analysis.projections.project` takes them."""
        if self.kind == "umap":
            return {
                "n_neighbors": self.n_neighbors,
                "min_dist": self.min_dist,
                "metric": self.metric,
                "densmap": self.densmap,
            }
        return {"perplexity": self.perplexity}


def parse(name: str) -> Asked | None:
    """Read from its name how a map was made; None if it is no such name.

    Parameters
    ----------
    name : str
        Of a file, without its ending.

    Returns
    -------
    Asked or None

    Examples
    --------
    >>> parse("umap-n50-d0.10-s3").title
    'UMAP (50 neighbors, min_dist 0.10, seed 3)'
    >>> parse("umap-n15-d0.10-cosine-dens-s0").title
    'densMAP (cosine, 15 neighbors, min_dist 0.10, seed 0)'
    """
    found = _NAME.fullmatch(name)
    if not found:
        return None
    if not found["umap"]:
        return Asked("tsne", int(found["tsne_seed"]), perplexity=int(found["perplexity"]))
    return Asked(
        "umap",
        int(found["umap_seed"]),
        n_neighbors=int(found["n_neighbors"]),
        min_dist=float(found["min_dist"]),
        metric=found["metric"] or METRICS[0],
        densmap=bool(found["densmap"]),
    )

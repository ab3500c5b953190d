"""umap-learn, as this project calls it: exact neighbors, a PCA start, compiled code kept on disk.

Called plainly, umap-learn searches for neighbors with code that it compiles in every process, and
compiles its layout anew. Both are saved here: see docs/decisions/0010-umap-learn.md.
"""

from __future__ import annotations

import warnings
from contextlib import suppress
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latentlab.analysis import AnalysisError, Coordinates, Latents
from latentlab.analysis.neighbors import METRICS as EXACT_METRICS
from latentlab.analysis.neighbors import ExactIndex, Neighbors
from latentlab.errors import unknown_name

METRICS = (*EXACT_METRICS, "manhattan", "chebyshev")
# What a fit spends its time compiling, found by profiling; the rest umap-learn itself keeps.
_SLOW_TO_COMPILE = (
    "umap_.smooth_knn_dist",
    "umap_.compute_membership_strengths",
    "layouts._nb_optimize_layout_euclidean_single_epoch",
)


def search(latents: Latents, n_neighbors: int, metric: str) -> Neighbors:
    """Find the neighbors that UMAP links each latent with.

    Parameters
    ----------
    latents : ndarray of float32, shape (n, z)
    n_neighbors : int
        As UMAP counts them, the latent itself included; lowered to n - 1 where there are fewer.
    metric : str
        One of `METRICS`.

    Returns
    -------
    Neighbors
        The ``n_neighbors - 1`` nearest other latents of each.

    Raises
    ------
    AnalysisError
        For an unknown metric.
    """
    n_others = max(min(n_neighbors, len(latents) - 1) - 1, 1)
    for exact in EXACT_METRICS:
        if metric == exact:
            return ExactIndex(latents, metric=exact).self_neighbors(n_others)
    if metric not in METRICS:
        raise AnalysisError(unknown_name("metric", metric, METRICS))

    from sklearn.neighbors import NearestNeighbors

    model = NearestNeighbors(n_neighbors=n_others, metric=metric, algorithm="brute")
    distances, rows = model.fit(latents).kneighbors()
    return Neighbors(rows.astype(np.int64), distances.astype(np.float32))


def lay_out(
    latents: Latents,
    neighbors: Neighbors,
    start: Coordinates,
    *,
    seed: int,
    min_dist: float,
    densmap: bool,
    n_epochs: int | None,
) -> Coordinates:
    """Fit UMAP (McInnes, Healy, Melville 2018) or densMAP (Narayan, Berger, Cho 2021).

    Parameters
    ----------
    latents : ndarray of float32, shape (n, z)
    neighbors : Neighbors
        As `search` gives them; their number is UMAP's ``n_neighbors`` less one.
    start : ndarray of float32, shape (n, 2)
        Where the points start; no axis may be constant.
    seed : int
    min_dist : float
    densmap : bool
        Whether the local density of the latents is kept, too.
    n_epochs : int, optional
        By default umap-learn's own.

    Returns
    -------
    ndarray of float32, shape (n, 2)
    """
    itself = np.arange(len(latents))[:, None]
    known = (
        np.concatenate([itself, neighbors.rows], axis=1),
        np.concatenate([np.zeros(itself.shape, np.float32), neighbors.distances], axis=1),
    )
    # It warns that a map of given neighbors cannot `transform`, and of what densMAP divides by.
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        model = _umap()(
            n_neighbors=known[0].shape[1],
            precomputed_knn=known,
            disconnection_distance=np.inf,
            init=start,
            min_dist=min_dist,
            densmap=densmap,
            n_epochs=n_epochs,
            random_state=seed % 2**32,
            n_jobs=1,
        )
        places: NDArray[np.float32] = model.fit_transform(latents)
    return np.ascontiguousarray(places, dtype=np.float32)


@cache
def _umap() -> Any:
    """Import umap-learn and have numba keep on disk what it compiles of it.

    Where numba has no folder to write to, or knows no such switch, it compiles in every process.
    """
    import umap

    for path in _SLOW_TO_COMPILE:
        module, name = path.split(".")
        with suppress(AttributeError, RuntimeError):
            getattr(getattr(umap, module), name).enable_caching()
    return umap.UMAP

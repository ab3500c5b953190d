"""UMAP's graph and layout without umap-learn: the same method, compiled once and kept on disk.

McInnes, Healy, Melville 2018. The graph is umap-learn's; its curve 1 / (1 + a d^2b) gets b = 7/8
(umap-learn fits 0.895), whose powers are square roots. Why: docs/decisions/0002-umap.md.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
import scipy.sparse
from numpy.typing import NDArray

Floats = NDArray[np.float32]
F = np.float32  # keeps numba from computing in float64


def fuzzy_graph(rows: NDArray[np.integer[Any]], distances: Floats) -> Any:
    """Weigh each point's nearest others (n, k - 1) and join both directions: sparse (n, n)."""
    nearest = np.min(distances, axis=1, initial=np.inf, where=distances > 0)
    nearest[~np.isfinite(nearest)] = 0.0  # only copies of itself
    beyond = np.maximum(distances - nearest[:, None], 0.0, dtype=np.float64)
    low, high, width = np.zeros(len(rows)), np.full(len(rows), np.inf), np.ones(len(rows))
    for _ in range(64):  # bisection: each point's weights add up to log2 k
        too_wide = np.exp(-beyond / width[:, None]).sum(axis=1) > np.log2(rows.shape[1] + 1)
        high, low = np.where(too_wide, width, high), np.where(too_wide, low, width)
        width = np.where(np.isinf(high), 2 * width, (low + high) / 2)
    with_itself = distances.mean(axis=1) * rows.shape[1] / (rows.shape[1] + 1)
    width = np.maximum(width, 1e-3 * np.where(nearest > 0, with_itself, with_itself.mean()))
    weights = np.exp(-beyond / np.maximum(width, 1e-30)[:, None]).astype(F)
    links = (weights.ravel(), rows.ravel(), np.arange(0, rows.size + 1, rows.shape[1]))
    one_way = scipy.sparse.csr_matrix(links, shape=(len(rows), len(rows)))
    other_way = one_way.T.tocsr()
    return one_way + other_way - one_way.multiply(other_way)


def lay_out(graph: Any, start: Floats, *, a: float, n_epochs: int, seed: int) -> Floats:
    """Move places (n, 2) until linked points are near and others are not; `start` is kept."""
    links = graph.tocoo()
    kept = links.data * n_epochs >= links.data.max()
    period = (links.data.max() / links.data[kept]).astype(F)
    heads, tails = links.row[kept].astype(np.int32), links.col[kept].astype(np.int32)
    places = np.ascontiguousarray(start, dtype=F).copy()
    _compiled(places, heads, tails, period, n_epochs, F(a), np.uint64(2 * seed % 2**64 + 1))
    return places


def _descend(
    y: Floats,
    heads: NDArray[np.int32],
    tails: NDArray[np.int32],
    period: Floats,
    n_epochs: int,
    a: np.float32,
    state: np.uint64,
) -> None:
    """Pull the ends of each link together every `period` epochs, push five others away each."""
    n_points, most = np.uint64(y.shape[0]), F(4)
    due, push_period = period.copy(), period / F(5)
    pushed = push_period.copy()
    for _ in range(16):  # small seeds differ in few bits; spread them
        state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    for epoch in range(n_epochs):
        rate, now = F(1 - epoch / n_epochs), F(epoch)
        for link in range(heads.size):
            if due[link] > now:
                continue
            i, j = heads[link], tails[link]
            u, v = y[i, 0], y[i, 1]
            dx, dy = u - y[j, 0], v - y[j, 1]
            square = dx * dx + dy * dy
            pull = F(-1.75) * a / (a * square + np.sqrt(np.sqrt(np.sqrt(square + F(1e-30)))))
            du = rate * min(max(pull * dx, -most), most)
            dv = rate * min(max(pull * dy, -most), most)
            u, v, y[j, 0], y[j, 1] = u + du, v + dv, y[j, 0] - du, y[j, 1] - dv
            due[link] += period[link]
            n_pushes = int((now - pushed[link]) / push_period[link])
            du, dv = F(0), F(0)  # all pushes from one place, or each would wait for the last
            for _ in range(n_pushes):
                state ^= state << np.uint64(13)  # xorshift (Marsaglia 2003)
                state ^= state >> np.uint64(7)
                state ^= state << np.uint64(17)
                other = np.int64(((state >> np.uint64(32)) * n_points) >> np.uint64(32))
                dx, dy = u - y[other, 0], v - y[other, 1]
                square = dx * dx + dy * dy
                root = np.sqrt(np.sqrt(np.sqrt(square + F(1e-30))))  # square^(1 - b)
                push = F(1.75) * root / ((F(0.001) + square) * (a * square + root))
                du += rate * min(max(push * dx, -most), most)
                dv += rate * min(max(push * dy, -most), most)
            y[i, 0], y[i, 1] = u + du, v + dv
            pushed[link] += F(n_pushes) * push_period[link]


try:
    _compiled = numba.njit(fastmath=True, nogil=True, error_model="numpy", cache=True)(_descend)
except RuntimeError:  # no folder that can be written: compile for this process only
    _compiled = numba.njit(fastmath=True, nogil=True, error_model="numpy")(_descend)

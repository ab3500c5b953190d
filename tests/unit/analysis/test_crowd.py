import numpy as np

from latentlab.analysis import crowd as module
from latentlab.analysis.crowd import N_CELLS, crowd


def test_all_latents_are_counted_where_the_map_would_put_them(monkeypatch):
    monkeypatch.setattr(module, "_BLOCK", 300)
    generator = np.random.default_rng(0)
    latents = generator.normal(size=(2000, 5)).astype(np.float32)
    turn = np.linalg.qr(generator.normal(size=(5, 5)))[0][:, :2]
    places = (latents @ turn + [3, -1]).astype(np.float32)
    # The sample reaches as far as all, so nothing lies outside the grid.
    sample = np.unique(np.concatenate([places.argmin(0), places.argmax(0), np.arange(100)]))
    found = crowd(latents, latents[sample], places[sample])
    assert found.counts.shape == (N_CELLS, N_CELLS)
    assert found.counts.sum() == 2000
    x, y = (np.abs(places[:, :1] - found.x).argmin(1), np.abs(places[:, 1:] - found.y).argmin(1))
    expected = np.zeros_like(found.counts)
    np.add.at(expected, (y, x), 1)
    # A latent on the edge of two cells may be rounded into either.
    assert np.abs(found.counts - expected).sum() <= 8


def test_a_map_without_any_width_is_no_fault():
    same = np.ones((10, 3), np.float32)
    assert crowd(same, same, np.zeros((10, 2), np.float32)).counts.sum() == 10

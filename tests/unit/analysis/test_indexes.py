"""Pixel search, one's own row, recall, and a checkpoint's latents in a database."""

import hashlib
import json
import sys
from importlib.util import find_spec
from types import SimpleNamespace

import numpy as np
import pytest
from tests.fakes import class_latents, linear_index

from latentlab.analysis import AnalysisError, stored_index
from latentlab.analysis.indexes import neighbors_of, recall
from latentlab.analysis.neighbors import METRICS, ExactIndex
from latentlab.analysis.pixel_index import PixelIndex
from latentlab.analysis.qdrant_index import QdrantIndex

SERVER = "http://shared:6333"
needs_qdrant = pytest.mark.skipif(
    find_spec("qdrant_client") is None, reason="the extra 'qdrant' is not installed"
)


def checkpoint_of(root, name, n):
    index = linear_index(n)
    fingerprint = hashlib.sha256(name.encode()).hexdigest()
    return SimpleNamespace(
        path=root / name, name=name, fingerprint=fingerprint, index=lambda: index
    )


@pytest.fixture
def checkpoint(tmp_path):
    return checkpoint_of(tmp_path, "mine", 120)


@pytest.fixture
def server(monkeypatch):
    """A database that several checkpoints share, as they do a server: inside this process."""
    from qdrant_client import QdrantClient, models

    client = QdrantClient(":memory:")
    monkeypatch.setattr("latentlab.analysis.qdrant_index._connect", lambda place: (client, models))
    monkeypatch.setattr("latentlab.analysis.qdrant_index._is_server", lambda place: False)
    yield SERVER
    client.close()


@pytest.mark.parametrize("metric", METRICS)
def test_pixel_search_equals_exact_search_of_flat_images(metric):
    generator = np.random.default_rng(0)
    pixels = generator.integers(0, 256, (1100, 6, 5, 3), dtype=np.uint8)
    pixels[7] = 0
    queries = generator.random((4, 90), np.float32)
    flat = (pixels / np.float32(255)).reshape(len(pixels), -1)
    wanted = ExactIndex(flat, metric=metric).nearest(queries, 9)
    found = PixelIndex(pixels, metric=metric).nearest(queries, 9)
    assert np.array_equal(found.rows, wanted.rows)
    assert np.allclose(found.distances, wanted.distances, atol=1e-5)


@pytest.mark.parametrize("metric", METRICS)
def test_images_alike_are_searched_without_looking_at_all(metric, monkeypatch):
    generator = np.random.default_rng(1)
    strokes = generator.random((12, 300)) * (generator.random((12, 300)) < 0.4)
    mixtures = generator.dirichlet(np.ones(12), 3000) @ strokes
    pixels = (255 * mixtures + generator.integers(0, 4, mixtures.shape)).clip(0, 255)
    images = pixels.astype(np.uint8).reshape(-1, 10, 10, 3)
    images[5] = images[6]
    index = PixelIndex(images, metric=metric)
    monkeypatch.setattr(index, "_by_all", None)
    queries = (pixels[5:9] / 255).astype(np.float32)
    flat = images.reshape(len(images), -1) / np.float32(255)
    wanted = ExactIndex(flat, metric=metric).nearest(queries, 9)
    found = index.nearest(queries, 9)
    assert np.array_equal(found.rows, wanted.rows)
    assert np.allclose(found.distances, wanted.distances, atol=1e-5)


def test_copies_are_all_found_and_ordered_by_row():
    pixels = np.tile(np.arange(12, dtype=np.uint8).reshape(1, 3, 4, 1), (600, 1, 1, 1))
    found = PixelIndex(pixels).nearest(pixels[0].ravel() / np.float32(255), 600)
    assert sorted(found.rows[0].tolist()) == list(range(600))
    assert np.abs(found.distances).max() < 1e-6


def test_pixel_search_checks_what_it_is_asked():
    index = PixelIndex(np.zeros((3, 2, 2, 1), np.uint8))
    with pytest.raises(AnalysisError, match="1 to 3"):
        index.nearest(np.zeros(4), 4)
    with pytest.raises(AnalysisError, match="finite"):
        index.nearest(np.full(4, np.nan), 1)
    with pytest.raises(AnalysisError, match="5 numbers"):
        index.nearest(np.zeros(5), 1)


def test_more_neighbors_than_there_are_gives_all_others():
    index = ExactIndex(class_latents(5, 3)[0])
    assert neighbors_of(index, np.zeros(3), 100).rows.shape == (1, 5)
    assert neighbors_of(index, np.zeros(3), 100, exclude=2).rows.shape == (1, 4)


def test_recall_counts_what_is_missed():
    latents = np.arange(20, dtype=np.float32)[:, None]
    exact = ExactIndex(latents)
    half = ExactIndex(np.where(np.arange(20)[:, None] % 2, latents, latents + 1000))
    assert recall(exact, exact, [[3.2]], k=4) == 1
    assert recall(half, exact, [[3.2]], k=4) == 0.5


def test_missing_library_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "qdrant_client", None)
    with pytest.raises(AnalysisError, match="pip install qdrant-client"):
        QdrantIndex.build(np.zeros((3, 2), np.float32), "euclidean", ":memory:", "latents")


@needs_qdrant
def test_checkpoints_and_metrics_share_a_server_without_taking_each_others_place(tmp_path, server):
    small, large = (checkpoint_of(tmp_path, name, n) for name, n in (("a", 60), ("b", 90)))
    asked = [(small, "euclidean"), (large, "euclidean"), (large, "cosine")]
    notes = [stored_index.write(c, server, metric=m) for c, m in asked]
    assert stored_index.stored(small) == notes[0]
    assert notes[0].recall > 0.98
    for (checkpoint, metric), note in zip(asked, notes, strict=True):
        latents = checkpoint.index().latents
        index = stored_index.open_stored(checkpoint, note)
        wanted = ExactIndex(latents, metric=metric).nearest(latents[:5], 9)
        assert index.n == len(latents)
        assert np.array_equal(index.nearest(latents[:5], 9).rows, wanted.rows)


@needs_qdrant
def test_a_note_of_another_checkpoint_is_not_used(checkpoint, server):
    stored_index.write(checkpoint, server)
    retrained = SimpleNamespace(**{**vars(checkpoint), "fingerprint": "def"})
    assert stored_index.stored(checkpoint)
    assert stored_index.stored(retrained) is None


@needs_qdrant
@pytest.mark.parametrize("shape", [(59, 4), (60, 3)])
def test_collection_of_other_latents_is_not_opened(server, shape):
    QdrantIndex.build(np.eye(60, 4, dtype=np.float32), "euclidean", server, "mine")
    with pytest.raises(AnalysisError, match="holds 60 latents of 4 numbers and not"):
        QdrantIndex.open(server, shape, "euclidean", "mine")
    with pytest.raises(AnalysisError, match="no collection 'elsewhere'"):
        QdrantIndex.open(server, shape, "euclidean", "elsewhere")


@pytest.mark.parametrize("server", ["../../etc/passwd", ":memory:", "file:///etc/passwd"])
def test_note_that_is_damaged_or_points_elsewhere_is_ignored(checkpoint, server):
    folder = checkpoint.path.parent / ".indexes" / "mine"
    folder.mkdir(parents=True)
    assert stored_index.stored(checkpoint) is None
    (folder / "index.json").write_text("{")
    assert stored_index.stored(checkpoint) is None
    note = {
        "checkpoint": checkpoint.fingerprint, "metric": "euclidean", "server": SERVER,
        "n": 1, "recall": 1, "n_queries": 1, "seconds": 0,
    }  # fmt: skip
    (folder / "index.json").write_text(json.dumps(note))
    assert stored_index.stored(checkpoint)
    (folder / "index.json").write_text(json.dumps(note | {"server": server}))
    assert stored_index.stored(checkpoint) is None
    with pytest.raises(AnalysisError, match="is no address of a server"):
        stored_index.write(checkpoint, server)


@needs_qdrant
def test_a_folder_that_refuses_the_note_is_one_sentence(checkpoint, server):
    (checkpoint.path.parent / ".indexes").write_text("a file where a folder should be")
    with pytest.raises(AnalysisError, match="cannot be written"):
        stored_index.write(checkpoint, server)

"""The pages look for neighbors among all images, and show tiles of those that no page maps."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from tests.conftest import tiny_config

from latentlab import data
from latentlab.analysis.kernel_density import scott_bandwidth, typical_density
from latentlab.analysis.stored_maps import stored_maps
from latentlab.checkpoints import open_checkpoint
from latentlab.data import SPLITS
from latentlab.export.message import unpack
from latentlab.training import indexing
from latentlab.training.run import Places, RunRequest, run
from latentlab.ui.explore import messages
from latentlab.ui.explore import page as explore_page
from latentlab.ui.input import query as queries
from latentlab.ui.input.reconstruction import reconstruct
from latentlab.ui.map import maps
from latentlab.ui.neighbors import answer as answers
from latentlab.ui.neighbors import board, spaces, wording
from latentlab.ui.shell import cache

N = 120


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    folder = tmp_path_factory.mktemp("full")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indexing, "MOST_MAPPED", 300)
        patch.setattr(indexing, "SAMPLE", N)
        config = tiny_config(index_size=10_000, epochs=1)
        result = run(RunRequest(config, name="all", places=Places(folder / "c", folder / "r")))
    return open_checkpoint(result.path)


def beyond(checkpoint):
    """A row that only the index of all images has."""
    return N + 555


def test_tiles_of_every_image_are_at_hand(checkpoint):
    everything = cache.searched(checkpoint)
    assert len(everything) > N
    rows = np.array([3, beyond(checkpoint), N - 1, N, len(everything) - 1])
    tiles = cache.pictures_of(checkpoint, rows)
    for row, tile in zip(rows, tiles, strict=True):
        split = data.load("digits", SPLITS[everything.splits[row]], size=tile.shape[0])
        np.testing.assert_array_equal(tile, split.images[everything.numbers[row]])


def test_explore_says_that_it_shows_a_sample(checkpoint):
    header, _ = unpack(explore_page._network(checkpoint))
    assert header["sample_of"] == len(cache.full_index(checkpoint))


def test_explore_is_sent_the_latents_of_all_for_their_density(checkpoint):
    everything, index = cache.full_index(checkpoint), cache.index(checkpoint)
    message = explore_page._everything(checkpoint)
    header, arrays = unpack(message)
    assert header["n"] == len(everything)
    back = arrays["low"] + arrays["step"] * arrays["steps"]
    apart = np.abs(back - everything.latents) / everything.latents.std(axis=0)
    assert np.median(apart) < 0.025
    assert header["bandwidth"] == pytest.approx(scott_bandwidth(index.latents))
    assert explore_page._everything(checkpoint) is message  # or each visitor would wait for it


def test_the_latents_of_all_are_sent_to_whoever_looks_at_their_density(checkpoint, monkeypatch):
    monkeypatch.setenv("LATENTLAB_CHECKPOINTS", str(checkpoint.path.parent))

    def page() -> None:
        from latentlab.ui.explore import page
        from latentlab.ui.shell import picker

        page.render(picker.current())

    def sent(asked: str | None) -> list[str]:
        app = AppTest.from_function(page, default_timeout=60)
        app.session_state["canvas-count"] = {"count": asked}
        blobs = [element.proto.bytes for element in app.run().get("bidi_component")]
        return [unpack(blob)[0]["id"].split()[0] for blob in blobs if blob]

    assert "all" not in sent(None)
    assert "all" not in sent("another")
    assert "all" in sent(checkpoint.fingerprint)


def test_of_more_than_can_be_sent_a_random_part_is(checkpoint, monkeypatch):
    everything, size = cache.full_index(checkpoint), cache.index(checkpoint).latents.shape[1]
    monkeypatch.setattr(messages, "MOST_BYTES", 400 * size)
    header, arrays = unpack(messages.everything(checkpoint, cache.index(checkpoint), everything))
    assert header["n"] == len(arrays["steps"]) == 400
    whole = typical_density(everything.latents, N, header["bandwidth"])
    share = 400 / len(everything)
    assert header["typical"] == pytest.approx(share * whole, rel=0.25)


def test_neighbors_in_latent_space_are_the_nearest_of_all(checkpoint):
    query = queries.stored(checkpoint, beyond(checkpoint))
    result = answers.answer(checkpoint, query, k=9, metric="euclidean")
    latent, pixel, pca = result.found
    everything = cache.searched(checkpoint)
    distances = np.linalg.norm(everything.latents - result.latent, axis=1)
    expected = np.argsort(distances, kind="stable")
    expected = expected[expected != beyond(checkpoint)][:9]
    np.testing.assert_array_equal(latent.rows, expected)
    assert (latent.rows >= N).any()
    assert (latent.n, pixel.n, pca.n) == (len(everything), N, N)
    assert result.label == everything.labels[beyond(checkpoint)]
    assert f"{len(everything):,} stored images" in wording.legend(result.found)
    assert f"a sample of {N}" in wording.legend(result.found)
    assert wording.label_of(checkpoint, result.label) == str(result.label)


def test_an_image_beyond_the_index_can_be_walked_to_and_asked_about(checkpoint):
    query = queries.stored(checkpoint, beyond(checkpoint))
    assert queries.row_of(cache.searched(checkpoint), query) == beyond(checkpoint)
    again = queries.numbered(checkpoint, query.split, query.number)
    np.testing.assert_array_equal(again.pixels, query.pixels)
    seen = reconstruct(checkpoint, query)
    assert seen.row is None
    stored = cache.searched(checkpoint).latents[beyond(checkpoint)]
    np.testing.assert_allclose(seen.latent, stored, atol=1e-5)
    message = board.message(
        checkpoint,
        answers.answer(checkpoint, query, k=9, metric="cosine"),
        map_name=next(iter(stored_maps(cache.index(checkpoint)))),
        steps=[query],
        drawing=0,
    )
    assert b"a sample of 120 of" in bytes(message)


def test_without_the_images_only_the_index_is_searched(checkpoint, monkeypatch):
    monkeypatch.setattr(cache, "originals", lambda checkpoint: None)
    assert len(cache.searched(checkpoint)) == N
    assert spaces.available(checkpoint) == ("latent", "pca")


def test_linear_maps_count_all_and_others_none(checkpoint):
    shown = maps.all_maps(checkpoint)
    linear = next(found for found in shown.values() if found.has_inverse)
    assert 0.98 * len(cache.searched(checkpoint)) <= maps.crowd(checkpoint, linear).counts.sum()

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fakes import class_latents, linear_codec

from latentlab.analysis import AnalysisError
from latentlab.analysis.selection import drawn_rows, inside, spread_over, summarize

GRID = np.stack(np.meshgrid(np.arange(10), np.arange(10)), axis=-1).reshape(-1, 2).astype("f4")


def test_a_square_holds_what_is_in_it():
    rows = inside([[1.5, 1.5], [4.5, 1.5], [4.5, 3.5], [1.5, 3.5]], GRID)
    assert sorted(map(tuple, GRID[rows])) == [(x, y) for x in (2, 3, 4) for y in (2, 3)]


def test_a_hollow_loop_does_not_hold_its_notch():
    notched = [[-1, -1], [10, -1], [10, 10], [5.5, 10], [5.5, 2], [3.5, 2], [3.5, 10], [-1, 10]]
    rows = inside(notched, GRID)
    assert not {(4.0, 5.0), (5.0, 5.0)} & set(map(tuple, GRID[rows].tolist()))
    assert len(rows) == 100 - 2 * 8


@settings(max_examples=25, deadline=None)
@given(st.floats(-20, 20), st.floats(-20, 20), st.floats(0.3, 30))
def test_a_circle_holds_exactly_the_points_nearer_than_its_radius(x, y, radius):
    angles = np.linspace(0, 2 * np.pi, 360, endpoint=False)
    circle = np.stack([x + radius * np.cos(angles), y + radius * np.sin(angles)], axis=1)
    distances = np.linalg.norm(GRID - [x, y], axis=1)
    rows = set(inside(circle, GRID).tolist())
    assert set(np.flatnonzero(distances < radius * 0.9998)) <= rows
    assert rows <= set(np.flatnonzero(distances <= radius * 1.0002))


@pytest.mark.parametrize(
    "loop",
    [[], [[0, 0], [1, 1]], [[0, 0, 0]] * 4, [[0, 0], [1, np.nan], [1, 1]], [[0, 0]] * 2001],
)
def test_what_is_no_loop_is_refused(loop):
    with pytest.raises(AnalysisError, match="loop"):
        inside(loop, GRID)


def test_gathering_finds_classes_means_and_their_difference():
    codec = linear_codec()
    latents, labels = class_latents(80)
    pixels = (codec.decode(latents) * 255).round().astype(np.uint8)
    rows = np.flatnonzero(labels < 2)
    found = summarize(rows, latents, labels, codec, pixels=pixels)
    assert sum(found.counts.values()) == len(rows)
    assert set(found.counts) == {0, 1}
    assert list(found.counts.values()) == sorted(found.counts.values(), reverse=True)
    expected = codec.decode(latents[rows].mean(axis=0, keepdims=True))[0]
    np.testing.assert_allclose(found.decoded_mean, expected, atol=1e-5)
    # A linear network draws the mean latent as the mean image; a real one does not.
    assert found.difference < 0.003


def test_gathering_does_without_the_images_and_refuses_nothing():
    codec = linear_codec()
    latents, labels = class_latents(20)
    found = summarize(np.arange(5), latents, labels, codec, pixels=None)
    assert found.mean_image is None
    assert found.difference == 0
    with pytest.raises(AnalysisError, match="no image in the loop"):
        summarize(np.arange(0), latents, labels, codec, pixels=None)


def test_too_many_points_become_a_sample_in_which_classes_keep_their_share():
    labels = np.repeat([0, 1, 2], [9000, 990, 10]).astype(np.int32)
    rows = drawn_rows(labels, limit=1000)
    assert np.array_equal(rows, drawn_rows(labels, limit=1000))
    assert np.all(np.diff(rows) > 0)
    assert np.bincount(labels[rows]).tolist() == [900, 99, 1]
    assert len(drawn_rows(labels, limit=10_000)) == 10_000


def test_a_gallery_is_spread_over_all():
    rows = np.arange(100)
    assert spread_over(rows, 5).tolist() == [0, 24, 49, 74, 99]
    assert spread_over(rows[:3], 5).tolist() == [0, 1, 2]

import time

import numpy as np
import pytest

from latentlab import data
from latentlab.data import shapes
from latentlab.data.sprites import BACKGROUND, SPRITES, render
from latentlab.errors import DataError


def one(**changes: float) -> np.ndarray:
    usual = {"shape": 0, "hue": 0.2, "size": 0.6, "rotation": 0, "x": 0.5, "y": 0.5}
    factors = {
        name: np.array([changes.get(name, value)], np.float32) for name, value in usual.items()
    }
    return render(factors, int(changes.get("pixels", 32)))[0]


def ink(image: np.ndarray) -> np.ndarray:
    ground = np.rint(255 * np.array(BACKGROUND))
    return np.abs(image - ground).sum(axis=-1)


def test_the_first_sprites_do_not_depend_on_how_many_are_asked_for():
    few = data.load("shapes", "test", n_images=7)
    many = data.load("shapes", "test", n_images=1203)
    assert (len(few), len(many)) == (7, 1203)
    np.testing.assert_array_equal(few.images, many.images[:7])
    for name, values in few.factors.items():
        np.testing.assert_array_equal(values, many.factors[name][:7])


def test_sprites_never_change():
    """Image numbers stored in checkpoints mean these very sprites."""
    test = data.load("shapes", "test", n_images=3)
    assert test.labels.tolist() == [4, 1, 5]
    known = {"hue": 0.7104904, "size": 0.42741746, "rotation": -16.523924, "x": 0.6185288}
    for name, value in known.items():
        np.testing.assert_allclose(test.factors[name][0], value, rtol=1e-6)
    means = test.images.mean(axis=(1, 2, 3))
    np.testing.assert_allclose(means, [52.4984, 50.3164, 59.8171], atol=0.01)


def test_twenty_thousand_take_less_than_five_seconds():
    begin = time.process_time()
    sprites = data.load("shapes", "train")
    assert len(sprites) == 20_000
    assert time.process_time() - begin < 5


def test_factors_are_what_was_promised():
    sprites = data.load("shapes", "train", n_images=6000)
    np.testing.assert_array_equal(sprites.factors["shape"], sprites.labels)
    assert np.bincount(sprites.labels).min() > 850
    has_rotation = sprites.labels != 0
    for name, (low, high) in shapes.RANGES.items():
        values = sprites.factors[name][has_rotation]
        assert low <= values.min() < low + 0.02 * (high - low)
        assert high - 0.02 * (high - low) < values.max() <= high
        for other in shapes.RANGES:
            if other != name:
                both = np.corrcoef(values, sprites.factors[other][has_rotation])[0, 1]
                assert abs(both) < 0.06
    assert (sprites.factors["rotation"][sprites.labels == 0] == 0).all()


def test_the_hue_can_be_learnt_from_the_shape_but_not_exactly():
    sprites = data.load("shapes", "train", n_images=6000)
    circle = np.exp(2j * np.pi * sprites.factors["hue"])
    resultants = [circle[sprites.labels == k].mean() for k in range(len(SPRITES))]
    spread = np.sqrt(-2 * np.log(np.abs(resultants))) / (2 * np.pi)
    np.testing.assert_allclose(spread, shapes.HUE_NOISE, atol=0.006)
    means = np.angle(resultants) / (2 * np.pi) % 1 * len(SPRITES)
    np.testing.assert_allclose(
        (means + 0.5) % len(SPRITES) - 0.5, np.arange(len(SPRITES)), atol=0.1
    )
    assert abs(circle.mean()) < 0.05


def test_sprites_stay_inside_the_frame():
    sprites = data.load("shapes", "train", n_images=3000)
    border = np.concatenate([sprites.images[:, 0], sprites.images[:, :, 0]], axis=1)
    ground = np.rint(255 * np.array(BACKGROUND))
    assert (np.abs(border - ground).max(axis=(1, 2)) < 60).mean() > 0.99


@pytest.mark.parametrize("shape", range(len(SPRITES)))
@pytest.mark.parametrize("pixels", [32, 64])
def test_place_and_size_are_seen_in_the_picture(shape, pixels):
    rows, columns = (np.mgrid[:pixels, :pixels] + 0.5) / pixels
    center = []
    for x, y in [(0.4, 0.6), (0.6, 0.4)]:
        seen = ink(one(shape=shape, x=x, y=y, pixels=pixels))
        center.append([(seen * axis).sum() / seen.sum() for axis in (columns, rows)])
    moved = np.subtract(center[1], center[0])
    np.testing.assert_allclose(moved, [0.2, -0.2], atol=0.01)
    areas = [(ink(one(shape=shape, size=size, pixels=pixels)) > 60).sum() for size in (0.4, 0.6)]
    np.testing.assert_allclose(areas[1] / areas[0], 2.25, rtol=0.15)


@pytest.mark.parametrize("shape", range(1, len(SPRITES)))
def test_every_rotation_is_another_picture(shape):
    low, high = shapes.RANGES["rotation"]
    pictures = [
        one(shape=shape, rotation=r, pixels=64).astype(int) for r in np.linspace(low, high, 7)
    ]
    for k, picture in enumerate(pictures):
        apart = [np.abs(picture - other).mean() for other in pictures]
        assert sorted(range(7), key=lambda j: apart[j])[0] == k
        assert sorted(apart)[1] > 0.5


def test_a_disc_has_no_rotation():
    np.testing.assert_array_equal(one(shape=0, rotation=0), one(shape=0, rotation=25))


def test_rotation_turns_counter_clockwise():
    upright, turned = (ink(one(shape=4, rotation=r, pixels=64)) for r in (0, 25))
    columns = np.arange(64)
    tip_before, tip_after = (
        (image[44:50] * columns).sum() / image[44:50].sum() for image in (upright, turned)
    )
    assert tip_after > tip_before + 2  # the heart's tip is down: it swings to the right


@pytest.mark.parametrize("shape", range(len(SPRITES)))
def test_edges_are_antialiased(shape):
    seen = ink(one(shape=shape, rotation=10, pixels=64))
    between = (seen > 0.1 * seen.max()) & (seen < 0.9 * seen.max())
    assert 40 < between.sum() < 400


def test_colors_have_equal_lightness():
    hues = np.linspace(0, 1, 24, endpoint=False)
    grey = [one(hue=hue)[16, 16] @ np.array([0.299, 0.587, 0.114]) for hue in hues]
    assert np.ptp(grey) < 50
    colors = {tuple(one(hue=hue)[16, 16] // 8) for hue in hues}
    assert len(colors) > 20


def test_no_sprite_is_in_two_splits():
    seen = [
        {image.tobytes() for image in data.load("shapes", split, n_images=2000).images}
        for split in data.SPLITS
    ]
    assert all(len(images) == 2000 for images in seen)
    assert not (seen[0] & seen[1])
    assert not (seen[0] & seen[2])
    assert not (seen[1] & seen[2])


def test_too_many_are_refused_before_memory_is_asked_for():
    with pytest.raises(DataError, match="8 GB"):
        data.load("shapes", "train", n_images=10**9)


def test_progress_is_told():
    told = []
    data.load("shapes", "train", n_images=1200, progress=lambda *args: told.append(args))
    assert told[-1] == ("drawing shapes", 1200, 1200)
    assert [done for _, done, _ in told] == [500, 1000, 1200]

"""What the network sees of a picture from outside."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from latentlab.analysis import preprocess
from latentlab.analysis.resampling import resample
from latentlab.errors import ImageError
from latentlab.images import png
from latentlab.ui.input.remarks import remarks

SHAPE = (28, 28, 1)


def figure(tone: int = 255) -> np.ndarray:
    """A ring of 20 x 20 pixels in the middle."""
    pixels = np.full(SHAPE, 255 - tone, np.uint8)
    pixels[4:24, 4:24] = tone
    pixels[8:20, 8:20] = 255 - tone
    return pixels


@pytest.fixture(scope="module")
def seen():
    return preprocess.image_statistics(np.stack([figure()] * 5) / np.float32(255))


def picture(pixels: np.ndarray, kind: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(stream, kind)
    return stream.getvalue()


def photo_of(tone: int, ground: int, *, noise: float = 6.0) -> bytes:
    """A small figure in a corner of a large, unevenly lit picture."""
    large = np.full((300, 400), float(ground))
    ring = figure()[..., 0].repeat(4, 0).repeat(4, 1) > 0
    large[60 : 60 + 112, 150 : 150 + 112][ring] = tone
    large *= np.linspace(0.92, 1.05, 400)
    large += np.random.default_rng(0).normal(0, noise, large.shape)
    return picture(large.clip(0, 255), "JPEG")


def fit(content: bytes, seen: preprocess.ImageStatistics, **options: object) -> preprocess.Fitted:
    return preprocess.fit(preprocess.read_once(content, seen).pixels, seen, **options)


def test_statistics_of_figures_on_black(seen):
    assert seen.shape == SHAPE
    assert seen.is_figure
    assert seen.is_dark
    assert seen.extent == pytest.approx(20 / 28)
    assert seen.stroke == pytest.approx(4 / 20, rel=0.05)


def test_twelve_bits_in_a_file_of_sixteen_are_not_left_in_the_dark(seen):
    stream = io.BytesIO()
    deep = figure()[..., 0].astype(np.uint16) * 16  # 4,080 at most
    Image.fromarray(deep).save(stream, "PNG")
    read = preprocess.read_once(stream.getvalue(), seen)
    assert read.white == 4095
    np.testing.assert_allclose(read.pixels, figure(), atol=1)
    said = remarks(read, read.pixels / np.float32(255), "crop")
    assert said == ("The brightest value in the file is 4,080, so 4,095 was taken for white.",)
    # One that uses its range is taken at its word, and nothing is said.
    stream = io.BytesIO()
    Image.fromarray(figure()[..., 0].astype(np.uint16) * 257).save(stream, "PNG")
    read = preprocess.read_once(stream.getvalue(), seen)
    np.testing.assert_array_equal(read.pixels, figure())
    assert remarks(read, read.pixels / np.float32(255), "crop") == ()


def test_statistics_of_scenes_and_color():
    scenes = np.random.default_rng(0).random((9, 28, 28, 1), np.float32)
    assert not preprocess.image_statistics(scenes).is_figure
    color = np.zeros((9, 16, 16, 3), np.float32)
    color[:, 4:12, 4:12, 0] = 1
    found = preprocess.image_statistics(color)
    assert not found.is_figure
    assert found.ground.shape == (3,)


def test_image_of_the_set_is_left_alone(seen):
    fitted = fit(png(figure()), seen)
    assert not fitted.inverted
    assert not fitted.cut_out
    assert np.abs(fitted.image - figure() / 255).max() < 0.02


def test_photo_of_ink_on_paper_becomes_a_figure_of_the_usual_size_and_place(seen):
    fitted = fit(photo_of(tone=40, ground=210), seen)
    assert fitted.inverted
    assert fitted.cut_out
    assert fitted.image.shape == SHAPE
    assert fitted.image[0].max() < 0.05
    rows, columns = np.nonzero(fitted.image[..., 0] > 0.5)
    assert 19 <= max(np.ptp(rows), np.ptp(columns)) + 1 <= 21
    ink = fitted.image[..., 0]
    center = (ink.sum(axis=1) @ np.arange(28)) / ink.sum()
    assert center == pytest.approx(13.5, abs=0.6)


def test_a_figure_with_a_heavy_head_keeps_its_foot(seen):
    """Its center of mass in the middle would push the foot out, where figures fill the image."""
    seven = np.full((300, 300), 230, np.uint8)
    seven[60:110, 60:240] = 30
    seven[60:260, 200:225] = 30
    fitted = fit(picture(seven), replace(seen, extent=0.95))
    assert fitted.cut_out
    rows, columns = np.nonzero(fitted.image[..., 0] > 0.4)
    assert np.ptp(rows) + 1 == pytest.approx(0.95 * 28, abs=1)
    assert np.ptp(columns) < np.ptp(rows)


def hook() -> np.ndarray:
    """A bar of 20 pixels with a heavy foot: its box and its mass have different middles."""
    pixels = np.zeros(SHAPE, np.uint8)
    pixels[0:20, 0:3] = 255
    pixels[14:20, 0:16] = 255
    return pixels


def test_a_set_of_blank_images_has_statistics_too():
    found = preprocess.image_statistics(np.zeros((3, *SHAPE), np.float32))
    assert (found.is_figure, found.by_box) == (True, False)


def test_a_figure_is_put_where_the_set_has_its_own():
    by_box = np.roll(hook(), (4, 6), axis=(0, 1))
    rows, columns = np.nonzero(hook()[..., 0])
    by_mass = np.roll(hook(), np.round(13.5 - np.array([rows.mean(), columns.mean()])), axis=(0, 1))
    drawn = np.zeros((280, 280, 1), np.uint8)
    drawn[20:160, 100:240] = hook()[:20, :20].repeat(7, 0).repeat(7, 1)
    for own in (by_box, by_mass):
        seen = preprocess.image_statistics(np.stack([own] * 5) / np.float32(255))
        assert seen.by_box == (own is by_box)
        cut = preprocess.cut_figure((drawn / np.float32(255)).astype(np.float32), seen)
        assert np.abs(cut - own / 255).mean() < 0.03
        left_alone = fit(png(own), seen)
        assert not left_alone.cut_out


def test_switches_overrule_the_guess(seen):
    content = photo_of(tone=40, ground=210)
    plain = fit(content, seen, invert=False, cut_out=False)
    assert (plain.inverted, plain.cut_out) == (False, False)
    assert plain.image[0].mean() > 0.7
    kept = fit(content, seen, invert=False, cut_out=True)
    assert kept.image[0].min() > 0.95
    assert kept.image.min() < 0.1


@pytest.mark.parametrize("way", ["crop", "pad", "stretch"])
def test_every_way_gives_the_shape_and_range(seen, way):
    for invert in (True, False):
        fitted = fit(photo_of(30, 200), seen, way=way, invert=invert)
        assert fitted.image.shape == SHAPE
        assert fitted.image.dtype == np.float32
        assert fitted.image.min() >= 0
        assert fitted.image.max() <= 1


def test_blank_picture_is_all_ground(seen):
    blank = fit(picture(np.full((50, 50), 255)), seen, cut_out=True)
    assert blank.inverted
    assert (blank.image == 0).all()


def test_scene_is_not_cut_out(seen):
    scene = np.random.default_rng(0).random((60, 60)) * 255
    assert not fit(picture(scene), seen).cut_out


def test_color_sets_take_pictures_as_they_are():
    color = preprocess.image_statistics(np.full((3, 16, 16, 3), 0.9, np.float32))
    fitted = fit(picture(np.full((40, 40, 3), (255, 0, 0))), color)
    assert (fitted.inverted, fitted.cut_out) == (False, False)
    assert np.allclose(fitted.image, [1, 0, 0], atol=0.01)


def test_resampling_keeps_the_mean_and_fills_outside_with_nothing():
    image = np.random.default_rng(0).random((12, 9, 2), np.float32)
    assert np.allclose(resample(image, (0, 0, 12, 9), (12, 9)), image)
    small = resample(image, (0, 0, 12, 9), (5, 4))
    assert np.allclose(small.mean(axis=(0, 1)), image.mean(axis=(0, 1)), atol=1e-5)
    assert (resample(image, (20, 20, 30, 30), (3, 3)) == 0).all()


def test_what_is_no_picture_is_refused(seen):
    with pytest.raises(ImageError):
        fit(b"hello", seen)

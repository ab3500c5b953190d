"""The image convention, and what a stranger's file may do to us."""

import io
import os
import struct
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image

from latentlab import images
from latentlab.errors import ImageError

# What Pillow remarks about broken files is no news here.
pytestmark = pytest.mark.filterwarnings("ignore:::PIL")

RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def arrow() -> np.ndarray:
    """No two of its turned or mirrored versions are alike."""
    corner = np.zeros((6, 4, 3), dtype=np.uint8)
    corner[0, 0], corner[0, 3], corner[5, 0] = RED, BLUE, WHITE
    return corner.repeat(8, axis=0).repeat(8, axis=1)


# --- the convention ---------------------------------------------------------------------------


@settings(deadline=None)
@given(hnp.arrays(np.uint8, hnp.array_shapes(min_dims=1, max_dims=4)))
def test_pixels_survive_the_way_to_floats_and_back(pixels):
    floats = images.to_float(pixels)
    assert floats.dtype == np.float32
    assert floats.min() >= 0
    assert floats.max() <= 1
    np.testing.assert_array_equal(images.to_pixels(floats), pixels)


def test_to_pixels_clips_and_rounds_and_leaves_its_argument_alone():
    given_ = np.array([-0.5, 0.0, 0.4999 / 255, 0.5001 / 255, 1.0, 7.0], dtype=np.float32)
    before = given_.copy()
    assert images.to_pixels(given_).tolist() == [0, 0, 0, 1, 255, 255]
    np.testing.assert_array_equal(given_, before)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_to_pixels_refuses_what_is_not_a_number(value):
    with pytest.raises(ImageError, match="not numbers"):
        images.to_pixels(np.array([0.5, value], dtype=np.float32))


def test_to_float_refuses_to_guess_a_scale():
    with pytest.raises(ImageError, match="int64"):
        images.to_float(np.array([0, 1]))


# --- the usual formats ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
@pytest.mark.parametrize("channels", [1, 3])
def test_every_format_is_read_at_its_own_size(kind, channels):
    options = {"lossless": True} if kind == "WEBP" else {}
    picture = Image.new("RGB", (12, 7), (200, 100, 50))
    pixels = images.read(encoded(picture, kind, **options), channels=channels)
    assert pixels.shape == (7, 12, channels)
    assert pixels.dtype == np.uint8
    expected = (200, 100, 50) if channels == 3 else (124,)
    np.testing.assert_allclose(pixels[3, 6], expected, atol=4)


def test_bytes_paths_and_files_give_the_same(tmp_path):
    data = encoded(Image.fromarray(arrow()), "PNG")
    path = tmp_path / "arrow.png"
    path.write_bytes(data)
    with path.open("rb") as file:
        for source in (data, path, file):
            np.testing.assert_array_equal(images.read(source), arrow())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_applied(kind, orientation):
    upright = Image.fromarray(arrow())
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = upright if orientation == 1 else upright.transpose(undo[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    quality = {"JPEG": {"quality": 95, "subsampling": 0}, "WEBP": {"lossless": True}}.get(kind, {})
    data = encoded(stored, kind, exif=exif, **quality)
    np.testing.assert_allclose(images.read(data).astype(int), arrow().astype(int), atol=60)
    small = images.read(data, size=(6, 4), fit="stretch").astype(int)
    np.testing.assert_allclose(small, arrow()[4::8, 4::8].astype(int), atol=60)


@pytest.mark.parametrize("broken", [b"Exif\0\0garbage", b"Exif\0\0II*\0\xff\xff\xff\x7f"])
def test_a_sound_picture_with_broken_exif_is_shown(broken):
    data = encoded(Image.new("RGB", (8, 8), RED), "JPEG", exif=broken)
    assert images.read(data).shape == (8, 8, 3)


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_alpha_lies_over_white(mode):
    picture = Image.new(mode, (4, 4), (0, 0, 0, 128) if mode == "RGBA" else (0, 128))
    np.testing.assert_allclose(images.read(encoded(picture, "PNG"))[0, 0], 127, atol=1)


def test_what_is_transparent_does_not_bleed_when_made_smaller():
    picture = Image.new("RGBA", (64, 64), (255, 0, 0, 0))  # red, but nobody can see it
    small = images.read(encoded(picture, "PNG"), size=(4, 4))
    assert (small == 255).all()


def test_a_palette_with_a_transparent_entry():
    picture = Image.new("P", (4, 4), 0)
    picture.putpalette([10, 20, 30, 255, 0, 0])
    picture.putpixel((1, 1), 1)
    pixels = images.read(encoded(picture, "PNG", transparency=0))
    assert tuple(pixels[0, 0]) == WHITE
    assert tuple(pixels[1, 1]) == RED


@pytest.mark.parametrize(("kind", "swap"), [("PNG", "<"), ("TIFF", "<"), ("TIFF", ">")])
def test_sixteen_bits_keep_their_range(kind, swap):
    ramp = np.linspace(0, 65535, 256).astype("u2").reshape(1, 256)
    mode = "I;16" if swap == "<" else "I;16B"
    picture = Image.frombytes(mode, (256, 1), ramp.astype(f"{swap}u2").tobytes())
    pixels = images.read(encoded(picture, kind), channels=1)
    np.testing.assert_allclose(pixels.ravel(), np.arange(256), atol=1)


def test_sixteen_bit_color_is_read():
    assert images.read(sixteen_bit_rgb_png((65535, 32896, 0)))[0, 0].tolist() == [255, 128, 0]


def sixteen_bit_rgb_png(color: tuple[int, int, int]) -> bytes:
    import zlib

    def chunk(kind: bytes, body: bytes) -> bytes:
        sum_ = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", sum_)

    head = struct.pack(">IIBBBBB", 1, 1, 16, 2, 0, 0, 0)
    body = zlib.compress(b"\0" + struct.pack(">HHH", *color))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("values", "expected"),
    [([0.0, 0.5, 1.0], [0, 128, 255]), ([0, 128, 255], [0, 128, 255]), ([0, 4e5], [0, 255])],
)
def test_floating_point_pictures_find_their_scale(values, expected):
    picture = Image.fromarray(np.array([values], dtype=np.float32))
    assert images.read(encoded(picture, "TIFF"), channels=1).ravel().tolist() == expected


def test_a_floating_point_picture_with_a_nan_is_refused():
    picture = Image.fromarray(np.array([[0.5, np.nan]], dtype=np.float32))
    with pytest.raises(ImageError, match="not numbers"):
        images.read(encoded(picture, "TIFF"))


def test_cmyk_becomes_rgb():
    picture = Image.new("CMYK", (8, 8), (0, 255, 255, 0))
    np.testing.assert_allclose(images.read(encoded(picture, "JPEG"))[4, 4], RED, atol=6)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "TIFF", "PNG"])
def test_of_an_animation_the_first_frame_is_shown(kind):
    frames = [Image.new("RGB", (9, 9), color) for color in (RED, BLUE, WHITE)]
    data = encoded(frames[0], kind, save_all=True, append_images=frames[1:])
    np.testing.assert_allclose(images.read(data)[4, 4], RED, atol=6)


# --- sizes ------------------------------------------------------------------------------------


def test_crop_keeps_the_middle():
    picture = np.zeros((10, 30, 3), dtype=np.uint8)
    picture[:, :10], picture[:, 10:20], picture[:, 20:] = RED, WHITE, BLUE
    pixels = images.read(encoded(Image.fromarray(picture), "PNG"), size=(10, 10), fit="crop")
    assert (pixels == 255).all()


def test_pad_keeps_everything_on_the_color_of_the_border():
    picture = np.full((10, 30, 1), 40, dtype=np.uint8)
    picture[4:6, 14:16] = 200
    data = encoded(Image.fromarray(picture[..., 0]), "PNG")
    pixels = images.read(data, size=(30, 30), channels=1, fit="pad")
    assert pixels.shape == (30, 30, 1)
    assert (pixels[:10] == 40).all()
    np.testing.assert_array_equal(pixels[10:20], picture)


def test_stretch_fills_the_size():
    picture = Image.new("L", (30, 10), 0)
    picture.paste(255, (0, 0, 15, 10))
    pixels = images.read(encoded(picture, "PNG"), size=(16, 16), channels=1, fit="stretch")
    assert pixels[:, :6].min() > 240
    assert pixels[:, 10:].max() < 15


@pytest.mark.parametrize("fit", ["crop", "pad", "stretch"])
@pytest.mark.parametrize("shape", [(1, 1), (1, 20_000), (20_000, 1), (3, 5000), (28, 28)])
def test_odd_shapes_fit(shape, fit):
    picture = Image.new("L", shape, 77)
    pixels = images.read(encoded(picture, "PNG"), size=(28, 20), channels=1, fit=fit)
    assert pixels.shape == (28, 20, 1)
    assert (pixels == 77).all()


def test_making_smaller_is_antialiased_and_in_place():
    stripes = np.zeros((900, 900), dtype=np.uint8)
    stripes[:, ::2] = 255
    stripes[:450] = 0
    pixels = images.read(encoded(Image.fromarray(stripes), "PNG"), size=(30, 30), channels=1)
    assert pixels[:14].max() <= 12
    np.testing.assert_allclose(pixels[16:], 127, atol=12)


def test_bands_leave_no_seam():
    tall = np.linspace(0, 255, 3000)[:, None].repeat(2000, axis=1).astype(np.uint8)
    pixels = images.read(encoded(Image.fromarray(tall), "PNG"), size=(48, 32), channels=1)
    steps = np.diff(pixels[:, 0, 0].astype(int))
    assert (pixels == pixels[:, :1]).all()
    assert set(steps.tolist()) <= {5, 6}


def test_an_unknown_fit_lists_the_known_ones():
    with pytest.raises(ImageError, match="crop"):
        images.read(encoded(Image.new("L", (2, 2)), "PNG"), fit="corp")


@pytest.mark.parametrize("fit", ["crop", "pad", "stretch"])
def test_a_picture_decoded_once_is_fitted_as_if_it_were_read_each_time(fit):
    scene = np.random.default_rng(2).integers(0, 255, (9, 16, 3), dtype=np.uint8)
    large = Image.fromarray(scene).resize((3000, 1700), Image.Resampling.BICUBIC)
    data = encoded(large, "PNG")
    once = images.open_picture(data, at_least=480)
    assert (once.sides, once.pixels.shape) == ((1700, 3000), (567, 1000, 3))
    again = images.fitted(once.pixels, (28, 28), fit).astype(int)
    np.testing.assert_allclose(again, images.read(data, size=(28, 28), fit=fit), atol=4)


# --- hostile and broken files -----------------------------------------------------------------


def bomb() -> bytes:
    return encoded(Image.new("1", (13_000, 13_000)), "PNG")


def truncated() -> bytes:
    noise = np.random.default_rng(0).integers(0, 255, (64, 64, 3), dtype=np.uint8)
    data = encoded(Image.fromarray(noise), "PNG")
    return data[: len(data) // 2]


def vector_in_disguise() -> bytes:
    return b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n"


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (bomb, "megapixels"),
        (truncated, "damaged or incomplete"),
        (lambda: b"", "is not a PNG"),
        (lambda: b"I am a text called .png", "is not a PNG"),
        (lambda: b"\x89PNG\r\n\x1a\n", "damaged|is not a PNG"),
        (lambda: os.urandom(1000), "damaged|is not a PNG"),
        (vector_in_disguise, "is not a PNG"),
        (lambda: encoded(Image.new("RGB", (4, 4)), "PPM"), "is not a PNG"),
    ],
)
def test_bad_files_get_one_sentence(make: Callable[[], bytes], says):
    with pytest.raises(ImageError, match=says) as caught:
        images.read(make(), size=(28, 28))
    message = str(caught.value)
    assert message.endswith(".")
    assert "\n" not in message
    assert len(message) < 200


def test_a_bomb_is_refused_before_it_goes_off():
    data = bomb()
    tracemalloc.start()
    with pytest.raises(ImageError):
        images.read(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


def test_messages_name_the_file_harmlessly(tmp_path):
    missing = tmp_path / ("x" * 150 + "\n<b>.png")
    with pytest.raises(ImageError) as caught:
        images.read(missing)
    assert "does not exist" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 150


SOUND = [
    encoded(Image.fromarray(arrow()), "PNG"),
    encoded(Image.fromarray(arrow()), "JPEG"),
    encoded(Image.fromarray(arrow()), "GIF"),
    encoded(Image.fromarray(arrow()), "BMP"),
    encoded(Image.fromarray(arrow()), "TIFF", compression="tiff_lzw"),
    encoded(Image.fromarray(arrow()), "WEBP"),
]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(SOUND),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=8),
    st.one_of(st.none(), st.integers(0, 3000)),
)
def test_any_damage_gives_a_picture_or_a_sentence(data, changes, cut):
    damaged = bytearray(data)
    for where, value in changes:
        damaged[where % len(damaged)] = value
    try:
        pixels = images.read(bytes(damaged[:cut]), size=(16, 16), channels=1)
    except ImageError:
        return
    assert pixels.shape == (16, 16, 1)


# --- going out --------------------------------------------------------------------------------


def test_enlarge_repeats():
    pixels = np.arange(4, dtype=np.uint8).reshape(1, 2, 2, 1)
    large = images.enlarge(pixels, 3)
    assert large.shape == (1, 6, 6, 1)
    np.testing.assert_array_equal(large[:, ::3, ::3], pixels)
    np.testing.assert_array_equal(large[:, 2::3, 2::3], pixels)


@settings(deadline=None)
@given(n=st.integers(1, 9), columns=st.integers(1, 5), gap=st.integers(0, 3))
def test_a_mosaic_holds_every_image_in_its_cell(n, columns, gap):
    pixels = np.random.default_rng(n).integers(1, 200, (n, 4, 3, 3), dtype=np.uint8)
    picture = images.mosaic(pixels, columns, gap, background=250)
    rows = -(-n // columns)
    assert picture.shape == (rows * (4 + gap) - gap, columns * (3 + gap) - gap, 3)
    for k in range(n):
        top, left = (k // columns) * (4 + gap), (k % columns) * (3 + gap)
        np.testing.assert_array_equal(picture[top : top + 4, left : left + 3], pixels[k])
    n_background = (picture == 250).all(axis=-1).sum()
    assert n_background == picture.shape[0] * picture.shape[1] - n * 12


@pytest.mark.parametrize("columns", [0, -1])
def test_a_mosaic_needs_a_column(columns):
    with pytest.raises(ImageError):
        images.mosaic(np.zeros((2, 4, 4, 1), np.uint8), columns)


def test_a_mosaic_of_nothing_is_refused():
    with pytest.raises(ImageError):
        images.mosaic(np.zeros((0, 4, 4, 1), np.uint8), 2)


@pytest.mark.parametrize(("channels", "mode"), [(1, "L"), (3, "RGB")])
def test_png_round_trip(channels, mode):
    rng = np.random.default_rng(1)
    pixels = rng.integers(0, 255, (5, 7, channels), dtype=np.uint8)
    data = images.png(pixels, scale=2)
    with Image.open(io.BytesIO(data)) as picture:
        assert (picture.mode, picture.size, picture.format) == (mode, (14, 10), "PNG")
    back = images.read(data, channels=channels)
    np.testing.assert_array_equal(back[::2, ::2], pixels)


@pytest.mark.parametrize("shape", [(5, 7), (5, 7, 2), (1, 5, 7, 3)])
def test_png_refuses_other_shapes(shape):
    with pytest.raises(ImageError, match="uint8"):
        images.png(np.zeros(shape, dtype=np.uint8))


def test_printable_is_one_bounded_line():
    assert images.printable("a\nb\x00<b>") == "a?b?<b>"
    assert len(images.printable("x" * 4000)) == 80
    assert images.printable(str(Path("häuschen.png"))) == "häuschen.png"

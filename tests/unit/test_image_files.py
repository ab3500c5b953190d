"""What a decoder would read wrongly, slowly, or refuse without a reason; files are made here."""

import io
import struct

import numpy as np
import pytest
from PIL import Image
from tests.unit.test_images import RED, arrow, encoded

from latentlab import image_files, images
from latentlab.errors import ImageError

# What Pillow remarks about broken files is no news here.
pytestmark = pytest.mark.filterwarnings("ignore:::PIL")


def scan_bomb(n_scans: int) -> bytes:
    """A progressive JPEG whose last scan is repeated over and over: it adds nothing."""
    data = encoded(Image.new("L", (2000, 2000), 90), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + n_scans * data[last:-2] + b"\xff\xd9"


@pytest.mark.parametrize("size", [None, (28, 28)])
def test_a_jpeg_of_thousands_of_scans_is_refused_undecoded(monkeypatch, size):
    assert images.read(scan_bomb(20), size=(28, 28), channels=1).shape == (28, 28, 1)
    monkeypatch.setattr(image_files, "prepare", lambda *args: pytest.fail("it was decoded"))
    with pytest.raises(ImageError, match=r"1,\d+ scans of 2,000 x 2,000 .* save it again"):
        images.read(scan_bomb(1500), size=size)


def lossless_jpeg() -> bytes:
    """Grey, 40 x 24, every sample predicted from its left neighbor (T.81, annex H)."""
    # One code of one bit: "0" is the category 0, no difference. The first sample is 128.
    table = b"\xff\xc4\x00\x14\x00\x01" + bytes(15) + b"\x00"
    head = b"\xff\xc3" + struct.pack(">HBHHB", 11, 8, 24, 40, 1) + b"\x01\x11\x00"
    scan = b"\xff\xda" + struct.pack(">HB", 8, 1) + b"\x01\x00\x01\x00\x00"
    return b"\xff\xd8" + head + table + scan + bytes(24 * 40 // 8) + b"\xff\xd9"


def test_a_lossless_jpeg_is_the_same_at_every_size():
    for size in (None, (24, 40), (6, 10)):
        np.testing.assert_allclose(images.read(lossless_jpeg(), size=size, channels=1), 128, atol=1)


def tiff(pixels: np.ndarray, **tags: object) -> bytes:
    """An uncompressed TIFF: one strip for each plane of `pixels` (planes, h, w, c)."""
    planes, h, w, c = pixels.shape
    n_channels = planes * c
    bits = int(tags.pop("bits", 8 * pixels.dtype.itemsize))
    long, short = struct.Struct("<I"), struct.Struct("<H")
    fields: dict[int, tuple[struct.Struct, list[int]]] = {
        256: (long, [w]),
        257: (long, [h]),
        258: (short, [bits] * n_channels),
        259: (short, [1]),
        262: (short, [2 if n_channels == 3 else 1]),
        273: (long, [8 + k * pixels[0].nbytes for k in range(planes)]),
        277: (short, [n_channels]),
        278: (long, [h]),
        279: (long, [pixels[0].nbytes] * planes),
        284: (short, [2 if planes > 1 else 1]),
    }
    if "extra" in tags:
        fields[338] = (short, [int(str(tags["extra"]))])
    if "largest" in tags:
        fields[281] = (short, [int(str(tags["largest"]))])
    body = pixels.astype(pixels.dtype.newbyteorder("<")).tobytes()
    entries, beyond = b"", b""
    after = 8 + len(body) + 2 + 12 * len(fields) + 4
    for tag in sorted(fields):
        form, values = fields[tag]
        packed = b"".join(form.pack(value) for value in values)
        kind = 4 if form is long else 3
        if len(packed) > 4:
            place, beyond = long.pack(after + len(beyond)), beyond + packed
        else:
            place = packed.ljust(4, b"\0")
        entries += struct.pack("<HHI", tag, kind, len(values)) + place
    start = struct.pack("<2sHI", b"II", 42, 8 + len(body))
    return start + body + short.pack(len(fields)) + entries + long.pack(0) + beyond


RAMP = np.arange(240, dtype=np.uint16).reshape(1, 12, 20, 1)


def test_planes_of_16_bits_are_refused_by_name_and_of_8_bits_read():
    planes = np.concatenate([RAMP, RAMP[:, ::-1], RAMP[:, :, ::-1]])
    expected = np.moveaxis(planes[..., 0], 0, -1)
    np.testing.assert_array_equal(images.read(tiff(planes.astype(np.uint8))), expected)
    with pytest.raises(ImageError, match=r"separate planes of 16 bits, .* save it as a PNG"):
        images.read(tiff(planes * 257))
    together = np.moveaxis(planes[..., 0], 0, -1)[None] * 257
    np.testing.assert_allclose(images.read(tiff(together)), expected, atol=1)


def test_transparency_in_a_plane_of_its_own_is_refused_by_name():
    planes = np.concatenate([RAMP, RAMP]).astype(np.uint8)
    with pytest.raises(ImageError, match="a TIFF "):
        images.read(tiff(planes, extra=2))


def test_twelve_bits_per_channel_are_refused_by_name():
    packed = np.zeros((1, 12, 20, 3), np.uint16)
    with pytest.raises(ImageError, match="a TIFF with 12 bits per channel"):
        images.read(tiff(packed, bits=12))


def test_a_tiff_says_itself_what_white_is():
    deep = tiff(RAMP * 16, largest=4095)
    np.testing.assert_allclose(images.read(deep, channels=1)[..., 0], RAMP[0, ..., 0], atol=1)


def test_a_set_says_what_white_is_for_its_pictures():
    read = images.open_picture(tiff(RAMP * 16), channels=1, white=4095)
    assert read.brightest == 239 * 16
    np.testing.assert_allclose(read.pixels[..., 0], RAMP[0, ..., 0], atol=1)
    assert images.open_picture(encoded(Image.new("L", (3, 3)), "PNG")).brightest is None


def test_premultiplied_transparency_lies_over_white():
    half = np.full((1, 12, 20, 2), (64, 128), np.uint8)
    pixels = images.read(tiff(half, extra=1), channels=1)
    np.testing.assert_allclose(pixels, 191, atol=2)


def test_an_unusual_bitmap_is_refused_with_the_decoder_s_reason():
    data = bytearray(encoded(Image.new("RGB", (4, 4)), "BMP"))
    head = struct.pack("<IiiHHIIiiII", 40, 4, 4, 1, 32, 3, 64, 0, 0, 0, 0)
    masks = struct.pack("<III", 0xFF, 0x3FF00, 0xFFC0000)
    data = data[:14] + head + masks + bytes(64)
    with pytest.raises(ImageError, match=r"a BMP of an unusual kind \(Unsupported BMP"):
        images.read(bytes(data))


def test_a_large_color_profile_is_no_damage():
    picture = Image.new("RGB", (9, 9), RED)
    profile = np.random.default_rng(0).integers(0, 3, 3_000_000, np.uint8).tobytes()
    pixels = images.read(encoded(picture, "PNG", icc_profile=profile))
    assert (pixels == RED).all()


def test_a_phone_s_heic_is_read_and_a_broken_one_gets_a_sentence():
    import pillow_heif

    file = pillow_heif.from_pillow(Image.fromarray(arrow()).resize((64, 96)))
    buffer = io.BytesIO()
    file.save(buffer, quality=95)
    pixels = images.read(buffer.getvalue(), size=(6, 4), fit="stretch")
    np.testing.assert_allclose(pixels.astype(int), arrow()[4::8, 4::8], atol=60)
    with pytest.raises(ImageError, match="damaged or incomplete"):
        images.read(b"\0\0\0\x18ftypheic" + bytes(80))

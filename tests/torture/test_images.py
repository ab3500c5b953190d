"""Hostile and unusual pictures through the pages; all of Pillow's own are in ``trial_images``."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
import trial_images
from PIL import Image

SIDE = 40
RAMP = np.add.outer(np.arange(SIDE), np.arange(SIDE)).astype(np.uint8) * 3
COLORS = np.stack([RAMP, RAMP[::-1], RAMP.T], axis=-1)


def encoded(picture: Image.Image, kind: str, **options) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


def bomb(side: int) -> bytes:
    """A PNG of `side` x `side` white pixels, a thousandth of that in bytes."""
    lines = zlib.compressobj(9)
    rows = b"".join(lines.compress(bytes(1 + side // 8 + 1)) for _ in range(side)) + lines.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def zero_sized() -> bytes:
    """A PNG that says it has no width."""
    content = bytearray(encoded(Image.fromarray(COLORS), "PNG"))
    content[16:20] = bytes(4)
    content[29:33] = struct.pack(">I", zlib.crc32(content[12:29]))
    return bytes(content)


def large() -> bytes:
    """A picture of 30 MB: ten megapixels, not packed at all."""
    return encoded(Image.fromarray(np.tile(COLORS, (80, 80, 1))), "BMP")


def animated() -> bytes:
    frames = [Image.fromarray(np.roll(COLORS, step, axis=0)) for step in (0, 5, 10)]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])


PHOTO = encoded(Image.fromarray(COLORS), "JPEG")
GOOD = {
    "cmyk.jpg": encoded(Image.fromarray(COLORS).convert("CMYK"), "JPEG"),
    "16-bit.png": encoded(Image.fromarray(RAMP.astype(np.uint16) * 257), "PNG"),
    "lab.tif": encoded(Image.fromarray(COLORS).convert("LAB"), "TIFF"),
    "animated.gif": animated(),
    "one-pixel.png": encoded(Image.new("L", (1, 1)), "PNG"),
    "ribbon.png": encoded(Image.new("L", (9000, 1), 90), "PNG"),
    "clear.png": encoded(Image.new("RGBA", (30, 20), (9, 9, 9, 0)), "PNG"),
}
BAD = {
    "bomb.png": bomb(13_000),
    "truncated.jpg": PHOTO[: len(PHOTO) // 2],
    "zero-size.png": zero_sized(),
    "empty.png": b"",
    "text.png": b"Once upon a time\n" * 40,
    "page.png": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "pickle.png": b"\x80\x04\x8c\x02os\x94\x8c\x06system\x94\x93\x94.",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return trial_images.tiny_root(tmp_path_factory.mktemp("checkpoints"))


@pytest.fixture(scope="module", params=trial_images.PAGES)
def opened(request, root):
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("LATENTLAB_CHECKPOINTS", str(root))
        return request.param, trial_images.open_page(request.param)


@pytest.fixture
def page(opened, root, monkeypatch):
    """A page that stays open from test to test, as a visitor's does."""
    monkeypatch.setenv("LATENTLAB_CHECKPOINTS", str(root))
    return opened


@pytest.mark.parametrize("name", GOOD)
def test_unusual_pictures_are_shown_rightly(page, name):
    which, app = page
    assert trial_images.upload(app, which, name, GOOD[name]) == ""
    assert not app.error


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_one_sentence_and_the_question_stays(page, name):
    which, app = page
    assert trial_images.upload(app, which, "photo.jpg", PHOTO) == ""
    assert trial_images.upload(app, which, name, BAD[name]) == ""
    assert len(app.error) == 1


def test_thirty_megabytes_are_read_in_bounded_time_and_memory(page):
    which, app = page
    content = large()
    assert len(content) > 30_000_000
    before = trial_images.reset_peak()
    assert trial_images.upload(app, which, "large.bmp", content) == ""
    assert trial_images.peak_megabytes() - before < 300


def test_everything_is_read_as_pillow_does():
    found = trial_images.read_all([*GOOD.items(), *BAD.items()])
    assert found.problems == []
    assert (found.right, found.refused) == (len(GOOD), len(BAD))
    assert found.seconds < trial_images.SECONDS


def test_the_comparison_would_notice_another_picture(monkeypatch):
    other = Image.fromarray(255 - COLORS)
    monkeypatch.setattr(trial_images, "read", lambda *_, **__: np.asarray(other))
    assert trial_images.read_all([("photo.jpg", PHOTO)]).problems
    monkeypatch.setattr(trial_images, "read", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        trial_images.read_all([("photo.jpg", PHOTO)])


def test_a_picture_called_too_large_is_too_large(monkeypatch):
    def refuse(*_, **__):
        raise trial_images.ImageError(f"The picture has {trial_images.TOO_LARGE}.")

    monkeypatch.setattr(trial_images, "read", refuse)
    assert trial_images.read_all([("photo.jpg", PHOTO)]).problems
    assert trial_images.read_all([("bomb.png", BAD["bomb.png"])]).problems == []


def test_a_figure_is_compared_without_being_cut_out(page, monkeypatch):
    which, app = page
    figure = np.full((60, 60), 255, np.uint8)
    figure[10:30, 35:45] = 0
    content = encoded(Image.fromarray(figure), "PNG")
    assert trial_images.upload(app, which, "figure.png", content) == ""
    other = trial_images.wanted(content, (28, 28, 1))
    monkeypatch.setattr(trial_images, "wanted", lambda _, size: 255 - np.resize(other, size))
    assert "levels from" in trial_images.upload(app, which, "again.png", content)


def test_a_folder_is_compared_with_what_should_be_in_it(monkeypatch):
    files = [*GOOD.items(), *BAD.items()]
    found = trial_images.read_folder(files)
    assert found.problems == []
    assert (found.right, found.refused) == (len(GOOD), len(BAD))
    really = trial_images.wanted
    monkeypatch.setattr(trial_images, "wanted", lambda c, size: really(PHOTO, size))
    assert "levels from" in trial_images.read_folder(files).problems[-1]


def test_a_reader_that_fails_leaves_no_clock_running(monkeypatch):
    clock = []
    watch = trial_images.faulthandler
    monkeypatch.setattr(watch, "dump_traceback_later", lambda *_, **__: clock.append("on"))
    monkeypatch.setattr(watch, "cancel_dump_traceback_later", lambda: clock.append("off"))
    with pytest.raises(ZeroDivisionError), trial_images.hang_ends_everything():
        raise ZeroDivisionError
    assert clock == ["on", "off"]


def test_without_the_pictures_it_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(trial_images, "KEPT", Path(tmp_path))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(trial_images.NoPicturesError, match=r"go online, or put pillow-.*\.tar\.gz"):
        trial_images.archive()

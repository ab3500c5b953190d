"""Opening an unknown picture: what is refused, how deep its values are, how they become 8 bits.

Nothing is decoded before its format, its size and the work it asks for are known. What a decoder
would read wrongly without a word (planes of 16 bits) is refused by name; what it does not know is
refused with its own reason, and only what is left counts as damaged.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image, PngImagePlugin, TiffImagePlugin, UnidentifiedImageError

from latentlab.errors import ImageError

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "HEIF")
SUFFIXES = tuple(
    ".png .jpg .jpeg .jpe .jfif .webp .gif .bmp .dib .tif .tiff .heic .heif .hif".split()  # noqa: SIM905
)
MAX_PIXELS = 100_000_000
# A progressive JPEG is refined scan by scan over all of its pixels: ten scans are usual, and three
# thousand empty ones of 98 megapixels keep a decoder busy for 20 seconds.
MAX_SCANNED = 2_000_000_000

_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_STARTS = {b"\xff\xd8\xff": "JPEG", b"II*\0": "TIFF", b"MM\0*": "TIFF", b"BM": "BMP"}
_MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])")
_LOSSLESS = {0xC3, 0xC7, 0xCB, 0xCF}
_SCAN, _END = 0xDA, 0xD9
_BARE = {0x01, 0xD8}  # markers without a length
_BITS, _PLANAR, _MAX_SAMPLE = 258, 284, 281  # tags of a TIFF
_UNKNOWN = re.compile(r"unsupported|not supported|unknown|unrecognized|cannot handle", re.I)

# Pillow warns from 89 megapixels on; our own limit is checked before anything is decoded.
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)
# Color profiles of more than Pillow's 1 MB are found beside sound pictures; 16 MB bound a bomb.
PngImagePlugin.MAX_TEXT_CHUNK = 16 * 2**20


@contextmanager
def opened(stream: BinaryIO, what: str) -> Iterator[Image.Image]:
    """Open a picture and turn whatever a decoder says of it into one sentence.

    Parameters
    ----------
    stream : binary file
        At its beginning.
    what : str
        Begins the sentence: "'cat.jpg'" or "The image".

    Yields
    ------
    PIL.Image.Image
        Its header is read, and no pixel.

    Raises
    ------
    ImageError
        If it is of no known format, too large, of a kind that cannot be read, or damaged.
    """
    start = stream.read(12)
    stream.seek(0)
    kind = _kind(start)
    try:
        with Image.open(stream, formats=_formats(kind)) as picture:
            _check_size(picture, what)
            if kind == "JPEG":
                _check_jpeg(picture, stream, what)
            if kind == "TIFF":
                _check_tiff(picture, what)
            yield picture
    except ImageError:
        raise
    except UnidentifiedImageError as error:
        stream.seek(0)
        bits = _tiff_bits(stream) if kind == "TIFF" else ()
        if bits:
            raise _unreadable(what, f"a TIFF with {max(bits)} bits per channel") from error
        if kind in ("JPEG", "TIFF", "HEIC"):
            raise _damaged(what) from error
        known = "PNG, JPEG, WebP, GIF, BMP, TIFF or HEIC"
        raise ImageError(f"{what} is not a {known} image.") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large(what) from error
    # Pillow's parsers raise a dozen kinds of exceptions on hostile bytes; all mean the same.
    except Exception as error:
        reason = str(error).splitlines()[0][:80] if str(error) else ""
        if _UNKNOWN.search(reason):
            own = f"{f'a {kind}' if kind else 'an image'} of an unusual kind ({reason})"
            raise _unreadable(what, own) from error
        raise _damaged(what) from error


def open_file(path: Path, what: str) -> BinaryIO:
    """Open a file to read a picture from; `what` begins the sentence if it cannot be opened.

    Parameters
    ----------
    path : Path
    what : str
        Begins the sentence of an error: "'cat.png'".

    Returns
    -------
    binary file
        For the caller to close.

    Raises
    ------
    ImageError
        If it is not there or cannot be opened.
    """
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise ImageError(f"{what} does not exist.") from error
    except OSError as error:
        raise ImageError(f"{what} cannot be opened ({error.strerror}).") from error


def prepare(picture: Image.Image, mode: str, side: int | None) -> None:
    """Load a picture, a JPEG no larger than needed.

    Parameters
    ----------
    picture : PIL.Image.Image
        Decoded in place.
    mode : "L" or "RGB"
    side : int, optional
        The longer side that is wanted. A JPEG can be decoded at 1/2, 1/4 or 1/8; twice what is
        wanted is sharp. A lossless one cannot.
    """
    if side is not None and not picture.info.get("lossless_jpeg"):
        picture.draft(mode, (2 * side, 2 * side))
    picture.load()


def white_of(picture: Image.Image) -> float | None:
    """Say which value means white in a picture of more than 8 bits a channel; None in others.

    The file's own word where it has one (a TIFF of 12 bits); otherwise 16 bits for integers, and
    for floating point the usual limit (1, 255 or 65535) that holds the brightest pixel.

    Parameters
    ----------
    picture : PIL.Image.Image

    Returns
    -------
    float or None
        In the picture's own values.
    """
    if picture.mode.startswith("I;16"):
        tags = getattr(picture, "tag_v2", {})
        largest = tags.get(_MAX_SAMPLE)
        bits = tags.get(_BITS, (16,))[0]
        return float(
            largest[0] if isinstance(largest, tuple) else largest or 2 ** min(bits, 16) - 1
        )
    if picture.mode not in ("I", "F"):
        return None
    brightest = brightest_of(picture)
    usual = (255.0, 65535.0) if picture.mode == "I" else (1.0, 255.0, 65535.0)
    return next((limit for limit in usual if brightest <= limit), brightest)


# What means white where a file uses the whole range of its kind: floating point, and 16 bits.
WHOLE_RANGES = (1.0, 65535.0)


def white_above(brightest: float) -> float:
    """Return the smallest usual white (1 for floating point, else 8 to 16 bits) above a value.

    Sensors of 12 bits write files of 16: what is taken for white is then not the file's word.

    Examples
    --------
    >>> white_above(3_934.0), white_above(40_000.0), white_above(0.7)
    (4095.0, 65535.0, 1.0)
    """
    limits = (1.0, *(2.0**bits - 1 for bits in range(8, 17)))
    return next((limit for limit in limits if brightest <= limit), brightest)


def brightest_of(picture: Image.Image) -> float:
    """Return the largest value of a picture with one channel, as the file has it."""
    if picture.mode == "I;16B":  # Pillow finds no extrema in it
        return float(np.asarray(picture).max())
    return float(np.asarray(picture.getextrema(), dtype=np.float64).max())


def flatten(band: Image.Image, mode: str, white: float | None) -> Image.Image:
    """Bring a band of any mode to L or RGB, laid over white where it is transparent.

    Raises
    ------
    ImageError
        If it holds values that are not numbers.
    """
    if white is not None:
        values = np.asarray(band, dtype=np.float32)
        if not np.isfinite(values).all():
            raise ImageError("The image holds values that are not numbers and cannot be read.")
        gray = np.rint(np.clip(values / np.float32(white), 0, 1) * 255).astype(np.uint8)
        gray[values == band.info.get("transparency")] = 255
        return Image.fromarray(gray).convert(mode)
    if band.mode in ("La", "RGBa"):  # multiplied by its transparency already
        band = band.convert({"La": "LA", "RGBa": "RGBA"}[band.mode])
    if band.has_transparency_data:
        clear = band.convert("RGBA")
        band = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
    # Pillow makes no gray of LAB directly.
    return (band.convert("RGB") if band.mode == "LAB" else band).convert(mode)


def _kind(start: bytes) -> str:
    if start[4:8] == b"ftyp" and start[8:12] in _HEIF_BRANDS:
        return "HEIC"
    return next((kind for mark, kind in _STARTS.items() if start.startswith(mark)), "")


def _formats(kind: str) -> tuple[str, ...]:
    if kind != "HEIC":
        return tuple(name for name in FORMATS if name != "HEIF")
    from pillow_heif import register_heif_opener

    register_heif_opener()
    return ("HEIF",)


def _check_size(picture: Image.Image, what: str) -> None:
    if picture.width * picture.height > MAX_PIXELS:
        raise _too_large(what)


def _check_jpeg(picture: Image.Image, stream: BinaryIO, what: str) -> None:
    place = stream.tell()
    stream.seek(0)
    n_scans, lossless = _jpeg_scans(stream.read())
    stream.seek(place)
    picture.info["lossless_jpeg"] = lossless
    if n_scans * picture.width * picture.height > MAX_SCANNED:
        raise ImageError(
            f"{what} is a JPEG in {n_scans:,} scans of {picture.width:,} x {picture.height:,} "
            "pixels, which would take too long; save it again as a usual JPEG."
        )


def _jpeg_scans(data: bytes) -> tuple[int, bool]:
    """Count the scans of a JPEG and say whether it is lossless; nothing is decoded."""
    n_scans, lossless, place = 0, False, 2
    while (found := _MARKER.search(data, place)) is not None:
        code, place = found[1][0], found.end()
        if code == _END:
            break
        if code not in _BARE:
            n_scans += code == _SCAN
            lossless = lossless or code in _LOSSLESS
            place += max(2, int.from_bytes(data[place : place + 2], "big"))
    return n_scans, lossless


def _check_tiff(picture: Image.Image, what: str) -> None:
    """Refuse channels in planes of their own where the decoder mixes them up without a word."""
    tags = getattr(picture, "tag_v2", {})
    bits = max(tags.get(_BITS, (8,)))
    is_raw = any(tile[0] == "raw" for tile in getattr(picture, "tile", ()))
    if tags.get(_PLANAR) == 2 and (picture.mode in ("LA", "La") or (bits > 8 and is_raw)):
        raise _unreadable(what, f"a TIFF with {picture.mode} in separate planes of {bits} bits")


def _tiff_bits(stream: BinaryIO) -> tuple[int, ...]:
    """Return the bits per channel that a TIFF names; nothing where even that cannot be read."""
    try:
        head = stream.read(8)
        tags = TiffImagePlugin.ImageFileDirectory_v2(head)
        stream.seek(tags.next)
        tags.load(stream)
        return tuple(int(bits) for bits in tags.get(_BITS, ()))
    except Exception:  # as many kinds as above
        return ()


def _damaged(what: str) -> ImageError:
    return ImageError(f"{what} is damaged or incomplete and cannot be read.")


def _unreadable(what: str, own: str) -> ImageError:
    return ImageError(f"{what} is {own}, which cannot be read; save it as a PNG.")


def _too_large(what: str) -> ImageError:
    return ImageError(f"{what} has more than {MAX_PIXELS // 10**6} megapixels; make it smaller.")

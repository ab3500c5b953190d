"""Random crops of a folder's training pictures, from the whole picture to its own resolution.

A network is smaller than a photograph. One shrunken copy throws away all but a few pixels of it;
crops of many sizes are many times as many images, and they teach how edges look at the resolution
that the picture really has. They are cut once, by the picture's content alone, and cached.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from latentlab.data.folder_layout import Layout, place_on_circle
from latentlab.data.image_set import Progress
from latentlab.errors import ImageError
from latentlab.images import Pixels, open_picture
from latentlab.scratch import beside

FILE = "crops.npy"
# All crops together; a picture has at most so many, and fewer than two would be no choice.
MAX_BYTES = 192 * 2**20
MAX_CROPS, FEWEST_CROPS = 64, 4
# A picture must be this much larger than the network, or a crop is not worth its while.
WORTH_CROPPING = 1.25
_THREADS = 2  # each may hold one large picture

_logger = logging.getLogger(__name__)
_Cut = tuple[float, Pixels | None]


def n_crops(n_images: int, size: int, channels: int) -> int:
    """Return how many crops of each picture there is room for; 0 where there are pictures enough.

    Parameters
    ----------
    n_images : int
    size : int
        Height and width of a crop, in pixels.
    channels : int

    Returns
    -------
    int
        0, or `FEWEST_CROPS` to `MAX_CROPS`; all crops together stay below `MAX_BYTES`.

    Examples
    --------
    >>> n_crops(400, 32, 3), n_crops(10_000, 32, 3), n_crops(60_000, 32, 3)
    (64, 6, 0)
    """
    fitting = min(MAX_CROPS, MAX_BYTES // max(1, n_images * size * size * channels))
    return fitting if fitting >= FEWEST_CROPS else 0


def load_crops(
    folder: Path,
    files: tuple[str, ...],
    layout: Layout,
    train: Pixels,
    target: Path,
    *,
    smallest: float,
    progress: Progress,
) -> Pixels | None:
    """Return crops of the training pictures, cut now or read from the cache.

    Parameters
    ----------
    folder : Path
        The user's folder.
    files : tuple of str
        Paths relative to it.
    layout : Layout
    train : uint8 (n, size, size, c)
        The training images as they are cached, in the order of their places on the circle.
    target : Path
        The folder of the cache to be.
    smallest : float
        Side of the smallest crop as a share of the picture's shorter side, never below ``size``
        pixels.
    progress : callable

    Returns
    -------
    uint8 (n, n_crops, size, size, c) or None
        The first of each is the whole picture as in ``train``. None where the pictures are so many
        that no crops are needed, or none is larger than the network.
    """
    n, size, _, channels = (int(length) for length in train.shape)
    count = n_crops(n, size, channels)
    if not count:
        return None
    if (target / FILE).is_file():
        found: Pixels = np.load(target / FILE, mmap_mode="r", allow_pickle=False)
        return found if found.shape[0] == n else None
    cut = partial(_cut, folder, layout, size=size, count=count, smallest=smallest)
    pairs = [pair for pair in _all(cut, files, progress) if pair is not None]
    places = [place for place, _ in pairs]
    # A tiny folder's splits are filled up by hand (see folder_scan): there, what is of the training
    # split cannot be told from the content alone.
    if len(pairs) != n or all(crops is None for _, crops in pairs):
        return None
    views = np.repeat(np.asarray(train)[:, None], count, axis=1)
    for row, number in enumerate(np.argsort(places, kind="stable")):
        crops = pairs[number][1]
        if crops is not None:
            views[row, 1:] = crops[..., :channels]
    _keep(views, target)
    return views


def random_crops(
    pixels: Pixels, size: int, count: int, smallest: float, generator: np.random.Generator
) -> Pixels:
    """Cut random squares, their sides uniform, and bring them to one size.

    Parameters
    ----------
    pixels : uint8 (h, w, 3)
    size : int
        Height and width of the result in pixels.
    count : int
    smallest : float
        Share of the shorter side; no crop is smaller than ``size`` pixels.
    generator : numpy Generator

    Returns
    -------
    uint8 (count, size, size, 3)
    """
    height, width = pixels.shape[:2]
    shorter = min(height, width)
    least = min(max(size, smallest * shorter), shorter)
    sides = generator.uniform(least, shorter, count)
    lefts, tops = (generator.uniform(0, 1, count) * (length - sides) for length in (width, height))
    halved = [Image.fromarray(pixels)]
    while min(halved[-1].size) >= 4 * size:
        halved.append(halved[-1].reduce(2))
    crops = np.empty((count, size, size, 3), np.uint8)
    for crop, side, left, top in zip(crops, sides, lefts, tops, strict=True):
        # From the smallest copy that is still twice as sharp as what is wanted.
        level = min(max(0, int(np.log2(side / (2 * size)))), len(halved) - 1)
        source, scale = halved[level], 2.0**level
        corners = np.array([left, top, left + side, top + side]) / scale
        box = np.minimum(corners, [*source.size, *source.size])
        crop[:] = np.asarray(source.resize((size, size), Image.Resampling.BICUBIC, tuple(box)))
    return crops


def _all(
    cut: partial[_Cut | None], files: tuple[str, ...], progress: Progress
) -> Iterator[_Cut | None]:
    with ThreadPoolExecutor(_THREADS, thread_name_prefix="crops") as pool:
        for done, found in enumerate(pool.map(cut, files), start=1):
            yield found
            if done % 16 == 0 or done == len(files):
                progress("cutting crops", done, len(files))


def _cut(
    folder: Path, layout: Layout, file: str, *, size: int, count: int, smallest: float
) -> _Cut | None:
    """Return a training picture's place and its crops; None for any other file."""
    path = folder / file
    try:
        content = b"" if path.is_symlink() else path.read_bytes()
        place = place_on_circle(hashlib.sha256(content).digest())
        if not content or layout.split_of(file, place) != "train":
            return None
        picture = open_picture(content, channels=3)
    except (ImageError, OSError):
        return None  # the scan has told of it
    pixels = picture.pixels
    # What is white in a picture with more than 8 bits is the whole set's to say: see folder_scan.
    if picture.white is not None or min(pixels.shape[:2]) < WORTH_CROPPING * size:
        return place, None
    generator = np.random.default_rng(int(place * 2**53))
    return place, random_crops(pixels, size, count - 1, smallest, generator)


def _keep(views: Pixels, target: Path) -> None:
    """Write the cache beside and rename it; without room for it, crops are cut again next time."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with beside(target) as work:
            np.save(work / FILE, views, allow_pickle=False)
            if not target.exists():
                work.rename(target)
    except OSError as error:
        _logger.warning("The crops could not be kept in '%s': %s", target, error.strerror)
